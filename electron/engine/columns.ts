import type { ChosenSamples } from '../../shared/data/dataset';
import { inARow, type Memory } from '../../shared/data/images';
import { prepareAll, toChannelsFirst, type Draw } from '../../shared/data/prepareImage';
import { leftToPrepare, preparedShape, type ImageShape, type Preprocessing } from '../../shared/data/preprocessing';
import type { DatasetInfo } from '../../shared/rpc/contract';
import { RpcError } from '../../shared/rpc/messages';
import type { NetworkInput, TargetType } from '../../shared/program/compiled';
import type { NamedType } from '../../shared/program/program';
import type { TensorData } from './backend';

/** Columns that every data set of labelled images has. */
export const IMAGE = 'image';
export const LABEL = 'label';

/** How one input or target is filled from a column of the data. */
export interface Feed {
  readonly name: string;
  /** Of one sample, in the network's own data format. */
  readonly shape: readonly number[];
  /** Images as they are or with their channels first; labels as indices, as numbers, or as a 1 among zeros. */
  readonly as: 'image' | 'channelsFirst' | 'index' | 'number' | 'oneHot';
  /** How images are prepared for it; left out where they come as they are. */
  readonly prepare?: Preparation;
}

/** Of a target that is the image itself, only sizes and colours are. */
interface Preparation {
  readonly settings: Preprocessing;
  readonly values: boolean;
}

/** How a column fills an input, or why it does not, with both shapes. */
export function inputFeed({ name, type, preprocessing }: NetworkInput, column: string, info: DatasetInfo): Feed {
  const shape = type.shape.slice(1) as readonly number[];
  const isLabel = checked(column, info) === LABEL;
  const settings = preprocessing && leftToPrepare(preprocessing, info);
  const prepare = isLabel || !settings ? undefined : { settings, values: true };
  const images = imageShapeOf(info, prepare, name);
  const as = isLabel ? labelForm(shape, type.dtype, info) : imageForm(shape, images);
  if (as) return { name, shape, as, ...(prepare ? { prepare } : {}) };
  const what = isLabel ? `${info.classes.length} classes` : images.join('×');
  throw new RpcError(
    'E_DATA',
    `The input "${name}" expects ${shape.map(String).join('×')}; the ${isLabel ? 'labels' : 'images'} of ${info.title} are ${what}${prepare ? ' when they are prepared' : ''}.`,
    prepare
      ? 'Change what the input resizes and crops images to, or its shape.'
      : `Set the input’s shape to ${isLabel ? String(info.classes.length) : what}.`,
  );
}

/** What the images of the data are when they are prepared. */
function imageShapeOf(info: DatasetInfo, prepare: Preparation | undefined, name: string): ImageShape {
  if (!prepare) return info.imageShape;
  const shape = preparedShape(prepare.settings, info.imageShape);
  if (shape.ok) return shape.value;
  throw new RpcError('E_DATA', `The images of ${info.title} cannot be prepared for the input "${name}": ${shape.error}`);
}

/** How a column fills a target, or why it does not. */
export function targetFeed({ name, type, form, classes }: TargetType, column: string, info: DatasetInfo, seen?: Preprocessing): Feed {
  const shape = type.shape.slice(1) as readonly number[];
  if (checked(column, info) === LABEL) return labelTarget(name, shape, form, classes, info);
  // A network that draws its image again is held against what it saw of it.
  const prepare = seen && { settings: seen, values: false };
  const images = imageShapeOf(info, prepare, name).join('×');
  const as = form === 'values' ? imageForm(shape, imageShapeOf(info, prepare, name)) : undefined;
  if (as) return { name, shape, as, ...(prepare ? { prepare } : {}) };
  throw new RpcError(
    'E_DATA',
    form === 'values'
      ? `The output "${name}" gives ${shape.map(String).join('×')}; the images of ${info.title} are ${images}.`
      : `The output "${name}" learns classes, and the column "image" of ${info.title} holds none.`,
    form === 'values' ? `Give the output the shape ${images}.` : 'Choose the column "label", or a loss of numbers.',
  );
}

function labelTarget(name: string, shape: readonly number[], form: TargetType['form'], classes: number, info: DatasetInfo): Feed {
  const isNumber = form === 'values' && shape.length === 1 && shape[0] === 1;
  if (isNumber) return { name, shape, as: 'number' };
  if (classes < info.classes.length)
    throw new RpcError(
      'E_DATA',
      `The output "${name}" tells ${classes} classes apart; ${info.title} has ${info.classes.length}.`,
      `Give the last dense layer ${info.classes.length} units.`,
    );
  if (shape.length !== (form === 'values' ? 1 : 0))
    throw new RpcError('E_DATA', `The output "${name}" gives more than one answer for each image; ${info.title} has one label.`);
  return { name, shape, as: form === 'values' ? 'oneHot' : 'index' };
}

function labelForm(shape: readonly number[], dtype: NamedType['type']['dtype'], { classes }: DatasetInfo): Feed['as'] | undefined {
  if (dtype === 'int32') return shape.length === 0 || (shape.length === 1 && shape[0] === 1) ? 'index' : undefined;
  if (shape.length !== 1) return undefined;
  return shape[0] === classes.length ? 'oneHot' : shape[0] === 1 ? 'number' : undefined;
}

function imageForm(shape: readonly unknown[], [height, width, channels]: ImageShape): Feed['as'] | undefined {
  if (sameShape(shape, [height, width, channels]) || sameShape(shape, [height * width * channels])) return 'image';
  return sameShape(shape, [channels, height, width]) ? 'channelsFirst' : undefined;
}

function checked(column: string, info: DatasetInfo): string {
  if (column === IMAGE || column === LABEL) return column;
  throw new RpcError('E_DATA', `${info.title} has no column "${column}". It has: ${IMAGE}, ${LABEL}.`);
}

function sameShape(a: readonly unknown[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((size, axis) => size === b[axis]);
}

/** What becomes of samples in training, and where. */
export interface Filling {
  /** The chance of each sample, by which it is cropped and flipped. */
  readonly drawOf?: ((place: number) => Draw) | undefined;
  /** Where the images of a feed are brought together. */
  memoryOf(feed: Feed): Memory;
}

/** What images are of one size. */
export type Sized = Pick<DatasetInfo, 'imageShape'>;

/** The tensor of a feed for some samples. */
export function tensorOf(feed: Feed, { imageShape }: Sized, samples: ChosenSamples, { drawOf, memoryOf }: Filling): TensorData {
  const { shape, as, prepare } = feed;
  const { images: chosen, labels } = samples;
  const whole = [chosen.at.length, ...shape];
  const images = () =>
    prepare ? prepareAll(chosen, { ...prepare, shape: imageShape, drawOf }, memoryOf(feed)) : inARow(chosen, memoryOf(feed));
  switch (as) {
    case 'image':
      return { dtype: 'float32', shape: whole, data: images() };
    case 'channelsFirst': {
      const [channels, height, width] = shape as [number, number, number];
      return { dtype: 'float32', shape: whole, data: toChannelsFirst(images(), [height, width, channels]) };
    }
    case 'index':
      return { dtype: 'int32', shape: whole, data: labels };
    case 'number':
      return { dtype: 'float32', shape: whole, data: Float32Array.from(labels) };
    case 'oneHot':
      return { dtype: 'float32', shape: whole, data: oneHot(labels, shape[0] as number) };
  }
}

function oneHot(labels: Int32Array, classes: number): Float32Array {
  const data = new Float32Array(labels.length * classes);
  labels.forEach((label, row) => (data[row * classes + label] = 1));
  return data;
}
