import { useEffect, useRef } from 'react';
import { optimizerOf } from '../../../../shared/training/optimizers/index';
import { RATE_STEPS, suggestedRate } from '../../../../shared/training/rateTest';
import { useDocument } from '../../../state/document';
import { useSession } from '../../../state/session';
import { Button } from '../../../ui/Button';
import { Dialog } from '../../../ui/Dialog';
import { formatNumber } from '../../../ui/NumberField';
import { FailureNote } from '../../runs/FailureNote';
import { ProgressBar } from '../../runs/ProgressBar';
import { withOptimizer } from '../trainingEdits';
import { RateCurve } from './RateCurve';
import { useRates, type RatesState } from './useRates';

/** Tries learning rates on a few batches and suggests one; taking it is one step of the history. */
export function FindRateDialog() {
  const { closeDialog } = useSession.getState();
  const optimizer = useDocument((state) => state.document.training.optimizer);
  const { stop, ...rates } = useRates();
  const isGoing = rates.status === 'going';
  const close = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // Stop has gone, and the focus with it where it was there.
    if (!isGoing && document.activeElement === document.body) close.current?.focus();
  }, [isGoing]);
  const suggested = isGoing ? null : suggestedRate(rates.points);
  const apply = (rate: number) => {
    useDocument.getState().edit('Change learning rate', withOptimizer({ learningRate: rate }), 'record');
    closeDialog();
  };
  return (
    <Dialog
      title="Find a learning rate"
      description={`The rate grows from step to step, from the first weights of a training with ${optimizerOf(optimizer.kind).title}. Nothing of it is kept.`}
      size="medium"
      onClose={closeDialog}
      footer={
        <>
          <Button ref={close} onClick={closeDialog}>
            Close
          </Button>
          {suggested !== null && (
            <Button variant="primary" onClick={() => apply(suggested)}>
              Use {formatNumber(suggested)}
            </Button>
          )}
        </>
      }
    >
      <FailureNote message={rates.failure} />
      {isGoing && <Trying count={rates.points.length} onStop={stop} />}
      {rates.points.length > 1 && (
        <RateCurve points={rates.points} suggested={suggested} current={optimizer.learningRate} isGoing={isGoing} />
      )}
      {(rates.status === 'whole' || rates.status === 'stopped') && (
        <p role="status" className="pt-2">
          {foundWords(rates, suggested, optimizer.learningRate)}
        </p>
      )}
    </Dialog>
  );
}

/** How far it is; before the first step the network is compiled. Where Stop stood nothing else may be pressed when the test ends by itself. */
function Trying({ count, onStop }: { readonly count: number; readonly onStop: () => void }) {
  return (
    <div className="flex items-center gap-4 py-2">
      <div className="flex min-w-0 flex-1 flex-col gap-2">
        <p className="text-secondary tabular-nums">
          {count === 0 ? 'The network is made ready …' : `Step ${count} of at most ${RATE_STEPS}`}
        </p>
        <ProgressBar label="Trying rates" share={count === 0 ? null : count / RATE_STEPS} />
      </div>
      <Button onClick={onStop}>Stop</Button>
    </div>
  );
}

function foundWords({ points, status }: RatesState, suggested: number | null, current: number): string {
  const stopped = status === 'stopped' ? `Stopped after ${points.length} of ${RATE_STEPS} steps. ` : '';
  if (suggested !== null)
    return `${stopped}The loss falls fastest at ${formatNumber(suggested)}. The document has ${formatNumber(current)}.`;
  return stopped === ''
    ? 'At no rate does the loss fall. Look at the data, the loss and the network first.'
    : `${stopped}Until then the loss hardly fell: there is nothing to suggest.`;
}
