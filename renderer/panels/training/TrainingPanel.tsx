import { ChartSpline } from 'lucide-react';
import { isComparing, shownRun, useRuns } from '../../state/runs';
import { isActive } from '../../state/runUpdates';
import { classes } from '../../ui/classes';
import { EmptyState } from '../../ui/EmptyState';
import { FailureNote } from '../runs/FailureNote';
import { Curves } from './Curves';
import { KeptButtons, RunButtons } from './RunButtons';
import { RunFootnote, RunNotes, RunStatusView } from './RunStatusView';
import { TrainingSettings } from './TrainingSettings';

/** Choose data and optimizer, train, watch the curves; what the run is at and what can be done with it. */
export function TrainingPanel() {
  const run = useRuns(shownRun);
  const failure = useRuns((state) => state.failure);
  // What ended the shown run as it began is told there.
  const isTold = failure !== null && run?.summary.status === 'failed' && run.summary.message?.startsWith(failure);
  const isCompared = useRuns(isComparing);
  // What one of several runs came to is told by the list of runs; what goes on is followed here.
  const isFolded = isCompared && run !== undefined && !isActive(run.summary);
  return (
    <section aria-label="Training" className="@container/training h-full min-h-0">
      {/* Without room for three columns what can be done stands above the settings, and what the run is at above its curves. */}
      <div className="flex h-full min-h-0 @max-[36rem]/training:h-auto @max-[36rem]/training:flex-col strip:grid strip:grid-cols-[19rem_1fr] strip:grid-rows-[auto_minmax(0,1fr)_auto] strip:overflow-hidden">
        <div className="w-86 shrink-0 overflow-y-auto border-r border-line px-3 py-2.5 @max-[36rem]/training:order-2 @max-[36rem]/training:w-full @max-[36rem]/training:border-r-0 strip:col-start-1 strip:row-span-2 strip:row-start-2 strip:w-auto">
          <TrainingSettings />
        </div>
        <div className="flex w-60 shrink-0 flex-col gap-2.5 overflow-y-auto px-3 py-2.5 @max-[36rem]/training:w-full strip:contents">
          {run && <RunStatusView run={run} isFolded={isFolded} />}
          <div className="flex flex-col gap-2.5 strip:col-start-1 strip:row-start-1 strip:flex-row strip:flex-wrap strip:gap-1.5 strip:border-r strip:border-line strip:px-3 strip:pt-2.5">
            <RunButtons run={run} />
            {run && <KeptButtons run={run} />}
          </div>
          <div className="flex flex-col gap-2.5 empty:hidden strip:col-start-2 strip:row-start-3 strip:max-h-16 strip:gap-1 strip:overflow-y-auto strip:px-3 strip:pb-1.5">
            {run && <RunNotes run={run} />}
            <FailureNote message={isTold ? null : failure} />
            {run && <RunFootnote run={run} />}
          </div>
        </div>
        <div
          className={classes(
            'flex min-h-0 min-w-0 flex-1 py-2.5 pr-3 @max-[36rem]/training:min-h-52 @max-[36rem]/training:pl-3 strip:col-start-2 strip:pl-3',
            isFolded ? 'strip:row-span-2 strip:row-start-1 strip:pb-1' : 'strip:row-start-2 strip:py-1',
          )}
        >
          {run ? <Curves run={run} /> : <NoRun />}
        </div>
      </div>
    </section>
  );
}

function NoRun() {
  return (
    <div className="flex-1">
      <EmptyState icon={<ChartSpline size="1.5rem" aria-hidden />} title="No run yet">
        Loss and accuracy appear here within seconds of pressing Train. Runs are kept with the document.
      </EmptyState>
    </div>
  );
}
