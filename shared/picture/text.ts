/** Widths of characters in parts of the font's size, for sans-serif fonts such as Inter, Helvetica or Arial. */
const NARROW = new Set("iljtfrI.,:;|!'`()[]/\\ ·");
const WIDE = new Set('mwMW@%—…');
/** Of a monospaced font. */
const MONO = 0.6;

/** How wide a text is at most, in pixels; nothing is measured, so that it is the same in a page and in a terminal. */
export function textWidth(text: string, size: number, font: 'sans' | 'mono' = 'sans'): number {
  let width = 0;
  for (const character of text) width += font === 'mono' ? (isFull(character) ? 1 : MONO) : widthOf(character);
  return width * size;
}

/** The text, or as much of its beginning as has room, with an ellipsis. */
export function textThatFits(text: string, room: number, size: number, font: 'sans' | 'mono' = 'sans'): string {
  if (textWidth(text, size, font) <= room) return text;
  const characters = [...text];
  let count = characters.length;
  while (count > 0 && textWidth(`${characters.slice(0, count).join('')}…`, size, font) > room) count -= 1;
  return `${characters.slice(0, count).join('')}…`;
}

function widthOf(character: string): number {
  if (NARROW.has(character)) return 0.34;
  if (WIDE.has(character)) return 0.95;
  if (isFull(character)) return 1.05;
  return character >= 'A' && character <= 'Z' ? 0.72 : 0.6;
}

/** Characters as wide as they are high: Chinese, Japanese, Korean, emoji. */
function isFull(character: string): boolean {
  return (character.codePointAt(0) ?? 0) >= 0x1100;
}
