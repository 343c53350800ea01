import { History as HistoryIcon } from 'lucide-react';
import { useMemo } from 'react';
import { useDocument } from '../../state/document';
import { beginningOf, isBeginning, lastOf, lineTo, type HistoryStep } from '../../../shared/history/historySteps';
import { EmptyState } from '../../ui/EmptyState';
import { moveAmongRows } from '../../ui/listKeys';
import { branchesOf } from './branches';
import { StepRow } from './StepRow';

/** More rows than anybody reads cost more than they tell; the last line says how many there are. */
const SHOWN = 300;

/** Every step that was done, the latest first: press one to see the network as it was behind it. Nothing is lost by going back. */
export function HistoryPanel() {
  const history = useDocument((state) => state.history);
  const line = useMemo(() => lineTo(lastOf(history)).toReversed(), [history]);
  const done = useMemo(() => new Set(lineTo(history.past)), [history.past]);
  const branches = useMemo(() => branchesOf(history), [history]);
  const beginning = beginningOf(history.past);
  if (line.length === 0 && branches.length === 0) return <NothingYet />;
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- arrow keys move among the buttons inside
    <div onKeyDown={(event) => moveAmongRows(event)} className="flex h-full gap-4 overflow-auto px-3 py-2">
      <ol aria-label="History" className="min-w-72 max-w-120 flex-1">
        {line.slice(0, SHOWN).map((step, index) => (
          <StepRow key={line.length - index} step={step} state={stateOf(step, history.past, done)} />
        ))}
        {line.length > SHOWN && <li className="px-2 py-1 text-secondary">And {line.length - SHOWN} before.</li>}
        <StepRow step={beginning} state={history.past === beginning ? 'now' : 'done'} />
      </ol>
      {branches.length > 0 && (
        <section aria-label="Other branches" className="min-w-72 max-w-120 flex-1">
          {branches.map(({ from, steps }, index) => (
            <Branch key={branches.length - index} from={from} steps={steps} />
          ))}
        </section>
      )}
    </div>
  );
}

function Branch({ from, steps }: { readonly from: HistoryStep | null; readonly steps: readonly HistoryStep[] }) {
  const title = isBeginning(from) ? 'Left at the beginning' : `Left after “${from.label}”`;
  return (
    <div className="mb-2">
      <h3 className="px-2 py-1 text-xs font-medium text-secondary">{title}</h3>
      <ol aria-label={title}>
        {steps.toReversed().map((step, index) => (
          <StepRow key={steps.length - index} step={step} state="left" />
        ))}
      </ol>
    </div>
  );
}

function NothingYet() {
  return (
    <EmptyState icon={<HistoryIcon size="1.375rem" aria-hidden />} title="Nothing done yet">
      Every step is listed here. Press one to see the network as it was; what came after it stays in the list.
    </EmptyState>
  );
}

function stateOf(step: HistoryStep, now: HistoryStep | null, done: ReadonlySet<HistoryStep>) {
  if (step === now) return 'now';
  return done.has(step) ? 'done' : 'undone';
}
