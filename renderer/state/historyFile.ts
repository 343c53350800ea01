import * as z from 'zod';
import { newDocument } from '../../shared/document/create';
import type { SkipDocument } from '../../shared/document/document';
import { parseDocument } from '../../shared/document/parse';
import { serializeDocument } from '../../shared/document/serialize';
import { applyPatches } from '../../shared/history/patches';
import { isBeginning, lastOf, lineTo, type History, type HistoryStep } from '../../shared/history/historySteps';
import { bytesOf } from '../../shared/history/undoMemory';

/** As much is kept beyond this session as somebody may want back; older steps end the line. */
const STEPS = 200;
const BYTES = 2 * 1024 * 1024;

const placed = z.strictObject({ value: z.unknown(), index: z.int().min(0) });
const patch = z
  .strictObject({
    path: z.array(z.string().max(1000)).max(64),
    before: placed.optional(),
    after: placed.optional(),
    moved: z.literal(true).optional(),
  })
  .transform(({ path, before, after, moved }) => ({
    path,
    ...(before ? { before } : {}),
    ...(after ? { after } : {}),
    ...(moved ? { moved } : {}),
  }));
const fileForm = z.strictObject({
  /** Of the document that the steps led to. */
  fingerprint: z.string().max(100),
  /** Each after the one that it follows; `previous` is that one's place in the list, -1 for the beginning. */
  steps: z
    .array(
      z.strictObject({ label: z.string().max(1000), at: z.number(), previous: z.int().min(-1), patches: z.array(patch).max(1_000_000) }),
    )
    .max(STEPS),
  now: z.int().min(-1),
  last: z.int().min(-1),
  branches: z.array(z.int().min(0)).max(20),
});

/** The history as a text for the host, bounded: the latest steps of the line, and the branches that part from those. */
export function historyText(history: History, document: SkipDocument): string {
  const line = lineTo(lastOf(history));
  const fingerprint = fingerprintOf(document);
  for (let count = STEPS; ; count = Math.floor(count / 2)) {
    const text = textOf(history, kept(history, line, count), fingerprint);
    if (text.length <= BYTES || count === 0) return text;
  }
}

/** Steps to keep, each after the one before it. Those that cannot be reached from the kept part of the line are not. */
function kept(history: History, line: readonly HistoryStep[], count: number): readonly HistoryStep[] {
  const done = lineTo(history.past).length;
  const from = Math.max(0, Math.min(line.length - count, done));
  const steps = new Set(line.slice(from, from + count));
  for (const tip of history.branches) {
    const own = lineTo(tip).filter((step) => !steps.has(step) && !line.includes(step));
    const root = own[0]?.previous ?? null;
    const isReached = isBeginning(root) ? from === 0 : steps.has(root);
    if (isReached && steps.size + own.length <= count) for (const step of own) steps.add(step);
  }
  return [...steps];
}

function textOf(history: History, steps: readonly HistoryStep[], fingerprint: string): string {
  const places = new Map(steps.map((step, index) => [step, index]));
  const placeOf = (step: HistoryStep | null) => (step && places.get(step)) ?? -1;
  return JSON.stringify({
    fingerprint,
    steps: steps.map(({ label, at, previous, patches }) => ({ label, at, previous: placeOf(previous), patches })),
    now: placeOf(history.past),
    last: steps.includes(lastOf(history) as HistoryStep) ? placeOf(lastOf(history)) : placeOf(history.past),
    branches: history.branches.map(placeOf).filter((place) => place >= 0),
  });
}

/** The history of a document that was just opened, or why the text is not its history. */
export function parseHistory(text: string, document: SkipDocument): History | string {
  const parsed = fileForm.safeParse(jsonOf(text));
  if (!parsed.success) return 'it is damaged';
  const { fingerprint, now, last, branches } = parsed.data;
  if (fingerprint !== fingerprintOf(document)) return 'the document was changed without it';
  const steps: HistoryStep[] = [];
  for (const { previous, ...step } of parsed.data.steps) {
    if (previous >= steps.length) return 'its steps are out of order';
    steps.push({ ...step, previous: steps[previous] ?? null, bytes: bytesOf(step.patches) });
  }
  const past = steps[now] ?? null;
  const ahead = lineTo(steps[last] ?? null).slice(lineTo(past).length);
  if (!lineTo(steps[last] ?? null).includes(past as HistoryStep) && past !== null) return 'its steps do not meet';
  const future = ahead.reduceRight<History['future']>((rest, step) => ({ step, rest }), null);
  if (!isSound(past, document)) return 'it leads to no network';
  const bytes = steps.reduce((sum, step) => sum + step.bytes, 0);
  return { past, future, branches: branches.flatMap((place) => steps[place] ?? []), open: null, bytes };
}

/** Whether going back to the beginning gives a document as a file could hold it. */
function isSound(past: HistoryStep | null, document: SkipDocument): boolean {
  try {
    const start = lineTo(past).reduceRight((at, { patches }) => applyPatches(at, patches, 'backward'), document);
    const parsed = parseDocument(serializeDocument(start));
    return parsed.ok && !parsed.value.repaired;
  } catch {
    return false;
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Tells documents apart by all but where the canvas looks. No protection, only a check: FNV-1a over the file's text, and its length. */
function fingerprintOf(document: SkipDocument): string {
  const text = serializeDocument({ ...document, view: newDocument('').view });
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return `${text.length}-${(hash >>> 0).toString(16)}`;
}
