import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyPatches, diff } from './patches';

const key = fc.constantFrom('a', 'b', 'c', 'd', 'nodes', 'edges', '__proto__');
const tree = fc.letrec((tie) => ({
  node: fc.oneof(
    { depthSize: 'small' },
    fc.integer(),
    fc.constant(null),
    fc.array(fc.integer(), { maxLength: 3 }),
    fc.dictionary(key, tie('node'), { maxKeys: 5 }),
  ),
})).node;
const document = fc.dictionary(key, tree, { maxKeys: 6, noNullPrototype: true });

describe('patches between two documents', () => {
  it('lead from one to the other and back, the order of keys included', () => {
    fc.assert(
      fc.property(document, document, (before, after) => {
        const patches = diff(before, after);
        const there = applyPatches(before, patches, 'forward');
        expect(JSON.stringify(there)).toBe(JSON.stringify(after));
        const back = applyPatches(there, patches, 'backward');
        expect(JSON.stringify(back)).toBe(JSON.stringify(before));
      }),
      { numRuns: 1000 },
    );
  });

  it('of equal documents are none, and what did not change is shared', () => {
    const before = { graph: { n1: { x: 1 }, n2: { x: 2 } }, view: { zoom: 1 } };
    const after = { ...before, graph: { ...before.graph, n1: { x: 5 } } };
    expect(diff(before, before)).toEqual([]);
    const back = applyPatches(after, diff(before, after), 'backward');
    expect(back).toEqual(before);
    expect(back.view).toBe(before.view);
    expect(back.graph.n2).toBe(before.graph.n2);
  });

  it('leave alone what another edit changed meanwhile', () => {
    const before = { graph: { n1: 1 }, view: 1 };
    const patches = diff(before, { graph: { n1: 2 }, view: 1 });
    expect(applyPatches({ graph: { n1: 2 }, view: 9 }, patches, 'backward')).toEqual({ graph: { n1: 1 }, view: 9 });
  });
});
