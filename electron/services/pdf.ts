import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';
import type { Picture, Shape } from '../../shared/picture/picture';

/** A pixel of the canvas in points: 96 of them are 72. */
const POINT = 0.75;
/** Inter in parts by script; each has the Latin letters of none of the others. */
const SCRIPTS = ['latin', 'latin-ext', 'greek', 'cyrillic'] as const;

/** The picture as a PDF of one page of its size: vectors, and text in fonts that are embedded, as publishers want it. */
export async function pdfOf(picture: Picture): Promise<Uint8Array> {
  const document = new PDFDocument({
    size: [picture.width * POINT, picture.height * POINT],
    margin: 0,
    // The standard fonts are not embedded.
    font: null as unknown as string,
    info: { Title: picture.title, Creator: 'Skipwire' },
  });
  const parts: Buffer[] = [];
  document.on('data', (part: Buffer) => parts.push(part));
  const ended = new Promise<void>((resolve) => document.on('end', resolve));
  const fonts = await loadFonts();
  for (const { name, bytes } of fonts) document.registerFont(name, bytes);
  document.scale(POINT).translate(-picture.x, -picture.y);
  for (const shape of picture.shapes) draw(document, shape, fonts);
  document.end();
  await ended;
  return new Uint8Array(Buffer.concat(parts));
}

interface Font {
  readonly name: string;
  readonly bytes: Buffer;
  readonly characters: ReadonlySet<number>;
}

let loaded: Promise<readonly Font[]> | undefined;

function loadFonts(): Promise<readonly Font[]> {
  loaded ??= Promise.all([400, 600].flatMap((weight) => SCRIPTS.map(async (script) => loadFont(script, weight))));
  return loaded;
}

const require = createRequire(import.meta.url);

async function loadFont(script: string, weight: number): Promise<Font> {
  const bytes = await readFile(require.resolve(`@fontsource/inter/files/inter-${script}-${weight}-normal.woff`));
  const { create } = await import('fontkit');
  const font = create(bytes);
  return { name: `${script} ${weight}`, bytes, characters: new Set('characterSet' in font ? font.characterSet : []) };
}

function draw(document: PDFKit.PDFDocument, shape: Shape, fonts: readonly Font[]): void {
  if (shape.kind === 'text') return write(document, shape, fonts);
  if (shape.kind === 'rect') document.roundedRect(shape.x, shape.y, shape.width, shape.height, shape.radius);
  else document.path(shape.d);
  if (shape.kind === 'path' && shape.dash) document.dash(shape.dash[0] ?? 1, { space: shape.dash[1] ?? 1 });
  if (shape.lineWidth !== undefined) document.lineWidth(shape.lineWidth);
  if (shape.fill && shape.stroke) document.fillAndStroke(shape.fill, shape.stroke);
  else if (shape.fill) document.fill(shape.fill);
  else if (shape.stroke) document.stroke(shape.stroke);
  document.undash();
}

/** Text piece by piece, each in the font that has its letters. */
function write(
  document: PDFKit.PDFDocument,
  { x, y, text, size, bold, fill, middle }: Extract<Shape, { kind: 'text' }>,
  fonts: readonly Font[],
): void {
  const pieces = piecesOf(
    text,
    fonts.filter(({ name }) => name.endsWith(bold ? '600' : '400')),
  );
  const widths = pieces.map((piece) => document.font(piece.font).fontSize(size).widthOfString(piece.text));
  let at = middle ? x - widths.reduce((sum, width) => sum + width, 0) / 2 : x;
  document.fillColor(fill);
  pieces.forEach((piece, index) => {
    document.font(piece.font).fontSize(size).text(piece.text, at, y, { lineBreak: false, baseline: 'alphabetic' });
    at += widths[index] ?? 0;
  });
}

interface Piece {
  readonly font: string;
  readonly text: string;
}

/** A character that no font has becomes a question mark. */
function piecesOf(text: string, fonts: readonly Font[]): readonly Piece[] {
  const pieces: { font: string; text: string }[] = [];
  const [first] = fonts;
  for (const character of text) {
    const found = fonts.find(({ characters }) => characters.has(character.codePointAt(0) ?? 0));
    const font = (found ?? first)?.name ?? '';
    const last = pieces.at(-1);
    const drawn = found ? character : '?';
    if (last?.font === font) last.text += drawn;
    else pieces.push({ font, text: drawn });
  }
  return pieces;
}
