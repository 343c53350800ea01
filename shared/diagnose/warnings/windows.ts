import { imageAxes } from '../../graph/tensor';
import { after, pairOf, wholeOf, type Network, type Rule } from './look';

/** A window smaller than its stride never looks at some pixels; a projection on a shortcut is meant so. */
export const skippedPixels: Rule = {
  code: 'practice/skipped-pixels',
  types: ['conv2d', 'maxPooling2d', 'averagePooling2d'],
  sees: 'near',
  look(network, { path, params, type }) {
    const isConvolution = type === 'conv2d';
    const size = pairOf(params[isConvolution ? 'kernelSize' : 'poolSize'] ?? (isConvolution ? 3 : 2));
    const strides = pairOf(params['strides'] ?? (isConvolution ? 1 : size));
    const skips = size.some((side, axis) => side < (strides[axis] as number));
    if (!skips || endsInMerge(network, path)) return undefined;
    const share = size.reduce((part, side, axis) => part * Math.min(1, side / (strides[axis] as number)), 1);
    return {
      code: this.code,
      param: 'strides',
      message: `with strides ${strides.join('×')} its ${size.join('×')} window never looks at ${Math.round((1 - share) * 100)} % of the pixels. Use a window at least as large as the strides, or pool before it.`,
    };
  },
};

function endsInMerge(network: Network, path: string): boolean {
  const next = after(network, path);
  const beyond = next.flatMap((node) => (node.type === 'batchNormalization' ? after(network, node.path) : [node]));
  return beyond.some(({ type }) => type === 'add');
}

/** Nothing is left to look at but the padding. */
export const downsampledEarly: Rule = {
  code: 'practice/downsampled-early',
  types: ['conv2d'],
  sees: 'own',
  look({ flat }, { params }, known) {
    const shape = known.inputs['x']?.shape;
    const axes = imageAxes(flat.dataFormat);
    const size = pairOf(params['kernelSize'] ?? 3);
    if (shape?.length !== 4 || shape[axes.height] !== 1 || shape[axes.width] !== 1 || Math.max(...size) === 1) return undefined;
    return {
      code: this.code,
      param: 'kernelSize',
      message: `its input is down to 1×1, so all of its ${size.join('×')} kernel but the middle looks at padding. Use fewer strides before it, a larger input, or a 1×1 kernel.`,
    };
  },
};

/** The same size, but the weights look at other pixels than in the rest of the family. */
export const otherPadding: Rule = {
  code: 'practice/other-padding',
  types: ['conv2d'],
  sees: 'near',
  look(network, { params }) {
    const strides = pairOf(params['strides'] ?? 1);
    const size = pairOf(params['kernelSize'] ?? 3);
    if (params['padding'] !== 'same' || Math.max(...strides) === 1 || Math.max(...size) === 1 || !wholeOf(network).padsConsistently)
      return undefined;
    return {
      code: this.code,
      param: 'padding',
      message:
        'it pads as TensorFlow’s “same” where the other convolutions with strides pad consistently: the size is the same, but its weights look at other pixels. Use padding “consistent”.',
    };
  },
};
