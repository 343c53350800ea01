import colors from 'picocolors';
import { costInWords } from '../../shared/diagnose/cost';
import { formatProblem } from '../../shared/diagnose/format';
import { inputSizesThatWork, validSizesInWords } from '../../shared/diagnose/inputSizes';
import { repairEverything } from '../../shared/diagnose/repairs/repairAll';
import { repairsFor } from '../../shared/diagnose/repairs/repairs';
import type { Site } from '../../shared/diagnose/repairs/plan';
import { likeliest, repairsWithSuspects } from '../../shared/diagnose/suspects';
import { serializeDocument } from '../../shared/document/serialize';
import { RpcError } from '../../shared/rpc/messages';
import { safeSave } from '../services/safeSave';
import { checkFile, errorsAmong, termsOf, type CheckedFile } from './checkFile';
import { githubLines, sarifOf } from './checkReports';
import { loadDocument, type LoadedDocument } from './documents';
import { print, printFailure, printJson, type ExitCode } from './output';

interface CheckOptions {
  readonly json?: boolean;
  readonly sarif?: boolean;
  readonly format?: 'text' | 'github';
  /** Makes the cheapest set of repairs and saves the file. */
  readonly fix?: boolean;
  /** Says what `fix` would do. */
  readonly fixDryRun?: boolean;
  readonly maxParams?: string;
  readonly maxMacs?: string;
  /** `224x224`: looked at with another height and width of the image. */
  readonly input?: string;
}

/** `skipwire check FILES`: problems as the editor tells them, each with its repairs; exit code 1 where there is an error. */
export async function check(paths: readonly string[], options: CheckOptions): Promise<ExitCode> {
  const terms = termsOf(options);
  if (options.fix || options.fixDryRun) {
    const loaded = await Promise.all(paths.map(loadToMend));
    let code: ExitCode = 0;
    for (const each of loaded) if ((await fix(each, options)) === 1) code = 1;
    return code;
  }
  const checked: CheckedFile[] = [];
  for (const path of paths) {
    const file = await checkFile(path, terms);
    checked.push(file);
    if (isForPeople(options)) printChecked(file);
  }
  if (options.json)
    printJson(checked.length === 1 ? toldOf(checked[0] as CheckedFile) : { ok: allWell(checked), files: checked.map(toldOf) });
  else if (options.sarif) printJson(sarifOf(checked));
  else if (options.format === 'github') for (const line of githubLines(checked)) print(line);
  if (isForPeople(options) && checked.length > 1) print(summaryOf(checked));
  if (checked.some(({ failure }) => failure)) return 2;
  return allWell(checked) ? 0 : 1;
}

function isForPeople({ json, sarif, format }: CheckOptions): boolean {
  return !json && !sarif && format !== 'github';
}

function allWell(files: readonly CheckedFile[]): boolean {
  return files.every(({ failure, problems }) => !failure && errorsAmong(problems) === 0);
}

async function loadToMend(path: string): Promise<LoadedDocument> {
  if (path === '-') throw new RpcError('E_USAGE', '--fix saves a file; a pipe is none.', 'Give the name of the file.');
  return loadDocument(path);
}

/** As `skipwire check --json` writes it; docs/check.md has the fields. */
function toldOf({ path, loaded, problems, failure }: CheckedFile) {
  if (!loaded) return { file: path, ok: false, failure };
  const { document, analysis, notices } = loaded;
  const told = problems.map((problem) => {
    const { repairs, suspects } = foundAround({ document, analysis, problem });
    return { ...problem, suspects: suspects.map(({ place, because }) => ({ ...place, because })), repairs };
  });
  const { switchedOff, totals } = analysis;
  return { file: path, ok: errorsAmong(problems) === 0, problems: told, switchedOff, notices, totals };
}

/** What mends a problem, and of a mismatch who is probably at fault. */
function foundAround(site: Site) {
  const suspects = site.problem.mismatch ? likeliest(site) : [];
  return { suspects, repairs: repairsWithSuspects(repairsFor(site.document, site.analysis, site.problem), suspects) };
}

function printChecked({ path, loaded, problems, failure }: CheckedFile): void {
  if (failure) printFailure(failure);
  if (!loaded) return;
  const { document, analysis, notices } = loaded;
  for (const notice of notices) print(colors.yellow(notice));
  for (const problem of problems) {
    const { repairs, suspects } = foundAround({ document, analysis, problem });
    print(`${formatProblem(problem, repairs, suspects)}\n`);
  }
  const sizes = errorsAmong(problems) === 0 ? inputSizesThatWork(document) : undefined;
  if (sizes) print(validSizesInWords(sizes));
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
      ? `${colors.green('No problems.')} ${layers} layers, ${analysis.totals.parameters.toLocaleString('en')} parameters.`
      : `${problems.length} ${problems.length === 1 ? 'problem' : 'problems'} in ${path}.`,
  );
}

function summaryOf(files: readonly CheckedFile[]): string {
  const problems = files.flatMap((file) => file.problems);
  const errors = errorsAmong(problems);
  const unread = files.filter(({ failure }) => failure).length;
  return `\n${files.length} files: ${errors} ${errors === 1 ? 'error' : 'errors'}, ${problems.length - errors} warnings${unread > 0 ? `, ${unread} not read` : ''}.`;
}

/** Mends what has a repair and saves the file, or only says what it would do; exit code 1 where an error is left. */
async function fix({ path, document, analysis }: LoadedDocument, options: CheckOptions): Promise<ExitCode> {
  const { document: mended, analysis: after, done, undecided } = repairEverything(document, analysis);
  const left = after.problems.filter(({ severity }) => severity === 'error');
  if (done.length > 0 && !options.fixDryRun) await safeSave(path, serializeDocument(mended));
  if (options.json) {
    printJson({
      file: path,
      ok: left.length === 0,
      saved: done.length > 0 && !options.fixDryRun,
      repaired: done,
      undecided,
      problems: after.problems,
    });
    return left.length === 0 ? 0 : 1;
  }
  for (const { problem, repair } of done) print(`${problem.message}\n  → ${repair.title}  ${costInWords(repair.cost)}\n`);
  for (const problem of left) print(`${colors.red('left')} ${problem.message}\n${choiceOf(undecided, problem.id)}`);
  const verb = options.fixDryRun ? 'would be repaired' : 'repaired';
  print(`${done.length} ${done.length === 1 ? 'problem' : 'problems'} ${verb}, ${left.length} left in ${path}.`);
  return left.length === 0 ? 0 : 1;
}

/** Where several repairs are as good as each other, these, to choose from. */
function choiceOf(undecided: ReturnType<typeof repairEverything>['undecided'], id: string): string {
  const between = undecided.find(({ problem }) => problem.id === id)?.between ?? [];
  const lines = between.map(({ title, cost }) => `    ${title}  ${costInWords(cost)}\n`).join('');
  return between.length === 0 ? '' : `  These are as good as each other; make one of them in the editor:\n${lines}`;
}
