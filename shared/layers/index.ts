import { embedding } from './core/embedding';
import { flatten } from './core/flatten';
import { dense } from './core/dense';
import { identity } from './core/identity';
import { reshape } from './core/reshape';
import { permute } from './core/permute';
import { repeatVector } from './core/repeatVector';
import { scale } from './core/scale';
import { shift } from './core/shift';
import { subtract } from './merge/subtract';
import { multiply } from './merge/multiply';
import { average } from './merge/average';
import { maximum } from './merge/maximum';
import { minimum } from './merge/minimum';
import { conv1d } from './conv/conv1d';
import { conv3d } from './conv/conv3d';
import { depthwiseConv2d } from './conv/depthwiseConv2d';
import { separableConv2d } from './conv/separableConv2d';
import { conv1dTranspose } from './conv/conv1dTranspose';
import { conv2dTranspose } from './conv/conv2dTranspose';
import { pad1d } from './conv/pad1d';
import { pad3d } from './conv/pad3d';
import { cropping1d } from './conv/cropping1d';
import { localResponseNormalization } from './norm/localResponseNormalization';
import { dot } from './merge/dot';
import { squeezeExcite } from './residual/squeezeExcite';
import { cropping2d } from './conv/cropping2d';
import { upSampling2d } from './conv/upSampling2d';
import { resize } from './conv/resize';
import { pixelShuffle } from './conv/pixelShuffle';
import { globalMaxPooling2d } from './pool/globalMaxPooling2d';
import { adaptiveAveragePooling2d } from './pool/adaptiveAveragePooling2d';
import { maxPooling1d } from './pool/maxPooling1d';
import { averagePooling1d } from './pool/averagePooling1d';
import { globalMaxPooling1d } from './pool/globalMaxPooling1d';
import { globalAveragePooling1d } from './pool/globalAveragePooling1d';
import { maxPooling3d } from './pool/maxPooling3d';
import { averagePooling3d } from './pool/averagePooling3d';
import { globalMaxPooling3d } from './pool/globalMaxPooling3d';
import { globalAveragePooling3d } from './pool/globalAveragePooling3d';
import { layerNormalization } from './norm/layerNormalization';
import { groupNormalization } from './norm/groupNormalization';
import { instanceNormalization } from './norm/instanceNormalization';
import { rmsNormalization } from './norm/rmsNormalization';
import { unitNormalization } from './norm/unitNormalization';
import { spatialDropout2d } from './regularization/spatialDropout2d';
import { stochasticDepth } from './regularization/stochasticDepth';
import { gaussianNoise } from './regularization/gaussianNoise';
import { gaussianDropout } from './regularization/gaussianDropout';
import { scaledDotProductAttention } from './attention/scaledDotProductAttention';
import { multiHeadAttention } from './attention/multiHeadAttention';
import { positionEmbedding } from './attention/positionEmbedding';
import { patchEmbedding } from './attention/patchEmbedding';
import { classToken } from './attention/classToken';
import { masking } from './core/masking';
import { lstm } from './recurrent/lstm';
import { gru } from './recurrent/gru';
import { simpleRnn } from './recurrent/simpleRnn';
import { bidirectional } from './recurrent/bidirectional';
import { spatialDropout1d } from './regularization/spatialDropout1d';
import { alphaDropout } from './regularization/alphaDropout';
import { activityRegularization } from './regularization/activityRegularization';
import { rescaling } from './preprocessing/rescaling';
import { normalization } from './preprocessing/normalization';
import { randomFlip } from './preprocessing/randomFlip';
import { randomCrop } from './preprocessing/randomCrop';
import { randomRotation } from './preprocessing/randomRotation';
import { randomZoom } from './preprocessing/randomZoom';
import { randomTranslation } from './preprocessing/randomTranslation';
import { randomContrast } from './preprocessing/randomContrast';
import { randomBrightness } from './preprocessing/randomBrightness';
import { conv2d } from './conv/conv2d';
import { pad } from './conv/pad';
import { padChannels } from './residual/padChannels';
import type { AnyLayer } from './define';
import { input } from './inputOutput/input';
import { output } from './inputOutput/output';
import { add } from './merge/add';
import { concatenate } from './merge/concatenate';
import { batchNormalization } from './norm/batchNormalization';
import { relu } from './activation/relu';
import { leakyRelu } from './activation/leakyRelu';
import { prelu } from './activation/prelu';
import { elu } from './activation/elu';
import { selu } from './activation/selu';
import { celu } from './activation/celu';
import { gelu } from './activation/gelu';
import { silu } from './activation/silu';
import { mish } from './activation/mish';
import { sigmoid } from './activation/sigmoid';
import { hardSigmoid } from './activation/hardSigmoid';
import { hardSwish } from './activation/hardSwish';
import { tanh } from './activation/tanh';
import { softplus } from './activation/softplus';
import { softsign } from './activation/softsign';
import { logSoftmax } from './activation/logSoftmax';
import { glu } from './activation/glu';
import { activation } from './activation/activation';
import { softmax } from './activation/softmax';
import { averagePooling2d } from './pool/averagePooling2d';
import { globalAveragePooling2d } from './pool/globalAveragePooling2d';
import { maxPooling2d } from './pool/maxPooling2d';
import { dropout } from './regularization/dropout';
import { preActivation } from './residual/preActivation';
import { shortcut } from './residual/shortcut';

/** Every layer, in the palette's order. A new layer is one file and one line here. */
export const layers = [
  input,
  output,
  dense,
  embedding,
  masking,
  flatten,
  identity,
  reshape,
  permute,
  repeatVector,
  scale,
  shift,
  conv2d,
  conv1d,
  conv3d,
  depthwiseConv2d,
  separableConv2d,
  conv2dTranspose,
  conv1dTranspose,
  pad,
  pad1d,
  pad3d,
  cropping2d,
  cropping1d,
  upSampling2d,
  resize,
  pixelShuffle,
  maxPooling2d,
  averagePooling2d,
  globalAveragePooling2d,
  globalMaxPooling2d,
  adaptiveAveragePooling2d,
  maxPooling1d,
  averagePooling1d,
  globalMaxPooling1d,
  globalAveragePooling1d,
  maxPooling3d,
  averagePooling3d,
  globalMaxPooling3d,
  globalAveragePooling3d,
  batchNormalization,
  layerNormalization,
  groupNormalization,
  instanceNormalization,
  rmsNormalization,
  unitNormalization,
  localResponseNormalization,
  relu,
  softmax,
  leakyRelu,
  prelu,
  elu,
  selu,
  celu,
  gelu,
  silu,
  mish,
  sigmoid,
  hardSigmoid,
  hardSwish,
  tanh,
  softplus,
  softsign,
  logSoftmax,
  glu,
  activation,
  dropout,
  spatialDropout2d,
  stochasticDepth,
  gaussianNoise,
  gaussianDropout,
  spatialDropout1d,
  alphaDropout,
  activityRegularization,
  add,
  subtract,
  multiply,
  average,
  maximum,
  minimum,
  concatenate,
  dot,
  shortcut,
  preActivation,
  padChannels,
  squeezeExcite,
  multiHeadAttention,
  scaledDotProductAttention,
  positionEmbedding,
  patchEmbedding,
  classToken,
  lstm,
  gru,
  simpleRnn,
  bidirectional,
  rescaling,
  normalization,
  randomFlip,
  randomCrop,
  randomRotation,
  randomZoom,
  randomTranslation,
  randomContrast,
  randomBrightness,
] as const;

export type LayerType = (typeof layers)[number]['type'];

const byType: ReadonlyMap<string, AnyLayer> = new Map(layers.map((layer) => [layer.type, layer as unknown as AnyLayer]));

/** The layer of a type, or undefined where this version does not know it. */
export function findLayer(type: string): AnyLayer | undefined {
  return byType.get(type);
}

export const allLayers: readonly AnyLayer[] = [...byType.values()];
