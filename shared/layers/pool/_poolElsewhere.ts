import type { DataFormat, TensorType } from '../../graph/tensor';
import { evenPads, padded, torchTuple } from '../_torch';
import { slidingPads, spatialSizes, type SlidingWindow } from '../_window';
import { kerasDataFormat } from '../conv/_conv';
import { unsupported, type KerasRecord, type TorchRecord, type Unsupported } from '../define';
import { poolWindow, type PoolKind, type PoolParams } from './_pool';

export function kerasPool(kind: PoolKind, x: TensorType, p: PoolParams, dataFormat: DataFormat): KerasRecord | Unsupported {
  const window = poolWindow(p);
  if (p.padding === 'consistent') {
    return unsupported(
      `Keras has no pooling with consistent padding (zeros of a padding layer would count). Use padding “same” or “valid”.`,
    );
  }
  if (p.ceilMode && p.padding === 'valid' && hasPads(slidingPads(spatialSizes(x, dataFormat), window))) {
    return unsupported('Keras’s pooling leaves out windows that end outside. Use padding “same”, or set ceilMode to false.');
  }
  const axes = window.size.length;
  return {
    className: `${kind === 'max' ? 'Max' : 'Average'}Pooling${axes}D`,
    config: {
      pool_size: window.size,
      strides: window.strides,
      padding: p.padding,
      ...(axes === 1 ? {} : { data_format: kerasDataFormat(dataFormat) }),
    },
  };
}

function hasPads(pads: ReturnType<typeof slidingPads>): boolean {
  return pads?.some((ends) => ends.some((pad) => pad > 0)) ?? true;
}

/** PyTorch pads both sides alike; other padding goes before, as what never wins or, for a mean, what is not counted. */
export function torchPool(kind: PoolKind, x: TensorType, p: PoolParams, dataFormat: DataFormat): TorchRecord | Unsupported {
  const window = poolWindow(p);
  const sizes = spatialSizes(x, dataFormat);
  const ceilMode = p.ceilMode && p.padding !== 'same';
  const even = evenPads(slidingPads(sizes, { ...window, ceilMode: false }) ?? [[0, 1]]);
  if (even) return torchModule(kind, window, even, ceilMode);
  const pads = slidingPads(sizes, window);
  if (!pads) return unsupported('PyTorch’s pools have no padding “same”. Give the input fixed sizes, or use padding “consistent”.');
  const axes = window.size.length;
  const x1 = axes === 1 ? 'x.transpose(1, 2)' : 'x';
  const call = (value: string) =>
    `F.${kind === 'max' ? 'max' : 'avg'}_pool${axes}d(${value}, ${torchTuple(window.size)}, ${torchTuple(window.strides)})`;
  const forward =
    kind === 'max'
      ? call(padded(x1, pads, `, value=float('-inf')`))
      : `${call(padded(x1, pads))} / ${call(padded(`torch.ones_like(${x1})`, pads))}`;
  return { forward: axes === 1 ? `(${forward}).transpose(1, 2)` : forward };
}

function torchModule(kind: PoolKind, window: SlidingWindow, even: readonly number[], ceilMode: boolean): TorchRecord {
  const axes = window.size.length;
  const isPadded = even.some((pad) => pad > 0);
  const options = [
    `kernel_size=${torchTuple(window.size)}`,
    `stride=${torchTuple(window.strides)}`,
    ...(isPadded ? [`padding=${torchTuple(even)}`] : []),
    ...(ceilMode ? ['ceil_mode=True'] : []),
    ...(isPadded && kind === 'average' ? ['count_include_pad=False'] : []),
  ];
  return {
    init: `nn.${kind === 'max' ? 'Max' : 'Avg'}Pool${axes}d(${options.join(', ')})`,
    ...(axes === 1 ? { forward: 'self.layer(x.transpose(1, 2)).transpose(1, 2)' } : {}),
  };
}
