import { describe, expect, it } from 'vitest';
import { findLayer } from './index';
import { fits, paramFields } from './paramFields';

/** Arguments as PyTorch 2 documents them. */
const signatures: Readonly<Record<string, readonly string[]>> = {
  conv2d: ['in_channels', 'out_channels', 'kernel_size', 'stride', 'padding', 'dilation', 'groups', 'bias', 'padding_mode'],
  shortcut: ['in_channels', 'out_channels', 'kernel_size', 'stride', 'bias', 'eps', 'momentum'],
  dense: ['in_features', 'out_features', 'bias'],
  batchNormalization: ['num_features', 'eps', 'momentum', 'affine', 'track_running_stats'],
  preActivation: ['num_features', 'eps', 'momentum', 'affine', 'track_running_stats'],
  maxPooling2d: ['kernel_size', 'stride', 'padding', 'dilation', 'return_indices', 'ceil_mode'],
  averagePooling2d: ['kernel_size', 'stride', 'padding', 'ceil_mode', 'count_include_pad', 'divisor_override'],
  dropout: ['p', 'inplace'],
  concatenate: ['tensors', 'dim'],
  pad: ['padding', 'mode'],
};
/** What only Keras or Skipwire sets. */
const without = [
  ...['kernel', 'bias', 'gamma', 'beta'].flatMap((weight) => [`${weight}Initializer`, `${weight}Regularizer`, `${weight}Constraint`]),
  'mode',
  'kernelSize',
];

describe('a parameter that may be none', () => {
  it.each(['maxPooling1d', 'maxPooling2d', 'maxPooling3d'])('of %s has a control of its sizes, and none fits it', (type) => {
    const [size, strides] = paramFields(findLayer(type) as never).map(({ control }) => control);
    expect(strides).toMatchObject({ kind: size?.kind, nullable: true });
    expect([strides, size].map((control) => control && fits(control, null))).toEqual([true, false]);
  });
});

describe('a parameter beside PyTorch', () => {
  it.each(Object.entries(signatures))('%s has its argument’s name', (type, signature) => {
    const layer = findLayer(type);
    for (const { name, torch } of layer ? paramFields(layer) : []) {
      if (torch === undefined) expect(without).toContain(name);
      else expect(signature).toContain(torch);
    }
    expect(layer).toBeDefined();
  });

  it('keeps its description, and says what differs and what is counted', () => {
    const fields = ['conv2d', 'batchNormalization'].flatMap((type) => paramFields(findLayer(type) as never));
    expect(fields.find(({ name }) => name === 'strides')).toMatchObject({
      description: 'Step of the kernel along height and width.',
      torch: 'stride',
      unit: 'pixels',
    });
    expect(fields.find(({ name }) => name === 'momentum')).toMatchObject({ torchNote: 'PyTorch’s momentum is 1 − this.' });
  });
});
