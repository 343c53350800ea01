import { preparedShape, preprocessingOf, type ImageShape } from '../../shared/data/preprocessing';
import type { SkipDocument } from '../../shared/document/document';
import { ok, type Result } from '../../shared/graph/result';
import { lossOf } from '../../shared/training/losses/index';
import { formatShape, imageAxes, type Shape } from '../../shared/graph/tensor';
import type { NetworkAnalysis } from '../../shared/infer/analysis';
import { imageIntake } from '../../shared/infer/imageInput';
import type { DatasetInfo, EngineStatus } from '../../shared/rpc/contract';

/** All that decides whether training can start. */
export interface TrainingConditions {
  readonly document: SkipDocument;
  readonly analysis: NetworkAnalysis;
  /** Null while the host has not answered. */
  readonly datasets: readonly DatasetInfo[] | null;
  readonly engines: readonly EngineStatus[];
  /** The engine asked for; null: the best there is. */
  readonly engine: string | null;
  readonly isConnected: boolean;
  readonly hasActiveRun: boolean;
}

/** True, or the first reason why training cannot start, as it is shown on the disabled button. */
export function canTrain(conditions: TrainingConditions): true | string {
  const { document, analysis, datasets } = conditions;
  const without = reasonWithoutData(conditions);
  if (without !== undefined) return without;
  if (document.data.dataset === null) return 'Choose a data set first.';
  if (datasets === null) return 'The list of data sets is loading.';
  const dataset = datasets.find(({ id }) => id === document.data.dataset);
  if (!dataset) return `The data set "${document.data.dataset}" is not there. Choose another one.`;
  if (dataset.problem !== undefined) return dataset.problem;
  return engineReason(conditions) ?? dataMismatch(document, analysis, dataset) ?? true;
}

/** The same of what needs no data: a step on made-up numbers. */
export function canMeasure(conditions: TrainingConditions): true | string {
  return reasonWithoutData(conditions) ?? engineReason(conditions) ?? true;
}

function reasonWithoutData({ document, analysis, isConnected, hasActiveRun }: TrainingConditions): string | undefined {
  if (!isConnected) return 'The connection is lost. It is being made again.';
  if (hasActiveRun) return 'A run is in progress. Stop it first.';
  if (Object.keys(document.graph.nodes).length === 0) return 'The network is empty. Add layers, or open a sample.';
  const errors = analysis.problems.filter((problem) => problem.severity === 'error').length;
  if (errors > 0) return `${errors} ${errors === 1 ? 'problem' : 'problems'} must be repaired first.`;
  return endsMissing(analysis);
}

/** Why this data does not fit the network's only input or output; undefined where it fits or is left to the host to say. */
export function dataMismatch(document: SkipDocument, analysis: NetworkAnalysis, dataset: DatasetInfo): string | undefined {
  const mismatch = noImages(analysis, dataset) ?? (dataset.resizes ? folderMismatch(analysis) : imageMismatch(document, analysis, dataset));
  if (mismatch) return mismatch;
  const output = onlyShape(analysis, 'output', 'inputs', 'x');
  const classes = dataset.classes.length;
  // Where another loss or another column was chosen, the host says whether the data fits.
  if (learnsClasses(document) && output && !accepts(output.shape.slice(1), [classes])) {
    const drawing = output.shape.length > 2 ? DRAWING : '';
    return `"${output.name}" gives ${formatShape(output.shape)}, and ${dataset.title} has ${classes} classes. End with a dense layer of ${classes} units and softmax.${drawing}`;
  }
  return undefined;
}

/** Whether an output has a number for each class of the data. */
export function learnsClasses({ training }: SkipDocument): boolean {
  const [objective] = training.objectives;
  return !objective || (objective.column === 'label' && lossOf(objective.loss.kind).accuracy === 'class');
}

const DRAWING = ' Or let it draw the images again: under “More” choose “image” as the target, and a loss such as mean squared error.';

/** Axes of images, the batch's among them. */
const IMAGES = 4;

/** Of an input of whole numbers, whose shape is not what is to be changed. */
function noImages({ flat, nodes }: NetworkAnalysis, dataset: DatasetInfo): string | undefined {
  const words = [...flat.nodes.values()].find(({ path, type }) => {
    const taken = type === 'input' ? nodes.get(path)?.outputs['y'] : undefined;
    return taken?.dtype === 'int32' && taken.shape.length < IMAGES;
  });
  return (
    words &&
    `"${words.name}" takes whole numbers, such as the words of a text, and ${dataset.title} has images. ` +
      'Data sets are of images so far; the time of its layers can be measured all the same.'
  );
}

function folderMismatch(analysis: NetworkAnalysis): string | undefined {
  const intake = imageIntake(analysis);
  return intake.ok ? undefined : intake.error;
}

function imageMismatch(document: SkipDocument, analysis: NetworkAnalysis, dataset: DatasetInfo): string | undefined {
  const input = onlyShape(analysis, 'input', 'outputs', 'y');
  const params = input && analysis.flat.nodes.get(input.path)?.params;
  const made = imagesFor(document, params, dataset);
  if (!made.ok) return `The images of ${dataset.title} cannot be prepared for "${input?.name ?? ''}": ${made.error}`;
  const images = made.value;
  if (input && !accepts(input.shape.slice(1), images)) {
    const [are, change] = preprocessingOf(params) ? ['become', 'its preprocessing or its shape'] : ['are', 'its shape'];
    return `"${input.name}" takes ${formatShape(input.shape)}, and the images of ${dataset.title} ${are} ${images.join('×')}. Change ${change}, or choose other data.`;
  }
  return undefined;
}

function endsMissing(analysis: NetworkAnalysis): string | undefined {
  const types = new Set([...analysis.flat.nodes.values()].map((node) => node.type));
  if (!types.has('input')) return 'The network has no input layer. Add one.';
  if (!types.has('output')) return 'The network has no output layer. Add one behind the last layer.';
  return undefined;
}

function engineReason({ engines, engine }: TrainingConditions): string | undefined {
  const chosen = engines.find(({ name }) => name === engine);
  if (chosen && !chosen.available) return chosen.reason ?? `${chosen.title} is not there. Choose another engine.`;
  if (engines.length > 0 && !engines.some(({ available }) => available)) return engines[0]?.reason ?? 'No engine is there.';
  return undefined;
}

/** The shape that a data set's images have where an input takes them: prepared, in the document's data format. */
export function imagesFor(document: SkipDocument, params: unknown, { imageShape }: DatasetInfo): Result<readonly number[], string> {
  const settings = preprocessingOf(params);
  const made = settings ? preparedShape(settings, imageShape) : ok(imageShape);
  return made.ok ? ok(imageShapeIn(document, made.value)) : made;
}

function imageShapeIn({ dataFormat }: SkipDocument, [height, width, channels]: ImageShape): readonly number[] {
  const axes = imageAxes(dataFormat);
  const shape: number[] = [];
  shape[axes.height - 1] = height;
  shape[axes.width - 1] = width;
  shape[axes.channels - 1] = channels;
  return shape;
}

/** A size that is not known takes any. */
function accepts(taken: Shape, given: readonly number[]): boolean {
  return taken.length === given.length && taken.every((dim, axis) => typeof dim !== 'number' || dim === given[axis]);
}

/** What flows through the network's only input or output, where it has one. */
export function onlyShape(
  analysis: NetworkAnalysis,
  type: string,
  side: 'inputs' | 'outputs',
  port: string,
): { name: string; path: string; shape: Shape } | undefined {
  const nodes = [...analysis.flat.nodes.values()].filter((node) => node.type === type);
  const only = nodes.length === 1 ? nodes[0] : undefined;
  const shape = only && analysis.nodes.get(only.path)?.[side][port]?.shape;
  return only && shape ? { name: only.name, path: only.path, shape } : undefined;
}
