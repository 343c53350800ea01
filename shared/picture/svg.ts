import type { Picture, Shape } from './picture';

/** Fonts that every system and every typesetting program has or replaces by the same widths. */
const FONTS = "Helvetica, Arial, 'Liberation Sans', sans-serif";

/** The picture as an SVG file: plain shapes and text, no style sheet, no script, nothing that is fetched. */
export function svgText({ title, x, y, width, height, shapes }: Picture): string {
  const size = `width="${number(width)}" height="${number(height)}" viewBox="${[x, y, width, height].map(number).join(' ')}"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img" font-family="${FONTS}">`,
    `<title>${escaped(title)}</title>`,
    ...shapes.map(element),
    '</svg>',
    '',
  ].join('\n');
}

function element(shape: Shape): string {
  if (shape.kind === 'text') {
    const { text, size, bold, fill, middle } = shape;
    const style = `font-size="${size}"${bold ? ' font-weight="600"' : ''} fill="${fill}"${middle ? ' text-anchor="middle"' : ''}`;
    return `<text x="${number(shape.x)}" y="${number(shape.y)}" ${style}>${escaped(text)}</text>`;
  }
  const { fill = 'none', stroke, lineWidth = 1 } = shape;
  const paint = `fill="${fill}"${stroke ? ` stroke="${stroke}" stroke-width="${lineWidth}"` : ''}`;
  if (shape.kind === 'path') {
    const dash = shape.dash ? ` stroke-dasharray="${shape.dash.join(' ')}"` : '';
    return `<path d="${shape.d.replaceAll(/-?\d+\.\d+/g, (value) => number(Number(value)))}" ${paint}${dash}/>`;
  }
  const [x, y, width, height] = [shape.x, shape.y, shape.width, shape.height].map(number);
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${shape.radius}" ${paint}/>`;
}

function number(value: number): string {
  return String(Math.round(value * 100) / 100);
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Names are what people type; XML has no control characters but these three, not even escaped. */
function escaped(text: string): string {
  return text
    .replaceAll(/[&<>"]/g, (character) => ESCAPES[character] ?? '')
    .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '');
}
