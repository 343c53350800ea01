import { beforeEach, describe, expect, it, vi } from 'vitest';
import { heatOf, withBlockSums } from '../../shared/infer/heat';
import { networkOf } from '../../shared/testing/networks';
import { useDocument } from './document';
import { useHeat, type HeatSource } from './heat';

const network = networkOf(
  {
    image: ['input', { shape: [8, 8, 3] }],
    a: ['conv2d', { filters: 4, kernelSize: [3, 3], padding: 'same', useBias: false }],
    b: ['conv2d', { filters: 2, kernelSize: [1, 1], padding: 'same', useBias: false }],
  },
  ['image → a → b'],
);
const labels = () => [...useHeat.getState().values].map(([path, { share, label }]) => [path, Number(share.toFixed(3)), label]);

beforeEach(() => {
  useHeat.getState().choose(null);
  useDocument.getState().load({ document: network, file: null, title: 'n', isDirty: false });
});

describe('the heat map', () => {
  it('shows the figure of each layer and its share of the largest', () => {
    useHeat.getState().choose('parameters');
    expect(labels()).toEqual([
      ['image', 0, '0'],
      ['a', 1, '108'],
      ['b', 0.074, '8'],
    ]);
    useHeat.getState().choose('field');
    expect(useHeat.getState().values.get('b')).toEqual({ share: 1, label: '3×3' });
  });

  it('follows an edit in a moment', async () => {
    useHeat.getState().choose('parameters');
    useDocument
      .getState()
      .edit(
        'More',
        [{ kind: 'setParams', graph: 'network', id: 'b', params: { ...network.graph.nodes['b']?.params, filters: 54 } }],
        'record',
      );
    await vi.waitFor(() => expect(useHeat.getState().values.get('b')).toEqual({ share: 1, label: '216' }));
  });

  it('says of what was measured elsewhere that the network is another one since', async () => {
    const measuredOf = useDocument.getState().analysis;
    useHeat.getState().offer({ id: 'old', title: 'Old', meaning: '', measure: () => new Map(), isOld: (now) => now !== measuredOf });
    useHeat.getState().choose('old');
    expect(useHeat.getState().isOld).toBe(false);
    const params = { ...network.graph.nodes['b']?.params, filters: 7 };
    useDocument.getState().edit('Other', [{ kind: 'setParams', graph: 'network', id: 'b', params }], 'record');
    await vi.waitFor(() => expect(useHeat.getState().isOld).toBe(true));
    useHeat.getState().choose('macs');
    expect(useHeat.getState().isOld).toBe(false);
    useHeat.getState().withdraw('old');
  });

  it('says so where only how it is trained is another way since', async () => {
    const { training } = useDocument.getState().document;
    useHeat.getState().offer({
      id: 'old',
      title: 'Old',
      meaning: '',
      measure: () => new Map(),
      isOld: () => useDocument.getState().document.training !== training,
    });
    useHeat.getState().choose('old');
    useDocument.getState().edit('Batch', (document) => ({ ...document, training: { ...training, batchSize: 3 } }), 'record');
    await vi.waitFor(() => expect(useHeat.getState().isOld).toBe(true));
    useHeat.getState().withdraw('old');
  });

  it('takes what was measured elsewhere, and lets it go', () => {
    const offer = (a: number) =>
      useHeat.getState().offer({
        id: 'time',
        title: 'Time',
        meaning: '',
        measure: () => heatOf(withBlockSums(new Map([['a', a]])), (value) => `${value} ms`),
      });
    offer(3);
    useHeat.getState().choose('time');
    offer(5);
    expect(labels()).toEqual([['a', 1, '5 ms']]);
    useHeat.getState().withdraw('time');
    expect([useHeat.getState().shown, labels()]).toEqual([null, []]);
  });

  it('keeps each source in its place in the list, and the list where nothing in it is new', () => {
    const { offer, withdraw } = useHeat.getState();
    const source = (id: string): HeatSource => ({ id, title: id, meaning: '', measure: () => new Map() });
    const [first, second] = [source('first'), source('second')];
    offer(first);
    offer(second);
    const { sources } = useHeat.getState();
    offer(first);
    expect(useHeat.getState().sources).toBe(sources);
    const again = source('first');
    offer(again);
    expect(
      useHeat
        .getState()
        .sources.slice(-2)
        .map((one) => [again, second].indexOf(one)),
    ).toEqual([0, 1]);
    withdraw('first');
    withdraw('second');
  });
});
