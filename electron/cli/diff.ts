import { spawnSync } from 'node:child_process';
import picocolors from 'picocolors';
import { diffDesigns, isSameDesign, type Design, type DesignDiff } from '../../shared/diff/designDiff';
import { diffInLines, type DiffLine } from '../../shared/diff/lines';
import { emptyGraph } from '../../shared/graph/graph';
import { parseDocument } from '../../shared/document/parse';
import { analyze } from '../../shared/infer/analyze';
import { RpcError, toErrorShape } from '../../shared/rpc/messages';
import { createVersions } from '../services/versions';
import { loadDocument } from './documents';
import { onOneLine, print, printJson, type ExitCode } from './output';
import { terminalHost } from './terminalHost';

/** Git shows colours in its pager, which we write into through a pipe. */
const inPager = process.env['GIT_PAGER_IN_USE'] === 'true' && process.env['NO_COLOR'] === undefined;
const colors = picocolors.createColors(picocolors.isColorSupported || inPager);

interface DiffOptions {
  readonly json?: boolean;
  /** How many saves ago, where one file is given. */
  readonly saves?: string;
  readonly ignoreMoves?: boolean;
}

/**
 * `skipwire diff A B`: exit code 0 where the designs are the same, 1 where they differ, 2 where one cannot be read. Called
 * by Git as an external diff (seven arguments, nine for a renamed file) it ends with 0, since anything else would stop Git.
 */
export async function diff(paths: readonly string[], options: DiffOptions): Promise<ExitCode> {
  if (paths.length === 7 || paths.length === 9) return gitDiff(paths, options);
  const [a, b] = paths;
  if (a !== undefined && b === undefined) {
    if (process.env['GIT_DIFF_PATH_COUNTER'] === undefined) return diffWithSave(a, options);
    print(`* Unmerged path ${a}`);
    return 0;
  }
  if (a === undefined || b === undefined || paths.length > 2)
    throw new RpcError('E_USAGE', `Received ${paths.length} files, expected two, or one with --saves.`);
  const [before, after] = [await loadDocument(a), await loadDocument(b)];
  return tell({ before: a, after: b }, before, after, options);
}

interface Titles {
  readonly before: string;
  readonly after: string;
}

function tell(titles: Titles, before: Design, after: Design, options: DiffOptions): ExitCode {
  const found = diffDesigns(before, after);
  const isSame = isSameDesign(found, options.ignoreMoves);
  if (options.json) printJson({ ...titles, same: isSame, ...found });
  else if (isSame) print('No difference.');
  else printDiff(titles, found, options.ignoreMoves);
  return isSame ? 0 : 1;
}

function printTitles({ before, after }: Titles): void {
  print(colors.bold(`--- ${before}\n+++ ${after}`));
}

function printDiff(titles: Titles, found: DesignDiff, ignoreMoves = false): void {
  printTitles(titles);
  for (const line of diffInLines(found, ignoreMoves)) print(painted(onOneLine(line)));
}

function painted({ tone, text }: DiffLine): string {
  if (tone === 'heading') return colors.bold(text);
  if (tone === 'quiet') return colors.dim(text);
  return { added: colors.green, removed: colors.red, changed: colors.yellow }[tone](text);
}

/** The file against one of the saves that are kept of it; the last one is the file itself. */
async function diffWithSave(path: string, options: DiffOptions): Promise<ExitCode> {
  const { document, analysis } = await loadDocument(path);
  const versions = createVersions(terminalHost(null));
  const kept = await versions.list(document.id);
  const back = Number(options.saves ?? 1);
  if (!Number.isInteger(back) || back < 0 || back >= kept.length)
    throw new RpcError(
      'E_USAGE',
      `${path}: ${kept.length} saves of this document are kept here; received --saves ${options.saves ?? 1}, expected ${kept.length === 0 ? 'a document that was saved in the editor' : `0 to ${kept.length - 1}`}.`,
    );
  const save = kept[back] as (typeof kept)[number];
  const parsed = parseDocument(await versions.read(document.id, save.version));
  if (!parsed.ok) throw new RpcError(parsed.error.code, `The save: ${parsed.error.message}`, parsed.error.fix);
  const before = { document: parsed.value.document, analysis: analyze(parsed.value.document) };
  return tell({ before: `${path}, saved ${new Date(save.savedAt).toISOString()}`, after: path }, before, { document, analysis }, options);
}

/** As Git calls it: path, old file, its hash and mode, new file, its hash and mode[, new path, what was renamed]. */
async function gitDiff(args: readonly string[], options: DiffOptions): Promise<ExitCode> {
  const [path = '', old = '', , , now = '', , , renamed] = args;
  const name = renamed ?? path;
  // Set for all files, it is asked for those that are no networks, too.
  if (!/\.skip\.json$/.test(name)) {
    spawnSync('git', ['--no-pager', 'diff', '--no-ext-diff', '--no-index', '--', old, now], { stdio: 'inherit' });
    return 0;
  }
  const titles = { before: `a/${path}`, after: `b/${name}` };
  try {
    const [before, after] = [await sideOf(old), await sideOf(now)];
    const [was, is] = [before ?? without(after), after ?? without(before)];
    // Only of a file that was renamed, or has another mode: which one it is would not be told otherwise.
    if (was && is && !options.json && isSameDesign(diffDesigns(was, is), options.ignoreMoves)) printTitles(titles);
    if (was && is) tell(titles, was, is, options);
  } catch (error) {
    // A version that cannot be read is no reason to stop a log of many.
    const { message } = toErrorShape(error);
    const [file, title] = message.startsWith(`${old}: `) ? [old, titles.before] : [now, titles.after];
    print(`${title}: ${message.replace(`${file}: `, '')}`);
  }
  return 0;
}

/** Undefined where a file is not there on one side of a commit. */
async function sideOf(path: string): Promise<Design | undefined> {
  return path === '/dev/null' || path === 'nul' ? undefined : loadDocument(path);
}

/** The same document without its network. */
function without(design: Design | undefined): Design | undefined {
  const document = design && { ...design.document, graph: emptyGraph, blocks: {} };
  return document && { document, analysis: analyze(document) };
}
