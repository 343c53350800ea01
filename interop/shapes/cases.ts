/**
 * Writes random layers with random parameters, sizes and data formats, and the shape that we give to each or the code of our
 * refusal. Parameters have our names: the scripts that read them build the layer of their engine by hand, not by our exports.
 *
 * Run: `npx tsx interop/shapes/cases.ts FOLDER COUNT [SEED]`. Read by inKeras.py and inTorch.py beside it.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DataFormat } from '../../shared/graph/tensor';
import type { Params } from '../../shared/graph/graph';
import { analyze } from '../../shared/infer/analyze';
import { networkOf } from '../../shared/testing/networks';
import { randomOf, type Random } from '../../shared/testing/plantFault';

const pick = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
const upTo = (random: Random, least: number, most: number) => least + Math.floor(random() * (most - least + 1));

interface Kind {
  readonly type: string;
  readonly axes: 1 | 2 | 3;
  readonly isPool?: boolean;
  readonly isDepthwise?: boolean;
  readonly isTransposed?: boolean;
}

const KINDS: readonly Kind[] = [
  { type: 'conv1d', axes: 1 },
  { type: 'conv2d', axes: 2 },
  { type: 'conv2d', axes: 2 },
  { type: 'conv3d', axes: 3 },
  { type: 'depthwiseConv2d', axes: 2, isDepthwise: true },
  { type: 'separableConv2d', axes: 2, isDepthwise: true },
  { type: 'conv2dTranspose', axes: 2, isTransposed: true },
  { type: 'maxPooling1d', axes: 1, isPool: true },
  { type: 'averagePooling1d', axes: 1, isPool: true },
  { type: 'maxPooling2d', axes: 2, isPool: true },
  { type: 'averagePooling2d', axes: 2, isPool: true },
  { type: 'maxPooling3d', axes: 3, isPool: true },
  { type: 'averagePooling3d', axes: 3, isPool: true },
];

interface Made {
  readonly params: Params;
  readonly channels: number;
}

function paramsOf(random: Random, { type, axes, isPool, isDepthwise, isTransposed }: Kind): Made {
  const each = (size: () => number) => (axes === 1 ? size() : Array.from({ length: axes }, size));
  const stride = upTo(random, 1, 3);
  // Strides of depthwise layers are equal in TensorFlow; strides and holes together are in neither.
  const strides = isDepthwise ? each(() => stride) : each(() => upTo(random, 1, 3));
  const padding = pick(random, ['valid', 'same', 'consistent', ...(type === 'conv1d' ? ['causal'] : [])]);
  if (isPool) return { params: { poolSize: each(() => upTo(random, 1, 5)), strides, padding }, channels: upTo(random, 1, 4) };
  const kernelSize = each(() => upTo(random, 1, 5));
  if (isTransposed) {
    return { params: { filters: upTo(random, 1, 6), kernelSize, strides, padding }, channels: upTo(random, 1, 4) };
  }
  const isStrided = [strides].flat().some((size) => size > 1);
  const rate = upTo(random, 1, 3);
  const dilationRate = each(() => (isStrided ? 1 : rate));
  if (isDepthwise) {
    const own = { kernelSize, strides, padding, dilationRate, depthMultiplier: upTo(random, 1, 3) };
    return { params: type === 'separableConv2d' ? { ...own, filters: upTo(random, 1, 6) } : own, channels: upTo(random, 1, 4) };
  }
  const groups = pick(random, [1, 1, 1, 2, 3]);
  const params = { filters: groups * upTo(random, 1, 4), kernelSize, strides, padding, dilationRate, groups };
  return { params, channels: groups * upTo(random, 1, 3) };
}

function caseOf(random: Random) {
  const kind = pick(random, KINDS);
  const { params, channels } = paramsOf(random, kind);
  const sizes = Array.from({ length: kind.axes }, () => upTo(random, 1, 30));
  const dataFormat: DataFormat = kind.axes > 1 && random() < 0.4 ? 'channelsFirst' : 'channelsLast';
  const shape = dataFormat === 'channelsFirst' ? [channels, ...sizes] : [...sizes, channels];
  const document = networkOf(
    { x: ['input', { shape }], layer: [kind.type, params], end: ['output'] },
    ['x → layer', 'layer → end'],
    dataFormat,
  );
  const known = analyze(document).nodes.get('layer');
  const refusal = known?.problems.find(({ severity }) => severity === 'error')?.code;
  return { type: kind.type, params, shape, dataFormat, ours: known?.outputs['y']?.shape.slice(1) ?? null, refusal };
}

const [folder, count, seed = '1'] = process.argv.slice(2);
if (folder === undefined || count === undefined) throw new Error('Give the folder to write to, and how many.');
const random = randomOf(Number(seed));
const cases = Array.from({ length: Number(count) }, () => caseOf(random));
writeFileSync(join(folder, 'shapes.json'), JSON.stringify(cases));
process.stdout.write(`${JSON.stringify({ cases: cases.length })}\n`);
