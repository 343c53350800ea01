import { expect, it } from 'vitest';
import { networkOf } from '../../shared/testing/networks';
import { deletionName, layersInWords, wiringName } from './stepNames';

const { graph } = networkOf({ image: ['input', { shape: [8] }], a: ['relu'], b: ['relu'] }, ['image → a → b']);
const noted = {
  ...graph,
  annotations: { n: { kind: 'note' as const, id: 'n', text: '', position: { x: 0, y: 0 }, size: { width: 10, height: 10 } } },
};
const selection = (nodes: readonly string[], edges: readonly string[] = [], annotations: readonly string[] = []) => ({
  nodes: new Set(nodes),
  edges: new Set(edges),
  annotations: new Set(annotations),
});

it('a step says of what it is', () => {
  expect(layersInWords(graph, ['a'])).toBe('a');
  expect(layersInWords(graph, ['a', 'b'])).toBe('2 layers');
  expect(deletionName(graph, selection(['a'], ['image → a']))).toBe('Delete a');
  expect(deletionName(graph, selection(['a', 'b']))).toBe('Delete 2 layers');
  expect(deletionName(graph, selection([], ['image → a']))).toBe('Delete a wire');
  expect(deletionName(graph, selection([], ['image → a', 'a → b']))).toBe('Delete 2 wires');
  expect(deletionName(noted, selection([], [], ['n']))).toBe('Delete a note');
  expect(wiringName(graph, 'a', 'b')).toBe('Wire a to b');
  expect(wiringName(graph, 'a', 'gone')).toBe('Wire');
});
