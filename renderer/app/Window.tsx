import { useEffect, useMemo, useState, type ReactNode } from 'react';
import { Group, Panel, Separator, usePanelRef, type LayoutChangedMeta } from 'react-resizable-panels';
import { Inspector } from '../panels/inspector/Inspector';
import { ParamCards } from '../panels/inspector/ParamCard';
import { StatusBar } from '../panels/statusBar/StatusBar';
import { Toolbar } from '../panels/toolbar/Toolbar';
import { useSession, type PanelName } from '../state/session';
import { useSettings } from '../state/settings';
import { BottomTabs } from './BottomTabs';
import { CanvasArea } from './CanvasArea';
import { firstSize, keepSize, sizeOf } from './layout';
import { LeftPanel } from './LeftPanel';

/** Tells the panels that the person has moved a border; sizes that follow from the window or a command are no wish. */
const resized = new EventTarget();
const onLayoutChanged = (_layout: unknown, { isUserInteraction }: LayoutChangedMeta) => {
  // Sizes in pixels are measured: they follow in the next frame.
  if (isUserInteraction) requestAnimationFrame(() => resized.dispatchEvent(new Event('resized')));
};

/** Toolbar, layers, canvas, inspector, tabs and status bar. What is folded gives its room to the canvas. */
export function Window() {
  return (
    <div className="flex h-full flex-col">
      <Toolbar />
      <Group orientation="horizontal" onLayoutChanged={onLayoutChanged} className="min-h-0 flex-1">
        <FoldingPanel name="palette" size={212} min={160} max={420}>
          <LeftPanel />
        </FoldingPanel>
        <Divider label="Width of the layers panel" />
        <Panel id="middle" minSize={240}>
          <Group orientation="vertical" onLayoutChanged={onLayoutChanged} className="h-full">
            <Panel id="canvas" minSize={120}>
              <CanvasArea />
            </Panel>
            <Divider label="Height of the bottom panel" horizontal />
            <FoldingPanel name="bottom" size={300} min={120} max={900}>
              <BottomTabs />
            </FoldingPanel>
          </Group>
        </Panel>
        <Divider label="Width of the inspector" />
        <FoldingPanel name="inspector" size={288} min={208} max={560}>
          <Inspector />
        </FoldingPanel>
      </Group>
      <StatusBar />
      <ParamCards />
    </div>
  );
}

interface FoldingPanelProps {
  readonly name: PanelName;
  /** In pixels of text of the usual size. */
  readonly size: number;
  readonly min: number;
  readonly max: number;
  readonly children: ReactNode;
}

/** A panel that folds away by command or by dragging, and remembers its size. */
function FoldingPanel(props: FoldingPanelProps) {
  const { name, min, max, children } = props;
  const isOpen = useSession((state) => state.panels[name]);
  const panel = usePanelRef();
  const textSize = useSettings((state) => state.textSize);
  // oxlint-disable-next-line react/exhaustive-deps -- what it measures follows from the text size
  const size = useMemo(() => firstSize(name, props.size), [name, props.size, textSize]);
  const [start] = useState(() => (isOpen ? sizeOf(name, size) : 0));
  useEffect(() => {
    if (!panel.current || panel.current.isCollapsed() !== isOpen) return;
    if (isOpen) panel.current.resize(sizeOf(name, size));
    else panel.current.collapse();
  }, [isOpen, panel, name, size]);
  // Larger letters need a wider panel, unless the person gave it a width.
  useEffect(() => {
    if (panel.current && !panel.current.isCollapsed()) panel.current.resize(sizeOf(name, size));
  }, [panel, name, size]);
  useEffect(() => {
    const follow = () => {
      const pixels = panel.current?.getSize().inPixels ?? 0;
      keepSize(name, pixels);
      useSession.getState().setPanel(name, pixels > 0);
    };
    resized.addEventListener('resized', follow);
    return () => resized.removeEventListener('resized', follow);
  }, [panel, name]);
  return (
    <Panel id={name} panelRef={panel} collapsible defaultSize={start} minSize={min} maxSize={max} groupResizeBehavior="preserve-pixel-size">
      {isOpen && children}
    </Panel>
  );
}

function Divider({ label, horizontal = false }: { readonly label: string; readonly horizontal?: boolean }) {
  return (
    <Separator
      aria-label={label}
      className={`${horizontal ? 'h-px' : 'w-px'} bg-line outline-none transition-colors duration-120 data-[separator=active]:bg-accent data-[separator=focus]:bg-accent data-[separator=hover]:bg-accent-line`}
    />
  );
}
