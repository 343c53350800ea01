import * as tf from '@tensorflow/tfjs';
import type { SkipDocument } from '../document/document';
import type { Params } from '../graph/graph';
import { formatShape } from '../graph/tensor';
import { analyze } from '../infer/analyze';
import { networkOf, type Sketch } from './networks';
import { randomOf, type Random } from './plantFault';

/** How a random network's shapes compare with those of TensorFlow.js's layers. */
export interface Verdict {
  readonly document: SkipDocument;
  /** Layers with the same shape in both. */
  readonly agree: number;
  /** Codes of ours where TensorFlow.js lets something pass. */
  readonly stricter: readonly string[];
  /** Whatever else differs, in words. */
  readonly disagreements: readonly string[];
}

type Shape = (number | null)[];
interface Made {
  readonly sketch: Sketch;
  readonly inputs: readonly string[];
  readonly theirs: Shape | 'refused';
}

/** A random network, and what both say of each of its layers. The same seed gives the same network. */
export function shapeTruth(seed: number): Verdict {
  const random = randomOf(seed);
  const layers = new Map<string, Made>();
  const size = () => 1 + Math.floor(random() * 20);
  const shape = [size(), size(), 1 + Math.floor(random() * 4)];
  layers.set('l0', {
    sketch: ['input', { shape }],
    inputs: [],
    theirs: [null, ...shape],
  });
  const steps = 3 + Math.floor(random() * 9);
  for (let step = 1; step <= steps; step += 1) layers.set(`l${step}`, randomLayer(random, layers));
  return compare(layers);
}

function randomLayer(random: Random, layers: ReadonlyMap<string, Made>): Made {
  const known = [...layers]
    .filter(([, { theirs }]) => theirs !== 'refused' && theirs.every((dim) => dim === null || dim > 0))
    .map(([id]) => id);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  // Mostly the latest, so that networks grow deep.
  const source = () => (random() < 0.7 ? (known.at(-1) as string) : pick(known));
  const kind = pick(KINDS);
  const inputs = kind.inputs === 2 ? [source(), pick(known)] : [source()];
  const { params, theirs } = kind.make(pick);
  const shapes = inputs.map((id) => layers.get(id)?.theirs as Shape);
  return {
    sketch: [kind.type, params],
    inputs,
    theirs: shapeOf(theirs, shapes),
  };
}

/** The checks that a layer makes of its inputs before it computes; making its weights as well would cost seconds. */
interface Checked {
  assertInputCompatibility(inputs: readonly tf.SymbolicTensor[]): void;
  build(shapes: readonly Shape[]): void;
}

function shapeOf(layer: tf.layers.Layer, inputs: readonly Shape[]): Shape | 'refused' {
  // TensorFlow.js's flatten refuses a row; Keras's own gives it back.
  if (layer.getClassName() === 'Flatten' && inputs[0]?.length === 2) return inputs[0];
  try {
    const checked = layer as unknown as Checked;
    checked.assertInputCompatibility(inputs.map((shape) => tf.input({ batchShape: shape })));
    if (inputs.length > 1) checked.build(inputs);
    return layer.computeOutputShape((inputs.length === 1 ? inputs[0] : inputs) as Shape | Shape[]) as Shape;
  } catch {
    return 'refused';
  }
}

interface Kind {
  readonly type: string;
  readonly inputs: 1 | 2;
  make(pick: <T>(list: readonly T[]) => T): {
    readonly params: Params;
    readonly theirs: tf.layers.Layer;
  };
}

const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);
const paddings = ['same', 'valid'] as const;

function plain(type: string, theirs: () => tf.layers.Layer, params: Params = {}): Kind {
  return { type, inputs: 1, make: () => ({ params, theirs: theirs() }) };
}

function merge(type: string, theirs: () => tf.layers.Layer): Kind {
  return { type, inputs: 2, make: () => ({ params: {}, theirs: theirs() }) };
}

const conv2d: Kind = {
  type: 'conv2d',
  inputs: 1,
  make(pick) {
    const strides = pick(numbers(1, 3));
    const dilation = strides === 1 ? pick([1, 1, 2]) : 1;
    const [kernel, filters, padding] = [
      [pick(numbers(1, 5)), pick(numbers(1, 5))] as [number, number],
      pick(numbers(1, 6)),
      pick(paddings),
    ];
    const params = {
      filters,
      kernelSize: kernel,
      strides: [strides, strides],
      padding,
      dilationRate: [dilation, dilation],
    };
    return {
      params,
      theirs: tf.layers.conv2d({
        filters,
        kernelSize: kernel,
        strides,
        padding,
        dilationRate: dilation,
      }),
    };
  },
};

function pool(type: string, theirs: (args: Parameters<typeof tf.layers.maxPooling2d>[0]) => tf.layers.Layer): Kind {
  return {
    type,
    inputs: 1,
    make(pick) {
      const [size, strides, padding] = [pick(numbers(1, 4)), pick(numbers(1, 3)), pick(paddings)];
      const params = {
        poolSize: [size, size],
        strides: [strides, strides],
        padding,
      };
      return { params, theirs: theirs({ poolSize: size, strides, padding }) };
    },
  };
}

function sides(type: string, theirs: (padding: [[number, number], [number, number]]) => tf.layers.Layer, more: Params): Kind {
  return {
    type,
    inputs: 1,
    make(pick) {
      const [top, bottom, left, right] = [0, 0, 0, 0].map(() => pick(numbers(0, 3))) as [number, number, number, number];
      return {
        params: { ...more, top, bottom, left, right },
        theirs: theirs([
          [top, bottom],
          [left, right],
        ]),
      };
    },
  };
}

const dense: Kind = {
  type: 'dense',
  inputs: 1,
  make(pick) {
    const units = pick(numbers(1, 8));
    return { params: { units }, theirs: tf.layers.dense({ units }) };
  },
};

const upSampling: Kind = {
  type: 'upSampling2d',
  inputs: 1,
  make(pick) {
    const size: [number, number] = [pick([1, 2, 3]), pick([1, 2, 3])];
    return { params: { size }, theirs: tf.layers.upSampling2d({ size }) };
  },
};

const repeat: Kind = {
  type: 'repeatVector',
  inputs: 1,
  make(pick) {
    const n = pick(numbers(1, 5));
    return { params: { n }, theirs: tf.layers.repeatVector({ n }) };
  },
};

const KINDS: readonly Kind[] = [
  conv2d,
  conv2d,
  pool('maxPooling2d', tf.layers.maxPooling2d),
  pool('averagePooling2d', tf.layers.averagePooling2d),
  sides('pad', (padding) => tf.layers.zeroPadding2d({ padding }), {
    mode: 'explicit',
  }),
  sides('cropping2d', (cropping) => tf.layers.cropping2D({ cropping }), {}),
  upSampling,
  plain('flatten', () => tf.layers.flatten()),
  plain('globalAveragePooling2d', () => tf.layers.globalAveragePooling2d({})),
  plain('batchNormalization', () => tf.layers.batchNormalization()),
  plain('relu', () => tf.layers.reLU()),
  plain('dropout', () => tf.layers.dropout({ rate: 0.5 }), { rate: 0.5 }),
  dense,
  repeat,
  merge('add', () => tf.layers.add()),
  merge('multiply', () => tf.layers.multiply()),
  merge('maximum', () => tf.layers.maximum()),
  merge('concatenate', () => tf.layers.concatenate()),
];

function compare(layers: ReadonlyMap<string, Made>): Verdict {
  const sketches = Object.fromEntries([...layers].map(([id, { sketch }]): [string, Sketch] => [id, sketch]));
  const wires = [...layers].flatMap(([id, { inputs }]) =>
    inputs.map((from, index) => `${from} → ${id}${inputs.length > 1 ? `:inputs.${index}` : ''}`),
  );
  const document = networkOf(sketches, wires);
  const { nodes } = analyze(document);
  let agree = 0;
  const stricter: string[] = [];
  const disagreements: string[] = [];
  for (const [id, { sketch, theirs }] of layers) {
    const known = nodes.get(id);
    if (!known || known.blockedBy !== undefined) continue;
    const ours = known.outputs['y'] && formatShape(known.outputs['y'].shape);
    const wanted = theirs === 'refused' ? undefined : theirs.slice(1).join('×');
    const error = known.problems.find(({ severity }) => severity === 'error');
    if (ours === wanted) agree += 1;
    else if (error && wanted !== undefined) stricter.push(error.code);
    else
      disagreements.push(
        `${id} ${JSON.stringify(sketch)} of ${Object.values(known.inputs)
          .map(({ shape }) => formatShape(shape))
          .join(' and ')}: ours ${ours ?? 'refused'}, theirs ${wanted ?? 'refused'}`,
      );
  }
  return { document, agree, stricter, disagreements };
}
