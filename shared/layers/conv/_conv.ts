import type { DataFormat } from '../../graph/tensor';
import type { KerasLayer, KerasRecord } from '../define';
import { span, windowPads, type SlidingWindow } from '../_window';

/** A layer of Keras with a window: consistent padding, which Keras does not have, is zeros put before it. */
export function padsBefore(layer: KerasLayer, window: SlidingWindow, dataFormat: DataFormat): KerasRecord {
  if (window.padding !== 'consistent') return layer;
  const pads = window.size.map((size, axis) => windowPads(1, span(size, window.dilation[axis] as number), 1, 'consistent'));
  return {
    parts: [
      { name: 'pad', ...zeroPadding(pads, dataFormat), inputs: ['x'] },
      { ...layer, name: 'conv', config: { ...layer.config, padding: 'valid' }, inputs: ['pad'] },
    ],
    outputs: { y: 'conv' },
  };
}

/** Keras's ZeroPadding1D, 2D or 3D. */
export function zeroPadding(pads: readonly (readonly [number, number])[], dataFormat: DataFormat): KerasLayer {
  const axes = pads.length;
  return {
    className: `ZeroPadding${axes}D`,
    config: axes === 1 ? { padding: pads[0] } : { padding: pads, data_format: kerasDataFormat(dataFormat) },
    ...(axes === 2 ? {} : { notInTfjs: 'TensorFlow.js pads images only. Use padding “same”.' }),
  };
}

export function kerasDataFormat(dataFormat: DataFormat): string {
  return dataFormat === 'channelsLast' ? 'channels_last' : 'channels_first';
}
