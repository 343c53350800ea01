import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyze } from '../infer/analyze';
import { networkOf, residualNetwork } from '../testing/networks';
import { findNodes } from './find';
import { parseQuery } from './query';

const network = analyze(
  networkOf(
    {
      image: ['input', { shape: [28, 28, 1] }],
      stem: ['conv2d', { filters: 64, padding: 'same' }],
      small: ['conv2d', { filters: 8, kernelSize: [5, 3], strides: [2, 1], padding: 'same', useBias: false }],
      act: ['relu'],
      flat: ['flatten'],
      scores: ['dense', { units: 10 }],
    },
    ['image → stem → small → act → flat → scores'],
  ),
);
const find = (query: string) => findNodes(network, query);

describe('a search of the network', () => {
  it.each([
    ['stem', ['stem']],
    ['conv', ['stem', 'small']],
    ['relu', ['act']],
    ['nn.Conv2d', ['stem', 'small']],
    ['kind:core', ['flat', 'scores']],
    ['name:conv', []],
    ['filters=64', ['stem']],
    ['filters!=64', ['small']],
    ['filters>=8', ['stem', 'small']],
    ['kernel_size=5x3', ['small']],
    ['kernelSize=3', ['stem']],
    ['strides>1', ['small']],
    ['useBias=false', ['small']],
    ['padding=SAME', ['stem', 'small']],
    ['params>10k', ['scores']],
    ['params>10,000', ['scores']],
    ['params=640', ['stem']],
    ['28×28×*', ['image', 'stem']],
    ['conv 28x28x*', ['stem']],
    ['*×28×8', ['small', 'act']],
    ['in:28×28×64', ['small']],
    ['out:10', ['scores']],
    ['28×28', []],
  ])('%s finds %j', (query, found) => {
    expect(find(query)).toEqual(found);
  });

  it('counts as Keras does: 3·3·1·64 + 64 parameters of the stem', () => {
    expect(find(`params=${3 * 3 * 1 * 64 + 64}`)).toEqual(['stem']);
  });

  it('finds nothing where nothing is asked, and leaves out what is not finished', () => {
    expect(find('  ')).toEqual([]);
    expect(find('conv filters=')).toEqual(find('conv'));
    expect(find('conv in:')).toEqual(find('conv'));
  });

  it('goes in the order of the data', () => {
    const analysis = analyze(residualNetwork());
    const found = findNodes(analysis, 'conv2d');
    expect(found).toEqual(analysis.order.filter((path) => analysis.flat.nodes.get(path)?.type === 'conv2d'));
    expect(found.length).toBeGreaterThan(2);
  });

  it('adds no match by a further word', () => {
    const term = fc.constantFrom('conv', 'relu', 'filters=8', 'params>100', '28×28×*', 'zzz', 'kind:core', '*×*×*', 'strides>1');
    fc.assert(
      fc.property(fc.array(term, { minLength: 1, maxLength: 4 }), term, (terms, more) => {
        const before = new Set(find(terms.join(' ')));
        expect(find([...terms, more].join(' ')).every((path) => before.has(path))).toBe(true);
      }),
    );
  });

  it('takes any text', () => {
    fc.assert(fc.property(fc.string({ size: 'medium' }), (text) => void find(text)));
    expect(parseQuery('a '.repeat(10_000))).toHaveLength(16);
  });
});
