import { drawing } from '../blocks/drawing';
import { transformerEncoder as encoderBlock } from '../blocks/library/transformer';
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
