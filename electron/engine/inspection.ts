import type { Activation } from '../../shared/rpc/contract';
import type { NetworkAnalysis } from '../../shared/infer/analysis';
import { activationKey } from '../../shared/program/compiled';
import type { TensorData, Tensors } from './backend';

/** Every layer's output for one image, as pictures: the first channels of an image, or a row of values. */
export function activationsOf(analysis: NetworkAnalysis, tensors: Tensors, maxChannels: number): Activation[] {
  return analysis.order.flatMap((path) => {
    const node = analysis.flat.nodes.get(path);
    const port = Object.keys(analysis.nodes.get(path)?.outputs ?? {})[0];
    const tensor = port === undefined ? undefined : tensors[activationKey(path, port)];
    if (!node || !tensor) return [];
    const picture = pictureOf(tensor.shape.slice(1), tensor.data, analysis.flat.dataFormat === 'channelsFirst', maxChannels);
    return [{ path, name: node.name, type: node.type, ...picture, ...range(picture.tiles) }];
  });
}

/** What the network's output of that name gives, of the activations that were looked at: no second run is needed for it. */
export function outputOf({ flat, order }: NetworkAnalysis, name: string, tensors: Tensors): TensorData | undefined {
  const output = order.find((path) => flat.nodes.get(path)?.type === 'output' && flat.nodes.get(path)?.name === name);
  const edge = output === undefined ? undefined : flat.incoming.get(output)?.[0];
  return edge && tensors[activationKey(edge.from.node, edge.from.port)];
}

type Picture = Pick<Activation, 'shape' | 'channels' | 'height' | 'width' | 'tiles'>;

function pictureOf(shape: readonly number[], data: ArrayLike<number>, channelsFirst: boolean, maxChannels: number): Picture {
  if (shape.length !== 3) return { shape: [...shape], channels: 1, height: 1, width: data.length, tiles: Float32Array.from(data) };
  const [height, width, channels] = (channelsFirst ? [shape[1], shape[2], shape[0]] : shape) as [number, number, number];
  const shown = Math.min(channels, maxChannels);
  const area = height * width;
  const tiles = new Float32Array(shown * area);
  for (let channel = 0; channel < shown; channel += 1) {
    for (let at = 0; at < area; at += 1)
      tiles[channel * area + at] = data[channelsFirst ? channel * area + at : at * channels + channel] as number;
  }
  return { shape: [height, width, channels], channels: shown, height, width, tiles };
}

function range(values: Float32Array): { minimum: number; maximum: number } {
  let minimum = Infinity;
  let maximum = -Infinity;
  for (const value of values) {
    if (value < minimum) minimum = value;
    if (value > maximum) maximum = value;
  }
  return { minimum: Number.isFinite(minimum) ? minimum : 0, maximum: Number.isFinite(maximum) ? maximum : 0 };
}
