import { prepareImages, toChannelsFirst } from '../../shared/data/prepareImage';
import { preparedShape, type ImageShape } from '../../shared/data/preprocessing';
import type { NetworkInput } from '../../shared/program/compiled';
import { RpcError } from '../../shared/rpc/messages';
import type { Tensors } from './backend';
import type { ReadyNetwork } from './networks';

/**
 * What a network's only input is fed for images that come channels-last, whatever format the network has. With their shape, they
 * are as they were taken, and are prepared first.
 */
export function inputOf({ compiled, document }: ReadyNetwork, given: Float32Array, shape: ImageShape | null): Tensors {
  const [input, ...others] = compiled.inputs;
  const sizes = input?.type.shape.slice(1);
  if (!input || others.length > 0 || !sizes?.every((size): size is number => typeof size === 'number'))
    throw new RpcError('E_NETWORK', 'The network has not one input of known size, which images need.');
  const size = sizes.reduce((product, dim) => product * dim, 1);
  const images = shape ? prepared(input, given, shape) : given;
  if (images.length === 0 || images.length % size !== 0)
    throw new RpcError('E_INPUT', `The network’s input has ${sizes.join('×')} = ${size} values; ${images.length} were given.`);
  const [channels, height, width] = sizes as [number, number, number];
  const isTurned = document.dataFormat === 'channelsFirst' && sizes.length === 3;
  const data = isTurned ? toChannelsFirst(images, [height, width, channels]) : images;
  return { [input.name]: { dtype: 'float32', shape: [images.length / size, ...sizes], data } };
}

function prepared({ name, preprocessing }: NetworkInput, images: Float32Array, shape: ImageShape): Float32Array {
  if (!preprocessing) return images;
  const made = preparedShape(preprocessing, shape);
  if (!made.ok) throw new RpcError('E_INPUT', `The image cannot be prepared for the input "${name}": ${made.error}`);
  return prepareImages(preprocessing, images, shape);
}
