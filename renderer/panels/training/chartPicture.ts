/** Space around a chart and between two, the height of a line of its title, and the room of a line's sample, in CSS pixels. */
const GAP = 16;
const TITLE = 18;
const SAMPLE = 24;

/**
 * The charts inside an element side by side as they are drawn, each with its title, on the panel's ground; above them the names of the
 * runs where there are several.
 */
export async function chartsAsPng(within: HTMLElement): Promise<Blob> {
  const charts = [...within.querySelectorAll('figure')].flatMap((figure) => {
    const drawn = figure.querySelector('canvas');
    return drawn ? [{ drawn, words: [...figure.querySelectorAll<HTMLElement>('figcaption > span')] }] : [];
  });
  const runs = [...within.querySelectorAll<HTMLElement>('[data-legend]')];
  const scale = window.devicePixelRatio;
  const picture = document.createElement('canvas');
  const context = picture.getContext('2d');
  if (!context) throw new Error('This browser draws no pictures.');
  const style = () => {
    context.font = `${12 * scale}px ${getComputedStyle(within).fontFamily}`;
    context.textBaseline = 'top';
  };
  style();
  const gap = GAP * scale;
  picture.width = charts.reduce((sum, { drawn }) => sum + drawn.width + gap, gap);
  style();
  const legend = placed(context, runs, picture.width - 2 * gap, scale);
  const titles = charts.map(({ drawn, words }) => placed(context, words, drawn.width, scale));
  const top = gap + legend.height;
  const below = top + Math.max(...titles.map(({ height }) => height));
  picture.height = below + Math.max(...charts.map(({ drawn }) => drawn.height)) + gap;
  context.fillStyle = groundOf(within);
  context.fillRect(0, 0, picture.width, picture.height);
  style();
  write(context, legend, gap, gap, scale);
  let x = gap;
  charts.forEach(({ drawn }, index) => {
    write(context, titles[index] as Words, x, top, scale);
    context.drawImage(drawn, x, below);
    x += drawn.width + gap;
  });
  return new Promise((resolve, reject) =>
    picture.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('The charts could not be made a picture.')))),
  );
}

/** Words where they stand in a picture, in as many lines as they take. */
interface Words {
  readonly places: readonly { readonly word: HTMLElement; readonly text: string; readonly x: number; readonly y: number }[];
  readonly height: number;
}

/** Words side by side, going on below where a line is full. */
function placed(context: CanvasRenderingContext2D, words: readonly HTMLElement[], width: number, scale: number): Words {
  let [x, y] = [0, 0];
  const places = words.map((word) => {
    const text = word.innerText.trim().replaceAll(/\s+/g, ' ');
    const long = context.measureText(text).width + (lineOf(word) ? SAMPLE * scale : 0);
    if (x > 0 && x + long > width) [x, y] = [0, y + TITLE * scale];
    const place = { word, text, x, y };
    x += long + GAP * scale;
    return place;
  });
  return { places, height: words.length === 0 ? 0 : y + TITLE * scale };
}

/** Each word in its colour, behind a piece of its line where it names one. */
function write(context: CanvasRenderingContext2D, { places }: Words, left: number, top: number, scale: number): void {
  for (const { word, text, x, y } of places) {
    const line = lineOf(word);
    if (line) drawSample(context, line, left + x, top + y + 6 * scale, scale);
    context.fillStyle = getComputedStyle(word).color;
    context.fillText(text, left + x + (line ? SAMPLE * scale : 0), top + y);
  }
}

function drawSample(context: CanvasRenderingContext2D, line: SVGElement, x: number, y: number, scale: number): void {
  context.strokeStyle = getComputedStyle(line).color;
  context.lineWidth = 2.5 * scale;
  context.setLineDash(line.dataset['line'] === 'dashed' ? [5 * scale, 3 * scale] : []);
  context.beginPath();
  context.moveTo(x, y);
  context.lineTo(x + (SAMPLE - 6) * scale, y);
  context.stroke();
}

function lineOf(word: HTMLElement): SVGElement | null {
  return word.querySelector<SVGElement>('svg[data-line]');
}

/** The first ground behind an element that is not clear. */
function groundOf(element: HTMLElement | null): string {
  if (!element) return 'white';
  const { backgroundColor } = getComputedStyle(element);
  return backgroundColor === 'rgba(0, 0, 0, 0)' ? groundOf(element.parentElement) : backgroundColor;
}
