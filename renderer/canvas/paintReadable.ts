import type { FlowDirection } from '../../shared/graph/direction';
import { portPlace, type NodePlace } from '../../shared/picture/geometry';
import { LABEL_HEIGHT, labelFits, labelMiddle, labelWidth } from '../../shared/picture/labelPlace';
import { placeOfLabel } from '../../shared/picture/wirePath';
import { ICON, iconPath } from './iconPaths';
import type { Sheet } from './paint';
import type { PaintedLayer, PaintedWire, Picture } from './picture';
import { portNameAt } from './portNames';
import { shownPorts, type LayerWords, type Readable } from './readable';

/** The square of a layer's icon, in its middle. */
export const TILE = { x: 11, size: 28, radius: 6 } as const;
const GLYPH = 16;
const WORDS = { x: 49, width: 92 } as const;
const NAME = { size: 12, line: 16.2 } as const;
const LINE = { size: 10.5, line: 14.2 } as const;
const PORT_RADIUS = 3.75;
/** From where a port's name begins to its letters; and from a port at the bottom of a layer up to its name. */
const NAME_INSET = 3;
const UNDER_NAME = 17;

/** What an element shows of a layer besides its body: icon, name and parameters, ports. The context is where the layer stands. */
export function paintReading({ context, inks }: Sheet, layer: PaintedLayer, { direction, readable }: Picture): void {
  const words = readable.layer(layer.place.id);
  const { data } = layer.place;
  if (words) paintGlyph({ context, inks }, words.icon, layer, data.height);
  paintWords({ context, inks }, layer, words);
  paintPorts({ context, inks }, data, direction);
  paintPortNames({ context, inks }, data, direction);
}

type Tools = Pick<Sheet, 'context' | 'inks'>;

function paintGlyph({ context, inks }: Tools, icon: string, { kind }: PaintedLayer, height: number): void {
  const path = iconPath(icon);
  if (!path) return;
  const [x, y] = [TILE.x + (TILE.size - GLYPH) / 2, (height - GLYPH) / 2];
  const scale = GLYPH / ICON.square;
  context.save();
  context.translate(x, y);
  context.scale(scale, scale);
  context.strokeStyle = inks.kinds[kind].glyph;
  context.lineWidth = ICON.line;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  context.stroke(path);
  context.restore();
}

function paintWords({ context, inks }: Tools, { name, place, severity }: PaintedLayer, words: LayerWords | undefined): void {
  const line = words?.line ?? '';
  const top = (place.data.height - NAME.line - (line === '' ? 0 : LINE.line)) / 2;
  context.textBaseline = 'alphabetic';
  write(context, `600 ${NAME.size}px ${inks.font}`, name, { top, line: NAME.line, ink: words?.isBlocked ? inks.secondary : inks.text });
  if (line === '') return;
  const isError = severity === 'error';
  const ink = isError ? inks.errorText : words?.isProblem ? inks.warningText : inks.secondary;
  const font = words?.isProblem ? inks.font : inks.mono;
  write(context, `${LINE.size}px ${font}`, line, { top: top + NAME.line, line: LINE.line, ink });
}

/** A line of text where an element has it: its ascent and descent in the middle of the line's height. */
function write(
  context: CanvasRenderingContext2D,
  font: string,
  text: string,
  { top, line, ink }: { readonly top: number; readonly line: number; readonly ink: string },
): void {
  context.font = font;
  const { ascent, descent } = metricsOf(context, font);
  context.fillStyle = ink;
  context.fillText(fitting(context, font, text), WORDS.x, top + (line + ascent - descent) / 2);
}

const metrics = new Map<string, { readonly ascent: number; readonly descent: number }>();

function metricsOf(context: CanvasRenderingContext2D, font: string) {
  const known = metrics.get(font);
  if (known) return known;
  const { fontBoundingBoxAscent, fontBoundingBoxDescent } = context.measureText('x');
  const found = { ascent: fontBoundingBoxAscent, descent: fontBoundingBoxDescent };
  metrics.set(font, found);
  return found;
}

const cut = new Map<string, string>();
const MOST_KNOWN = 20_000;

/** As much of a text as has room; measuring is dear, and texts come again and again. */
function fitting(context: CanvasRenderingContext2D, font: string, text: string): string {
  const key = `${font}\n${text}`;
  const known = cut.get(key);
  if (known !== undefined) return known;
  if (cut.size > MOST_KNOWN) cut.clear();
  const found = shortenedTo(context, text, WORDS.width);
  cut.set(key, found);
  return found;
}

/** A text with three dots at its end where it has no room; at least two of its letters are left. */
export function shortenedTo(context: CanvasRenderingContext2D, text: string, width: number): string {
  if (context.measureText(text).width <= width) return text;
  let end = text.length - 1;
  while (end > 1 && context.measureText(`${text.slice(0, end)}…`).width > width) end -= 1;
  return `${text.slice(0, end)}…`;
}

function paintPorts({ context, inks }: Tools, data: NodePlace, direction: FlowDirection): void {
  context.fillStyle = inks.raised;
  context.strokeStyle = inks.secondary;
  context.lineWidth = 1.5;
  context.beginPath();
  for (const side of ['inputs', 'outputs'] as const) {
    for (const index of shownPorts(data.ports[side])) {
      const { x, y } = portPlace(data, side, index, direction);
      context.moveTo(x + PORT_RADIUS, y);
      context.arc(x, y, PORT_RADIUS, 0, 2 * Math.PI);
    }
  }
  context.fill();
  context.stroke();
}

/** Of several outputs the names of the first and the last. */
function paintPortNames({ context, inks }: Tools, data: NodePlace, direction: FlowDirection): void {
  const { outputs } = data.ports;
  if (outputs.length < 2) return;
  context.font = `10px ${inks.font}`;
  context.textBaseline = 'middle';
  context.fillStyle = inks.secondary;
  for (const index of [0, outputs.length - 1]) {
    const { x, y } = portPlace(data, 'outputs', index, direction);
    const at = portNameAt(index, outputs.length, data.middles?.outputs);
    const name = outputs[index]?.name ?? '';
    if (at && direction === 'right') context.fillText(name, x + at.x + NAME_INSET, y + at.y);
    if (direction === 'right') continue;
    context.textAlign = index === 0 ? 'right' : 'left';
    context.fillText(name, x, y - UNDER_NAME);
    context.textAlign = 'start';
  }
}

/** The shapes of wires, where elements have them and there is room. */
export function paintShapes({ context, view, scale, inks }: Sheet, wires: readonly PaintedWire[], { direction, readable }: Picture): void {
  context.setTransform(scale, 0, 0, scale, -view.x * scale, -view.y * scale);
  context.font = `${LINE.size}px ${inks.mono}`;
  context.textAlign = 'center';
  context.textBaseline = 'alphabetic';
  context.lineWidth = 1;
  for (const { wire } of wires) {
    const label = labelOf(wire, readable, direction);
    if (!label) continue;
    context.beginPath();
    context.roundRect(label.x - label.width / 2, label.y - LABEL_HEIGHT / 2, label.width, LABEL_HEIGHT, 4);
    context.fillStyle = inks.raised;
    context.strokeStyle = inks.line;
    context.fill();
    context.stroke();
    context.fillStyle = inks.secondary;
    context.fillText(label.text, label.x, label.y + 3.5);
  }
  context.textAlign = 'start';
}

function labelOf(wire: PaintedWire['wire'], readable: Readable, direction: FlowDirection) {
  const text = readable.shape(wire);
  if (text === '') return undefined;
  const width = labelWidth(text);
  const { label, room } = placeOfLabel(wire.corners, { forks: wire.isFork, direction });
  return labelFits(room, wire, width, direction) ? { text, width, ...labelMiddle(label, width, wire, direction) } : undefined;
}
