import { describe, expect, it } from 'vitest';
import { linkNames, problemWords } from './problemWords';

const problem = { id: 'p', code: 'shape/add', severity: 'error', node: 'a/b', path: 'stage2/add2', blocked: [] } as const;

describe('a problem in a row', () => {
  it('is the name, what is wrong, and where', () => {
    expect(problemWords({ ...problem, message: 'Add "stage2/add2": its input is not connected.' })).toEqual({
      name: 'add2',
      text: 'its input is not connected.',
      where: 'stage2',
    });
  });

  it('of the whole network has no name', () => {
    expect(problemWords({ ...problem, path: '', node: '', message: 'The network has no input.' })).toEqual({
      name: '',
      text: 'The network has no input.',
      where: '',
    });
  });
});

describe('names in a sentence', () => {
  it('are cut out whole, the longest first', () => {
    const names = new Map([
      ['conv', 'n1'],
      ['stage/conv', 'n2'],
    ]);
    expect(linkNames('From stage/conv, not conv2 but conv.', names)).toEqual([
      { text: 'From ' },
      { text: 'stage/conv', node: 'n2' },
      { text: ', not conv2 but ' },
      { text: 'conv', node: 'n1' },
      { text: '.' },
    ]);
  });

  it('may have any sign in them', () => {
    for (const name of ['-1', 'a-b', '(x)', 'a.b', '[0]', 'a|b', '$', '^', '\\\\', 'é', '🧠', 'a/b c'])
      expect(linkNames(`At ${name}: wrong.`, new Map([[name, 'n']]))).toEqual([
        { text: 'At ' },
        { text: name, node: 'n' },
        { text: ': wrong.' },
      ]);
  });
});
