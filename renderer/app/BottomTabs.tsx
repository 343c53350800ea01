import { ChevronDown } from 'lucide-react';
import { runCommand, useShortcut } from '../commands/commands';
import { DataPanel } from '../panels/data/DataPanel';
import { HistoryPanel } from '../panels/history/HistoryPanel';
import { ProblemsPanel } from '../panels/problems/ProblemsPanel';
import { RunsPanel } from '../panels/runs/RunsPanel';
import { TrainingPanel } from '../panels/training/TrainingPanel';
import { TryItPanel } from '../panels/tryIt/TryItPanel';
import { useDocument } from '../state/document';
import { useSession } from '../state/session';
import { Badge } from '../ui/Badge';
import { IconButton } from '../ui/IconButton';
import { Tabs } from '../ui/Tabs';

/** The panels below the canvas. */
export function BottomTabs() {
  const tab = useSession((state) => state.bottomTab);
  const showTab = useSession((state) => state.showTab);
  const hide = useShortcut('view.toggleBottom');
  return (
    <section aria-label="Panels" data-area="Panels" className="h-full bg-canvas">
      <Tabs
        label="Panels"
        value={tab}
        onChange={showTab}
        tabs={[
          { value: 'problems', label: 'Problems', badge: <ProblemBadge />, panel: <ProblemsPanel /> },
          { value: 'training', label: 'Training', panel: <TrainingPanel /> },
          { value: 'tryIt', label: 'Try it', panel: <TryItPanel /> },
          { value: 'data', label: 'Data', panel: <DataPanel /> },
          { value: 'runs', label: 'Runs', panel: <RunsPanel /> },
          { value: 'history', label: 'History', panel: <HistoryPanel /> },
        ]}
        end={
          <IconButton
            label="Hide the panel"
            shortcut={hide}
            icon={<ChevronDown size={15} aria-hidden />}
            onClick={() => runCommand('view.toggleBottom')}
          />
        }
      />
    </section>
  );
}

function ProblemBadge() {
  const count = useDocument((state) => state.analysis.problems.length);
  const isError = useDocument((state) => state.analysis.problems.some((problem) => problem.severity === 'error'));
  return count === 0 ? null : <Badge tone={isError ? 'error' : 'warning'}>{count}</Badge>;
}
