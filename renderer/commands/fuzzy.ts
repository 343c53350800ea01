/** How well a text answers a search, and which of its letters did. */
export interface FuzzyMatch {
  readonly score: number;
  /** Indices into the text, rising. */
  readonly letters: readonly number[];
}

const EXACT = 100;
const PREFIX = 80;
const WORD_START = 65;
const INSIDE = 45;
/** The most that letters which do not stand together can get. */
const SCATTERED = 30;

/** All words of a search in a text, in any order: `dark th` finds “Theme: dark”. Undefined where one is missing. */
export function fuzzyMatch(query: string, text: string): FuzzyMatch | undefined {
  const words = query
    .toLowerCase()
    .split(/[\s_.-]+/)
    .filter(Boolean);
  if (words.length === 0) return { score: 1, letters: [] };
  const together = words.length > 1 ? matchWord(words.join(''), text) : undefined;
  if (together && together.score > SCATTERED) return together;
  const found: FuzzyMatch[] = [];
  for (const word of words) {
    const match = matchWord(word, text);
    if (!match) return together;
    found.push(match);
  }
  const letters = [...new Set(found.flatMap((match) => match.letters))].sort((a, b) => a - b);
  return { score: found.reduce((sum, match) => sum + match.score, 0) / found.length, letters };
}

/** One word: as a whole, at the beginning, at a word's beginning, inside; else its letters in order. */
function matchWord(word: string, text: string): FuzzyMatch | undefined {
  const { letters, places } = plain(text);
  const at = bestOccurrence(word, letters, text, places);
  if (at < 0) return word.length < 2 ? undefined : matchScattered(word, text);
  const rank = at > 0 ? (startsWord(text, places[at] ?? 0) ? WORD_START : INSIDE) : letters.length === word.length ? EXACT : PREFIX;
  // Among equals the shorter text is meant: `conv2d` before `conv2dTranspose`.
  return { score: rank - Math.min(10, (letters.length - word.length) / 4), letters: places.slice(at, at + word.length) };
}

function bestOccurrence(word: string, letters: string, text: string, places: readonly number[]): number {
  const first = letters.indexOf(word);
  for (let at = first; at > 0; at = letters.indexOf(word, at + 1)) if (startsWord(text, places[at] ?? 0)) return at;
  return first;
}

const SEPARATORS = ' _.-\n\t';

/** Letters and figures alone, in lower case, and where each stands: `batch norm`, `batchNorm` and `Batch-Norm` are the same. */
function plain(text: string): { readonly letters: string; readonly places: readonly number[] } {
  const places: number[] = [];
  let letters = '';
  for (let index = 0; index < text.length; index += 1) {
    const letter = (text[index] ?? '').toLowerCase();
    if (SEPARATORS.includes(letter) || letter.length !== 1) continue;
    letters += letter;
    places.push(index);
  }
  return { letters, places };
}

/** `B` and `N` in `batchNorm` and `Batch norm`, a figure after a letter, and what follows a sign. */
function startsWord(text: string, index: number): boolean {
  if (index === 0) return true;
  const [before, here] = [text[index - 1] ?? '', text[index] ?? ''];
  if (!/[\p{L}\p{N}]/u.test(before)) return true;
  return (/\p{Lu}/u.test(here) && !/\p{Lu}/u.test(before)) || (/\p{N}/u.test(here) && !/\p{N}/u.test(before));
}

/** Letters in order with others between: `gap` in `globalAveragePooling`. Those of which most stand for nothing are no match. */
function matchScattered(word: string, text: string): FuzzyMatch | undefined {
  const letters: number[] = [];
  let good = 0;
  let at = -1;
  for (const wanted of word) {
    const next = nextPlace(wanted, text, at);
    if (next < 0) return undefined;
    if (next === at + 1 || startsWord(text, next)) good += 1;
    letters.push(next);
    at = next;
  }
  const share = good / word.length;
  return share < 0.6 ? undefined : { score: SCATTERED * share - Math.min(10, text.length / 8), letters };
}

/** The letter right after, else the next one that starts a word, else the next one. */
function nextPlace(wanted: string, text: string, after: number): number {
  const lower = text.toLowerCase();
  if (lower[after + 1] === wanted) return after + 1;
  const first = lower.indexOf(wanted, after + 1);
  for (let at = first; at >= 0; at = lower.indexOf(wanted, at + 1)) if (startsWord(text, at)) return at;
  return first;
}
