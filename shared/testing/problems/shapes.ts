import { alone, conv, end, input, mended, relu, type ProblemCase } from './problemCase';

/** One layer and what arrives there. */
export const shapeCases: readonly ProblemCase[] = [
  alone('shape/kernel-larger-than-input', 'layer: padding valid → consistent', input(3, 3, 4), ['conv2d', { kernelSize: [7, 7] }]),
  mended(
    'shape/rank',
    'Take flat out',
    { image: input(8, 8, 4), flat: ['flatten'], conv: conv(8), pool: ['globalAveragePooling2d'], end },
    ['image → flat → conv → pool → end'],
  ),
  alone('shape/rank', 'Reshape 784 to the image 28×28×1 before layer', input(784), conv(8)),
  alone('shape/rank', 'Make layer a Conv1D', input(16, 3), ['conv2d']),
  alone('shape/rank', 'Make layer an AveragePooling1D', input(16, 3), ['averagePooling2d']),
  alone('shape/rank', 'Reshape 8×8×3 to the sequence 64×3: each pixel is a step', input(8, 8, 3), ['conv1d']),
  alone('shape/rank', 'Average over height and width before layer (globalAveragePooling2d)', input(8, 8, 3), ['repeatVector']),
  alone('shape/rank', 'Flatten before layer', input(8, 8, 3), ['repeatVector']),
  alone('shape/rank', 'Average over the steps before layer (globalAveragePooling1d)', input(8, 3), ['repeatVector']),
  alone('shape/dense-on-image', 'Average over height and width (globalAveragePooling2d) before layer', input(8, 8, 3), ['dense']),
  alone('shape/unknown-channels', 'Give input fixed sizes: 8×8×C → 8×8×3', input(8, 8, 'C'), ['conv2d']),
  mended(
    'shape/unknown-features',
    'Make flat a GlobalAveragePooling2D',
    { image: input('H', 'W', 3), conv: conv(4), flat: ['flatten'], dense: ['dense'], end },
    ['image → conv → flat → dense → end'],
  ),
  alone('shape/unknown-features', 'Give input fixed sizes: F → 64', input('F'), ['dense']),
  alone('shape/unknown-size', 'layer: interpolation bilinear → nearest', input('H', 'W', 3), [
    'upSampling2d',
    { interpolation: 'bilinear' },
  ]),
  alone('shape/unknown-size', 'Give input fixed sizes: H×W×3 → 224×224×3', input('H', 'W', 3), ['resize']),
  alone('shape/unknown-steps', 'Give input fixed sizes: T×3 → 128×3', input('T', 3), ['lstm']),
  alone('shape/sequence', 'Reshape 8×8×3 to the sequence 64×3: each pixel is a step', input(8, 8, 3), ['lstm']),
  mended(
    'shape/sequence',
    'Reshape 6×6×8 to the sequence 36×8: each pixel is a step',
    { image: input(6, 6, 8), attend: ['multiHeadAttention', { numHeads: 2, keyDim: 4 }], conv: conv(8), end },
    ['image → conv → attend:query', 'conv → attend:value', 'attend → end'],
  ),
  alone('shape/sequence-length', 'layer: sequenceLength 4 → 8', input(8, 3), ['positionEmbedding', { sequenceLength: 4 }]),
  alone('shape/too-many-steps', 'Average every 8 steps before layer: 1000 → 125', input(1000, 3), ['gru']),
  alone('shape/many-steps', 'Average every 3 steps before layer: 300 → 100', input(300, 3), ['gru']),
  alone('shape/channels', 'Put a 1×1 conv2d of 8 filters before layer', input(8, 8, 6), ['pixelShuffle']),
  mended('shape/odd-channels', 'conv: filters 11 → 12', { image: input(8, 8, 3), conv: conv(11), relu, glu: ['glu'], end }, [
    'image → conv → relu → glu → end',
  ]),
  alone('shape/odd-channels', 'Put a dense of 4 units before layer', input(3), ['glu']),
  alone('shape/crop-larger-than-input', 'Resize to 24×24 before layer', input(20, 20, 3), ['randomCrop', { height: 24, width: 24 }]),
  alone('shape/crop-larger-than-input', 'layer: height 24 → 20, width 24 → 20', input(20, 20, 3), ['randomCrop']),
  alone('shape/patches', 'layer: patches 16 → 15', input(30, 30, 3), ['patchEmbedding']),
  alone('type/element', 'Put an embedding before layer', ['input', { shape: [8], dtype: 'int32' }], ['dense']),
  alone('type/element', 'input: dtype float32 → int32', input(8), ['embedding']),
];
