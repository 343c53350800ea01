import colors from 'picocolors';
import { costInWords } from '../../shared/diagnose/cost';
import { formatProblem } from '../../shared/diagnose/format';
import { inputSizesInWords, inputSizesThatWork } from '../../shared/diagnose/inputSizes';
import { repairEverything } from '../../shared/diagnose/repairs/repairAll';
import { repairsFor } from '../../shared/diagnose/repairs/repairs';
import { serializeDocument } from '../../shared/document/serialize';
import { safeSave } from '../services/safeSave';
import { loadDocument, type LoadedDocument } from './documents';
import { print, printJson, type ExitCode } from './output';

interface CheckOptions {
  readonly json?: boolean;
  /** Makes the first repair of each error and saves the file. */
  readonly fix?: boolean;
  /** Says what `fix` would do. */
  readonly fixDryRun?: boolean;
}

/** `skipwire check FILE`: problems as the editor tells them, each with its repairs; exit code 1 where there is an error. */
export async function check(path: string, options: CheckOptions): Promise<ExitCode> {
  const loaded = await loadDocument(path);
  if (options.fix || options.fixDryRun) return fix(loaded, options);
  const { document, analysis, notices } = loaded;
  const { problems, totals } = analysis;
  const errors = problems.filter((problem) => problem.severity === 'error').length;
  if (options.json) {
    const told = problems.map((problem) => ({ ...problem, repairs: repairsFor(document, analysis, problem) }));
    printJson({ file: path, ok: errors === 0, problems: told, switchedOff: analysis.switchedOff, notices, totals });
    return errors === 0 ? 0 : 1;
  }
  for (const notice of notices) print(colors.yellow(notice));
  for (const problem of problems) print(`${formatProblem(problem, repairsFor(document, analysis, problem))}\n`);
  const sizes = errors === 0 ? inputSizesThatWork(document) : undefined;
  if (sizes) print(`Valid for input sizes where ${inputSizesInWords(sizes)}.`);
  const off = analysis.switchedOff.length;
  if (off > 0)
    print(
      colors.dim(
        `${off} ${off === 1 ? 'warning is' : 'warnings are'} switched off in this document: ${[...new Set(analysis.switchedOff.map(({ code }) => code))].join(', ')}.`,
      ),
    );
  const layers = analysis.flat.nodes.size;
  print(
    problems.length === 0
      ? `${colors.green('No problems.')} ${layers} layers, ${totals.parameters.toLocaleString('en')} parameters.`
      : `${problems.length} ${problems.length === 1 ? 'problem' : 'problems'} in ${path}.`,
  );
  return errors === 0 ? 0 : 1;
}

/** Mends what has a repair and saves the file, or only says what it would do; exit code 1 where an error is left. */
async function fix({ path, document, analysis }: LoadedDocument, options: CheckOptions): Promise<ExitCode> {
  const { document: mended, analysis: after, done } = repairEverything(document, analysis);
  const left = after.problems.filter(({ severity }) => severity === 'error');
  if (done.length > 0 && !options.fixDryRun) await safeSave(path, serializeDocument(mended));
  if (options.json) {
    printJson({
      file: path,
      ok: left.length === 0,
      saved: done.length > 0 && !options.fixDryRun,
      repaired: done,
      problems: after.problems,
    });
    return left.length === 0 ? 0 : 1;
  }
  for (const { problem, repair } of done) print(`${problem.message}\n  → ${repair.title}  ${costInWords(repair.cost)}\n`);
  for (const problem of left) print(`${colors.red('left')} ${problem.message}\n`);
  const verb = options.fixDryRun ? 'would be repaired' : 'repaired';
  print(`${done.length} ${done.length === 1 ? 'problem' : 'problems'} ${verb}, ${left.length} left in ${path}.`);
  return left.length === 0 ? 0 : 1;
}
