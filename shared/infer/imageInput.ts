import { preprocessingOf, type ImageShape, type Preprocessing } from '../data/preprocessing';
import { err, ok, type Result } from '../graph/result';
import { imageAxes } from '../graph/tensor';
import type { NetworkAnalysis } from './analysis';

/** The image that a network's first input of three known sizes takes, whatever the data format; undefined where it has none. */
function imageInput({ flat, order, nodes }: NetworkAnalysis): ImageShape | undefined {
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

/** How images of files, each of its own size, are brought to one before they are prepared further. */
export interface ImageIntake {
  readonly shape: ImageShape;
  /** A square is cut out after the smaller side was resized to `minAspectDim`, if to any; left out: images are stretched. */
  readonly cut?: { readonly minAspectDim: number | null };
}

/** How a network wants images of files, or in a sentence why they cannot be brought to it. */
export function imageIntake(analysis: NetworkAnalysis): Result<ImageIntake, string> {
  const taken = imageInput(analysis);
  if (!taken || (taken[2] !== 1 && taken[2] !== 3))
    return err('Images need an input of known height, width and 1 or 3 channels. Change the shape of the input.');
  const [first, ...others] = imageInputs(analysis);
  if (!first || others.some((other) => sizesOf(other) !== sizesOf(first)))
    return err('Images of a folder are brought to one size. Give all inputs of images the same "Resize to" and "Crop to".');
  const hasColours = [first, ...others].some(({ settings }) => settings && settings.colours !== 'asTheyAre');
  return sizedIntake(first, [taken[0], taken[1], hasColours ? 3 : taken[2]]);
}

interface ImageInput {
  readonly name: string;
  readonly settings: Preprocessing | undefined;
}

function imageInputs({ flat, nodes }: NetworkAnalysis): readonly ImageInput[] {
  return [...flat.nodes.values()]
    .filter(({ type, path }) => type === 'input' && nodes.get(path)?.outputs['y']?.shape.length === 4)
    .map(({ name, params }) => ({ name, settings: preprocessingOf(params) }));
}

function sizesOf({ settings }: ImageInput): string {
  return `${settings?.minAspectDim ?? ''}/${settings?.resizeDim ?? ''}`;
}

/** That what is cut out is what the input takes is checked with the layer. */
function sizedIntake({ name, settings }: ImageInput, shape: ImageShape): Result<ImageIntake, string> {
  const { minAspectDim = null, resizeDim = null } = settings ?? {};
  if (resizeDim === null && minAspectDim === null) return ok({ shape });
  if (resizeDim === null)
    return err(
      `Images of a folder that "${name}" resizes to a smaller side of ${minAspectDim} differ in the other. Set its "Crop to" too.`,
    );
  return ok({ shape: [resizeDim, resizeDim, shape[2]], cut: { minAspectDim } });
}
