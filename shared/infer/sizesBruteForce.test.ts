import fc from 'fast-check';
import { expect, it } from 'vitest';
import { inputSizesThatWork, withImageSize } from '../diagnose/inputSizes';
import { sweepSizes } from '../diagnose/sweep';
import type { SkipDocument } from '../document/document';
import { evaluateDim } from '../graph/dim';
import { holds } from '../graph/solve';
import { networkOf, type Sketch } from '../testing/networks';
import { analyze } from './analyze';

const MOST = 300;
/** The same cases each time. */
const seed = 1;

const small = (max: number) => fc.integer({ min: 1, max });
const padding = fc.constantFrom('valid', 'same', 'consistent');

const convolution = fc
  .record({ kernel: small(5), stride: small(3), dilation: small(3), padding })
  .map(({ kernel, stride, dilation, ...rest }): Sketch => [
    'conv2d',
    // Strides and dilation above 1 exclude each other.
    {
      filters: 2,
      kernelSize: [kernel, kernel],
      strides: [stride, stride],
      dilationRate: stride > 1 ? [1, 1] : [dilation, dilation],
      ...rest,
    },
  ]);
const pooling = fc
  .record({ type: fc.constantFrom('maxPooling2d', 'averagePooling2d'), size: small(4), stride: small(3), padding, ceilMode: fc.boolean() })
  .map(({ type, size, stride, ...rest }): Sketch => [type, { poolSize: [size, size], strides: [stride, stride], ...rest }]);
const transposed = fc
  .record({
    kernel: small(4),
    stride: small(3),
    dilation: small(2),
    padding,
    outputPadding: fc.constantFrom<null | number | [number, number]>(null, null, 0, 1, [0, 1]),
  })
  .map(({ kernel, stride, dilation, ...rest }): Sketch => [
    'conv2dTranspose',
    {
      filters: 2,
      kernelSize: [kernel, kernel],
      strides: [stride, stride],
      dilationRate: stride > 1 ? [1, 1] : [dilation, dilation],
      ...rest,
    },
  ]);
const others = fc.constantFrom<Sketch>(
  ['upSampling2d', { size: [2, 2] }],
  ['pad', { top: 1, bottom: 2, left: 0, right: 1 }],
  ['cropping2d', { top: 1, bottom: 0, left: 1, right: 1 }],
  ['relu'],
);
const path = fc.array(fc.oneof(convolution, pooling, transposed, others), { minLength: 1, maxLength: 5, size: 'medium' });

/** Layers one after the other, named by their place, between two others. */
function chain(name: string, layers: readonly Sketch[]): { readonly layers: Record<string, Sketch>; readonly wires: string } {
  const named = Object.fromEntries(layers.map((layer, index) => [`${name}${index}`, layer]));
  return { layers: named, wires: Object.keys(named).join(' → ') };
}

const IMAGE: Sketch = ['input', { shape: ['H', 'W', 2] }];

function straight(layers: readonly Sketch[], end: readonly Sketch[]): SkipDocument {
  const { layers: named, wires } = chain('layer', [...layers, ...end]);
  return networkOf({ image: IMAGE, ...named, end: ['output'] }, [`image → ${wires} → end`]);
}

function merged(merge: string, a: readonly Sketch[], b: readonly Sketch[]): SkipDocument {
  const [main, side] = [chain('main', a), chain('side', b)];
  const wires = [`image → ${main.wires} → merge:inputs.0`, `image → ${side.wires} → merge:inputs.1`, 'merge → end'];
  return networkOf({ image: IMAGE, ...main.layers, ...side.layers, merge: [merge], end: ['output'] }, wires);
}

/** Every layer's shape with unknown height and width, beside what the same network gives in numbers. */
function expectSameShapes(document: SkipDocument): void {
  const open = analyze(document);
  for (let height = 1; height <= MOST; height += 1) {
    const width = MOST + 1 - height;
    const fixed = analyze(withImageSize(document, height, width) as SkipDocument);
    // Of one pixel against several, which frameworks repeat, unknown sizes say that it is no match.
    const isRepeated = fixed.problems.some(({ mismatch }) => mismatch);
    for (const [node, { outputs }] of fixed.nodes) {
      if (isRepeated && (node === 'merge' || node === 'end')) continue;
      for (const [port, { shape }] of Object.entries(outputs)) {
        const symbolic = open.nodes.get(node)?.outputs[port]?.shape;
        // What an unknown size forbids, such as a merge that only sometimes holds, is told as that.
        if (!symbolic) continue;
        const numbers = symbolic.slice(1).map((dim) => evaluateDim(dim, { H: height, W: width }));
        expect(numbers, `${node} at ${height}×${width}`).toEqual(shape.slice(1));
      }
    }
  }
}

const ends = fc.constantFrom<readonly Sketch[]>(
  [],
  [['flatten']],
  [['reshape', { targetShape: [-1, 2] }]],
  [['globalAveragePooling2d'], ['dense', { units: 3 }]],
);

it('shapes with unknown sizes are those that every size from 1 to 300 gives', () => {
  fc.assert(
    fc.property(path, ends, (layers, end) => expectSameShapes(straight(layers, end))),
    { numRuns: 25, seed },
  );
});

it('so are those of two paths put together, where they can be', () => {
  fc.assert(
    fc.property(path, path, fc.constantFrom('concatenate', 'add'), (a, b, merge) => expectSameShapes(merged(merge, a, b))),
    { numRuns: 10, seed },
  );
});

it('the sizes at which a merge holds are those that trying each from 1 to 300 finds', () => {
  let solved = 0;
  fc.assert(
    fc.property(path, path, fc.constantFrom('concatenate', 'add'), (a, b, merge) => {
      const document = merged(merge, a, b);
      const sets = inputSizesThatWork(document);
      if (!sets) return;
      solved += 1;
      for (let size = 1; size <= MOST; size += 1) {
        // A pixel against several is repeated by frameworks, and is no match.
        const { problems } = analyze(withImageSize(document, size, size) as SkipDocument);
        const works = problems.every(({ severity, mismatch }) => severity !== 'error' && !mismatch);
        expect(
          sets.every((set) => holds(set, size)),
          `${size}`,
        ).toBe(works);
      }
    }),
    { numRuns: 60, seed },
  );
  expect(solved).toBeGreaterThan(10);
});

it('and the sweep, which infers once with an unknown size, finds the same', () => {
  fc.assert(
    fc.property(path, path, (a, b) => {
      const document = merged('add', a, b);
      for (const { size, errors } of sweepSizes(document, { from: 1, to: MOST, step: 1 }) ?? []) {
        const { problems } = analyze(withImageSize(document, size, size) as SkipDocument);
        expect(errors.length === 0, `${size}`).toBe(problems.every(({ severity }) => severity !== 'error'));
      }
    }),
    { numRuns: 10, seed },
  );
});
