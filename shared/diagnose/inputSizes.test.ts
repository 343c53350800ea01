import { expect, it } from 'vitest';
import type { SkipDocument } from '../document/document';
import { holds } from '../graph/solve';
import { analyze } from '../infer/analyze';
import { families } from '../testing/families';
import { networkOf } from '../testing/networks';
import { inputSizesInWords, inputSizesThatWork } from './inputSizes';
import { sweepSizes } from './sweep';

function withInput(document: SkipDocument, shape: readonly number[]): SkipDocument {
  const [input] = Object.values(document.graph.nodes).filter(({ type }) => type === 'input');
  const nodes = {
    ...document.graph.nodes,
    [input?.id ?? '']: { ...input!, params: { ...input?.params, shape } },
  };
  return { ...document, graph: { ...document.graph, nodes } };
}

it.each(['uNet', 'resNetBasic', 'featurePyramid', 'inception', 'denseNet'])('of %s are those that trying each finds', (family) => {
  const document = (families[family] as () => SkipDocument)();
  const sets = inputSizesThatWork(document);
  expect(sets).toBeDefined();
  // A pixel against several is repeated by frameworks, and is no match.
  for (let size = 1; size <= 80; size += 1) {
    const works = analyze(withInput(document, [size, size, 3])).problems.every(
      ({ severity, mismatch }) => severity !== 'error' && !mismatch,
    );
    expect(
      sets?.every((set) => holds(set, size)),
      `${family} at ${size}`,
    ).toBe(works);
  }
});

it('are the same where the warnings from which they are read are switched off', () => {
  const document = (families['uNet'] as () => SkipDocument)();
  const off = ['shape/concat-unproven', 'shape/concatenate-unproven', 'shape/add-unproven'].map((code) => ({ code, reason: 'meant' }));
  const silent = { ...document, checks: { off } };
  expect(inputSizesThatWork(silent)).toEqual(inputSizesThatWork(document));
  const works = (of: SkipDocument) =>
    sweepSizes(of, { from: 28, to: 36, step: 1 })
      ?.filter(({ errors }) => errors.length === 0)
      .map(({ size }) => size);
  expect(works(document)).toEqual([32]);
  expect(works(silent)).toEqual([32]);
});

it('are told in words', () => {
  expect(inputSizesInWords(inputSizesThatWork((families['uNet'] as () => SkipDocument)()) ?? [])).toBe(
    'H is a multiple of 16, and W is a multiple of 16',
  );
  const valid = networkOf(
    {
      image: ['input', { shape: [32, 32, 3] }],
      conv: ['conv2d', { kernelSize: [5, 7] }],
      end: ['output'],
    },
    ['image → conv → end'],
  );
  expect(inputSizesInWords(inputSizesThatWork(valid) ?? [])).toBe('H is any size, at least 5, and W is any size, at least 7');
});

it('are not told where the network fixes them', () => {
  expect(inputSizesThatWork((families['vgg'] as () => SkipDocument)())).toBeUndefined();
});
