import { masksIn } from '../../infer/masks';
import { allLayers } from '../../layers/index';
import type { AnyLayer } from '../../layers/define';
import { defaultParams } from '../../layers/parse';
import type { Rule } from './look';

/** Whether a sequence can arrive at a layer at all; its examples say what it is given. */
function readsSequences({ examples }: AnyLayer): boolean {
  const shapes = examples.flatMap(({ inputs }) => Object.values(inputs).flatMap((shape) => (isList(shape) ? shape : [shape])));
  return shapes.some((shape) => shape.length === 3);
}

function isList(shape: AnyLayer['examples'][number]['inputs'][string]): shape is readonly (readonly ['batch', ...number[]])[] {
  return Array.isArray(shape[0]);
}

/** Layers at which a mask can end, though they do not look at it. */
const LOSING = allLayers.flatMap((layer) => {
  const use = layer.masks(defaultParams(layer));
  return use === 'joins' || (use === 'loses' && readsSequences(layer)) ? [layer.type] : [];
});

/** A mask that ends where nobody looks at it: from there on the steps that were filled up count again. */
export const maskLost: Rule = {
  code: 'practice/mask-lost',
  types: LOSING,
  sees: 'before',
  look({ flat, order }, { path }) {
    const { masked, lost } = masksIn(flat, order);
    const use = lost.get(path);
    if (!use) return undefined;
    const sources = (flat.incoming.get(path) ?? []).map(({ from }) => from.node);
    const first = sources.find((source) => masked.has(source) === (use === 'loses'));
    const name = (first === undefined ? undefined : flat.nodes.get(first)?.name) ?? 'a layer before';
    const message =
      use === 'joins'
        ? `some of its inputs have a mask and ${name} has none, so that none leaves it: from here on all steps count. Mask each input, or join them behind the layer that ends the sequence.`
        : `it does not know which steps of ${name} are masked, and what follows does not either: steps that only fill up count here. Put it behind a layer that reads the mask (LSTM, GRU, attention, globalAveragePooling1d), or do without the mask.`;
    return { code: this.code, message };
  },
};
