import type { SkipDocument } from '../document/document';
import { networkOf, type Sketch } from './networks';

interface Sketchpad {
  /** Appends a layer fed from `sources` (`name` or `name:port`, with the port it goes to after a space) and gives its name. */
  add(name: string, sketch: Sketch, ...sources: readonly string[]): string;
  document(): SkipDocument;
}

/** Layers and wires gathered while a network is laid out. */
function sketchpad(): Sketchpad {
  const layers: Record<string, Sketch> = {};
  const wires: string[] = [];
  return {
    add(name, sketch, ...sources) {
      layers[name] = sketch;
      for (const source of sources) {
        const [from = '', port = 'x'] = source.split(' ');
        wires.push(`${from} → ${name}:${port}`);
      }
      return name;
    },
    document: () => networkOf(layers, wires),
  };
}

interface Convolution {
  readonly filters: number;
  readonly size: number;
  readonly stride?: number;
}

/** TensorFlow's own padding, so that a peer needs no layer of its own for it: the work is the same. */
function conv({ filters, size, stride = 1 }: Convolution): Sketch {
  const params = { filters, kernelSize: [size, size], strides: [stride, stride], padding: 'same', useBias: false };
  return ['conv2d', { ...params, kernelInitializer: 'heNormal' }];
}

/** [pre-activation + shortcut] → the convolutions with pre-activations between them → add. */
function residualBlock(pad: Sketchpad, x: string, name: string, convolutions: readonly Convolution[], projects: boolean): string {
  const stride = convolutions.reduce((product, { stride: own = 1 }) => product * own, 1);
  const filters = projects ? (convolutions.at(-1)?.filters ?? null) : null;
  const opened = pad.add(`${name}shortcut`, ['shortcut', { filters, strides: [stride, stride] }], x);
  let value = `${opened}:preActivated`;
  for (const [index, convolution] of convolutions.entries()) {
    if (index > 0) value = pad.add(`${name}preActivation${index}`, ['preActivation'], value);
    value = pad.add(`${name}conv${index}`, conv(convolution), value);
  }
  return pad.add(`${name}add`, ['add'], `${value} inputs.0`, `${opened}:shortcut inputs.1`);
}

function classifier(pad: Sketchpad, x: string, classes: number): SkipDocument {
  const pool = pad.add('pool', ['globalAveragePooling2d'], x);
  const scores = pad.add('scores', ['dense', { units: classes }], pool);
  pad.add('out', ['output'], pad.add('probabilities', ['softmax'], scores));
  return pad.document();
}

/** The pre-activation ResNet of 6n + 2 layers over 32×32 images (He et al. 2016): stages of 16, 32 and 64 filters. */
export function cifarResnet(depth: 20 | 32 | 44 | 56 | 110): SkipDocument {
  const pad = sketchpad();
  let x = pad.add('stem', conv({ filters: 16, size: 3 }), pad.add('image', ['input', { shape: [32, 32, 3] }]));
  for (const [stage, filters] of [16, 32, 64].entries()) {
    for (let block = 0; block < (depth - 2) / 6; block += 1) {
      const opens = block === 0 && stage > 0;
      const convolutions = [
        { filters, size: 3, stride: opens ? 2 : 1 },
        { filters, size: 3 },
      ];
      x = residualBlock(pad, x, `s${stage}b${block}`, convolutions, opens);
    }
  }
  return classifier(pad, pad.add('last', ['preActivation'], x), 10);
}

const STAGES = { 18: [2, 2, 2, 2], 34: [3, 4, 6, 3], 50: [3, 4, 6, 3], 101: [3, 4, 23, 3], 152: [3, 8, 36, 3] } as const;

/** The pre-activation ResNets for ImageNet over 224×224 images: basic blocks below 50 layers, bottlenecks from there on. */
export function imageNetResnet(depth: keyof typeof STAGES, size = 224, classes = 1000): SkipDocument {
  const pad = sketchpad();
  const stem = pad.add('stem', conv({ filters: 64, size: 7, stride: 2 }), pad.add('image', ['input', { shape: [size, size, 3] }]));
  let x = pad.add('stemPool', ['maxPooling2d', { poolSize: [3, 3], strides: [2, 2], padding: 'same' }], stem);
  for (const [stage, blocks] of STAGES[depth].entries()) {
    const filters = 64 * 2 ** stage;
    for (let block = 0; block < blocks; block += 1) {
      const stride = block === 0 && stage > 0 ? 2 : 1;
      const convolutions =
        depth < 50
          ? [
              { filters, size: 3, stride },
              { filters, size: 3 },
            ]
          : [
              { filters, size: 1 },
              { filters, size: 3, stride },
              { filters: 4 * filters, size: 1 },
            ];
      x = residualBlock(pad, x, `s${stage}b${block}`, convolutions, block === 0);
    }
  }
  return classifier(pad, pad.add('last', ['preActivation'], x), classes);
}

/** MobileNetV2 (Sandler et al. 2018, table 2): expansion, filters, blocks and stride of each stage. */
const INVERTED = [
  [1, 16, 1, 1],
  [6, 24, 2, 1],
  [6, 32, 3, 2],
  [6, 64, 4, 2],
  [6, 96, 3, 1],
  [6, 160, 3, 2],
  [6, 320, 1, 1],
] as const;

/** A convolution, its norm and, where `isOpen` is not set, ReLU6. */
function normalized(pad: Sketchpad, x: string, name: string, layer: Sketch, isOpen = false): string {
  const norm = pad.add(`${name}norm`, ['batchNormalization'], pad.add(name, layer, x));
  return isOpen ? norm : pad.add(`${name}relu`, ['relu', { maxValue: 6 }], norm);
}

/**
 * Keras counts all channels among a depthwise kernel's fans, so that kernels of many channels start tiny; behind them a norm makes the
 * gradients as large. Nine numbers each make one, which is what counts here.
 */
function depthwise(stride: number): Sketch {
  const depthwiseInitializer = { kind: 'randomNormal', stddev: Math.sqrt(2 / 9) };
  return ['depthwiseConv2d', { kernelSize: [3, 3], strides: [stride, stride], padding: 'same', useBias: false, depthwiseInitializer }];
}

/** MobileNetV2 as it is used for images of 32×32: the first stride and that of the second stage are 1. */
export function mobileNetV2(size = 32, classes = 10): SkipDocument {
  const pad = sketchpad();
  let x = normalized(pad, pad.add('image', ['input', { shape: [size, size, 3] }]), 'stem', conv({ filters: 32, size: 3 }));
  let before = 32;
  for (const [stage, [expansion, filters, blocks, opens]] of INVERTED.entries()) {
    for (let block = 0; block < blocks; block += 1) {
      const name = `s${stage}b${block}`;
      const stride = block === 0 ? opens : 1;
      const wide = expansion === 1 ? x : normalized(pad, x, `${name}expand`, conv({ filters: before * expansion, size: 1 }));
      const inner = normalized(pad, wide, `${name}depthwise`, depthwise(stride));
      const narrow = normalized(pad, inner, `${name}project`, conv({ filters, size: 1 }), true);
      x = stride === 1 && before === filters ? pad.add(`${name}add`, ['add'], `${x} inputs.0`, `${narrow} inputs.1`) : narrow;
      before = filters;
    }
  }
  return classifier(pad, normalized(pad, x, 'head', conv({ filters: 1280, size: 1 })), classes);
}

/** A transformer encoder in pre-norm form (Xiong et al. 2020) over embedded steps, averaged and classified. */
export function transformerEncoder({ steps = 64, width = 128, heads = 4, blocks = 4, classes = 10 } = {}): SkipDocument {
  const pad = sketchpad();
  let x = pad.add('embedding', ['dense', { units: width }], pad.add('steps', ['input', { shape: [steps, width] }]));
  for (let block = 0; block < blocks; block += 1) {
    const name = `b${block}`;
    const normed = pad.add(`${name}norm1`, ['layerNormalization'], x);
    const attention: Sketch = ['multiHeadAttention', { numHeads: heads, keyDim: width / heads }];
    const seen = pad.add(`${name}attention`, attention, `${normed} query`, `${normed} value`);
    const middle = pad.add(`${name}add1`, ['add'], `${x} inputs.0`, `${seen} inputs.1`);
    const wide = pad.add(`${name}dense1`, ['dense', { units: 4 * width }], pad.add(`${name}norm2`, ['layerNormalization'], middle));
    const narrow = pad.add(`${name}dense2`, ['dense', { units: width }], pad.add(`${name}gelu`, ['gelu'], wide));
    x = pad.add(`${name}add2`, ['add'], `${middle} inputs.0`, `${narrow} inputs.1`);
  }
  const pool = pad.add('pool', ['globalAveragePooling1d'], pad.add('norm', ['layerNormalization'], x));
  const scores = pad.add('scores', ['dense', { units: classes }], pool);
  pad.add('out', ['output'], pad.add('probabilities', ['softmax'], scores));
  return pad.document();
}
