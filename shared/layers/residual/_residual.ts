import type { DataFormat, TensorType } from '../../graph/tensor';
import type { KerasPart } from '../define';
import { kerasBatchNorm, type BatchNormParams } from '../norm/_batchNorm';

/** Batch normalisation and ReLU as Keras's layers `bn` and `relu`. */
export function preActivationParts(x: TensorType, p: BatchNormParams, dataFormat: DataFormat): readonly KerasPart[] {
  return [
    { name: 'bn', ...kerasBatchNorm(x, p, dataFormat), inputs: ['x'] },
    { name: 'relu', className: 'ReLU', config: { max_value: null, negative_slope: 0, threshold: 0 }, inputs: ['bn'] },
  ];
}
