import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDims, compareDims, evaluateDim, floorDivide, formatDim, multiplyDims, subtractDims, unknown, type Dim } from './dim';

const H = unknown('H');
const W = unknown('W');

describe('a size is an expression in normal form', () => {
  it('two ways to the same size are equal', () => {
    expect(compareDims(addDims(H, 2), addDims(addDims(H, 1), 1))).toBe('equal');
    expect(compareDims(multiplyDims(H, W), multiplyDims(W, H))).toBe('equal');
    expect(compareDims(floorDivide(floorDivide(H, 2), 2), floorDivide(H, 4))).toBe('equal');
  });

  it('a chain of strides is one division, rounded down or up', () => {
    const halved = (size: Dim) => floorDivide(addDims(size, 1), 2);
    expect(formatDim(halved(halved(H)))).toBe('⌊(H+3)/4⌋');
    expect(formatDim(halved(halved(halved(H))))).toBe('⌊(H+7)/8⌋');
    expect(formatDim(floorDivide(addDims(floorDivide(H, 3), W), 2))).toBe('⌊(H+3·W)/6⌋');
    expect(formatDim(floorDivide(addDims(multiplyDims(H, 6), 5), 4))).toBe('H+⌊H/2⌋+1');
    expect(compareDims(floorDivide(multiplyDims(H, -1), 2), subtractDims(floorDivide(H, 2), H))).toBe('equal');
    expect(compareDims(floorDivide(multiplyDims(H, 2), 4), floorDivide(H, 2))).toBe('equal');
  });

  it('sizes that differ by a constant are different', () => {
    expect(compareDims(H, addDims(H, 1))).toBe('different');
    expect(compareDims(28, 56)).toBe('different');
  });

  it('⌊(H−1)/2⌋+1 against ⌊H/2⌋ is equal only for some H, and so unproven', () => {
    const padded = addDims(floorDivide(subtractDims(H, 1), 2), 1);
    expect(compareDims(padded, floorDivide(H, 2))).toBe('unproven');
    expect(evaluateDim(padded, { H: 7 })).toBe(4);
    expect(evaluateDim(floorDivide(H, 2), { H: 7 })).toBe(3);
  });

  it('reads as it would be written by hand', () => {
    expect(formatDim(floorDivide(addDims(H, 1), 2))).toBe('⌊(H+1)/2⌋');
    expect(formatDim(addDims(multiplyDims(H, 2), -3))).toBe('2·H−3');
    expect(formatDim(floorDivide(addDims(multiplyDims(H, 2), 3), 2))).toBe('H+1');
  });

  it('an unknown that is not bound leaves the size unknown, whatever its name', () => {
    expect(evaluateDim(unknown('constructor'), {})).toBeUndefined();
  });
});

type Step = { readonly kind: 'add' | 'times' | 'floor'; readonly by: number } | { readonly kind: 'plusW' };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('add' as const), by: fc.integer({ min: -5, max: 5 }) }),
  fc.record({ kind: fc.constant('times' as const), by: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ kind: fc.constant('floor' as const), by: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ kind: fc.constant('plusW' as const) }),
);

function symbolic(steps: readonly Step[]): Dim {
  return steps.reduce<Dim>((dim, next) => {
    if (next.kind === 'add') return addDims(dim, next.by);
    if (next.kind === 'times') return multiplyDims(dim, next.by);
    if (next.kind === 'floor') return floorDivide(dim, next.by);
    return addDims(dim, W);
  }, H);
}

function numeric(steps: readonly Step[], h: number, w: number): number {
  return steps.reduce((value, next) => {
    if (next.kind === 'add') return value + next.by;
    if (next.kind === 'times') return value * next.by;
    if (next.kind === 'floor') return Math.floor(value / next.by);
    return value + w;
  }, h);
}

describe('normal forms keep their value', () => {
  it('evaluating a simplified expression equals doing the arithmetic in numbers', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 300 }), (steps, h, w) => {
        expect(evaluateDim(symbolic(steps), { H: h, W: w })).toBe(numeric(steps, h, w));
      }),
      { numRuns: 1000 },
    );
  });

  it('"equal" and "different" hold for every size', () => {
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 5 }),
        fc.array(step, { maxLength: 5 }),
        fc.integer({ min: 1, max: 300 }),
        fc.integer({ min: 1, max: 300 }),
        (a, b, h, w) => {
          const comparison = compareDims(symbolic(a), symbolic(b));
          if (comparison === 'equal') expect(numeric(a, h, w)).toBe(numeric(b, h, w));
          if (comparison === 'different') expect(numeric(a, h, w)).not.toBe(numeric(b, h, w));
        },
      ),
      { numRuns: 1000 },
    );
  });
});
