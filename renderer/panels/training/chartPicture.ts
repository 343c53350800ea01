/** Space around a chart and between two, and the height of its title, in CSS pixels. */
const GAP = 16;
const TITLE = 22;

/** The charts inside an element side by side as they are drawn, each with its title, on the panel's ground. */
export async function chartsAsPng(within: HTMLElement): Promise<Blob> {
  const charts = [...within.querySelectorAll('figure')].flatMap((figure) => {
    const drawn = figure.querySelector('canvas');
    return drawn ? [{ drawn, words: [...figure.querySelectorAll<HTMLElement>('figcaption > span')] }] : [];
  });
  const scale = window.devicePixelRatio;
  const picture = document.createElement('canvas');
  picture.width = charts.reduce((sum, { drawn }) => sum + drawn.width + GAP * scale, GAP * scale);
  picture.height = Math.max(...charts.map(({ drawn }) => drawn.height)) + (TITLE + 2 * GAP) * scale;
  const context = picture.getContext('2d');
  if (!context) throw new Error('This browser draws no pictures.');
  context.fillStyle = groundOf(within);
  context.fillRect(0, 0, picture.width, picture.height);
  context.font = `${12 * scale}px ${getComputedStyle(within).fontFamily}`;
  context.textBaseline = 'top';
  let x = GAP * scale;
  for (const { drawn, words } of charts) {
    writeTitle(context, words, x, GAP * scale);
    context.drawImage(drawn, x, (GAP + TITLE) * scale);
    x += drawn.width + GAP * scale;
  }
  return new Promise((resolve, reject) =>
    picture.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('The charts could not be made a picture.')))),
  );
}

/** A chart's title and the names of its lines, each in its colour. */
function writeTitle(context: CanvasRenderingContext2D, words: readonly HTMLElement[], left: number, top: number): void {
  let x = left;
  for (const word of words) {
    const text = word.innerText.replaceAll(/\s+/g, ' ');
    context.fillStyle = getComputedStyle(word).color;
    context.fillText(text, x, top);
    x += context.measureText(`${text}   `).width;
  }
}

/** The first ground behind an element that is not clear. */
function groundOf(element: HTMLElement | null): string {
  if (!element) return 'white';
  const { backgroundColor } = getComputedStyle(element);
  return backgroundColor === 'rgba(0, 0, 0, 0)' ? groundOf(element.parentElement) : backgroundColor;
}
