import { Outline } from '../panels/outline/Outline';
import { Palette } from '../panels/palette/Palette';
import { useSession } from '../state/session';
import { Tabs } from '../ui/Tabs';

/** What can be added, and what is there. */
export function LeftPanel() {
  const tab = useSession((state) => state.leftTab);
  const showLeftTab = useSession((state) => state.showLeftTab);
  return (
    <div data-area="Layers and outline" className="h-full bg-surface">
      <Tabs
        label="Layers and outline"
        value={tab}
        onChange={showLeftTab}
        tabs={[
          { value: 'palette', label: 'Layers', panel: <Palette /> },
          { value: 'outline', label: 'Outline', panel: <Outline /> },
        ]}
      />
    </div>
  );
}
