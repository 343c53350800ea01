import { drawing } from '../blocks/drawing';
import { transformerEncoder as encoderBlock } from '../blocks/library/transformer';
import { unetStage, unetWayUp } from '../blocks/library/unet';
import { mobilenetV2 as mobileNetTemplate } from '../blocks/templates/mobile';
import { cifarResnet as cifarTemplate, resnet as resnetTemplate } from '../blocks/templates/resnet';
import { buildTemplate, documentOf, scores } from '../blocks/templates/template';
import type { BlockDefinition, SkipDocument } from '../document/document';
import type { Graph, GraphNode, Params } from '../graph/graph';

/** The pre-activation ResNet of 6n + 2 layers over 32×32 images (He et al. 2016) of the gallery, padded as TensorFlow pads. */
export function cifarResnet(depth: 20 | 32 | 44 | 56 | 110): SkipDocument {
  return paddedAsTensorFlow(buildTemplate(cifarTemplate, 'known', { layers: depth }));
}

/** A pre-activation ResNet for ImageNet of the gallery, padded as TensorFlow pads. */
export function imageNetResnet(depth: 18 | 34 | 50 | 101 | 152 | 200, inputSize = 224, outputSize = 1000): SkipDocument {
  return paddedAsTensorFlow(buildTemplate(resnetTemplate, 'known', { layers: depth, inputSize, outputSize }));
}

/**
 * The gallery's MobileNetV2, padded as TensorFlow pads, as it is used for images of 32×32: the first stride and that of the second stage
 * are 1. Nothing is dropped, which each engine draws for itself. Keras counts all channels among a depthwise kernel's fans, so that
 * kernels of many channels start tiny, and behind them a norm makes the gradients as large; here the nine numbers count that each makes one of.
 */
export function mobileNetV2(inputSize = 32, outputSize = 10): SkipDocument {
  const depthwiseInitializer = { kind: 'randomNormal', stddev: Math.sqrt(2 / 9) };
  const others: Readonly<Record<string, Params>> = {
    conv1: { strides: [1, 1] },
    stage2_first: { strides: 1 },
    dropout: { rate: 0 },
    depthwise: { depthwiseInitializer },
  };
  const document = buildTemplate(mobileNetTemplate, 'known', { inputSize, outputSize });
  return eachLayer(paddedAsTensorFlow(document), ({ name, params }) => ({ ...params, ...others[name] }));
}

/** Encoder blocks of the library (pre-norm) over embedded steps, averaged and classified. */
export function transformerEncoder({ steps = 64, width = 128, heads = 4, blocks = 4, classes = 10 } = {}): SkipDocument {
  const d = drawing();
  const embedding = d.add('embedding', 'dense', { units: width }, d.add('steps', 'input', { shape: [steps, width] }));
  const encoder = { repeat: blocks, width, heads, hidden: 4 * width, dropout: 0 };
  const read = d.add('norm', 'layerNormalization', { epsilon: 1e-6 }, d.block('encoders', encoderBlock, encoder, embedding));
  scores(d, d.add('pool', 'globalAveragePooling1d', {}, read), classes);
  return documentOf(d);
}

/** Words read by LSTMs, one above the other; what the last one has read at the end is classified. */
export function lstmClassifier({ steps = 100, tokens = 10_000, width = 128, units = 256, readers = 2, classes = 10 } = {}): SkipDocument {
  const d = drawing();
  const words = d.add('tokens', 'input', { shape: [steps], dtype: 'int32' });
  let x = d.add('words', 'embedding', { inputDim: tokens, outputDim: width }, words);
  for (let below = 1; below < readers; below += 1) x = d.add(`reader${below}`, 'lstm', { units, returnSequences: true }, x);
  const scored = d.add('scores', 'dense', { units: classes }, d.add('reader', 'lstm', { units }, x));
  d.add('kind', 'output', {}, d.add('softmax', 'softmax', {}, scored));
  return documentOf(d);
}

/** The stages of the gallery's U-Net over as many sizes as there are filters, the last of them at the bottom: a yes or no for every pixel. */
export function uNet({ size = 128, filters = [16, 32, 64, 128] } = {}): SkipDocument {
  const d = drawing();
  let x = d.add('image', 'input', { shape: [size, size, 3] });
  const skips = filters.slice(0, -1).map((each) => {
    const skip = d.block(`encode${each}`, unetStage, { filters: each }, x);
    x = d.add(`pool${each}`, 'maxPooling2d', {}, skip);
    return { each, skip };
  });
  x = d.block('bottom', unetStage, { filters: filters.at(-1) as number }, x);
  for (const { each, skip } of skips.toReversed()) x = d.block(`decode${each}`, unetWayUp, { filters: each }, x, skip);
  const map = d.add('scores', 'conv2d', { filters: 1, kernelSize: [1, 1] }, x);
  d.add('mask', 'output', {}, d.add('sigmoid', 'sigmoid', {}, map));
  return documentOf(d);
}

/** So that a peer in TensorFlow needs no layer of its own for it: the work is the same. */
function paddedAsTensorFlow(document: SkipDocument): SkipDocument {
  return eachLayer(document, ({ params }) => (params['padding'] === 'consistent' ? { ...params, padding: 'same' } : params));
}

/** The document with other parameters of its layers, inside of its blocks too. */
function eachLayer(document: SkipDocument, paramsOf: (node: GraphNode) => Params): SkipDocument {
  const changed = (graph: Graph): Graph => ({
    ...graph,
    nodes: Object.fromEntries(Object.entries(graph.nodes).map(([id, node]) => [id, { ...node, params: paramsOf(node) }])),
  });
  const inside = Object.entries(document.blocks).map(([id, block]): [string, BlockDefinition] => [
    id,
    { ...block, graph: changed(block.graph) },
  ]);
  return { ...document, graph: changed(document.graph), blocks: Object.fromEntries(inside) };
}
