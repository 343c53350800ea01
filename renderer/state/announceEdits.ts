import type { Problem } from '../../shared/graph/problem';
import { useDocument, type DocumentState } from './document';
import { useSession } from './session';
import { isBeginning, type HistoryStep } from '../../shared/history/historySteps';

/** Edits in a row, as in typing, are told once it is quiet for so long, in milliseconds. */
const QUIET = 350;
/** More problems than these are told as a number. */
const TOLD = 2;
/** Of steps in a row the last ones are told. */
const STEPS = 3;

/** What is to be told once it is quiet: all since `before`. */
interface Pending {
  readonly before: DocumentState;
  readonly lastStep: string;
  /** In words of its own, instead of the steps' names; `alone`: and instead of the problems that came and went. */
  readonly own?: { readonly words: string; readonly alone: boolean };
}

let pending: Pending | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Tells each edit and what it led to: the step's name, problems that came and went. Returns what ends it. */
export function announceEdits(): () => void {
  const end = useDocument.subscribe((now, last) => {
    if (now.document === last.document) return;
    // Another document is told by its title.
    if (now.document.id !== last.document.id) return forget();
    // What has words of its own is told by itself.
    if (pending?.own) tell();
    pending = { before: pending?.before ?? last, lastStep: stepWords(last, now) };
    tellSoon();
  });
  return () => {
    forget();
    end();
  };
}

/** For an act that has just made its edit, and knows better words for it than the step's name. Problems that came and went are added. */
export function tellEditAs(words: string): void {
  tellOwn({ words, alone: false });
}

/** The same where the words say all there is to say, or a note on the screen does (no words). */
export function tellInstead(words = ''): void {
  tellOwn({ words, alone: true });
}

function tellOwn(own: NonNullable<Pending['own']>): void {
  if (!pending) return;
  pending = { ...pending, own };
  tellSoon();
}

function tellSoon(): void {
  clearTimeout(timer);
  timer = setTimeout(tell, QUIET);
}

function tell(): void {
  const text = pending ? wordsFor(pending, useDocument.getState()) : '';
  forget();
  if (text !== '') useSession.getState().announce(text);
}

function forget(): void {
  clearTimeout(timer);
  pending = undefined;
}

function wordsFor({ before, lastStep, own }: Pending, now: Told): string {
  if (!own) return editWords(before, now) || lastStep;
  return own.alone ? own.words : joined([own.words, ...problemWords(before.analysis.problems, now.analysis.problems)]);
}

type Told = Pick<DocumentState, 'history' | 'analysis'>;

/** “Undone: Set strides of conv1. Problem gone: …” */
export function editWords(before: Told, now: Told): string {
  return joined([stepWords(before, now), ...problemWords(before.analysis.problems, now.analysis.problems)]);
}

function joined(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' ');
}

function stepWords({ history: before }: Told, { history: now }: Told): string {
  const [was, is] = [before.past, now.past];
  if (is === was) return '';
  if (!isBeginning(was) && was.previous === is) return `Undone: ${was.label}.`;
  if (isBeginning(is)) return 'Back to the beginning.';
  if (before.future?.step === is) return `Redone: ${is.label}.`;
  const labels: string[] = [];
  for (let step: HistoryStep | null = is; !isBeginning(step) && step !== was && labels.length < STEPS; step = step.previous)
    labels.unshift(step.label);
  return labels.map((label) => `${label}.`).join(' ');
}

function problemWords(before: readonly Problem[], now: readonly Problem[]): readonly string[] {
  const come = missingFrom(now, before);
  const gone = missingFrom(before, now);
  const left = now.length === 0 && gone.length > 0 ? ['No problems are left.'] : [];
  return [...listed(come, 'New problem', 'New problems'), ...listed(gone, 'Problem gone', 'Problems gone'), ...left];
}

function missingFrom(these: readonly Problem[], those: readonly Problem[]): readonly Problem[] {
  const ids = new Set(those.map(({ id }) => id));
  return these.filter(({ id }) => !ids.has(id));
}

function listed(problems: readonly Problem[], one: string, several: string): readonly string[] {
  if (problems.length > TOLD) return [`${several}: ${problems.length}.`];
  return problems.map(({ message }) => `${one}: ${message.replace(/\.$/, '')}.`);
}
