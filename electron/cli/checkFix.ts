import colors from 'picocolors';
import { costInWords } from '../../shared/diagnose/cost';
import { repairEverything, type Mended } from '../../shared/diagnose/repairs/repairAll';
import { serializeDocument } from '../../shared/document/serialize';
import type { Problem } from '../../shared/graph/problem';
import { RpcError, toErrorShape } from '../../shared/rpc/messages';
import { safeSave } from '../services/safeSave';
import { errorsAmong } from './checkFile';
import { loadDocument } from './documents';
import { onOneLine, print, printFailure, printJson, type ExitCode } from './output';

interface MendOptions {
  readonly json?: boolean;
  readonly sarif?: boolean;
  readonly format?: 'text' | 'github';
  readonly fixDryRun?: boolean;
}

/** As `--fix --json` writes it; docs/check.md has the fields. */
type MendedFile =
  | {
      readonly file: string;
      readonly ok: boolean;
      readonly saved: boolean;
      readonly repaired: Mended['done'];
      readonly undecided: Mended['undecided'];
      readonly problems: readonly Problem[];
    }
  | { readonly file: string; readonly ok: false; readonly failure: ReturnType<typeof toErrorShape> };

/** Mends what has a repair and saves each file, or only says what it would do; a file that cannot be read or saved stops no other. */
export async function mendFiles(paths: readonly string[], options: MendOptions): Promise<ExitCode> {
  if (paths.includes('-')) throw new RpcError('E_USAGE', '--fix saves a file; a pipe is none.', 'Give the name of the file.');
  if (options.sarif || options.format === 'github')
    throw new RpcError(
      'E_USAGE',
      '--fix tells its repairs as text or with --json.',
      'Leave --sarif and --format out, or check in a second run.',
    );
  const files: MendedFile[] = [];
  for (const path of paths) {
    const file = await mendFile(path, options);
    files.push(file);
    if (!options.json) printMended(file, options);
  }
  if (options.json) printJson(files.length === 1 ? files[0] : { ok: files.every(({ ok }) => ok), files });
  else if (files.length > 1) print(summaryOf(files, options));
  if (files.some((file) => 'failure' in file)) return 2;
  return files.every(({ ok }) => ok) ? 0 : 1;
}

/** What `--fix` makes of one file; never throws. */
export async function mendFile(path: string, { fixDryRun = false }: MendOptions): Promise<MendedFile> {
  try {
    const { document, analysis } = await loadDocument(path);
    const { document: mended, analysis: after, done, undecided } = repairEverything(document, analysis);
    const saved = done.length > 0 && !fixDryRun;
    if (saved) await safeSave(path, serializeDocument(mended));
    return { file: path, ok: errorsAmong(after.problems) === 0, saved, repaired: done, undecided, problems: after.problems };
  } catch (error) {
    return { file: path, ok: false, failure: toErrorShape(error) };
  }
}

function printMended(file: MendedFile, options: MendOptions): void {
  if ('failure' in file) return printFailure(file.failure);
  const left = file.problems.filter(({ severity }) => severity === 'error');
  for (const { problem, repair } of onOneLine(file.repaired))
    print(`${problem.message}\n  → ${repair.title}  ${costInWords(repair.cost)}\n`);
  for (const problem of onOneLine(left)) print(`${colors.red('left')} ${problem.message}\n${choiceOf(file.undecided, problem.id)}`);
  print(`${countOf(file.repaired.length)} ${verbOf(options)}, ${left.length} left in ${file.file}.`);
}

/** Where several repairs are as good as each other, these, to choose from. */
function choiceOf(undecided: Mended['undecided'], id: string): string {
  const between = undecided.find(({ problem }) => problem.id === id)?.between ?? [];
  const lines = onOneLine(between)
    .map(({ title, cost }) => `    ${title}  ${costInWords(cost)}\n`)
    .join('');
  return between.length === 0 ? '' : `  These are as good as each other; make one of them in the editor:\n${lines}`;
}

function summaryOf(files: readonly MendedFile[], options: MendOptions): string {
  const read = files.flatMap((file) => ('failure' in file ? [] : [file]));
  const done = read.reduce((sum, { repaired }) => sum + repaired.length, 0);
  const left = read.reduce((sum, { problems }) => sum + errorsAmong(problems), 0);
  const unread = files.length - read.length;
  return `\n${files.length} files: ${countOf(done)} ${verbOf(options)}, ${left} left${unread > 0 ? `, ${unread} not read or saved` : ''}.`;
}

function countOf(problems: number): string {
  return `${problems} ${problems === 1 ? 'problem' : 'problems'}`;
}

function verbOf({ fixDryRun }: MendOptions): string {
  return fixDryRun ? 'would be repaired' : 'repaired';
}
