import type { CommandId } from '../../shared/commands/commands';
import type { Settings } from '../../shared/rpc/contract';
import { afterFrames, useSession, type BottomTab, type CanvasApi, type LeftTab, type PanelName } from '../state/session';
import { useSettings } from '../state/settings';
import { defineCommand } from './command';

const canvas = (id: CommandId, act: (api: CanvasApi) => void) =>
  defineCommand(id, {
    enabled: () => useSession.getState().canvasApi !== null || 'The canvas is not shown.',
    run() {
      const { canvasApi } = useSession.getState();
      if (canvasApi) act(canvasApi);
    },
  });

const panel = (id: CommandId, name: PanelName) =>
  defineCommand(id, {
    run: () => useSession.getState().setPanel(name, !useSession.getState().panels[name]),
    checked: () => useSession.getState().panels[name],
  });

const tab = (id: CommandId, name: BottomTab) => defineCommand(id, { run: () => useSession.getState().showTab(name) });

/** Shows a tab of the left panel and gives the focus to what one came for. */
const leftTab = (id: CommandId, name: LeftTab, target: string) =>
  defineCommand(id, {
    run() {
      useSession.getState().showLeftTab(name);
      afterFrames(2, () => document.querySelector<HTMLElement>(`[data-area="Layers and outline"] ${target}`)?.focus());
    },
  });

const theme = (id: CommandId, name: Settings['theme']) =>
  defineCommand(id, { run: () => useSettings.getState().change({ theme: name }), checked: () => useSettings.getState().theme === name });

export const viewCommands = [
  canvas('view.zoomToFit', (api) => api.fit()),
  canvas('view.zoomToSelection', (api) => api.zoomToSelection()),
  canvas('view.zoomIn', (api) => api.zoomIn()),
  canvas('view.zoomOut', (api) => api.zoomOut()),
  canvas('view.zoomActual', (api) => api.actual()),
  panel('view.togglePalette', 'palette'),
  panel('view.toggleInspector', 'inspector'),
  panel('view.toggleBottom', 'bottom'),
  leftTab('view.outline', 'outline', '[role="tree"]'),
  leftTab('view.layers', 'palette', 'input[type="search"]'),
  tab('view.problems', 'problems'),
  tab('view.cost', 'cost'),
  tab('view.sizes', 'sizes'),
  tab('view.training', 'training'),
  tab('view.tryIt', 'tryIt'),
  tab('view.data', 'data'),
  tab('view.runs', 'runs'),
  tab('view.history', 'history'),
  defineCommand('view.wireWeight', {
    run: () => useSettings.getState().change({ wires: useSettings.getState().wires === 'plain' ? 'byChannels' : 'plain' }),
    checked: () => useSettings.getState().wires === 'byChannels',
  }),
  defineCommand('view.ribbons', {
    run: () => useSettings.getState().change({ streams: useSettings.getState().streams === 'plain' ? 'ribbons' : 'plain' }),
    checked: () => useSettings.getState().streams === 'ribbons',
  }),
  theme('view.themeLight', 'light'),
  theme('view.themeDark', 'dark'),
  theme('view.themeContrast', 'contrast'),
  theme('view.themeSystem', 'system'),
] as const;
