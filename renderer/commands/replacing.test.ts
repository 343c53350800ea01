import { beforeEach, expect, it } from 'vitest';
import { networkOf } from '../../shared/testing/networks';
import { useDocument } from '../state/document';
import { useSession } from '../state/session';
import { replacements, replaceSelection } from './replacing';
import { addableEntries } from './search';

const found = (query = '') => replacements(addableEntries({ blocks: {} }, []), query);
const names = (query = '') => found(query).map(({ entry }) => entry.name);

beforeEach(() => {
  const document = networkOf(
    { image: ['input', { shape: [8, 8, 3] }], a: ['conv2d', { filters: 24, strides: 2, padding: 'same' }], b: ['relu'], out: ['output'] },
    ['image → a → b → out'],
  );
  useDocument.getState().load({ document, file: null, title: 'Untitled', isDirty: false });
  useSession.getState().reset();
});

it('of one layer its own kind comes first, with the shapes that its values would give, and what does not fit last', () => {
  useSession.getState().select(['a']);
  const [first, second] = found();
  expect([first, second].map((one) => one?.entry.kind)).toEqual(['convolution', 'convolution']);
  expect(found().find(({ entry }) => entry.name === 'separableConv2d')?.fit).toEqual({ kind: 'gives', shape: '4×4×24' });
  const order = names();
  expect(order.indexOf('relu')).toBeLessThan(order.indexOf('conv1d'));
  expect(order.indexOf('separableConv2d')).toBeLessThan(order.indexOf('relu'));
  expect(order.indexOf('input')).toBeGreaterThan(order.indexOf('relu'));
});

it('a search goes by its words, and several layers by the list', () => {
  useSession.getState().select(['a']);
  expect(names('dense')[0]).toBe('dense');
  useSession.getState().select(['a', 'b']);
  expect(names()[0]).toBe('input');
  expect(found()[0]?.fit).toBeUndefined();
});

it('the wires and the values that both know stay', () => {
  useSession.getState().select(['a']);
  const entry = found().find(({ entry: { name } }) => name === 'separableConv2d')?.entry;
  if (entry) replaceSelection(entry);
  const { nodes, edges } = useDocument.getState().document.graph;
  expect(nodes['a']).toMatchObject({ type: 'separableConv2d', params: { filters: 24, strides: 2, padding: 'same' } });
  expect(Object.values(edges)).toHaveLength(3);
});
