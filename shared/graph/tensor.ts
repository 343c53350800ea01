import { compareDims, formatDim, multiplyDims, type Comparison, type Dim } from './dim';

/** The element types that a wire can carry: images and vectors, tokens and labels, masks. */
export type DType = 'float32' | 'int32' | 'bool';

/** Sizes along each axis; axis 0 is the batch. */
export type Shape = readonly Dim[];

/** What flows along a wire. */
export interface TensorType {
  readonly dtype: DType;
  readonly shape: Shape;
}

/** Where a network keeps the channels of an image: `N×H×W×C` or `N×C×H×W`. */
export type DataFormat = 'channelsLast' | 'channelsFirst';

/** `56×56×64`, or with the batch in front `N×56×56×64`. A scalar per sample reads `scalar`. */
export function formatShape(shape: Shape, options: { batch?: boolean } = {}): string {
  const dims = options.batch ? shape : shape.slice(1);
  return dims.length === 0 ? 'scalar' : dims.map(formatDim).join('×');
}

/** Number of elements of one sample (the batch left out). */
export function sampleSize(shape: Shape): Dim {
  return shape.slice(1).reduce<Dim>(multiplyDims, 1);
}

/** Three-valued equality of two shapes; shapes of different rank are different. */
export function compareShapes(a: Shape, b: Shape): Comparison {
  if (a.length !== b.length) return 'different';
  const axes = a.map((dim, axis) => compareDims(dim, b[axis] as Dim));
  if (axes.includes('different')) return 'different';
  return axes.includes('unproven') ? 'unproven' : 'equal';
}

export function sameType(a: TensorType, b: TensorType): boolean {
  return a.dtype === b.dtype && compareShapes(a.shape, b.shape) === 'equal';
}

/** The axes of an image of rank 4 under a data format. */
export interface ImageAxes {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

export function imageAxes(dataFormat: DataFormat): ImageAxes {
  return dataFormat === 'channelsLast' ? { height: 1, width: 2, channels: 3 } : { channels: 1, height: 2, width: 3 };
}

/** The channels' axis of a tensor of any rank: the last one, or axis 1 for channels-first images of rank 4 or 5. */
export function channelAxis(rank: number, dataFormat: DataFormat): number {
  return dataFormat === 'channelsFirst' && rank >= 4 ? 1 : rank - 1;
}

/** Of the axes along which a value has places, by their number: a sequence has one, an image two, a volume three. */
const PLACES: readonly (readonly string[])[] = [[], ['steps'], ['height', 'width'], ['depth', 'height', 'width']];

/** Axis names in words for messages and tables: height, width, channels; steps, channels; features; else `axis 1`, … */
export function axisNames(rank: number, dataFormat: DataFormat): readonly string[] {
  if (rank === 2) return ['batch', 'features'];
  const places = rank < 3 ? undefined : PLACES[rank - 2];
  if (!places) return Array.from({ length: rank }, (_, axis) => (axis === 0 ? 'batch' : `axis ${axis}`));
  return ['batch', ...places.toSpliced(channelAxis(rank, dataFormat) - 1, 0, 'channels')];
}

/** The axes between batch and channels, in the network's own data format. */
export function placeAxes(rank: number, dataFormat: DataFormat): readonly number[] {
  const channels = channelAxis(rank, dataFormat);
  return Array.from({ length: rank }, (_, axis) => axis).filter((axis) => axis !== 0 && axis !== channels);
}
