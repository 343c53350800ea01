import { expect, it } from 'vitest';
import { resnet } from '../../shared/blocks/templates/resnet';
import { buildTemplate } from '../../shared/blocks/templates/template';
import { createStreams } from './useStreams';

it('streams are looked for again when a node becomes another block at the same wires, and not when one is moved', () => {
  const { graph, blocks } = buildTemplate(resnet, 'test', { layers: 152 });
  const streamsNow = createStreams();
  const before = streamsNow(graph, blocks);
  expect(before.size).toBeGreaterThan(0);

  const stage = Object.values(graph.nodes).find(({ name }) => name === 'stage1');
  if (!stage) throw new Error('there is no stage1');
  const changed = (change: Partial<typeof stage>) => ({ ...graph, nodes: { ...graph.nodes, [stage.id]: { ...stage, ...change } } });
  expect(streamsNow(changed({ position: { x: 1, y: 2 } }), blocks)).toBe(before);

  const replaced = changed({ block: 'missing' });
  expect(streamsNow(replaced, blocks)).toEqual(createStreams()(replaced, blocks));
  expect(streamsNow(replaced, blocks)).not.toEqual(before);
});
