import { describe, expect, it } from 'vitest';
import { networkOf, type Sketch } from '../testing/networks';
import { analyze } from './analyze';

const tokens: Sketch = ['input', { shape: [5], dtype: 'int32' }];
const numbers: Sketch = ['input', { shape: [5] }];

function messages(layers: Record<string, Sketch>, wires: readonly string[]): string[] {
  const { problems } = analyze(networkOf(layers, wires));
  return problems.flatMap(({ code, message }) => (code === 'type/element' ? [message] : []));
}

describe('element types', () => {
  it('go through layers that only move elements, to the embedding that needs them', () => {
    const document = networkOf({ tokens, flat: ['flatten'], words: ['embedding', { outputDim: 4 }], out: ['output'] }, [
      'tokens → flat → words → out',
    ]);
    const { nodes, problems } = analyze(document);
    expect(problems).toEqual([]);
    expect(nodes.get('flat')?.outputs['y']?.dtype).toBe('int32');
    expect(nodes.get('words')?.outputs['y']).toMatchObject({ dtype: 'float32' });
  });

  it('say where tokens meet a layer of numbers, and how to mend it', () => {
    expect(messages({ tokens, dense: ['dense'] }, ['tokens → dense'])).toEqual([
      'Dense "dense": expects numbers (float32), received tokens (int32). Put an embedding before it, or set the input’s dtype to float32.',
    ]);
  });

  it('say where numbers meet a layer of tokens', () => {
    expect(messages({ numbers, words: ['embedding'] }, ['numbers → words'])).toEqual([
      'Embedding "words": expects tokens (int32), received numbers (float32). Set the input’s dtype to int32.',
    ]);
  });

  it('are one and the same where values are joined', () => {
    expect(messages({ numbers, tokens, join: ['concatenate'] }, ['numbers → join:inputs.0', 'tokens → join:inputs.1'])).toEqual([
      'Concatenate "join": expects one element type at all of its inputs, numbers (float32), received tokens (int32). Set the input’s dtype to float32.',
    ]);
  });
});
