import { DOCUMENT_FORMAT, DOCUMENT_VERSION, defaultTraining, type SkipDocument } from '../document/document';
import type { GraphEdge, GraphNode, Params } from '../graph/graph';
import type { DataFormat } from '../graph/tensor';

/** A node at no place in particular; its id is its name. */
export function nodeOf(type: string, name: string, more: Partial<GraphNode> = {}): GraphNode {
  return { id: name, type, name, params: {}, position: { x: 0, y: 0 }, ...more };
}

/** A layer's type and parameters; those left out have their defaults. */
export type Sketch = readonly [type: string, params?: Params];

/**
 * A document from layers by name and wires `from → to`: `'conv → add:inputs.0'`. Ports left out are `y` and `x`; ids
 * are the names.
 */
export function networkOf(
  layers: Readonly<Record<string, Sketch>>,
  wires: readonly string[],
  dataFormat: DataFormat = 'channelsLast',
): SkipDocument {
  const nodes = Object.entries(layers).map(([name, [type, params = {}]]): [string, GraphNode] => [name, nodeOf(type, name, { params })]);
  return {
    format: DOCUMENT_FORMAT,
    version: DOCUMENT_VERSION,
    id: 'test',
    layers: {},
    dataFormat,
    graph: { nodes: Object.fromEntries(nodes), edges: Object.fromEntries(wires.flatMap(edgesOf).map((edge) => [edge.id, edge])) },
    blocks: {},
    training: defaultTraining,
    data: { dataset: null, inputs: {} },
    view: {},
  };
}

/** `a → b → c` is two wires. */
function edgesOf(wire: string): readonly GraphEdge[] {
  const ends = wire.split(' → ');
  return ends.slice(1).map((to, index) => {
    const [node = '', port = 'x'] = to.split(':');
    const [source = '', ...ports] = (ends[index] as string).split(':');
    // In the middle of a chain the text names the port that was entered.
    const from = { node: source, port: index === 0 ? (ports[0] ?? 'y') : 'y' };
    return { id: `${source} → ${to}`, from, to: { node, port } };
  });
}

/** A small pre-activation residual network over 8×8 images of one channel: a projection block and an identity block. */
export function residualNetwork(dataFormat: DataFormat = 'channelsLast'): SkipDocument {
  const shape = dataFormat === 'channelsLast' ? [8, 8, 1] : [1, 8, 8];
  const conv = (filters: number, strides: number): Sketch => [
    'conv2d',
    { filters, kernelSize: [3, 3], strides: [strides, strides], padding: 'consistent', useBias: false },
  ];
  return networkOf(
    {
      image: ['input', { shape }],
      stem: conv(4, 1),
      shortcut1: ['shortcut', { filters: 6, strides: [2, 2] }],
      conv1a: conv(6, 2),
      preActivation1: ['preActivation'],
      conv1b: conv(6, 1),
      add1: ['add'],
      shortcut2: ['shortcut'],
      conv2a: conv(6, 1),
      preActivation2: ['preActivation'],
      conv2b: conv(6, 1),
      add2: ['add'],
      last: ['preActivation'],
      pool: ['globalAveragePooling2d'],
      scores: ['dense', { units: 3 }],
      softmax: ['softmax'],
      digit: ['output'],
    },
    [
      'image → stem → shortcut1',
      'shortcut1:preActivated → conv1a → preActivation1 → conv1b → add1:inputs.0',
      'shortcut1:shortcut → add1:inputs.1',
      'add1 → shortcut2',
      'shortcut2:preActivated → conv2a → preActivation2 → conv2b → add2:inputs.0',
      'shortcut2:shortcut → add2:inputs.1',
      'add2 → last → pool → scores → softmax → digit',
    ],
    dataFormat,
  );
}

/** Two inputs, one of them tokens that are handed through, and two outputs that learn: one from softmax, one from logits. */
export function twoOutputs(): SkipDocument {
  return networkOf(
    {
      image: ['input', { shape: [4, 4, 2] }],
      tokens: ['input', { shape: [3], dtype: 'int32' }],
      conv: ['conv2d', { filters: 3, kernelSize: [2, 2] }],
      relu: ['relu'],
      pool: ['globalAveragePooling2d'],
      kind: ['dense', { units: 4 }],
      softmax: ['softmax'],
      kindOut: ['output'],
      map: ['conv2d', { filters: 2, kernelSize: [1, 1] }],
      mapOut: ['output'],
      echo: ['flatten'],
      echoOut: ['output'],
    },
    ['image → conv → relu → pool → kind → softmax → kindOut', 'relu → map → mapOut', 'tokens → echo → echoOut'],
  );
}

/** Two adds in a circle, with the same around each: of the two wires that open it none is the likelier mistake. */
export function evenCircle(): SkipDocument {
  return networkOf({ image: ['input', { shape: [8, 8, 4] }], a: ['add'], b: ['add'], c: ['add'], end: ['output'] }, [
    'image → a:inputs.0',
    'image → a:inputs.1',
    'b → a:inputs.2',
    'image → b:inputs.0',
    'image → b:inputs.1',
    'a → b:inputs.2',
    'a → c:inputs.0',
    'b → c:inputs.1',
    'c → end',
  ]);
}

/** Numbers of the sequence networks below: tokens below 12, 8 of them in a sequence, 3 classes. */
export const SEQUENCES = { tokens: 12, steps: 8, classes: 3 } as const;

/** One encoder block of a transformer (post-norm) over 8 tokens, averaged over its steps. */
export function transformerNetwork(): SkipDocument {
  return networkOf(
    {
      tokens: ['input', { shape: [SEQUENCES.steps], dtype: 'int32' }],
      words: ['embedding', { inputDim: SEQUENCES.tokens, outputDim: 8 }],
      positions: ['positionEmbedding'],
      attention: ['multiHeadAttention', { numHeads: 2, keyDim: 4 }],
      add1: ['add'],
      norm1: ['layerNormalization'],
      wide: ['dense', { units: 16 }],
      gelu: ['gelu'],
      narrow: ['dense', { units: 8 }],
      add2: ['add'],
      norm2: ['layerNormalization'],
      mean: ['globalAveragePooling1d'],
      scores: ['dense', { units: SEQUENCES.classes }],
      softmax: ['softmax'],
      kind: ['output'],
    },
    [
      'tokens → words → positions → attention:query',
      'positions → attention:value',
      'attention → add1:inputs.0',
      'positions → add1:inputs.1',
      'add1 → norm1 → wide → gelu → narrow → add2:inputs.0',
      'norm1 → add2:inputs.1',
      'add2 → norm2 → mean → scores → softmax → kind',
    ],
  );
}

/** A recurrent layer over 8 tokens, its last output classified. */
export function recurrentNetwork(layer: 'lstm' | 'gru' | 'simpleRnn' | 'bidirectional' = 'lstm'): SkipDocument {
  return networkOf(
    {
      tokens: ['input', { shape: [SEQUENCES.steps], dtype: 'int32' }],
      words: ['embedding', { inputDim: SEQUENCES.tokens, outputDim: 6 }],
      reader: [layer, { units: 7 }],
      scores: ['dense', { units: SEQUENCES.classes }],
      softmax: ['softmax'],
      kind: ['output'],
    },
    ['tokens → words → reader → scores → softmax → kind'],
  );
}

/** A small network that takes images of any size in any colours: resized to 14, cut to 12, standardised. */
export function preparedNetwork(dataFormat: DataFormat = 'channelsLast'): SkipDocument {
  const shape = dataFormat === 'channelsLast' ? [12, 12, 3] : [3, 12, 12];
  const preprocessing = { minAspectDim: 14, resizeDim: 12, randomFlip: false, colours: 'rgb', values: 'imageNet' };
  const layers: Readonly<Record<string, Sketch>> = {
    image: ['input', { shape, ...preprocessing }],
    conv: ['conv2d', { filters: 8, kernelSize: [3, 3], strides: [2, 2], padding: 'same' }],
    relu: ['relu'],
    flat: ['flatten'],
    scores: ['dense', { units: 10 }],
    probabilities: ['softmax'],
    digit: ['output'],
  };
  const document = networkOf(layers, ['image → conv → relu → flat → scores → probabilities → digit'], dataFormat);
  return { ...document, data: { dataset: 'digits', inputs: {} } };
}
