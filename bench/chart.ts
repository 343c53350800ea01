/** A line of a chart. */
interface Line {
  readonly name: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

interface Chart {
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly lines: readonly Line[];
}

const SIZE = { width: 720, height: 400 };
const PLOT = { left: 64, right: 24, top: 48, bottom: 56 };
const COLOURS = ['#2563eb', '#b45309', '#0f766e'];
const DASHES = ['', '8 4', '2 4'];
const INK = '#374151';

/** A chart of lines over linear axes from 0, as an SVG that reads on white and on dark: told apart by dashes and names, too. */
export function chart({ title, x, y, lines }: Chart): string {
  const points = lines.flatMap((line) => line.points);
  const [most, highest] = [Math.max(...points.map((point) => point.x)), roundUp(Math.max(...points.map((point) => point.y)))];
  const at = (point: { readonly x: number; readonly y: number }) => ({
    x: PLOT.left + (point.x / most) * (SIZE.width - PLOT.left - PLOT.right),
    y: SIZE.height - PLOT.bottom - (point.y / highest) * (SIZE.height - PLOT.top - PLOT.bottom),
  });
  const steps = [0, 0.25, 0.5, 0.75, 1];
  const parts = [
    `<rect width="${SIZE.width}" height="${SIZE.height}" fill="#ffffff"/>`,
    text({ x: PLOT.left, y: 24 }, title, 'start', 15),
    ...steps.map((step) => rule(at({ x: 0, y: step * highest }), at({ x: most, y: step * highest }))),
    ...steps.map((step) => text({ x: PLOT.left - 8, y: at({ x: 0, y: step * highest }).y + 4 }, label(step * highest), 'end')),
    ...apart([...new Set(points.map((point) => point.x))], most / 12).map((each) =>
      text({ x: at({ x: each, y: 0 }).x, y: SIZE.height - 36 }, label(each), 'middle'),
    ),
    text({ x: SIZE.width - PLOT.right, y: SIZE.height - 14 }, x, 'end'),
    text({ x: PLOT.left - 8, y: PLOT.top - 10 }, y, 'end'),
    ...lines.flatMap((line, index) => drawn(line, index, at)),
  ];
  const head = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIZE.width} ${SIZE.height}" role="img" font-family="system-ui, sans-serif">`;
  return `${head}\n<title>${title}</title>\n${parts.join('\n')}\n</svg>\n`;
}

type Place = { readonly x: number; readonly y: number };

function drawn(line: Line, index: number, at: (point: Place) => Place): readonly string[] {
  const colour = COLOURS[index % COLOURS.length] as string;
  const way = line.points.map(at).map((place) => `${place.x.toFixed(1)},${place.y.toFixed(1)}`);
  const legend = { x: PLOT.left + 16, y: PLOT.top + 16 + index * 22 };
  const stroke = `stroke="${colour}" stroke-width="2" stroke-dasharray="${DASHES[index % DASHES.length]}" fill="none"`;
  return [
    `<polyline points="${way.join(' ')}" ${stroke}/>`,
    ...way.map((place) => `<circle cx="${place.split(',')[0]}" cy="${place.split(',')[1]}" r="3" fill="${colour}"/>`),
    `<path d="M${legend.x} ${legend.y}h32" ${stroke}/>`,
    text({ x: legend.x + 40, y: legend.y + 4 }, line.name, 'start'),
  ];
}

/** Of rising values those that stand so far from the one before that their labels do not touch. */
function apart(values: readonly number[], least: number): readonly number[] {
  return values.reduce<readonly number[]>((kept, value) => (value - (kept.at(-1) ?? -Infinity) < least ? kept : [...kept, value]), []);
}

function rule(from: Place, to: Place): string {
  return `<path d="M${from.x} ${from.y.toFixed(1)}H${to.x}" stroke="#e5e7eb"/>`;
}

function text({ x, y }: Place, content: string, anchor: 'start' | 'middle' | 'end', size = 12): string {
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}" font-size="${size}" fill="${INK}">${content}</text>`;
}

function label(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: 1 });
}

/** To a number with one digit, of which a quarter reads well. */
function roundUp(value: number): number {
  const unit = 10 ** Math.floor(Math.log10(value));
  return Math.ceil(value / (2 * unit)) * 2 * unit;
}
