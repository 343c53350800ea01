import { formsOf, type Framework } from './forms/forms';

/** Names that only one of the two frameworks has. */
const MARKS: Readonly<Record<Framework, RegExp>> = {
  torch: /\b(?:nn|torch|F)\.\w|\bimport torch\b|\bdef forward\b/g,
  keras: /\b(?:keras|layers|tf|tfl)\.\w|\bimport keras\b|\bdef call\b|\b(?:input_shape|activation)\s*=/g,
};

/** What only a network's code says, where no layer is named. */
const NETWORK: Readonly<Record<Framework, RegExp>> = {
  torch: /\bnn\.Module\b|\bF\.[a-z_0-9]+\(/,
  keras: /\bkeras\.(?:Model|Sequential)\b|\bkeras\.layers\.\w+\(/,
};

/** The framework of a text that describes a network; undefined where it describes none. */
export function frameworkOf(text: string): Framework | undefined {
  const score = (framework: Framework) => {
    const forms = formsOf(framework);
    const other = formsOf(framework === 'torch' ? 'keras' : 'torch');
    // Code has no space before its brackets, sentences do.
    const calls = [...text.matchAll(/\b([A-Z]\w*)\(/g)].filter(([, name = '']) => forms.has(name));
    return {
      known: calls.length + (NETWORK[framework].test(text) ? 1 : 0),
      // What both have, such as `Dropout`, tells nothing.
      own: calls.filter(([, name = '']) => !other.has(name)).length + [...text.matchAll(MARKS[framework])].length,
    };
  };
  const [torch, keras] = [score('torch'), score('keras')];
  if (torch.known + keras.known === 0) return undefined;
  return torch.own > keras.own ? 'torch' : 'keras';
}

const PART = /^(\s*)\([\w.]+\): (?=\w)/;

/**
 * PyTorch prints a module as `(0): Conv2d(…)` lines without commas; with commas and without those names it is code. Behind code that
 * makes the module it says the same again, and is left out.
 */
export function fromPrinted(text: string): string {
  const lines = text.split('\n');
  if (!lines.some((line) => PART.test(line))) return text;
  const start = lines.findIndex((line, index) => /^\s*[A-Za-z]\w*\($/.test(line) && PART.test(lines[index + 1] ?? ''));
  const end = lines.findIndex(
    (line, index) =>
      index > start && /^\s*\)\s*$/.test(line) && !/^\s*\)/.test(lines[index + 1] ?? '') && !PART.test(lines[index + 1] ?? ''),
  );
  const isPrinted = (index: number) => index >= start && (end < 0 || index <= end);
  const isCode = (line: string, index: number) => !isPrinted(index) && /\b(?:nn\.|class\b|def\b)/.test(line);
  if (start > 0 && lines.some(isCode)) return lines.map((line, index) => (isPrinted(index) ? '' : line)).join('\n');
  return lines.map(asCode).join('\n');
}

function asCode(line: string, index: number): string {
  const isPart = index > 0 && PART.test(line);
  const named = line.replace(PART, '$1');
  // Classes of the printer's own may be written small.
  const plain = (
    isPart ? named.replace(/^(\s*)([a-z])/, (_, space: string, letter: string) => space + letter.toUpperCase()) : named
  ).replace(/\b(\w+)\($/, (_, name: string) => (index > 0 || name !== 'Sequential' ? 'Sequential(' : `${name}(`));
  const trimmed = plain.trimEnd();
  return index > 0 && /^\s/.test(trimmed) && trimmed.endsWith(')') ? `${trimmed},` : plain;
}
