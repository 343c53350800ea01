import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { GraphNode } from './graph';
import { nodesOf } from './lists';
import { openTable } from './openTable';

const node = (id: string, x: number): GraphNode => ({ id, type: 'relu', name: id, params: {}, position: { x, y: 0 } });
const id = fc.oneof(
  fc.nat(9).map((number) => `n${number}`),
  fc.nat(3).map((number) => String(number)),
);
const change = fc.record({ id, goes: fc.boolean() });

it('a table after changes, and its list, are what a copy that is changed is and says', () => {
  fc.assert(
    fc.property(fc.array(fc.array(change, { size: 'medium' })), (rounds) => {
      let nodes: Readonly<Record<string, GraphNode>> = {};
      nodesOf({ nodes });
      let count = 0;
      for (const changes of rounds) {
        const [table, copy] = [openTable(nodes), { ...nodes }];
        for (const each of changes) {
          count += 1;
          if (each.goes) {
            table.remove(each.id);
            delete copy[each.id];
          } else {
            table.put(each.id, node(each.id, count));
            copy[each.id] = node(each.id, count);
          }
          expect(table.get(each.id)).toEqual(copy[each.id]);
        }
        nodes = table.close();
        expect(Object.entries(nodes)).toEqual(Object.entries(copy));
        expect(nodesOf({ nodes })).toEqual(Object.values(nodes));
      }
    }),
  );
});
