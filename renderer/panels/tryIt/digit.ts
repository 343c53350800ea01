/** A point of the pen's way, in the unit square of the drawing area. */
export interface PenPoint {
  readonly x: number;
  readonly y: number;
}
/** One stroke, from pen down to pen up. */
export type Stroke = readonly PenPoint[];

/** Cells of the bitmap in each pixel of the image, along each side: 32×32 → 8×8. */
const BLOCK = 4;
/** The ink of a UCI digit fills the height of its bitmap and hardly ever more than seven eighths of the width. */
const WIDTH_SHARE = 7 / 8;
/** Half the pen's width, of the bitmap's height: with it most drawn digits have real ones of their class as neighbours. */
const PEN_SHARE = 2.3 / 32;
/** Smaller drawings (a dot) are not blown up to the whole picture; of the drawing area's side. */
const LEAST_EXTENT = 0.12;

/**
 * The drawing as an image of `height` × `width` values in [0, 1], made as the UCI digits were made: a bitmap of 32×32
 * in which the ink is scaled to the full height and centred, each 4×4 block counted (0…16), divided by 16.
 * (E. Alpaydin, C. Kaynak: Optical Recognition of Handwritten Digits, UCI 1998; bitmaps by NIST's preprocessing.)
 * An empty drawing is all zeros.
 */
export function drawnPixels(strokes: readonly Stroke[], height: number, width: number): Float32Array {
  const rows = height * BLOCK;
  const columns = width * BLOCK;
  const bitmap = inkBitmap(strokes, rows, columns);
  const pixels = new Float32Array(height * width);
  for (let cell = 0; cell < bitmap.length; cell++) {
    if (bitmap[cell] === 0) continue;
    const row = Math.floor(Math.floor(cell / columns) / BLOCK);
    const column = Math.floor((cell % columns) / BLOCK);
    const pixel = row * width + column;
    pixels[pixel] = (pixels[pixel] as number) + 1 / BLOCK ** 2;
  }
  return pixels;
}

/** The ink as a bitmap of ones and zeros, fitted to it; strokes are vectors, so the pen's width stays the same at any size of drawing. */
export function inkBitmap(strokes: readonly Stroke[], rows: number, columns: number): Uint8Array {
  const bitmap = new Uint8Array(rows * columns);
  const radius = PEN_SHARE * rows;
  for (const stroke of fitted(strokes, rows, columns, radius)) {
    stroke.forEach((point, index) => inkSegment(bitmap, columns, stroke[index - 1] ?? point, point, radius));
  }
  return bitmap;
}

function fitted(strokes: readonly Stroke[], rows: number, columns: number, radius: number): readonly Stroke[] {
  const points = strokes.flat();
  if (points.length === 0) return [];
  const [left, right] = bounds(points.map((point) => point.x));
  const [top, bottom] = bounds(points.map((point) => point.y));
  const scale = Math.min(
    (rows - 2 * radius) / Math.max(bottom - top, LEAST_EXTENT),
    (columns * WIDTH_SHARE - 2 * radius) / Math.max(right - left, LEAST_EXTENT),
  );
  const place = ({ x, y }: PenPoint): PenPoint => ({
    x: columns / 2 + (x - (left + right) / 2) * scale,
    y: rows / 2 + (y - (top + bottom) / 2) * scale,
  });
  return strokes.map((stroke) => stroke.map(place));
}

function bounds(values: readonly number[]): [number, number] {
  return values.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [Infinity, -Infinity]);
}

/** Sets every cell whose middle is no farther than `radius` from the segment. */
function inkSegment(bitmap: Uint8Array, columns: number, from: PenPoint, to: PenPoint, radius: number): void {
  const rows = bitmap.length / columns;
  const firstRow = Math.max(0, Math.floor(Math.min(from.y, to.y) - radius));
  const lastRow = Math.min(rows - 1, Math.ceil(Math.max(from.y, to.y) + radius));
  const firstColumn = Math.max(0, Math.floor(Math.min(from.x, to.x) - radius));
  const lastColumn = Math.min(columns - 1, Math.ceil(Math.max(from.x, to.x) + radius));
  for (let row = firstRow; row <= lastRow; row++) {
    for (let column = firstColumn; column <= lastColumn; column++) {
      if (distance({ x: column + 0.5, y: row + 0.5 }, from, to) <= radius) bitmap[row * columns + column] = 1;
    }
  }
}

function distance(point: PenPoint, from: PenPoint, to: PenPoint): number {
  const along = { x: to.x - from.x, y: to.y - from.y };
  const squared = along.x ** 2 + along.y ** 2;
  const share = squared === 0 ? 0 : ((point.x - from.x) * along.x + (point.y - from.y) * along.y) / squared;
  const clamped = Math.min(1, Math.max(0, share));
  return Math.hypot(point.x - from.x - clamped * along.x, point.y - from.y - clamped * along.y);
}
