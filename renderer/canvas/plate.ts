import { boundsOfPoints, encloses, grown, overlaps, type Box } from '../../shared/picture/geometry';
import { LEGIBLE } from './paint';
import { FAR, type View } from './stage';

/** A painted part of the graph: it is moved and scaled like a photograph until another one is needed. */
export interface Plate extends View {
  /** Device pixels to a unit of the graph. */
  readonly scale: number;
  /** Device pixels. */
  readonly columns: number;
  readonly rows: number;
}

/** Where a plate lies in the window: its corner in pixels, and how much it is enlarged. */
export interface Placing {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

interface Screen {
  readonly view: View;
  /** Device pixels to a pixel. */
  readonly density: number;
}

/** Of the view, on each side: how far it moves before more must be painted. */
const MARGIN = 0.35;
/** Four bytes each; what is seen is painted whatever its size. */
const MOST_PIXELS = 16e6;
/** Marks and rings stand out of layers by no more pixels than this. */
const RING = 16;
/** So much smaller or larger a moving plate may be shown; at rest it is painted anew. */
const LEAST_ZOOM = 0.4;
const MOST_ZOOM = 2.2;

/** What to paint for a view: with a margin, but nothing beyond what there is. Its pixels lie on those of the screen. */
export function plateFor({ view, density }: Screen, all: Box): Plate {
  const scale = view.zoom * density;
  const room = MOST_PIXELS / (view.width * view.height * scale * scale);
  const margin = Math.max(0, Math.min(MARGIN, (Math.sqrt(room) - 1) / 2));
  const part = common(grown(view, view.width * margin, view.height * margin), withRings(all, view.zoom));
  const column = Math.floor((part.x - view.x) * scale);
  const row = Math.floor((part.y - view.y) * scale);
  const columns = Math.max(1, Math.ceil((part.x + part.width - view.x) * scale) - column);
  const rows = Math.max(1, Math.ceil((part.y + part.height - view.y) * scale) - row);
  const box = { x: view.x + column / scale, y: view.y + row / scale, width: columns / scale, height: rows / scale };
  return { ...box, zoom: view.zoom, scale, columns, rows };
}

/** Whether a plate shows all that there is in a view, well enough for something that moves. */
export function serves(plate: Plate, { view, density }: Screen, all: Box): boolean {
  const enlarged = (view.zoom * density) / plate.scale;
  if (enlarged < LEAST_ZOOM || enlarged > MOST_ZOOM) return false;
  // Otherwise the look would change where the plate happens to be too small, in the midst of a zoom.
  if (plate.zoom < LEGIBLE !== view.zoom < LEGIBLE || plate.zoom < FAR !== view.zoom < FAR) return false;
  if (!overlaps(view, all)) return true;
  // A hair less: sums of fractions are not exact.
  return encloses(grown(plate, 1 / plate.scale), common(view, all));
}

/** Where a plate lies: on whole pixels of the screen where it is as large as it was painted, so that it stays sharp. */
export function placingOf(plate: Plate, { view, density }: Screen): Placing {
  const zoom = (view.zoom * density) / plate.scale;
  const [x, y] = [(plate.x - view.x) * view.zoom, (plate.y - view.y) * view.zoom];
  const snap = (pixels: number) => (Math.abs(zoom - 1) < 1e-6 ? Math.round(pixels * density) / density : pixels);
  return { x: snap(x), y: snap(y), zoom };
}

function withRings(all: Box, zoom: number): Box {
  return grown(all, RING + RING / zoom);
}

/** The part that two rectangles share; a point of the first where they share none. */
function common(a: Box, b: Box): Box {
  if (!overlaps(a, b)) return { x: a.x, y: a.y, width: 0, height: 0 };
  return boundsOfPoints([
    { x: Math.max(a.x, b.x), y: Math.max(a.y, b.y) },
    { x: Math.min(a.x + a.width, b.x + b.width), y: Math.min(a.y + a.height, b.y + b.height) },
  ]);
}
