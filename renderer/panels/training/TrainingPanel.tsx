import { ChartSpline } from 'lucide-react';
import { shownRun, useRuns } from '../../state/runs';
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
  return (
    <section aria-label="Training" className="@container/training h-full min-h-0">
      {/* One below the other where there is no room for three columns: what runs first, then its settings. */}
      <div className="flex h-full min-h-0 @max-[36rem]/training:h-auto @max-[36rem]/training:flex-col">
        <div className="w-70 shrink-0 overflow-y-auto border-r border-line px-3 py-2.5 @min-[64rem]/training:w-86 @max-[36rem]/training:order-2 @max-[36rem]/training:w-full @max-[36rem]/training:border-r-0">
          <TrainingSettings />
        </div>
        <div className="flex w-52 shrink-0 flex-col gap-2.5 overflow-y-auto px-3 py-2.5 @min-[64rem]/training:w-60 @max-[36rem]/training:w-full">
          {run && <RunStatusView run={run} />}
          <RunButtons run={run} />
          {run && <RunNotes run={run} />}
          <FailureNote message={isTold ? null : failure} />
          {run && <KeptButtons run={run} />}
          {run && <RunFootnote run={run} />}
        </div>
        <div className="flex min-h-0 min-w-0 flex-1 py-2.5 pr-3 @max-[36rem]/training:min-h-52 @max-[36rem]/training:pl-3">
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
