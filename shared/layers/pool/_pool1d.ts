import * as z from 'zod';
import { isKnown, type Dim } from '../../graph/dim';
import type { LayerProblem } from '../../graph/problem';
import { err, ok, type Result } from '../../graph/result';
import type { TensorType } from '../../graph/tensor';
import type { Window } from '../../program/builder';
import { joinSummary } from '../_params';
import { expectSequence } from '../_sequence';
import { windowOutput, windowPads } from '../_window';
import { withAxis } from '../define';

export const pool1dParams = z.strictObject({
  poolSize: z.int().min(1).max(4096).default(2).describe('Steps of the window.').meta({ torch: 'kernel_size' }),
  strides: z.int().min(1).max(4096).default(2).describe('Steps from one window to the next.').meta({ torch: 'stride' }),
  padding: z.enum(['valid', 'same']).default('valid').describe('What happens at the ends.').meta({ torch: 'padding' }),
});
type Params = z.output<typeof pool1dParams>;

export function inferPool1d(x: TensorType, p: Params): Result<{ y: TensorType }, LayerProblem> {
  const problem = expectSequence(x);
  if (problem) return err(problem);
  const steps = x.shape[1] as Dim;
  if (p.padding === 'valid' && isKnown(steps) && steps < p.poolSize) {
    const message = `pool ${p.poolSize} does not fit its input of ${steps} steps with padding "valid". Use padding "same", or a pool of ${steps} or less.`;
    return err({ code: 'shape/kernel-larger-than-input', param: 'poolSize', message });
  }
  return ok({ y: { dtype: x.dtype, shape: withAxis(x.shape, 1, windowOutput(steps, p.poolSize, p.strides, p.padding)) } });
}

/** The window over the sequence as an image of width 1. */
export function window1d(x: TensorType, p: Params): Window {
  const steps = x.shape[1] as Dim;
  if (p.padding === 'same' && !isKnown(steps)) throw new Error('A network is compiled for known sizes.');
  const pads = windowPads(isKnown(steps) ? steps : p.poolSize, p.poolSize, p.strides, p.padding);
  return { size: [p.poolSize, 1], strides: [p.strides, 1], pads: [pads, [0, 0]] };
}

export function pool1dSummary(p: Params): string {
  return joinSummary(p.poolSize, p.strides === 1 ? '' : `/${p.strides}`);
}

export function kerasPool1d(className: string, p: Params) {
  return { className, config: { pool_size: [p.poolSize], strides: [p.strides], padding: p.padding } };
}

export const pool1dExamples = [
  { inputs: { x: ['batch', 8, 3] }, outputs: { y: ['batch', 4, 3] } },
  { params: { poolSize: 3, strides: 2, padding: 'same' }, inputs: { x: ['batch', 8, 3] }, outputs: { y: ['batch', 4, 3] } },
] as const;
