import { ChartSpline } from 'lucide-react';
import { shownRun, useRuns } from '../../state/runs';
import { EmptyState } from '../../ui/EmptyState';
import { FailureNote } from '../runs/FailureNote';
import { Curves } from './Curves';
import { RunButtons } from './RunButtons';
import { RunFootnote, RunStatusView } from './RunStatusView';
import { TrainingSettings } from './TrainingSettings';

/** Choose data and optimizer, train, watch the curves; what the run is at and what can be done with it. */
export function TrainingPanel() {
  const run = useRuns(shownRun);
  const failure = useRuns((state) => state.failure);
  return (
    <section aria-label="Training" className="flex h-full min-h-0">
      <div className="w-70 shrink-0 overflow-y-auto border-r border-line px-3 py-2.5">
        <TrainingSettings />
      </div>
      <div className="flex w-54 shrink-0 flex-col gap-2.5 overflow-y-auto px-3 py-2.5">
        {run && <RunStatusView run={run} />}
        <RunButtons run={run} />
        {run && <RunFootnote run={run} />}
        <FailureNote message={failure} />
      </div>
      <div className="flex min-h-0 min-w-0 flex-1 py-2.5 pr-3">{run ? <Curves run={run} /> : <NoRun />}</div>
    </section>
  );
}

function NoRun() {
  return (
    <div className="flex-1">
      <EmptyState icon={<ChartSpline size={24} aria-hidden />} title="No run yet">
        Loss and accuracy appear here within seconds of pressing Train. Runs are kept with the document.
      </EmptyState>
    </div>
  );
}
