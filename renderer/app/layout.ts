import * as z from 'zod';
import { useSession, type PanelName } from '../state/session';
import { useSettings } from '../state/settings';

const DELAY = 400;

const size = z.number().min(80).max(4000).optional().catch(undefined);
const open = z.boolean().optional().catch(undefined);
/** What is kept of the window's layout. Settings come from a file that people may edit, so nothing in it is trusted. */
const savedLayout = z.object({
  palette: size,
  inspector: size,
  bottom: size,
  paletteOpen: open,
  inspectorOpen: open,
  bottomOpen: open,
});

let sizes: Partial<Record<PanelName, number>> = {};
let timer: ReturnType<typeof setTimeout> | undefined;

/** The size that a panel had when it was last open, in pixels. */
export function sizeOf(name: PanelName, otherwise: number): number {
  return sizes[name] ?? savedLayout.parse(useSettings.getState().layout)[name] ?? otherwise;
}

/** Remembers the size of an open panel. */
export function keepSize(name: PanelName, pixels: number): void {
  if (pixels === 0 || sizes[name] === Math.round(pixels)) return;
  sizes = { ...sizes, [name]: Math.round(pixels) };
  keepSoon();
}

/** Folds what was folded when the window last closed, and remembers it from now on. */
export function followLayout(): void {
  const { paletteOpen = true, inspectorOpen = true, bottomOpen = true } = savedLayout.parse(useSettings.getState().layout);
  useSession.setState({ panels: { palette: paletteOpen, inspector: inspectorOpen, bottom: bottomOpen } });
  useSession.subscribe((now, before) => {
    if (now.panels !== before.panels) keepSoon();
  });
}

function keepSoon(): void {
  clearTimeout(timer);
  timer = setTimeout(() => {
    const { panels } = useSession.getState();
    const layout = {
      ...useSettings.getState().layout,
      ...sizes,
      paletteOpen: panels.palette,
      inspectorOpen: panels.inspector,
      bottomOpen: panels.bottom,
    };
    const before = useSettings.getState().layout;
    if (Object.entries(layout).some(([key, value]) => before[key] !== value)) useSettings.getState().change({ layout });
  }, DELAY);
}
