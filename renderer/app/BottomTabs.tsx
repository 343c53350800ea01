import { ChevronDown } from 'lucide-react';
import { runCommand, useShortcut } from '../commands/commands';
import { CostPanel } from '../panels/cost/CostPanel';
import { DataPanel } from '../panels/data/DataPanel';
import { HistoryPanel } from '../panels/history/HistoryPanel';
import { ProblemsPanel } from '../panels/problems/ProblemsPanel';
import { RunsPanel } from '../panels/runs/RunsPanel';
import { SizesPanel } from '../panels/sizes/SizesPanel';
import { TrainingPanel } from '../panels/training/TrainingPanel';
import { TryItPanel } from '../panels/tryIt/TryItPanel';
import { useDocument } from '../state/document';
import { BOTTOM_TABS, useSession, type BottomTab } from '../state/session';
import { Badge } from '../ui/Badge';
import { IconButton } from '../ui/IconButton';
import { Tabs, type TabItem } from '../ui/Tabs';

const TABS: Readonly<Record<BottomTab, Omit<TabItem<BottomTab>, 'value'>>> = {
  problems: { label: 'Problems', badge: <ProblemBadge />, panel: <ProblemsPanel /> },
  cost: { label: 'Cost', panel: <CostPanel /> },
  sizes: { label: 'Input sizes', panel: <SizesPanel /> },
  training: { label: 'Training', panel: <TrainingPanel /> },
  tryIt: { label: 'Try it', panel: <TryItPanel /> },
  data: { label: 'Data', panel: <DataPanel /> },
  runs: { label: 'Runs', panel: <RunsPanel /> },
  history: { label: 'History', panel: <HistoryPanel /> },
};

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
        tabs={BOTTOM_TABS.map((value) => ({ value, ...TABS[value] }))}
        end={
          <IconButton
            label="Hide the panel"
            shortcut={hide}
            icon={<ChevronDown size="0.9375rem" aria-hidden />}
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
