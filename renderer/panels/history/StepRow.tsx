import { Check, CircleDot, GitBranch, RotateCcw } from 'lucide-react';
import { useDocument } from '../../state/document';
import { isBeginning, type HistoryStep } from '../../../shared/history/historySteps';

/** `undone`: redo leads there. `left`: on a branch that one went on without. */
export type StepState = 'done' | 'now' | 'undone' | 'left';

const icons = { done: Check, now: CircleDot, undone: RotateCcw, left: GitBranch };
const words = { done: '', now: 'Now', undone: 'Undone', left: '' };

const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });

/** One step, or the beginning where there is none. A press goes to the state behind it. */
export function StepRow({ step, state }: { readonly step: HistoryStep | null; readonly state: StepState }) {
  const Icon = icons[state];
  const isNow = state === 'now';
  return (
    <li>
      <button
        type="button"
        aria-current={isNow ? 'step' : undefined}
        onClick={() => useDocument.getState().goTo(step)}
        className={`flex w-full items-center gap-2 rounded-md px-2 py-1 text-left outline-none hover:bg-hover focus-visible:outline-2 focus-visible:outline-accent ${isNow ? 'bg-accent-soft font-medium text-ink' : state === 'done' ? 'text-ink' : 'text-secondary'}`}
      >
        <Icon size="0.875rem" aria-hidden className="shrink-0" />
        <span className="min-w-0 flex-1 truncate">{wordsOf(step)}</span>
        {words[state] && <span className="text-xs text-secondary">{words[state]}</span>}
        {step && (
          <time dateTime={new Date(step.at).toISOString()} className="font-mono text-xs text-secondary">
            {timeOf(step.at)}
          </time>
        )}
      </button>
    </li>
  );
}

function wordsOf(step: HistoryStep | null): string {
  if (step === null) return 'As it was opened';
  return isBeginning(step) ? `${step.label} (what came before is no longer kept)` : step.label;
}

/** Steps of another day, which a reopened history has, say which. */
function timeOf(at: number): string {
  return new Date(at).toDateString() === new Date().toDateString() ? time.format(at) : day.format(at);
}
