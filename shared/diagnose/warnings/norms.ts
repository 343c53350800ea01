import { before, onlyAfter, type Rule } from './look';

const NORMS = new Set(['batchNormalization', 'preActivation']);

/** A bias in front of a norm that takes the mean away again. */
export const biasBeforeNorm: Rule = {
  code: 'practice/bias-before-norm',
  types: ['conv2d', 'conv1d', 'dense', 'depthwiseConv2d', 'separableConv2d', 'conv2dTranspose', 'conv3d'],
  sees: 'near',
  look(network, node, known) {
    const next = onlyAfter(network, node.path);
    if (!next || !NORMS.has(next.type) || !known.weights.some(({ name }) => name === 'bias')) return undefined;
    return {
      code: this.code,
      param: 'useBias',
      message: `its bias is taken away again by ${next.name}, which subtracts each channel’s mean. Switch the bias off: it only costs.`,
    };
  },
};

/** Dropout shifts the variance that the norm has learned. */
export const dropoutBeforeNorm: Rule = {
  code: 'practice/dropout-before-norm',
  types: ['dropout', 'spatialDropout2d'],
  sees: 'near',
  look(network, node) {
    const next = onlyAfter(network, node.path);
    if (!next || !NORMS.has(next.type)) return undefined;
    return {
      code: this.code,
      message: `it stands directly before ${next.name}, whose variance is then another in training than in use (Li et al. 2018, arXiv:1801.05134). Put it after the last norm, or take it out.`,
    };
  },
};

const LINEAR = new Set(['dense', 'conv1d', 'conv2d']);

/** Two linear layers in a row are one linear layer. */
export const twoLinear: Rule = {
  code: 'practice/two-linear-layers',
  types: [...LINEAR],
  sees: 'near',
  look(network, node) {
    const source = before(network, node.path);
    if (!source || !LINEAR.has(source.type) || onlyAfter(network, source.path) !== node) return undefined;
    return {
      code: this.code,
      message: `${source.name} feeds it with no nonlinearity between them: together they can do no more than one linear layer. Put an activation between them, or take one out.`,
    };
  },
};
