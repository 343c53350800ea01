import { Pause, Play, Square } from 'lucide-react';
import type { ReactNode } from 'react';
import { activeRun, useRuns } from '../../state/runs';
import type { RunView } from '../../state/runUpdates';
import { rateToGoOnWith } from '../../../shared/training/rateToGoOnWith';
import { canGoOn, isActive } from '../../state/runUpdates';
import { useSession } from '../../state/session';
import { startTraining, useTrainability } from '../../state/training';
import { Button } from '../../ui/Button';
import { formatNumber } from '../../ui/NumberField';
import { countOf } from '../../ui/numbers';
import { WhyNotTrain } from '../runs/WhyNotTrain';

/** What can be done with the shown run now: train; pause, go on, stop. */
export function RunButtons({ run }: { readonly run: RunView | undefined }) {
  if (run && isActive(run.summary) && run.summary.elsewhere === undefined) return <ActiveButtons run={run} />;
  return (
    <Row>
      {run && canGoOn(run.summary) && <GoOnButton run={run} />}
      <TrainButton isAgain={run !== undefined && !isActive(run.summary)} isSecond={run !== undefined && canGoOn(run.summary)} />
    </Row>
  );
}

function ActiveButtons({ run }: { readonly run: RunView }) {
  const { id, status } = run.summary;
  const { pause, resume, stop } = useRuns.getState();
  return (
    <Row>
      {status === 'paused' ? (
        <Button icon={<Play size="0.875rem" aria-hidden />} onClick={() => void resume(id)}>
          Go on
        </Button>
      ) : (
        <Button icon={<Pause size="0.875rem" aria-hidden />} disabled={status !== 'running'} onClick={() => void pause(id)}>
          Pause
        </Button>
      )}
      <Button icon={<Square size="0.8125rem" aria-hidden />} disabled={status === 'stopping'} onClick={() => void stop(id)}>
        Stop
      </Button>
    </Row>
  );
}

/** Where it was broken off, from the last checkpoint, as if nothing had been; where the learning rate broke it, with a smaller one. */
function GoOnButton({ run }: { readonly run: RunView }) {
  const isBusy = useRuns((state) => state.isStarting || activeRun(state) !== undefined);
  const { id, epoch, step } = run.summary;
  const rate = rateToGoOnWith(run.summary);
  const from = `From the checkpoint after ${epoch > 0 ? countOf(epoch, 'epoch') : countOf(step, 'step')}`;
  return (
    <Button
      variant="primary"
      icon={<Play size="0.875rem" aria-hidden />}
      disabled={isBusy}
      title={rate === undefined ? from : `${from}, with a tenth of the learning rate`}
      onClick={() => void useRuns.getState().goOn(id)}
    >
      {rate === undefined ? 'Go on' : `Go on at rate ${formatNumber(rate)}`}
    </Button>
  );
}

function TrainButton({ isAgain, isSecond }: { readonly isAgain: boolean; readonly isSecond: boolean }) {
  const trainability = useTrainability();
  const reason = trainability === true ? undefined : trainability;
  return (
    <>
      <Button
        variant={isSecond ? 'outline' : 'primary'}
        icon={<Play size="0.875rem" aria-hidden />}
        disabled={reason !== undefined}
        aria-describedby={reason ? 'why-not-train' : undefined}
        onClick={() => void startTraining()}
      >
        {isAgain ? 'Train again' : 'Train'}
      </Button>
      {reason && (
        <div className="order-last flex w-full flex-col items-start gap-1.5">
          <WhyNotTrain id="why-not-train" reason={reason} />
        </div>
      )}
    </>
  );
}

/** What can be done with what a run has learned, once it has ended: try it, take it away. */
export function KeptButtons({ run: { summary } }: { readonly run: RunView }) {
  const { showTab, openDialog } = useSession.getState();
  if (!summary.hasWeights || (isActive(summary) && summary.elsewhere === undefined)) return null;
  return (
    <Row>
      <Button onClick={() => showTab('tryIt')}>Try it</Button>
      <Button onClick={() => openDialog({ kind: 'export', format: 'savedmodel' })}>Export…</Button>
    </Row>
  );
}

function Row({ children }: { readonly children: ReactNode }) {
  return <div className="flex flex-wrap items-center gap-1.5">{children}</div>;
}
