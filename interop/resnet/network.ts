import { cifarResnet, resnet } from '../../shared/blocks/templates/resnet';
import { buildTemplate } from '../../shared/blocks/templates/template';
import type { SkipDocument } from '../../shared/document/document';
import type { DataFormat } from '../../shared/graph/tensor';
import { analyze } from '../../shared/infer/analyze';
import type { NetworkAnalysis } from '../../shared/infer/analysis';
import { findLayer } from '../../shared/layers/index';
import { compileNetwork } from '../../shared/program/compile';
import type { CompiledNetwork } from '../../shared/program/compiled';

/** What the Python side is told of a network, as `network.json` in its folder. */
export interface ParityNetwork {
  readonly kind: 'imagenet' | 'cifar';
  readonly layers: number;
  readonly classes: number;
  readonly sizes: readonly number[];
  readonly batch: number;
  /** Of stochastic gradient descent; 0: inference only. */
  readonly steps: number;
  readonly learningRate: number;
  readonly momentum: number;
  /** Whether Keras computes channels-first as well, through XLA. */
  readonly runsChannelsFirst: boolean;
  readonly engines: readonly ('tensorflow' | 'onnxruntime')[];
}

/** The template without its softmax: what it gives are the logits. */
export function logitsNetwork({ kind, layers, classes }: ParityNetwork, inputSize: number, dataFormat: DataFormat): SkipDocument {
  const template = kind === 'cifar' ? cifarResnet : resnet;
  const document = buildTemplate(template, 'parity', { layers, inputSize, outputSize: classes, dataFormat });
  const named = (name: string) => Object.values(document.graph.nodes).find((node) => node.name === name)?.id as string;
  const [scores, softmax, end] = [named('scores'), named('probabilities'), named('classes')];
  const nodes = Object.fromEntries(Object.entries(document.graph.nodes).filter(([id]) => id !== softmax));
  const kept = Object.entries(document.graph.edges).filter(([, { from, to }]) => from.node !== softmax && to.node !== softmax);
  const wire = { id: 'logits', from: { node: scores, port: 'y' }, to: { node: end, port: 'x' } };
  return { ...document, graph: { nodes, edges: { ...Object.fromEntries(kept), logits: wire } } };
}

/** Sizes of every value of a network by name (`stage1[2]/shortcut:preActivated` where a layer has two), without the batch. */
export function shapesOf({ flat, nodes }: NetworkAnalysis): Readonly<Record<string, readonly unknown[]>> {
  return Object.fromEntries(
    [...flat.nodes.values()].flatMap(({ path, name }) => {
      const outputs = Object.entries(nodes.get(path)?.outputs ?? {});
      return outputs.map(([port, type]) => [outputs.length > 1 ? `${name}:${port}` : name, type?.shape.slice(1) ?? []]);
    }),
  );
}

/** With a momentum for training, without for looking inside. */
export function compiled(document: SkipDocument, momentum?: number): { analysis: NetworkAnalysis; network: CompiledNetwork } {
  const analysis = analyze(document);
  const training = momentum !== undefined && {
    training: { optimizer: { kind: 'sgd', momentum, nesterov: false }, objectives: [] } as const,
  };
  const network = compileNetwork(analysis, { findLayer, ...training });
  if (!network.ok) throw new Error(network.error.message);
  return { analysis, network: network.value };
}
