import colors from 'picocolors';
import { formatProblem } from '../../shared/diagnose/format';
import type { SkipDocument } from '../../shared/document/document';
import { grouped } from '../../shared/graph/grouped';
import type { Problem } from '../../shared/graph/problem';
import { inputSizesThatWork, validSizesInWords } from '../../shared/diagnose/inputSizes';
import { foundAround } from '../../shared/diagnose/suspects';
import { mendFiles } from './checkFix';
import { allWell, checkFile, errorsAmong, termsOf, type CheckedFile } from './checkFile';
import { jsonOf, reasonOf } from './checkJson';
import { githubLines, sarifOf } from './checkReports';
import { onOneLine, print, printFailure, printJson, type ExitCode } from './output';

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
  if (options.fix || options.fixDryRun) return mendFiles(paths, options);
  const checked: CheckedFile[] = [];
  for (const path of paths) {
    const file = await checkFile(path, terms);
    checked.push(file);
    if (isForPeople(options)) printChecked(file, paths.length > 1);
  }
  if (options.json) printJson(jsonOf(checked));
  else if (options.sarif) printJson(sarifOf(checked));
  else if (options.format === 'github') for (const line of githubLines(checked)) print(line);
  if (isForPeople(options) && checked.length > 1) print(summaryOf(checked));
  if (checked.some(({ failure }) => failure)) return 2;
  return allWell(checked) ? 0 : 1;
}

function isForPeople({ json, sarif, format }: CheckOptions): boolean {
  return !json && !sarif && format !== 'github';
}

function printChecked({ path, loaded, problems, failure }: CheckedFile, isOneOfSeveral: boolean): void {
  if (failure) printFailure(failure);
  if (!loaded) return;
  const { document, analysis, notices } = loaded;
  const name = isOneOfSeveral ? `${path}: ` : '';
  if (isOneOfSeveral && problems.length > 0) print(`${colors.bold(path)}\n`);
  for (const notice of onOneLine(notices)) print(colors.yellow(`${name}${notice}`));
  for (const problem of problems) {
    const { repairs, suspects } = foundAround({ document, analysis, problem });
    print(`${formatProblem(onOneLine(problem), onOneLine(repairs), onOneLine(suspects))}\n`);
  }
  const sizes = errorsAmong(problems) === 0 ? inputSizesThatWork(document) : undefined;
  if (sizes && !isOneOfSeveral) print(validSizesInWords(sizes));
  printSwitchedOff(document, analysis.switchedOff);
  const layers = analysis.flat.nodes.size;
  print(
    problems.length === 0
      ? `${name}${colors.green('No problems.')} ${layers} layers, ${analysis.totals.parameters.toLocaleString('en')} parameters.`
      : `${problems.length} ${problems.length === 1 ? 'problem' : 'problems'} in ${path}.${isOneOfSeveral ? '\n' : ''}`,
  );
}

function printSwitchedOff(document: SkipDocument, problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  print(colors.dim(`${problems.length} ${problems.length === 1 ? 'warning is' : 'warnings are'} switched off in this document:`));
  const reasons = grouped(problems, (problem) => `${problem.code}: ${reasonOf(document, problem)}`);
  for (const [reason, same] of reasons) print(colors.dim(`  ${onOneLine(reason)}${onOneLine(placesInWords(same))}`));
}

/** More layers than these nobody reads on one line. */
const PLACES = 3;

/** ` (a, b, c and 4 more)`; nothing of what is the whole network's. */
function placesInWords(problems: readonly Problem[]): string {
  const names = problems.flatMap(({ path }) => path || []);
  const more = names.length - PLACES;
  return names.length === 0 ? '' : ` (${names.slice(0, PLACES).join(', ')}${more > 0 ? ` and ${more} more` : ''})`;
}

function summaryOf(files: readonly CheckedFile[]): string {
  const problems = files.flatMap((file) => file.problems);
  const errors = errorsAmong(problems);
  const unread = files.filter(({ failure }) => failure).length;
  return `\n${files.length} files: ${errors} ${errors === 1 ? 'error' : 'errors'}, ${problems.length - errors} warnings${unread > 0 ? `, ${unread} not read` : ''}.`;
}
