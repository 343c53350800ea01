import type { Inks } from './inks';
import type { Sheet } from './paint';
import type { PaintedLayer } from './picture';

/** The least size of a mark that must be seen from anywhere, in device pixels. */
const LEAST_MARK = 5;

/** Far out a layer is a block of its kind's colour; what is selected or wrong stands out however small it is. */
export function paintBlocks(sheet: Sheet, layers: readonly PaintedLayer[]): void {
  const { context, view, scale } = sheet;
  context.setTransform(1, 0, 0, 1, 0, 0);
  for (const layer of layers) {
    const { position, data } = layer.place;
    const left = Math.round((position.x - view.x) * scale);
    const top = Math.round((position.y - view.y) * scale);
    const width = Math.max(1, Math.round(data.width * scale));
    const height = Math.max(1, Math.round(data.height * scale));
    context.fillStyle = fillOf(layer, sheet.inks);
    context.globalAlpha = layer.ghost === 'removed' ? 0.45 : 1;
    context.fillRect(left, top, width, height);
    if (layer.heat !== undefined) paintHeat(sheet, layer.heat, { left, top, width, height });
    if (layer.kind === 'blocks' && height > 6) paintStack(sheet, { left, top, width, height });
    if (layer.isSelected || layer.severity !== undefined) paintMark(sheet, layer, { left, top, width, height });
  }
  context.globalAlpha = 1;
}

interface Rect {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Coloured by figures, what is hot is dark and all else is pale: kinds would be read as heat. */
function paintHeat({ context, inks }: Sheet, heat: number, { left, top, width, height }: Rect): void {
  context.globalAlpha = heat;
  context.fillStyle = inks.heatLine;
  context.fillRect(left, top, width, height);
  context.globalAlpha = 1;
}

function fillOf({ severity, tint, kind, isPale }: PaintedLayer, inks: Inks): string {
  if (severity === 'error') return inks.error;
  if (isPale) return inks.line;
  if (tint === 'main') return inks.main;
  if (tint === 'shortcut') return inks.shortcut;
  return inks.kinds[kind].solid;
}

/** A block: the edge of another one under it. */
function paintStack({ context, inks }: Sheet, { left, top, width, height }: Rect): void {
  const step = Math.max(1, Math.round(height / 10));
  context.fillStyle = inks.canvas;
  context.fillRect(left, top + height - 2 * step, width, step);
}

/** A ring around what is selected; a disc on what is wrong and a triangle on what is doubtful: never colour alone. */
function paintMark({ context, scale, inks }: Sheet, { isSelected, severity }: PaintedLayer, { left, top, width, height }: Rect): void {
  if (isSelected) {
    const line = Math.max(2, Math.round(3 * scale));
    context.strokeStyle = inks.accent;
    context.lineWidth = line;
    context.strokeRect(left - line, top - line, width + 2 * line, height + 2 * line);
  }
  if (severity === undefined) return;
  const size = Math.max(LEAST_MARK, 9 * scale);
  paintBadge({ context, inks }, severity, left + width, top, size);
}

/** The sign of a problem around a point. */
export function paintBadge(
  { context, inks }: Pick<Sheet, 'context' | 'inks'>,
  severity: 'error' | 'warning',
  x: number,
  y: number,
  size: number,
): void {
  context.beginPath();
  if (severity === 'error') context.arc(x, y, size, 0, 2 * Math.PI);
  else {
    context.moveTo(x, y - size);
    context.lineTo(x + size, y + size * 0.8);
    context.lineTo(x - size, y + size * 0.8);
    context.closePath();
  }
  context.fillStyle = severity === 'error' ? inks.error : inks.warning;
  context.fill();
  context.strokeStyle = inks.canvas;
  context.lineWidth = size / 4;
  context.stroke();
}
