import { PencilLine } from 'lucide-react';
import type { DatasetInfo } from '../../../shared/rpc/contract';
import { datasetOf, useDatasets } from '../../state/datasets';
import { shownRun, useRuns, type RunsState } from '../../state/runs';
import { isActive, latestFirst, type RunView } from '../../state/runUpdates';
import { useSession } from '../../state/session';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import { FailureNote } from '../runs/FailureNote';
import { TrainNow } from '../runs/TrainNow';
import { percent, whenWords } from '../runs/words';
import { Activations } from './Activations';
import { InputSource, useChoice, type Source } from './InputSource';
import { Probabilities } from './Probabilities';
import { usePrediction } from './usePrediction';

const INVITATIONS: Readonly<Record<Source, string>> = {
  draw: 'Draw a digit: the network says what it sees while you draw.',
  pick: 'Choose an image: the network says what it sees in it.',
  file: 'The network says what it sees in a file of yours.',
};

/** Draw a digit or pick an image, and see what the trained network makes of it, layer by layer. */
export function TryItPanel() {
  const run = useRuns(usableRun);
  const shown = useRuns(shownRun);
  const dataset = useDatasets((state) => datasetOf(state, run?.summary.request.dataset ?? null));
  if (!run) return <Untrained run={shown} />;
  if (!dataset) {
    return (
      <EmptyState title="The data of this run is not there">
        It was trained on “{run.summary.request.dataset}”. Choose another run, or train again.
      </EmptyState>
    );
  }
  return <TryIt key={dataset.id} run={run} dataset={dataset} />;
}

function TryIt({ run, dataset }: { readonly run: RunView; readonly dataset: DatasetInfo }) {
  const choice = useChoice(dataset);
  const { summary } = run;
  const { prediction, failure } = usePrediction(summary.id, `${summary.id} ${summary.epoch} ${summary.status}`, choice.input);
  return (
    <section aria-label="Try it" className="flex h-full min-h-0 gap-4 overflow-y-auto px-3 py-2.5">
      <InputSource dataset={dataset} choice={choice} />
      <div className="flex w-52 shrink-0 flex-col gap-1.5">
        {prediction ? (
          <>
            <Probabilities prediction={prediction} />
            {prediction.prepared && <Prepared from={dataset.imageShape} to={prediction.prepared} />}
          </>
        ) : (
          <p className="text-secondary">{INVITATIONS[choice.source]}</p>
        )}
        <FailureNote message={failure} />
        <p className="mt-auto text-xs text-secondary">{weightsWords(run)}</p>
      </div>
      {prediction && <Activations activations={prediction.activations} />}
    </section>
  );
}

/** The network sees something else than what was drawn: it says so, and what. */
function Prepared({ from, to }: { readonly from: readonly number[]; readonly to: readonly number[] }) {
  return (
    <p className="text-xs text-secondary">
      The network prepares the image: <span className="font-mono">{from.join('×')}</span> becomes{' '}
      <span className="font-mono">{to.join('×')}</span>, as its input says.
    </p>
  );
}

function Untrained({ run }: { readonly run: RunView | undefined }) {
  const isTraining = run !== undefined && isActive(run.summary);
  return (
    <EmptyState
      icon={<PencilLine size="1.5rem" aria-hidden />}
      title={isTraining ? 'The first weights are on their way' : 'Train the network first'}
      action={isTraining ? <Button onClick={() => useSession.getState().showTab('training')}>Show training</Button> : <TrainNow />}
    >
      {isTraining
        ? 'After the first epoch you can give it an image here and see what the network makes of it.'
        : 'Then give it an image here – drawn, of the data, or your own – and see the probabilities of each class and what every layer makes of it.'}
    </EmptyState>
  );
}

/** The shown run if it has weights, else the latest one that has. */
function usableRun(state: RunsState): RunView | undefined {
  const shown = shownRun(state);
  return shown?.summary.hasWeights ? shown : latestFirst(state.runs).find((run) => run.summary.hasWeights);
}

/** Whose weights answer, in a line. */
function weightsWords({ summary }: RunView): string {
  const { best, startedAt, testAccuracy } = summary;
  const accuracy =
    testAccuracy !== null ? ` · test ${percent(testAccuracy)}` : best ? ` · validation ${percent(best.validationAccuracy)}` : '';
  return `Weights: ${isActive(summary) ? `run in progress, epoch ${summary.epoch}` : `run of ${whenWords(startedAt, Date.now())}`}${accuracy}`;
}
