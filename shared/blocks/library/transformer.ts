import type { BlockParameter } from '../../document/document';
import { blockOf, computed, type Drawing } from '../drawing';

const parameters: readonly BlockParameter[] = [
  { name: 'width', default: 64, description: 'Channels of each step.' },
  { name: 'heads', default: 4, description: 'Attentions side by side.' },
  { name: 'hidden', default: 256, description: 'Units of the dense layer in between.' },
  { name: 'dropout', default: 0.1, description: 'Share of what each path computes that is dropped in training.' },
];
const norm = { epsilon: 1e-6 } as const;

function attention(d: Drawing, x: string, keyDim: string): string {
  const seen = d.add('attention', 'multiHeadAttention', { numHeads: computed('heads'), keyDim: computed(keyDim) }, x, x);
  return d.add('attention_dropout', 'dropout', { rate: computed('dropout') }, seen);
}

function feedForward(d: Drawing, x: string, activation: string): string {
  const wide = d.add(`hidden_${activation}`, activation, {}, d.add('hidden', 'dense', { units: computed('hidden') }, x));
  return d.add('output_dropout', 'dropout', { rate: computed('dropout') }, d.add('output', 'dense', { units: computed('width') }, wide));
}

/** With the norms on the paths and the shortcuts left free (Xiong et al. 2020), as vision transformers have it. */
export const transformerEncoder = blockOf(
  {
    id: 'transformerEncoder',
    name: 'transformer encoder',
    keywords: ['attention', 'vit', 'pre-norm'],
    description: 'Attention and two dense layers, each behind a norm and inside a shortcut (pre-norm).',
    parameters,
  },
  (d, x) => {
    const seen = attention(d, d.add('norm1', 'layerNormalization', norm, x), 'width / heads');
    const middle = d.add('add1', 'add', {}, x, seen);
    return d.add('add2', 'add', {}, middle, feedForward(d, d.add('norm2', 'layerNormalization', norm, middle), 'gelu'));
  },
);

/** With a norm after each add, as in the first transformer (Vaswani et al. 2017). */
export const postNormEncoder = blockOf(
  {
    id: 'postNormEncoder',
    name: 'transformer post-norm',
    keywords: ['attention', 'bert'],
    description: 'Attention and two dense layers, each inside a shortcut with a norm after the add, as in 2017.',
    parameters: [...parameters, { name: 'keyDim', default: 16, description: 'Channels of each attention.' }],
  },
  (d, x) => {
    const middle = d.add('norm1', 'layerNormalization', norm, d.add('add1', 'add', {}, x, attention(d, x, 'keyDim')));
    return d.add('norm2', 'layerNormalization', norm, d.add('add2', 'add', {}, middle, feedForward(d, middle, 'relu')));
  },
);
