import { pathToFileURL } from 'node:url';
import { isAbsolute } from 'node:path';
import type { Location, Log, PhysicalLocation, Result } from 'sarif';
import type { Problem } from '../../shared/graph/problem';
import type { CheckedFile } from './checkFile';
import { placesInFile, type Region } from './placeInFile';

/** Problems of a file, each with its place in the text; nobody reads the text of a file without any. */
function placed({ loaded, problems }: CheckedFile): readonly { readonly problem: Problem; readonly region: Region | undefined }[] {
  const placeOf = loaded && problems.length > 0 ? placesInFile(loaded) : undefined;
  return problems.map((problem) => ({ problem, region: placeOf?.(problem) }));
}

/**
 * The problems as a log of static analysis. A problem's place is its lines in the file and, as a logical location, its layer.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function sarifOf(files: readonly CheckedFile[]): Log {
  const codes = [...new Set(files.flatMap(({ problems }) => problems.map(({ code }) => code)))].sort();
  const unread = files.flatMap(({ path, failure }) => (failure ? [{ path, failure }] : []));
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Skipwire', rules: codes.map((id) => ({ id })) } },
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: unread.length === 0,
            toolExecutionNotifications: unread.map(({ path, failure }) => ({
              level: 'error',
              message: { text: failure.message },
              locations: [{ physicalLocation: fileAt(path) }],
            })),
          },
        ],
        results: files.flatMap((file) => placed(file).map(({ problem, region }) => resultOf(file.path, problem, region))),
      },
    ],
  };
}

function resultOf(file: string, problem: Problem, region: Region | undefined): Result {
  const location: Location = { physicalLocation: fileAt(file, region) };
  if (problem.path !== '') location.logicalLocations = [{ fullyQualifiedName: problem.path, kind: 'element' }];
  return {
    ruleId: problem.code,
    level: problem.severity === 'error' ? 'error' : 'warning',
    message: { text: problem.message },
    locations: [location],
    partialFingerprints: { 'problem/v1': problem.id },
  };
}

function fileAt(file: string, region?: Region): PhysicalLocation {
  const uri = isAbsolute(file) ? pathToFileURL(file).href : encodeURI(file.replaceAll('\\', '/'));
  return { artifactLocation: { uri }, ...(region ? { region: { ...region } } : {}) };
}

/** Commands of a GitHub workflow that show the problems beside the lines of the file. */
export function githubLines(files: readonly CheckedFile[]): readonly string[] {
  return files.flatMap((file) => [
    ...(file.failure ? [annotation('error', `file=${property(file.path)}`, file.failure.code, file.failure.message)] : []),
    ...placed(file).map(({ problem: { severity, code, message }, region }) =>
      annotation(severity === 'error' ? 'error' : 'warning', `file=${property(file.path)}${linesOf(region)}`, code, message),
    ),
  ]);
}

/** Columns are shown only of what is on one line. */
function linesOf(region: Region | undefined): string {
  if (!region) return '';
  const { startLine, endLine, startColumn, endColumn } = region;
  const columns = startLine === endLine ? `,col=${startColumn},endColumn=${endColumn}` : '';
  return `,line=${startLine},endLine=${endLine}${columns}`;
}

/** Names come from documents: a line break in one must not begin another command. */
function annotation(kind: 'error' | 'warning', place: string, title: string, message: string): string {
  return `::${kind} ${place},title=${property(title)}::${escaped(message)}`;
}

function escaped(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return escaped(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
