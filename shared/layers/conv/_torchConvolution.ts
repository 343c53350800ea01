import { channelAxis, type DataFormat, type TensorType } from '../../graph/tensor';
import { convolutionTensors, evenPads, padded, torchBool, torchTuple } from '../_torch';
import { slidingPads, spatialSizes, type SlidingWindow } from '../_window';
import { unsupported, type TorchRecord, type Unsupported } from '../define';

/** What a convolution's module is made of besides its window. */
interface Channels {
  readonly filters: number;
  readonly groups: number;
  readonly useBias: boolean;
}

/** A convolution over one, two or three axes. Pads that are not alike on both sides, PyTorch's do not know: they go before. */
export function torchConvolution(
  x: TensorType,
  window: SlidingWindow,
  { filters, groups, useBias }: Channels,
  dataFormat: DataFormat,
): TorchRecord | Unsupported {
  const pads = slidingPads(spatialSizes(x, dataFormat), window);
  if (!pads)
    return unsupported('PyTorch has no padding “same” with strides above 1. Give the input fixed sizes, or use padding “consistent”.');
  const axes = window.size.length;
  const even = evenPads(pads);
  const channels = x.shape[channelAxis(x.shape.length, dataFormat)] as number;
  const options = [
    `kernel_size=${torchTuple(window.size)}`,
    `stride=${torchTuple(window.strides)}`,
    ...(even?.some((pad) => pad > 0) ? [`padding=${torchTuple(even)}`] : []),
    `dilation=${torchTuple(window.dilation)}`,
    ...(groups > 1 ? [`groups=${groups}`] : []),
    `bias=${torchBool(useBias)}`,
  ];
  const input = axes === 1 ? 'x.transpose(1, 2)' : 'x';
  const call = `self.layer(${even ? input : padded(input, pads)})`;
  return {
    init: `nn.Conv${axes}d(${channels}, ${filters}, ${options.join(', ')})`,
    ...(axes === 1 ? { forward: `${call}.transpose(1, 2)` } : even ? {} : { forward: call }),
    weights: convolutionTensors(axes, useBias),
  };
}
