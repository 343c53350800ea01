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

/** PyTorch prints a module as `(0): Conv2d(…)` lines without commas; with commas and without those names it is code. */
export function fromPrinted(text: string): string {
  const part = /^(\s*)\([\w.]+\): (?=\w)/;
  if (!text.split('\n').some((line) => part.test(line))) return text;
  return text
    .split('\n')
    .map((line, index) => {
      const plain = line
        .replace(part, '$1')
        .replace(/\b(\w+)\($/, (_, name: string) => (index > 0 || name !== 'Sequential' ? 'Sequential(' : `${name}(`));
      return index > 0 && /^\s+.*\)\s*$/.test(plain) ? `${plain.trimEnd()},` : plain;
    })
    .join('\n');
}
