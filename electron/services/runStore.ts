import { appendFile, cp, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import {
  epochRow,
  runSummary,
  stepPoint,
  trainingPosition,
  type EpochRow,
  type RunSummary,
  type StepPoint,
  type TrainingPosition,
} from '../../shared/rpc/contract';
import { decodeSafetensors, encodeSafetensors, safetensorsMetadata } from '../../shared/weights/safetensors';
import { averagedWeights } from '../../shared/program/optimizers';
import type { Weights } from '../../shared/weights/weights';
import { readJsonFile } from './jsonFile';
import { safeSave } from './safeSave';

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
}

export interface StoredRun {
  readonly folder: string;
  readonly summary: RunSummary;
}

export async function createRun(folder: string, document: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await safeSave(join(folder, 'document.skip.json'), document);
}

export async function saveSummary(folder: string, summary: RunSummary): Promise<void> {
  await safeSave(join(folder, 'run.json'), `${JSON.stringify(summary, null, 2)}\n`);
}

/** Weights with the optimizer's slots, and where the training was when they were these. */
export interface Checkpoint {
  readonly weights: Weights;
  readonly position: TrainingPosition;
}

/** One file, so that weights and position are of the same moment whatever happens. */
export async function saveCheckpoint(folder: string, { weights, position }: Checkpoint): Promise<void> {
  await safeSave(join(folder, WEIGHTS), encodeSafetensors(weights, { [POSITION]: JSON.stringify(position) }));
}

/** The last checkpoint of a run; null where there is none, or where it does not say where the training was. */
export async function readCheckpoint(folder: string): Promise<Checkpoint | null> {
  const bytes = await readFile(join(folder, WEIGHTS)).catch(() => null);
  if (!bytes) return null;
  const file = new Uint8Array(bytes);
  const position = trainingPosition.safeParse(parseLine(safetensorsMetadata(file)[POSITION] ?? ''));
  return position.success ? { weights: decodeSafetensors(file), position: position.data } : null;
}

/** What happened up to a checkpoint: a run that goes on from it does the rest again. */
export async function cutEvents(folder: string, { epoch, step }: TrainingPosition): Promise<RunEvents> {
  const { points, epochs } = await readEvents(folder);
  const kept = { points: points.filter((point) => point.step <= step), epochs: epochs.filter((row) => row.epoch <= epoch) };
  await safeSave(join(folder, 'events.jsonl'), eventLines(kept.points, kept.epochs));
  return kept;
}

const WEIGHTS = 'weights.safetensors';
const POSITION = 'position';

export async function appendEvents(folder: string, points: readonly StepPoint[], epochs: readonly EpochRow[]): Promise<void> {
  if (points.length + epochs.length > 0) await appendFile(join(folder, 'events.jsonl'), eventLines(points, epochs));
}

function eventLines(points: readonly StepPoint[], epochs: readonly EpochRow[]): string {
  const lines = [...points.map((point) => ({ kind: 'step', ...point })), ...epochs.map((row) => ({ kind: 'epoch', ...row }))];
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}

/** Every whole and known line; a line that a kill cut off is left out. */
export async function readEvents(folder: string): Promise<RunEvents> {
  const text = await readFile(join(folder, 'events.jsonl'), 'utf8').catch(() => '');
  const events: RunEvents = { points: [], epochs: [] };
  for (const line of text.split('\n')) {
    const { kind, ...rest } = parseLine(line);
    if (kind === 'step') push(events.points, stepPoint.safeParse(rest));
    if (kind === 'epoch') push(events.epochs, epochRow.safeParse(rest));
  }
  return events;
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
  return readFile(join(folder, 'document.skip.json'), 'utf8');
}

/** The weights that a run is evaluated with and exported: where it averages them, the averages. */
export async function readWeights(folder: string): Promise<Weights> {
  return averagedWeights(decodeSafetensors(new Uint8Array(await readFile(join(folder, WEIGHTS)))));
}

/** All runs of a folder, newest first; what cannot be read is left out. */
export async function listRuns(folder: string): Promise<StoredRun[]> {
  const names = await readdir(folder).catch(() => []);
  const runs = await Promise.all(
    names.map(async (name): Promise<StoredRun[]> => {
      const parsed = runSummary.safeParse(await readJsonFile(join(folder, name, 'run.json')));
      return parsed.success ? [{ folder: join(folder, name), summary: parsed.data }] : [];
    }),
  );
  return runs.flat().sort((a, b) => b.summary.startedAt - a.summary.startedAt);
}

export async function removeRun(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}

/** A document that is saved for the first time, or under another name, takes its runs along. */
export async function copyRuns(from: string, to: string): Promise<void> {
  if (from === to) return;
  for (const name of await readdir(from).catch(() => []))
    await cp(join(from, name), join(to, name), { recursive: true, errorOnExist: false, force: false });
}
