import { alone, conv, end, input, mended, type ProblemCase } from './problemCase';

/** Values that are refused, by themselves or for what arrives. */
export const parameterCases: readonly ProblemCase[] = [
  alone('param/invalid', 'layer: filters 0 → 32', input(8, 8, 3), ['conv2d', { filters: 0 }]),
  alone('param/invalid', 'layer: kernel x → 3', input(8, 8, 3), ['conv2d', { kernelSize: 'x' }]),
  alone('param/invalid', 'layer: rate 2 → 0.5', input(8, 8, 3), ['dropout', { rate: 2 }]),
  mended(
    'param/identity-with-strides',
    's: strides 2 → 1',
    { image: input(8, 8, 4), s: ['shortcut', { strides: [2, 2] }], a: conv(4), add: ['add'], end },
    ['image → s', 's:preActivated → a → add:inputs.0', 's:shortcut → add:inputs.1', 'add → end'],
  ),
  alone('param/strides-and-dilation', 'layer: dilation 2 → 1', input(8, 8, 3), conv(8, 2, { dilationRate: [2, 2] })),
  alone('param/unequal-strides', 'layer: strides 2×1 → 2', input(8, 8, 3), ['depthwiseConv2d', { strides: [2, 1], padding: 'same' }]),
  alone('param/output-padding', 'layer: outputPadding 2 → none', input(8, 8, 3), [
    'conv2dTranspose',
    { strides: [2, 2], outputPadding: 2 },
  ]),
  alone('param/reflect', 'layer: fill reflect → zeros', input(3, 3, 3), ['pad', { mode: 'explicit', top: 4, fill: 'reflect' }]),
  alone('param/target-shape', 'layer: target shape 8×20 → 8×24', input(8, 8, 3), ['reshape', { targetShape: [8, 20] }]),
  mended('param/axis', 'join: axis 5 → none', { image: input(8, 8, 4), a: conv(4), join: ['concatenate', { axis: 5 }], end }, [
    'image → a → join:inputs.0',
    'image → join:inputs.1',
    'join → end',
  ]),
  mended(
    'param/axis',
    'dot: axes 3, 1 → -1, -1',
    { row: input(16), left: ['dense', { units: 8 }], right: ['dense', { units: 8 }], dot: ['dot', { axes: [3, 1] }], end },
    ['row → left → dot:a', 'row → right → dot:b', 'dot → end'],
  ),
  alone('param/mask-zero', 'layer: maskZero on → off', ['input', { shape: [4, 5], dtype: 'int32' }], ['embedding', { maskZero: true }]),
  alone('param/crop', 'layer: top 2 → 1', input(4, 4, 3), ['cropping2d', { top: 2, bottom: 2 }]),
  alone('param/groups', 'layer: groups 4 → 2', input(8, 8, 6), conv(8, 1, { groups: 4 })),
  alone('param/groups', 'layer: groups 4 → 3', input(8, 8, 6), ['groupNormalization', { groups: 4 }]),
  alone(
    'param/constraint-axis',
    'layer: kernelConstraint maxNorm → none',
    input(8, 8, 3),
    conv(8, 1, { kernelConstraint: { kind: 'maxNorm', maxValue: 2, axis: [4] } }),
  ),
  alone('param/dims', 'layer: dims 2, 1 → 2, 1, 3', input(8, 8, 6), ['permute', { dims: [2, 1] }]),
  alone('param/dims', 'layer: dims 2, 1 → 2, 1, 3', input('H', 'W', 6), ['permute', { dims: [2, 1] }]),
  alone('param/fewer-channels', 'layer: channels 4 → 6', input(8, 8, 6), ['padChannels', { channels: 4 }]),
  alone('param/crop-larger-than-image', 'input: crop to 16 → 8', ['input', { shape: [8, 8, 3], minAspectDim: 8, resizeDim: 16 }], conv(8)),
  alone(
    'param/other-image-size',
    'input: shape 8×8×3 → 16×16×3',
    ['input', { shape: [8, 8, 3], minAspectDim: 16, resizeDim: 16 }],
    conv(8),
  ),
];
