import { boxOfLayer, overlaps } from '../../shared/picture/geometry';
import type { Inks } from './inks';
import { paintBlocks } from './paintBlocks';
import { paintLayers } from './paintLayers';
import { paintRibbons } from './paintRibbons';
import { paintShapes } from './paintReadable';
import { paintLines, paintWires } from './paintWires';
import type { Picture } from './picture';
import { FAR, type View } from './stage';

/** From here on a layer has its name and a wire its bends; farther out they are blocks and lines. */
export const LEGIBLE = 0.22;

/** Something to paint on: sizes in device pixels, `scale` such pixels to a unit of the graph. */
export interface Sheet {
  readonly context: CanvasRenderingContext2D;
  readonly view: View;
  readonly scale: number;
  readonly inks: Inks;
}

/** What is painted, and in which colours. */
export interface Subject {
  readonly picture: Picture;
  readonly inks: Inks;
}

/** Paints what of a network is in view. The sheet must be clear. */
export function paint(sheet: Sheet, picture: Picture): void {
  const layers = picture.layers.filter(({ place }) => overlaps(boxOfLayer(place), sheet.view));
  const wires = picture.wires.filter(({ wire }) => overlaps(wire.bounds, sheet.view));
  paintRibbons(
    sheet,
    picture.ribbons.filter(({ wire }) => overlaps(wire.bounds, sheet.view)),
  );
  if (sheet.view.zoom < LEGIBLE) {
    paintLines(sheet, wires);
    paintBlocks(sheet, layers);
  } else {
    paintWires(sheet, wires);
    if (sheet.view.zoom >= FAR) paintShapes(sheet, wires, picture);
    paintLayers(sheet, layers, picture);
  }
}
