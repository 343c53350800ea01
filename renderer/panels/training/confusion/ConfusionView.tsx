import { useState } from 'react';
import type { Split } from '../../../../shared/rpc/contract';
import { useDatasets } from '../../../state/datasets';
import type { RunView } from '../../../state/runUpdates';
import { EmptyState } from '../../../ui/EmptyState';
import { Select } from '../../../ui/Select';
import { Spinner } from '../../../ui/Spinner';
import { FailureNote } from '../../runs/FailureNote';
import { Segments } from '../../runs/Segments';
import { lossWords, percent } from '../../runs/words';
import { CellSamples } from './CellSamples';
import { samplesOf, type Cell, type Confusion } from './cells';
import { ConfusionMatrix } from './ConfusionMatrix';
import { MistakeList } from './MistakeList';
import { useEvaluation } from './useEvaluation';

const splits = [
  { value: 'validation', label: 'Validation' },
  { value: 'test', label: 'Test' },
  { value: 'train', label: 'Training' },
] as const;

/** With more classes the matrix is larger than any screen: then its largest numbers are listed. */
const MOST_CLASSES = 40;

/** Which classes a run's weights take for which; a cell shows its samples. */
export function ConfusionView({ run }: { readonly run: RunView }) {
  if (!run.summary.hasWeights)
    return <EmptyState title="No weights yet">What is mistaken for what appears here after the first whole epoch.</EmptyState>;
  return <Measured key={run.summary.id} run={run} />;
}

function Measured({ run }: { readonly run: RunView }) {
  const [split, setSplit] = useState<Split>('validation');
  const [output, setOutput] = useState<string | null>(null);
  const { evaluation, failure, isBusy } = useEvaluation(run.summary.id, split, run.summary.epoch);
  const confusions = evaluation?.confusions ?? [];
  const shown = confusions.find((confusion) => confusion.output === output) ?? confusions[0];
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-2">
      <div className="flex flex-wrap items-center gap-3">
        <Segments label="Part of the data" value={split} options={splits} onChange={setSplit} />
        {confusions.length > 1 && shown && (
          <div className="w-40">
            <Select
              label="Output"
              value={shown.output}
              options={confusions.map(({ output: name }) => ({ value: name, label: name }))}
              onChange={setOutput}
            />
          </div>
        )}
        {evaluation && (
          <span className="text-sm text-secondary">
            loss {lossWords(evaluation.loss)}
            {evaluation.accuracy !== null && `, accuracy ${percent(evaluation.accuracy)}`}
          </span>
        )}
        {isBusy && <Spinner label="Measuring" />}
      </div>
      <FailureNote message={failure} />
      {shown && <Matrix key={`${shown.output} ${split}`} run={run} split={split} confusion={shown} />}
      {evaluation && !shown && <p className="text-secondary">No output has classes: there is nothing that is taken for something else.</p>}
    </div>
  );
}

function Matrix({ run, split, confusion }: { readonly run: RunView; readonly split: Split; readonly confusion: Confusion }) {
  const [chosen, setChosen] = useState<Cell | null>(null);
  const dataset = useDatasets((state) => state.datasets?.find(({ id }) => id === run.summary.request.dataset));
  const isBinary = confusion.counts.length === 2 && dataset?.classes.length !== 2;
  const nameOf = (index: number) => (isBinary ? ['no', 'yes'][index] : dataset?.classes[index]) ?? String(index);
  const choice = { confusion, nameOf, chosen, onChoose: setChosen };
  return (
    // Where there is no room for both beside each other, the images come below and all of it scrolls.
    <div className="@container min-h-0 flex-1">
      <div className="flex h-full flex-col gap-3 overflow-auto @lg:flex-row @lg:gap-5 @lg:overflow-hidden">
        {/* A region that scrolls must be reachable by keyboard. */}
        <div
          tabIndex={0}
          role="region"
          aria-label="What is taken for what"
          className="shrink-0 overflow-x-auto @lg:min-h-0 @lg:shrink @lg:overflow-auto"
        >
          {confusion.counts.length > MOST_CLASSES ? <MistakeList {...choice} /> : <ConfusionMatrix {...choice} />}
        </div>
        <div className="min-w-40 flex-1 @lg:min-h-0 @lg:overflow-auto">
          {chosen && dataset && confusion.samples ? (
            <CellSamples dataset={dataset} split={split} places={samplesOf(confusion, chosen)} title={titleOf(chosen, nameOf)} />
          ) : (
            <p className="text-sm text-secondary">
              {confusion.samples
                ? 'Choose a cell to see its images.'
                : 'Each image has many predictions here, so a cell has no images of its own.'}
            </p>
          )}
        </div>
      </div>
    </div>
  );
}

function titleOf({ right, predicted }: Cell, nameOf: (index: number) => string): string {
  return right === predicted ? `${nameOf(right)} recognised` : `${nameOf(right)} taken for ${nameOf(predicted)}`;
}
