import { isKnown, multiplyDims, type Dim } from '../../graph/dim';
import type { LayerProblem } from '../../graph/problem';
import { err, ok, type Result } from '../../graph/result';
import type { TensorType } from '../../graph/tensor';
import type { Builder, Value } from '../../program/builder';
import { sequenceProblem } from '../attention/_attention';
import { unsupported, type KerasRecord, type TorchRecord, type TorchWeight, type Unsupported } from '../define';
import { cells, type CellKind, type Read } from './_cells';
import { kerasRecurrentConfig, type RecurrentParams } from './_params';
import { isWhole, MANY_STEPS, MOST_UNROLLED, readSequence, UNROLLED_LSTM } from './_sequence';

/** Where all steps are one operation: what they hold between the way forth and the way back grows with them. */
const MOST_WHOLE = 10_000;

/** Of a sequence that a cell reads, what it gives, of so many channels; or why it cannot be read. */
export function inferRecurrent(kind: CellKind, x: TensorType, width: number, p: RecurrentParams): Result<{ y: TensorType }, LayerProblem> {
  const problem = sequenceProblem('x', x);
  if (problem) return err(problem);
  const [batch, steps] = x.shape as [Dim, Dim];
  if (!isKnown(steps))
    return err({ code: 'shape/unknown-steps', port: 'x', message: 'expects a known number of steps. Give the input a fixed size.' });
  const [most, why] = isWhole(kind, p)
    ? [MOST_WHOLE, 'what each step leaves for the way back has to be kept']
    : [
        MOST_UNROLLED,
        `each step becomes operations of its own${kind === 'lstm' ? ' unless its activations are tanh and sigmoid and recurrentDropout is 0' : ', which an LSTM’s need not'}`,
      ];
  if (steps > most) {
    const message = `received ${steps} steps, expected at most ${most}: ${why}. Shorten the sequence, by a pooling or strides for instance.`;
    return err({ code: 'shape/too-many-steps', port: 'x', message });
  }
  return ok({ y: { dtype: 'float32', shape: p.returnSequences ? [batch, steps, width] : [batch, width] } });
}

/** A time as it is measured: no more than it can be known. */
function inWords(seconds: number): string {
  return seconds < 90 ? `${Math.ceil(seconds / 5) * 5} s` : `${Math.ceil(seconds / 60)} minutes`;
}

/** That a long sequence makes a long program, and how long that takes: for one GRU on two cores, measured up to 512 steps. */
export function longSequence(kind: CellKind, { shape }: TensorType, p: RecurrentParams): readonly LayerProblem[] {
  const steps = shape[1] as number;
  if (steps <= MANY_STEPS || (steps > UNROLLED_LSTM && isWhole(kind, p))) return [];
  const [tensorflow, onnxruntime] = [inWords(3 * (steps / MANY_STEPS) ** 1.5), inWords(16 * (steps / MANY_STEPS) ** 2)];
  const message = `has ${steps} steps, each of which becomes operations of its own: before its first step a training is made ready for about ${tensorflow} in TensorFlow, ${onnxruntime} in onnxruntime. A pooling or strides before it shorten the sequence.`;
  return [{ code: 'shape/many-steps', severity: 'warning', port: 'x', message }];
}

/** Products of input and state with their kernels, of all steps. */
export function recurrentMacs(kind: CellKind, { shape }: TensorType, { units }: RecurrentParams): Dim {
  const [, steps, channels] = shape as [Dim, Dim, number];
  return multiplyDims(steps, cells[kind].gates * units * (channels + units));
}

export function lowerRecurrent(
  b: Builder,
  kind: CellKind,
  read: Read,
  weights: Readonly<Record<string, Value>>,
  p: RecurrentParams,
): Value {
  const sequence = readSequence(b, kind, read, weights, p);
  return p.returnSequences ? sequence.every('asRead') : sequence.last();
}

/** Keras's class of a kind. */
export const KERAS_CLASSES = { lstm: 'LSTM', gru: 'GRU', simpleRnn: 'SimpleRNN' } as const;

export function kerasRecurrent(kind: CellKind, p: RecurrentParams): KerasRecord {
  const record = { className: KERAS_CLASSES[kind], config: kerasRecurrentConfig(kind, p) };
  if (kind !== 'gru' || !p.resetAfter) return record;
  return { ...record, notInTfjs: 'TensorFlow.js has the GRU that resets before the product only. Set resetAfter to off.' };
}

const TORCH_CLASSES = { lstm: 'LSTM', gru: 'GRU', simpleRnn: 'RNN' } as const;

/** Why PyTorch has no such recurrent layer. */
export function notInTorch(kind: CellKind, p: RecurrentParams): string | undefined {
  if (p.recurrentDropout > 0) return 'PyTorch has no dropout of the state. Set recurrentDropout to 0.';
  if (kind === 'simpleRnn') {
    return p.activation === 'tanh' || p.activation === 'relu' ? undefined : 'PyTorch’s RNN has the activations tanh and relu only.';
  }
  if (p.activation !== 'tanh' || p.recurrentActivation !== 'sigmoid')
    return `PyTorch’s ${TORCH_CLASSES[kind]} has tanh and sigmoid inside only.`;
  return kind === 'gru' && !p.resetAfter ? 'PyTorch’s GRU resets after the product only. Set resetAfter to on.' : undefined;
}

/** The constructor of PyTorch's module. */
export function torchModule(kind: CellKind, { shape }: TensorType, p: RecurrentParams, more = ''): string {
  const nonlinearity = kind === 'simpleRnn' && p.activation === 'relu' ? `, nonlinearity='relu'` : '';
  const bias = p.useBias ? '' : ', bias=False';
  return `nn.${TORCH_CLASSES[kind]}(${shape[2] as number}, ${p.units}, batch_first=True${bias}${nonlinearity}${more})`;
}

export function torchRecurrent(kind: CellKind, x: TensorType, p: RecurrentParams): TorchRecord | Unsupported {
  const reason = notInTorch(kind, p);
  if (reason !== undefined) return unsupported(reason);
  const turned = p.goBackwards ? `${torchRead(p)}.flip(1)` : torchRead(p);
  return {
    init: torchModule(kind, x, p),
    forward: `self.layer(${turned})[0]${p.returnSequences ? '' : '[:, -1]'}`,
    weights: torchWeights(kind, p, (name) => name, 'l0'),
  };
}

/** The sequence as PyTorch reads it; what is dropped is the same at all steps. */
export function torchRead({ dropout }: RecurrentParams): string {
  return dropout === 0 ? 'x' : `(x * F.dropout(torch.ones_like(x[:, :1]), ${dropout}, self.training))`;
}

/** PyTorch's tensors of one direction; its GRU has the first two gates the other way round. */
export function torchWeights(
  kind: CellKind,
  p: RecurrentParams,
  ours: (name: string) => string,
  suffix: string,
): Readonly<Record<string, TorchWeight>> {
  const blocks = kind === 'gru' ? { blocks: [1, 0, 2] } : {};
  const kernels = {
    [`weight_ih_${suffix}`]: { from: ours('kernel'), axes: [1, 0], ...blocks },
    [`weight_hh_${suffix}`]: { from: ours('recurrentKernel'), axes: [1, 0], ...blocks },
  };
  if (!p.useBias) return kernels;
  const bias = ours('bias');
  if (kind !== 'gru') return { ...kernels, [`bias_ih_${suffix}`]: { from: bias } };
  return {
    ...kernels,
    [`bias_ih_${suffix}`]: { from: bias, row: 0, ...blocks },
    [`bias_hh_${suffix}`]: { from: bias, row: 1, ...blocks },
  };
}
