import type { Patch } from './patches';
import { beginningOf, lineTo, type History, type HistoryStep } from './historySteps';

/** Bytes that the steps of a document may take: some hundred thousand small edits, or a hundred of the largest networks arranged anew. */
export const UNDO_BYTES = 64 * 1024 * 1024;
/** So many steps can be taken back whatever they take. */
const LEAST = 20;
/** Forgetting goes on to this share of the bytes, so that it is seldom. */
const DOWN_TO = 0.75;

const OBJECT = 56;
const SLOT = 16;

/**
 * About how many bytes of memory a step's differences take: what was there before and what came, each counted once in the step, though
 * the document or the next step may hold it too. Measured against the heap: `npx tsx bench/one.ts undo-memory`.
 */
export function bytesOf(patches: readonly Patch[]): number {
  return patches.reduce((sum, { path, before, after }) => sum + 2 * OBJECT + SLOT * path.length + sizeOf(before) + sizeOf(after), 0);
}

function sizeOf(value: unknown): number {
  if (typeof value === 'string') return SLOT + value.length;
  if (typeof value !== 'object' || value === null) return SLOT;
  return Object.values(value).reduce((sum: number, each) => sum + SLOT + sizeOf(each), OBJECT);
}

/**
 * The history within its bytes: where it is above them, the oldest steps are forgotten with the branches that part from them, then the
 * oldest branches. What is forgotten cannot be come back to; the last step of it stays as the beginning.
 */
export function withinMemory(history: History, most = UNDO_BYTES): History {
  if (history.bytes <= most) return history;
  const bytes = heldBytes(history);
  const beginning = bytes > most ? forgottenOf(lineTo(history.past), bytes - most * DOWN_TO) : undefined;
  if (beginning) makeBeginning(beginning);
  const branches = beginning ? history.branches.filter((tip) => beginningOf(tip) === beginning) : history.branches;
  return withFewerBranches({ ...history, branches }, most);
}

/** The last step to be forgotten, so that as many bytes are free. */
function forgottenOf(line: readonly HistoryStep[], toFree: number): HistoryStep | undefined {
  let freed = 0;
  const at = line.slice(0, -LEAST).findIndex(({ bytes }) => (freed += bytes) >= toFree);
  return at < 0 ? line.at(-LEAST - 1) : line[at];
}

/** Cut where it stands: steps behind it hold it, and a save that is under way may name it. */
function makeBeginning(step: HistoryStep): void {
  Object.assign(step, { patches: [], previous: null, bytes: 0, isBeginning: true } satisfies Partial<HistoryStep>);
}

function withFewerBranches(history: History, most: number): History {
  const bytes = heldBytes(history);
  if (bytes <= most || history.branches.length === 0) return { ...history, bytes };
  return withFewerBranches({ ...history, branches: history.branches.slice(0, -1) }, most);
}

/** What all steps take that can be come back to, each counted once. */
function heldBytes({ past, future, branches }: History): number {
  const steps = new Set([past, ...branches].flatMap((tip) => lineTo(tip)));
  for (let next = future; next; next = next.rest) steps.add(next.step);
  return [...steps].reduce((sum, { bytes }) => sum + bytes, 0);
}
