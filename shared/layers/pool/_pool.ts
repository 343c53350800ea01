import * as z from 'zod';
import { err, ok, type Result } from '../../graph/result';
import type { LayerProblem } from '../../graph/problem';
import type { DataFormat, TensorType } from '../../graph/tensor';
import type { Window } from '../../program/builder';
import { formatPair, formatStrides, joinSummary, pair, paddingName } from '../_params';
import { expectImage, imagePads, imageShape, isProblem, slideWindow, type WindowParams } from '../_window';
import { kerasDataFormat } from '../conv/_conv';
import { unsupported, type KerasRecord, type Unsupported } from '../define';

export const poolParams = z.strictObject({
  poolSize: pair(1, 255).default([2, 2]).describe('Height and width of the window.').meta({ torch: 'kernel_size', unit: 'pixels' }),
  strides: pair(1, 255).default([2, 2]).describe('Step of the window along height and width.').meta({ torch: 'stride', unit: 'pixels' }),
  padding: paddingName.default('valid').describe('What happens at the border.').meta({ torch: 'padding' }),
});
export type PoolParams = z.output<typeof poolParams>;

export function poolWindow(p: PoolParams): WindowParams {
  return { size: p.poolSize, strides: p.strides, padding: p.padding, dilation: [1, 1] };
}

export function inferPool(x: TensorType, p: PoolParams, dataFormat: DataFormat): Result<{ y: TensorType }, LayerProblem> {
  const problem = expectImage(x);
  if (problem) return err(problem);
  const size = slideWindow('pool', x, poolWindow(p), dataFormat);
  return isProblem(size) ? err(size) : ok({ y: { dtype: x.dtype, shape: imageShape(x, dataFormat, size) } });
}

export function loweredWindow(x: TensorType, p: PoolParams): Window {
  return { size: p.poolSize, strides: p.strides, pads: imagePads(x.shape, poolWindow(p)) };
}

export function poolSummary(p: PoolParams): string {
  return joinSummary(formatPair(p.poolSize), formatStrides(p.strides));
}

export function kerasPool(className: string, p: PoolParams, dataFormat: DataFormat): KerasRecord | Unsupported {
  if (p.padding === 'consistent') {
    return unsupported(
      `Keras has no pooling with consistent padding (zeros of a padding layer would count). Use padding “same” or “valid”.`,
    );
  }
  return { className, config: { pool_size: p.poolSize, strides: p.strides, padding: p.padding, data_format: kerasDataFormat(dataFormat) } };
}

export function torchPool(name: string, p: PoolParams, rest = ''): string {
  const sides = p.padding === 'consistent' ? `, padding=(${p.poolSize.map((size) => (size - 1) >> 1).join(', ')})` : '';
  return `nn.${name}(kernel_size=(${p.poolSize.join(', ')}), stride=(${p.strides.join(', ')})${sides}${rest})`;
}

export const poolExamples = [
  { inputs: { x: ['batch', 28, 28, 8] }, outputs: { y: ['batch', 14, 14, 8] } },
  { params: { poolSize: 3, strides: 2, padding: 'same' }, inputs: { x: ['batch', 7, 9, 8] }, outputs: { y: ['batch', 4, 5, 8] } },
  { params: { poolSize: 3, strides: 2 }, inputs: { x: ['batch', 8, 7, 8] }, outputs: { y: ['batch', 3, 3, 8] } },
  { inputs: { x: ['batch', 8, 5, 6] }, outputs: { y: ['batch', 8, 2, 3] }, dataFormat: 'channelsFirst' },
] as const;
