import { appendFile, constants, cp, mkdir, open, readdir, readFile, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { createHash } from 'node:crypto';
import {
  epochRow,
  runSummary,
  stepPoint,
  type EpochRow,
  type RunSummary,
  type StepPoint,
  type TrainingPosition,
} from '../../shared/rpc/contract';
import { isWholeSafetensors, safetensorsHeadLength } from '../../shared/weights/safetensors';
import type { Weights } from '../../shared/weights/weights';
import { decodeCheckpoint, encodeCheckpoint, positionIn, weightsIn, type Checkpoint } from './checkpointFile';
import { readJsonFile } from './jsonFile';
import { safeSave } from './safeSave';
import { MOST_POINTS, thinPoints } from './thinPoints';

/**
 * Runs on disk, in `name.skip/runs/<id>/` beside the document, or under the user's data for a document without a file:
 * `run.json` (the summary), `document.skip.json` (the network as it was trained), `events.jsonl` (points and epochs, one a
 * line, readable by anyone) and `weights.safetensors` (the last checkpoint with the optimizer's state).
 */
export function runsFolder(userData: string, documentId: string, path: string | null): string {
  if (path !== null) return join(path.replace(/\.skip\.json$|\.json$/, '.skip'), 'runs');
  return join(userData, 'untitled', createHash('sha256').update(documentId).digest('hex').slice(0, 24), 'runs');
}

/** What `events.jsonl` tells. */
export interface RunEvents {
  readonly points: StepPoint[];
  readonly epochs: EpochRow[];
  /** Where in the file what comes later begins, in bytes. */
  readonly end: number;
}

export interface StoredRun {
  readonly folder: string;
  readonly summary: RunSummary;
}

export async function createRun(folder: string, document: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await safeSave(runDocumentFile(folder), document);
}

export async function saveSummary(folder: string, summary: RunSummary): Promise<void> {
  await safeSave(summaryFile(folder), `${JSON.stringify(summary, null, 2)}\n`);
}

/** What a run is known by, and locked by whoever trains it. */
export function summaryFile(folder: string): string {
  return join(folder, 'run.json');
}

export async function saveCheckpoint(folder: string, checkpoint: Checkpoint): Promise<void> {
  await safeSave(join(folder, WEIGHTS), encodeCheckpoint(checkpoint));
}

/** The last checkpoint of a run; null where there is none, or where it does not say where the training was. */
export async function readCheckpoint(folder: string): Promise<Checkpoint | null> {
  const bytes = await readFile(join(folder, WEIGHTS)).catch(() => null);
  return bytes && decodeCheckpoint(new Uint8Array(bytes));
}

/** Where the training was at a run's last checkpoint, and whether its file is whole; of its numbers none is read. */
export async function lookAtCheckpoint(folder: string): Promise<{ readonly isWhole: boolean; readonly position?: TrainingPosition }> {
  const file = await open(join(folder, WEIGHTS)).catch(() => undefined);
  if (!file) return { isWhole: false };
  try {
    const { size } = await file.stat();
    const first = await bytesOf(file, Math.min(8, size));
    const head = await bytesOf(file, safetensorsHeadLength(first, size));
    const position = positionIn(head);
    return { isWhole: isWholeSafetensors(head, size), ...(position ? { position } : {}) };
  } catch {
    return { isWhole: false };
  } finally {
    await file.close();
  }
}

async function bytesOf(file: FileHandle, length: number): Promise<Uint8Array> {
  const { buffer, bytesRead } = await file.read(new Uint8Array(length), 0, length, 0);
  return buffer.subarray(0, bytesRead);
}

/** What happened up to a checkpoint: a run that goes on from it does the rest again. */
export async function cutEvents(folder: string, { epoch, step }: TrainingPosition): Promise<RunEvents> {
  const kept: string[] = [];
  for await (const { line } of linesOf(folder, 0)) {
    const { kind, ...event } = parseLine(line) as { kind?: unknown; step?: unknown; epoch?: unknown };
    if (kind === 'step' ? Number(event.step) <= step : kind === 'epoch' && Number(event.epoch) <= epoch) kept.push(line);
  }
  await safeSave(join(folder, EVENTS), kept.map((line) => `${line}\n`).join(''));
  return readEvents(folder);
}

const EVENTS = 'events.jsonl';
const WEIGHTS = 'weights.safetensors';

export async function appendEvents(folder: string, points: readonly StepPoint[], epochs: readonly EpochRow[]): Promise<void> {
  if (points.length + epochs.length > 0) await appendFile(join(folder, EVENTS), eventLines(points, epochs));
}

function eventLines(points: readonly StepPoint[], epochs: readonly EpochRow[]): string {
  const lines = [...points.map((point) => ({ kind: 'step', ...point })), ...epochs.map((row) => ({ kind: 'epoch', ...row }))];
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}

/**
 * Every whole and known line from a place of the file on; a line that a kill cut off is left out. Of a long curve what shows it
 * ({@link thinPoints}).
 */
export async function readEvents(folder: string, from = 0): Promise<RunEvents> {
  const events = { points: [] as StepPoint[], epochs: [] as EpochRow[], end: from };
  for await (const { line, end } of linesOf(folder, from)) {
    events.end = end;
    const { kind, ...rest } = parseLine(line);
    if (kind === 'step') push(events.points, stepPoint.safeParse(rest));
    if (kind === 'epoch') push(events.epochs, epochRow.safeParse(rest));
    if (events.points.length > MOST_POINTS) events.points = thinPoints(events.points);
  }
  return events;
}

/** Bytes that are read at once; a line is shorter. */
const PIECE = 2 ** 20;
const NEWLINE = 10;

/** Whole lines, and where each ends; what cannot be read is not there. */
async function* linesOf(folder: string, from: number): AsyncGenerator<{ readonly line: string; readonly end: number }> {
  const file = await open(join(folder, EVENTS)).catch(() => undefined);
  try {
    for (let at = from; file;) {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(PIECE), 0, PIECE, at);
      const piece = buffer.subarray(0, bytesRead);
      let start = 0;
      for (let end = piece.indexOf(NEWLINE); end >= 0; end = piece.indexOf(NEWLINE, start)) {
        yield { line: piece.toString('utf8', start, end), end: at + end + 1 };
        start = end + 1;
      }
      if (start === 0) return;
      at += start;
    }
  } catch {
    // A folder of that name, or a drive that does not answer.
  } finally {
    await file?.close();
  }
}

function parseLine(line: string): { kind?: unknown } {
  try {
    return (JSON.parse(line) ?? {}) as { kind?: unknown };
  } catch {
    return {};
  }
}

function push<T>(list: T[], parsed: { success: true; data: T } | { success: false }): void {
  if (parsed.success) list.push(parsed.data);
}

export async function readRunDocument(folder: string): Promise<string> {
  return readFile(runDocumentFile(folder), 'utf8');
}

/** Where a run keeps the document that it trains. */
export function runDocumentFile(folder: string): string {
  return join(folder, 'document.skip.json');
}

/** The weights that a run is evaluated with and exported: where it averages them, the averages. */
export async function readWeights(folder: string): Promise<Weights> {
  return weightsIn(new Uint8Array(await readFile(join(folder, WEIGHTS))));
}

export async function readSummary(folder: string): Promise<RunSummary | undefined> {
  return runSummary.safeParse(await readJsonFile(summaryFile(folder))).data;
}

/** All runs of a folder, newest first; what cannot be read is left out. */
export async function listRuns(folder: string): Promise<StoredRun[]> {
  const names = await readdir(folder).catch(() => []);
  const runs = await Promise.all(
    names.map(async (name): Promise<StoredRun[]> => {
      const summary = await readSummary(join(folder, name));
      return summary ? [{ folder: join(folder, name), summary }] : [];
    }),
  );
  return runs.flat().sort((a, b) => b.summary.startedAt - a.summary.startedAt);
}

/** When something of a run was written last, in milliseconds since 1970; null where nothing is there. */
export async function lastWritten(folder: string): Promise<number | null> {
  const times = await Promise.all(
    [EVENTS, WEIGHTS].map((name) =>
      stat(join(folder, name)).then(
        ({ mtimeMs }) => mtimeMs,
        () => 0,
      ),
    ),
  );
  return Math.max(...times) || null;
}

export async function removeRun(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}

/** A run's folder in another place, all of it. Where that fails it is where it was. */
export async function moveRun(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  try {
    await rename(from, to);
  } catch (error) {
    // Another drive.
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    await wholeCopy(from, to, () => true);
    await removeRun(from);
  }
}

/** A copy of a run under another summary. A file system that can shares the bytes; where it fails there is none. */
export async function copyRun(from: string, to: string, summary: RunSummary): Promise<void> {
  // Locks and files aside are not the copy's. Without its summary, which comes last, it is no run.
  await wholeCopy(from, to, (path) => path === from || !/^\.|^run\.json$/.test(basename(path)));
  await saveSummary(to, summary);
}

/** Into a folder of its own: what is there already is neither written over nor, where the copy fails, removed. */
async function wholeCopy(from: string, to: string, filter: (path: string) => boolean): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  await mkdir(to);
  try {
    await cp(from, to, { recursive: true, errorOnExist: true, force: false, mode: constants.COPYFILE_FICLONE, filter });
  } catch (error) {
    await removeRun(to);
    throw error;
  }
}
