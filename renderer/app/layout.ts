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

const USUAL_TEXT = 16;
/** Shares of the window that panels take at most before anybody has moved their borders: the canvas keeps half of it. */
const MOST: Readonly<Record<PanelName, number>> = { palette: 0.22, inspector: 0.28, bottom: 0.4 };

/** The first size of a panel, in pixels: it grows with the browser's text size, as far as the window has room. */
export function firstSize(name: PanelName, pixels: number): number {
  const text = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / USUAL_TEXT;
  const room = name === 'bottom' ? window.innerHeight : window.innerWidth;
  return Math.round(Math.min(pixels * text, room * MOST[name]));
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
