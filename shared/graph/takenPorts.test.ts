import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { GraphEdge } from './graph';
import { takenPorts } from './takenPorts';

const edge = fc.record({ id: fc.nat(12), from: fc.nat(4), to: fc.nat(4), port: fc.nat(2) }).map(({ id, from, to, port }): GraphEdge => ({
  id: `e${id}`,
  from: { node: `n${from}`, port: 'y' },
  to: { node: `n${to}`, port: `inputs.${port}` },
}));

it('taken ports from one table of wires to the next are those from nothing, and the same objects where nothing changed', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ come: fc.array(edge, { maxLength: 4 }), go: fc.nat(20) }), { size: 'medium' }), (steps) => {
      let edges: Readonly<Record<string, GraphEdge>> = {};
      takenPorts({ edges });
      for (const { come, go } of steps) {
        const left = Object.values(edges).filter((_, index) => index !== go);
        const next = Object.fromEntries([...left, ...come].map((each) => [each.id, each]));
        const [before, after] = [takenPorts({ edges }), takenPorts({ edges: next }, edges)];
        const cold = takenPorts({ edges: { ...next } });
        expect(after).toEqual(cold);
        for (const [id, taken] of before) if (JSON.stringify(taken) === JSON.stringify(cold.get(id))) expect(after.get(id)).toBe(taken);
        edges = next;
      }
    }),
  );
});
