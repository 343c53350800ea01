import { pathToFileURL } from 'node:url';
import { isAbsolute } from 'node:path';
import type { Problem } from '../../shared/graph/problem';
import type { CheckedFile } from './checkFile';

/**
 * The problems as a log of static analysis. A problem's place is its file and, as a logical location, its layer.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function sarifOf(files: readonly CheckedFile[]) {
  const codes = [...new Set(files.flatMap(({ problems }) => problems.map(({ code }) => code)))].sort();
  const unread = files.flatMap(({ path, failure }) => (failure ? [{ path, failure }] : []));
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Skipwire', rules: codes.map((id) => ({ id })) } },
        invocations: [
          {
            executionSuccessful: unread.length === 0,
            toolExecutionNotifications: unread.map(({ path, failure }) => ({
              level: 'error',
              message: { text: failure.message },
              locations: [{ physicalLocation: placeOf(path) }],
            })),
          },
        ],
        results: files.flatMap(({ path, problems }) => problems.map((problem) => resultOf(path, problem))),
      },
    ],
  };
}

function resultOf(file: string, problem: Problem) {
  const logical = problem.path === '' ? {} : { logicalLocations: [{ fullyQualifiedName: problem.path, kind: 'element' }] };
  return {
    ruleId: problem.code,
    level: problem.severity === 'error' ? 'error' : 'warning',
    message: { text: problem.message },
    locations: [{ physicalLocation: placeOf(file), ...logical }],
    partialFingerprints: { 'problem/v1': problem.id },
  };
}

function placeOf(file: string) {
  const uri = isAbsolute(file) ? pathToFileURL(file).href : encodeURI(file.replaceAll('\\', '/'));
  return { artifactLocation: { uri } };
}

/** Commands of a GitHub workflow that show the problems beside the file. */
export function githubLines(files: readonly CheckedFile[]): readonly string[] {
  return files.flatMap(({ path, problems, failure }) => [
    ...(failure ? [annotation('error', path, failure.code, failure.message)] : []),
    ...problems.map(({ severity, code, message }) => annotation(severity === 'error' ? 'error' : 'warning', path, code, message)),
  ]);
}

/** Names come from documents: a line break in one must not begin another command. */
function annotation(kind: 'error' | 'warning', file: string, title: string, message: string): string {
  return `::${kind} file=${property(file)},title=${property(title)}::${escaped(message)}`;
}

function escaped(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return escaped(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
