import { ListVideo } from 'lucide-react';
import { useMemo } from 'react';
import { shownRun, useDrawnRuns, useRuns } from '../../state/runs';
import { latestFirst } from '../../state/runUpdates';
import { EmptyState } from '../../ui/EmptyState';
import { FailureNote } from './FailureNote';
import { RunRow } from './RunRow';
import { TrainNow } from './TrainNow';

const heads = ['Run', 'Status', 'Engine', 'Optimizer', 'Epochs', 'Best validation', 'Test'];

/** The runs that were kept with this document: which was how good, to look at, compare, take away or delete. */
export function RunsPanel() {
  const runs = useRuns((state) => state.runs);
  const shown = useRuns((state) => shownRun(state)?.summary.id);
  const failure = useRuns((state) => state.failure);
  const rows = useMemo(() => latestFirst(runs), [runs]);
  const drawn = useDrawnRuns();
  const canCompare = rows.length > 1;
  if (rows.length === 0) return <NoRuns failure={failure} />;
  return (
    <section aria-label="Runs" className="h-full overflow-auto px-3 py-2">
      <FailureNote message={failure} />
      <table aria-label="Runs of this document" className="w-full border-separate border-spacing-0 whitespace-nowrap">
        <thead>
          <tr>
            {canCompare && (
              <th scope="col" className="border-b border-line px-2 py-1 text-left text-xs font-medium text-secondary">
                Curves
              </th>
            )}
            {heads.map((head) => (
              <th key={head} scope="col" className="border-b border-line px-2 py-1 text-left text-xs font-medium text-secondary">
                {head}
              </th>
            ))}
            <th scope="col" className="border-b border-line">
              <span className="sr-only">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((run) => (
            <RunRow
              key={run.summary.id}
              run={run}
              isShown={run.summary.id === shown}
              colour={drawn.find((one) => one.run.summary.id === run.summary.id)?.colour}
              canCompare={canCompare}
            />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function NoRuns({ failure }: { readonly failure: string | null }) {
  return (
    <EmptyState icon={<ListVideo size="1.5rem" aria-hidden />} title="No runs yet" action={<TrainNow />}>
      Each training run is kept with the document: its curves, its weights, and how well it did on the test images.
      <FailureNote message={failure} />
    </EmptyState>
  );
}
