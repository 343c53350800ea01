/** Layers that make a path larger, as decoders and feature pyramids do. */
export const ENLARGING: ReadonlySet<string> = new Set(['upSampling2d', 'conv1dTranspose', 'conv2dTranspose', 'pixelShuffle', 'resize']);
