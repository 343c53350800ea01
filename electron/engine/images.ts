import { RpcError } from '../../shared/rpc/messages';
import type { Tensors } from './backend';
import type { ReadyNetwork } from './networks';

/** Images `H×W×C`, one after the other, as `C×H×W`. */
export function toChannelsFirst(pixels: Float32Array, [height, width, channels]: readonly [number, number, number]): Float32Array {
  const moved = new Float32Array(pixels.length);
  const area = height * width;
  for (let start = 0; start < pixels.length; start += area * channels) {
    for (let at = 0; at < area; at += 1) {
      for (let channel = 0; channel < channels; channel += 1)
        moved[start + channel * area + at] = pixels[start + at * channels + channel] as number;
    }
  }
  return moved;
}

/** What a network's only input is fed for images that come channels-last, whatever format the network has. */
export function inputOf({ compiled, document }: ReadyNetwork, images: Float32Array): Tensors {
  const [input, ...others] = compiled.inputs;
  const sizes = input?.type.shape.slice(1);
  if (!input || others.length > 0 || !sizes?.every((size): size is number => typeof size === 'number'))
    throw new RpcError('E_NETWORK', 'The network has not one input of known size, which images need.');
  const size = sizes.reduce((product, dim) => product * dim, 1);
  if (images.length === 0 || images.length % size !== 0)
    throw new RpcError('E_INPUT', `The network’s input has ${sizes.join('×')} = ${size} values; ${images.length} were given.`);
  const [channels, height, width] = sizes as [number, number, number];
  const isTurned = document.dataFormat === 'channelsFirst' && sizes.length === 3;
  const data = isTurned ? toChannelsFirst(images, [height, width, channels]) : images;
  return { [input.name]: { dtype: 'float32', shape: [images.length / size, ...sizes], data } };
}
