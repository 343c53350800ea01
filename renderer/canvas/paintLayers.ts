import type { FlowDirection } from '../../shared/graph/direction';
import type { Size } from '../../shared/picture/geometry';
import { skipArcs } from '../../shared/picture/skipArcs';
import type { Inks } from './inks';
import type { Sheet } from './paint';
import { paintBadge } from './paintBlocks';
import { paintReading, shortenedTo, TILE } from './paintReadable';
import type { PaintedLayer, Picture } from './picture';
import { FAR } from './stage';

const RADIUS = 8;
const NAME = { x: 49, width: 93, size: 18, line: 20 } as const;

/** Layers as their elements look: from afar a tinted block with a tile and a name, else with all that is read of them. */
export function paintLayers(sheet: Sheet, layers: readonly PaintedLayer[], picture: Picture): void {
  const { context, view, scale, inks } = sheet;
  const isFar = view.zoom < FAR;
  context.font = `600 ${NAME.size}px ${inks.font}`;
  context.textBaseline = 'middle';
  for (const layer of layers) {
    const { position, data } = layer.place;
    context.setTransform(scale, 0, 0, scale, (position.x - view.x) * scale, (position.y - view.y) * scale);
    context.globalAlpha = layer.ghost === 'removed' ? 0.45 : 1;
    paintBody(sheet, layer, { direction: picture.direction, isFar });
    if (isFar) paintName(sheet, layer);
    else paintReading(sheet, layer, picture);
    if (layer.severity) paintBadge(sheet, layer.severity, data.width - 2, 0, 9);
  }
  context.globalAlpha = 1;
}

interface Look {
  readonly direction: FlowDirection;
  readonly isFar: boolean;
}

function paintBody({ context, scale, inks }: Sheet, layer: PaintedLayer, { direction, isFar }: Look): void {
  const size = layer.place.data;
  const { width, height } = size;
  if (layer.skips > 0) paintSkips(context, skipArcs(layer.skips, size, direction), inks);
  if (layer.kind === 'blocks') paintStack(context, size, inks);
  context.beginPath();
  context.roundRect(0.5, 0.5, width - 1, height - 1, RADIUS);
  context.fillStyle = layer.severity === 'error' ? inks.errorSoft : isFar && !layer.isPale ? inks.kinds[layer.kind].ground : inks.raised;
  context.fill();
  if (layer.heat !== undefined) paintHeat(context, layer.heat, size, inks);
  context.strokeStyle = borderOf(layer, inks);
  context.lineWidth = Math.max(layer.ghost || layer.tint ? 2 : 1, 1 / scale);
  context.setLineDash(layer.ghost === 'added' || layer.ghost === 'changed' || layer.tint === 'shortcut' ? [6, 4] : []);
  context.stroke();
  context.setLineDash([]);
  context.beginPath();
  context.roundRect(TILE.x, (height - TILE.size) / 2, TILE.size, TILE.size, TILE.radius);
  context.fillStyle = isFar ? inks.kinds[layer.kind].solid : inks.kinds[layer.kind].tile;
  context.fill();
  if (!layer.isSelected) return;
  context.beginPath();
  context.roundRect(-2, -2, width + 4, height + 4, RADIUS + 2);
  context.strokeStyle = inks.accent;
  context.lineWidth = Math.max(2, 2 / scale);
  context.stroke();
}

/** On the path of the body: the tint, and a bar that says the same without colour. */
function paintHeat(context: CanvasRenderingContext2D, heat: number, { width, height }: Size, inks: Inks): void {
  context.save();
  context.globalAlpha *= heat;
  context.fillStyle = inks.heat;
  context.fill();
  context.restore();
  context.fillStyle = inks.heatLine;
  context.fillRect(1, height - 5, (width - 2) * heat, 4);
  context.beginPath();
  context.roundRect(0.5, 0.5, width - 1, height - 1, RADIUS);
}

/** The skip wires of a residual block, at its edge. */
function paintSkips(context: CanvasRenderingContext2D, arcs: string, inks: Inks): void {
  context.strokeStyle = inks.shortcut;
  context.lineWidth = 2;
  context.stroke(new Path2D(arcs));
}

/** The edges of the layers that are stacked in a block. */
function paintStack(context: CanvasRenderingContext2D, { width, height }: Size, inks: Inks): void {
  context.fillStyle = inks.raised;
  context.strokeStyle = inks.border;
  context.lineWidth = 1;
  context.beginPath();
  context.roundRect(1.5, 3.5, width - 3, height, RADIUS);
  context.fill();
  context.stroke();
}

function borderOf({ severity, tint, ghost }: PaintedLayer, inks: Inks): string {
  if (ghost === 'added' || ghost === 'changed') return inks.accent;
  if (tint === 'main') return inks.main;
  if (tint === 'shortcut') return inks.shortcut;
  return severity === 'error' ? inks.error : inks.border;
}

function paintName({ context, inks }: Sheet, { name, place }: PaintedLayer): void {
  const lines = linesOf(context, name);
  const top = place.data.height / 2 - ((lines.length - 1) * NAME.line) / 2;
  context.fillStyle = inks.text;
  lines.forEach((line, index) => context.fillText(line, NAME.x, top + index * NAME.line));
}

/** Names in lines; measuring is dear, and a network has few names more than layers. */
const broken = new Map<string, readonly string[]>();
const MOST_KNOWN = 20_000;

/** A name in as many lines as an element would give it: broken at spaces only, and cut where one word is too long. */
function linesOf(context: CanvasRenderingContext2D, name: string): readonly string[] {
  const known = broken.get(name);
  if (known) return known;
  if (broken.size > MOST_KNOWN) broken.clear();
  const lines: string[] = [];
  for (const word of name.split(' ')) {
    const joined = lines.length > 0 ? `${lines.at(-1) ?? ''} ${word}` : word;
    if (lines.length > 0 && context.measureText(joined).width <= NAME.width) lines[lines.length - 1] = joined;
    else lines.push(word);
  }
  const fitting = lines.slice(0, 2).map((line) => shortenedTo(context, line, NAME.width));
  broken.set(name, fitting);
  return fitting;
}
