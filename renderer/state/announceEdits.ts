import type { Problem } from '../../shared/graph/problem';
import { useDocument, type DocumentState } from './document';
import { useSession } from './session';
import { isBeginning, type HistoryStep } from './historySteps';

/** Edits in a row, as in typing, are told once it is quiet for so long, in milliseconds. */
const QUIET = 350;
/** More problems than these are told as a number. */
const TOLD = 2;
/** Of steps in a row the last ones are told. */
const STEPS = 3;

/** Tells each edit and what it led to: the step's name, problems that came and went. Returns what ends it. */
export function announceEdits(): () => void {
  let before: DocumentState | undefined;
  let lastStep = '';
  let timer: ReturnType<typeof setTimeout> | undefined;
  const end = useDocument.subscribe((now, last) => {
    if (now.document === last.document) return;
    // Another document is told by its title.
    if (now.document.id !== last.document.id) {
      clearTimeout(timer);
      before = undefined;
      return;
    }
    before ??= last;
    lastStep = stepWords(last, now);
    clearTimeout(timer);
    timer = setTimeout(() => {
      const text = before ? editWords(before, useDocument.getState()) || lastStep : '';
      before = undefined;
      if (text !== '') useSession.getState().announce(text);
    }, QUIET);
  });
  return () => {
    clearTimeout(timer);
    end();
  };
}

type Told = Pick<DocumentState, 'history' | 'analysis'>;

/** “Undone: Set strides of conv1. Problem gone: …” */
export function editWords(before: Told, now: Told): string {
  return [stepWords(before, now), ...problemWords(before.analysis.problems, now.analysis.problems)].filter((part) => part !== '').join(' ');
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
