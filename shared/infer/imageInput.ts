import { preprocessingOf, type ImageShape } from '../data/preprocessing';
import { imageAxes } from '../graph/tensor';
import type { NetworkAnalysis } from './analysis';

/** The image that a network's first input of three known sizes takes, whatever the data format; undefined where it has none. */
export function imageInput({ flat, order, nodes }: NetworkAnalysis): ImageShape | undefined {
  for (const path of order) {
    if (flat.nodes.get(path)?.type !== 'input') continue;
    const sizes = nodes.get(path)?.outputs['y']?.shape;
    if (sizes?.length !== 4) continue;
    const { height, width, channels } = imageAxes(flat.dataFormat);
    const shape = [sizes[height], sizes[width], sizes[channels]];
    if (shape.every((size): size is number => typeof size === 'number')) return shape as unknown as ImageShape;
  }
  return undefined;
}

/** Why images of files, each of its own size, cannot be brought to the network; undefined where they are stretched to its input. */
export function imageFolderMismatch(analysis: NetworkAnalysis): string | undefined {
  const channels = imageInput(analysis)?.[2];
  if (channels !== 1 && channels !== 3)
    return 'Images need an input of known height, width and 1 or 3 channels. Change the shape of the input.';
  for (const { type, name, params } of analysis.flat.nodes.values()) {
    const settings = type === 'input' ? preprocessingOf(params) : undefined;
    if (settings && (settings.minAspectDim !== null || settings.resizeDim !== null))
      return `Images of a folder are stretched to the input's own size: take "Resize to" and "Crop to" away from "${name}".`;
  }
  return undefined;
}
