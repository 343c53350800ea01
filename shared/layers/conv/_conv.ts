import type { DataFormat } from '../../graph/tensor';
import type { KerasRecord } from '../define';
import { span, windowPads, type WindowParams } from '../_window';

/** Fans of a kernel `H×W×I×O`, as Keras counts them: receptive field times channels. */
export function kernelFans(shape: readonly number[]): { fanIn: number; fanOut: number } {
  const field = shape.slice(0, -2).reduce((product, size) => product * size, 1);
  return { fanIn: field * (shape.at(-2) ?? 1), fanOut: field * (shape.at(-1) ?? 1) };
}

/** `[[top, bottom], [left, right]]` of consistent padding; it does not depend on the image's size. */
export function consistentPads(window: WindowParams): readonly [readonly [number, number], readonly [number, number]] {
  const along = (axis: 0 | 1) => windowPads(1, span(window.size[axis], window.dilation[axis]), window.strides[axis], 'consistent');
  return [along(0), along(1)];
}

/** A convolution in Keras's layers: consistent padding, which Keras does not have, is a ZeroPadding2D before it. */
export function convolutionParts(
  window: WindowParams,
  config: Readonly<Record<string, unknown>>,
  dataFormat: DataFormat,
  weights: readonly string[],
): KerasRecord {
  if (window.padding !== 'consistent') return { className: 'Conv2D', config, weights };
  return {
    parts: [
      { name: 'pad', ...zeroPadding(consistentPads(window), dataFormat), inputs: ['x'] },
      { name: 'conv', className: 'Conv2D', config: { ...config, padding: 'valid' }, inputs: ['pad'], weights },
    ],
    outputs: { y: 'conv' },
  };
}

/** Keras's ZeroPadding2D. */
export function zeroPadding(pads: readonly (readonly [number, number])[], dataFormat: DataFormat) {
  return { className: 'ZeroPadding2D', config: { padding: pads, data_format: kerasDataFormat(dataFormat) } };
}

export function kerasDataFormat(dataFormat: DataFormat): string {
  return dataFormat === 'channelsLast' ? 'channels_last' : 'channels_first';
}
