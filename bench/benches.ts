import { freshWeights } from '../electron/engine/training';
import type { SkipDocument } from '../shared/document/document';
import { cifarResnet, imageNetResnet, lstmClassifier, mobileNetV2, transformerEncoder, uNet } from '../shared/testing/knownNetworks';
import { compiledSteps, tenStepsBatch, type TenSteps } from '../shared/testing/tenSteps';
import { analysisGrowth } from './analysisGrowth';
import { coldAnalysis, editAnalysis, type ParamEdit } from './analysis';
import { canvasFrames } from './canvasFrames';
import { CANVAS_NETWORKS, gesturesOf, type CanvasNetwork } from './canvasNetworks';
import { clickToSelect } from './clickToSelect';
import { dragRenders } from './dragRenders';
import { editMemory } from './editMemory';
import { epochOverhead } from './epochOverhead';
import { compare, comparisonOf, type Bar, type Comparison } from './harness';
import { imagePipeline, imagePipelineEpoch } from './imagePipeline';
import { inChild } from './inChild';
import { inference } from './inference';
import { largeNetwork } from './largeNetwork';
import { flattened } from '../shared/testing/flattened';
import { galleryResnet, ladder } from './networks';
import { opening } from './opening';
import { tfjsTrainer } from './peers/tfjs';
import { torchTrainer, type TorchNetwork } from './peers/torch';
import { OPTIMIZER, subjectOf, trainer } from './subjects';

/** Every benchmark by its name: each a ratio against a named peer in one run, with its bar. */
export const BENCHES: Readonly<Record<string, () => Promise<Comparison>>> = {
  'training-resnet20-fit': () => againstFit('ResNet-20, training steps of 64', cifarResnet(20), 64),
  'training-resnet20-torch': () => againstTorch('resnet20', { document: cifarResnet(20), batchSize: 64 }, { atMostTimes: 0.95 }),
  'training-mobilenetv2-torch': () => againstTorch('mobilenetv2', { document: mobileNetV2(), batchSize: 32 }, { atMostTimes: 1 }),
  'training-transformer-torch': () => againstTorch('transformer', { document: transformerEncoder(), batchSize: 32 }, { atMostTimes: 1 }),
  'training-lstm-torch': () => againstTorch('lstm', { document: lstmClassifier(), batchSize: 64 }, { atMostTimes: 1 }),
  'training-unet-torch': () => againstTorch('unet', { document: uNet(), batchSize: 8, loss: 'binary' }, { atMostTimes: 1 }),
  'training-resnet20-onnxruntime': onnxruntimeTraining,
  'inference-resnet18': () => inference('ResNet-18 at 224²', imageNetResnet(18)),
  'inference-resnet50': () => inference('ResNet-50 at 224²', imageNetResnet(50)),
  'memory-resnet50': memory,
  'memory-resnet152': () => fitsIn('ResNet-152, a training step of 4 fits in 4 GB', ['tensorflow', 'ResNet-152', '4'], 4000),
  'memory-steady': steadyMemory,
  'compile-resnet50': () => compiles(50, 2000),
  'compile-resnet152': () => compiles(152, 5000),
  'epoch-overhead': epochOverhead,
  'image-pipeline': imagePipeline,
  'image-pipeline-epoch': imagePipelineEpoch,
  'analysis-resnet152': () => coldAnalysis('ResNet-152', galleryResnet(152), 5),
  'analysis-resnet200': () => coldAnalysis('ResNet-200', galleryResnet(200), 10),
  'analysis-resnet152-edit': () => editAnalysis('ResNet-152, taken apart', flattened(galleryResnet(152)), inTheMiddle, 1),
  'analysis-resnet152-size': () => editAnalysis('ResNet-152, another image size', galleryResnet(152), otherSize, 1),
  'analysis-growth': analysisGrowth,
  'large-keystroke': () => largeNetwork('keystroke'),
  'large-flag': () => largeNetwork('flag'),
  'large-add': () => largeNetwork('add'),
  'large-delete': () => largeNetwork('delete'),
  'large-undo': () => largeNetwork('undo'),
  'large-paste': () => largeNetwork('paste'),
  'large-drag': dragRenders,
  'large-memory': editMemory,
  'undo-memory': undoMemory,
  'large-open': () => opening(1000, ladder(499)),
  'large-click': clickToSelect,
  ...Object.fromEntries(CANVAS_NETWORKS.flatMap(frameBenches)),
};

/** Concerns every layer. */
const otherSize: ParamEdit = { layer: 'image', params: (round) => ({ shape: [224 + 32 * (round % 2), 224, 3] }) };
/** Concerns a convolution and the layers that it feeds. */
const inTheMiddle: ParamEdit = { layer: 'stage3[18] conv2', params: (round) => ({ filters: 256 + (round % 2) }) };

/** `canvas-1000-pan-afar` and the like. */
function frameBenches({ name, title, document, limit, places }: CanvasNetwork): [string, () => Promise<Comparison>][] {
  return gesturesOf(places).map(({ from, gesture }) => {
    const subject = {
      name: `${name}-${gesture}-${from}`,
      title: `${title} ${from === 'afar' ? 'all in view' : 'near'}`,
      gesture,
      from,
      limit,
    };
    return [subject.name, () => canvasFrames({ ...subject, document: document() })];
  });
}

async function againstFit(title: string, document: SkipDocument, batch: number): Promise<Comparison> {
  const subject = subjectOf(document, batch);
  const weights = freshWeights(subject.network, 1);
  const ours = await trainer('tensorflow', subject, 1, weights);
  return compare({ title, bar: { atLeastTimesAsGood: 3 } }, ours, await tfjsTrainer(subject, 1, weights), 15);
}

async function againstTorch(
  network: TorchNetwork,
  training: Pick<TenSteps, 'document' | 'batchSize' | 'loss'>,
  bar: Bar,
): Promise<Comparison> {
  const { batchSize } = training;
  const compiled = compiledSteps({ name: network, optimizer: OPTIMIZER, ...training });
  const ours = await trainer('tensorflow', { network: compiled, batch: tenStepsBatch(compiled, batchSize) }, 1);
  return compare({ title: `${network}, training steps of ${batchSize}`, bar }, ours, await torchTrainer(network, batchSize, 1), 25);
}

async function onnxruntimeTraining(): Promise<Comparison> {
  const subject = subjectOf(cifarResnet(20), 64);
  const weights = freshWeights(subject.network, 1);
  const ours = await trainer('onnxruntime', subject, 1, weights);
  const peer = await trainer('tensorflow', subject, 1, weights);
  return compare({ title: 'ResNet-20, training steps of 64 on the second engine', bar: { atMostTimes: 2.2 } }, ours, peer, 15);
}

function memory(): Promise<Comparison> {
  const peak = (who: string) => inChild<{ megabytes: number }>('peakMemory.ts', who, 'ResNet-50', '8').megabytes;
  const round = { ours: peak('tensorflow'), peer: peak('fit') };
  const names = { ours: 'Skipwire on tensorflow', peer: 'model.fit of tfjs-node' };
  const subject = { title: 'ResNet-50, peak memory of a training step of 8', bar: { atMostTimes: 0.4 }, unit: 'MB' } as const;
  return Promise.resolve(comparisonOf(subject, names, [round]));
}

function fitsIn(title: string, args: readonly string[], limit: number): Promise<Comparison> {
  const { megabytes } = inChild<{ megabytes: number }>('peakMemory.ts', ...args);
  const names = { ours: 'peak memory', peer: 'the bar' };
  return Promise.resolve(comparisonOf({ title, bar: { atMostTimes: 1 }, unit: 'MB' }, names, [{ ours: megabytes, peer: limit }]));
}

function steadyMemory(): Promise<Comparison> {
  const { early, late } = inChild<{ early: number; late: number }>('steadyMemory.ts', '10000');
  const names = { ours: 'in the last thousand', peer: 'in the second thousand' };
  const subject = { title: 'Memory over 10,000 steps', bar: { atMostTimes: 1.01 }, unit: 'MB' } as const;
  return Promise.resolve(comparisonOf(subject, names, [{ ours: late, peer: early }]));
}

/** That the undo line keeps within its bytes is worth something where these are the bytes that it takes. */
function undoMemory(): Promise<Comparison> {
  const { measured, estimated } = inChild<{ measured: number; estimated: number }>('undoBytes.ts', '5000');
  const names = { ours: 'of the heap', peer: 'taken for' };
  const subject = { title: '1,000 layers: what 5,000 random steps take', bar: { atMostTimes: 1 }, unit: 'MB' } as const;
  return Promise.resolve(comparisonOf(subject, names, [{ ours: measured, peer: estimated }]));
}

function compiles(depth: number, limit: number): Promise<Comparison> {
  const { milliseconds } = inChild<{ milliseconds: number[] }>('compileTime.ts', String(depth));
  const names = { ours: 'document to ready', peer: 'the bar' };
  const subject = { title: `ResNet-${depth}, from a document to a network ready for its first step`, bar: { atMostTimes: 1 } } as const;
  return Promise.resolve(
    comparisonOf(
      subject,
      names,
      milliseconds.map((ours) => ({ ours, peer: limit })),
    ),
  );
}
