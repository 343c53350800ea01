import { isKnown, type Dim } from '../../graph/dim';
import type { ParamValue } from '../../graph/graph';
import { channelAxis, placeAxes, sampleSize, type Shape } from '../../graph/tensor';
import type { FlatNode } from '../../infer/analysis';
import { sizesInQuestion } from '../mismatch';
import { rowsOf, type Site } from './plan';
import { imageSize, type ImageSize } from './sizes';
import { completeOrder, divisorsOf, patchesOf, sizesThatFit } from './fittingValues';

type Candidates = (site: Site, value: ParamValue, params: FlatNode['params']) => readonly ParamValue[];

/** Layers upstream or downstream of a problem that is no merge's; more are farther than anybody looks. */
export const NEAR = 12;

const strides: Candidates = (site, value, params) => {
  const [a, b] = pairOf(value ?? params['poolSize'] ?? 2);
  const ratios = ratiosOf(site);
  const scaled = ratios.flatMap((ratio) => [
    [a * ratio, b * ratio],
    [a / ratio, b / ratio],
  ]);
  return [...scaled, [1, 1], [2, 2], [b, b], [a, a]].filter((pair) => pair.every((size) => Number.isInteger(size) && size > 0));
};
const kernels: Candidates = (site, value) => {
  const [a, b] = pairOf(value);
  const least = site.problem.code === 'shape/kernel-larger-than-input' ? inputSides(site) : [];
  const pairs = [...least, [a + 1, b + 1], [a - 1, b - 1], [3, 3], [1, 1], [2, 2], [5, 5], [a, a], [b, b], [7, 7]];
  return pairs.filter((pair) => pair.every((size) => size > 0));
};
const paddings: Candidates = () => ['consistent', 'same', 'valid', 'causal'];
const channels: Candidates = (site) => channelsOf(site);

/** Values worth trying for a parameter by its name, those first that problems of this kind most often need. */
export const CANDIDATES: Readonly<Record<string, Candidates>> = {
  strides,
  padding: paddings,
  filters: channels,
  units: channels,
  channels,
  kernelSize: kernels,
  poolSize: kernels,
  dilationRate: () => [[1, 1]],
  outputPadding: (_site, value) =>
    [null, 0, 1, 2, 3, [0, 1], [1, 0]].filter((padding) => JSON.stringify(padding) !== JSON.stringify(value)),
  size: (_site, value) =>
    [
      [2, 2],
      [1, 1],
      [4, 4],
      [3, 3],
    ].filter((pair) => JSON.stringify(pair) !== JSON.stringify(pairOf(value))),
  axes: () => [-1, 1, 2].flatMap((a) => [-1, 1, 2].map((b) => [a, b])),
  axis: otherAxes,
  top: around,
  bottom: around,
  left: around,
  right: around,
  height: (site) => spatialOf(site),
  width: (site) => spatialOf(site),
  targetShape: (site, value) => sizesThatFit(value, sampleSize(shapeHere(site))),
  groups: (site, value, { filters }) => divisorsOf(value, [...channelsHere(site), ...(typeof filters === 'number' ? [filters] : [])]),
  dims: (site, value) => [completeOrder(value, sampleHere(site).length)],
  patchSize: (site, value) => patchesOf(pairOf(value), imageHere(site)),
  interpolation: ({ problem }) => (problem.code === 'shape/unknown-size' ? ['nearest'] : []),
  sequenceLength: (site) => sampleHere(site).slice(0, 1).filter(isKnown),
  depthMultiplier: () => [1],
  numHeads: (_site, value) =>
    typeof value === 'number' ? [value / 2, value * 2, 8, 4, 1].filter((n) => Number.isInteger(n) && n > 0) : [],
  keyDim: (site) => channelsOf(site),
};

/** Each other axis once: none is the channels', and −1 the last. */
function otherAxes(site: Site, value: ParamValue): readonly ParamValue[] {
  const rank = rowsOf(site)[0]?.shape.length ?? shapeHere(site).length;
  const counted = (axis: ParamValue) =>
    axis === null ? channelAxis(rank, site.analysis.flat.dataFormat) : typeof axis === 'number' && axis < 0 ? axis + rank : axis;
  const seen = new Set([counted(value)]);
  return [null, -1, 1, 2, 3].filter((axis) => {
    const isNew = !seen.has(counted(axis));
    seen.add(counted(axis));
    return isNew;
  });
}

function around(_site: Site, value: ParamValue): readonly ParamValue[] {
  return typeof value === 'number' ? [value + 1, value - 1, 0, value + 2, value - 2].filter((size) => size >= 0) : [];
}

function pairOf(value: ParamValue): [number, number] {
  if (typeof value === 'number') return [value, value];
  const list = Array.isArray(value) ? (value as readonly ParamValue[]) : [];
  return [Number(list[0] ?? 1), Number(list[1] ?? list[0] ?? 1)];
}

/** By how much the sizes of the inputs differ, where that is a whole number; 2 where nothing is known. */
function ratiosOf(site: Site): readonly number[] {
  const { mismatch } = site.problem;
  const ratios = new Set<number>();
  for (const dims of mismatch ? sizesInQuestion(mismatch) : []) {
    const sizes = dims.filter(isKnown);
    const ratio = Math.round(Math.max(...sizes) / Math.min(...sizes));
    if (sizes.length > 1 && ratio > 1 && ratio <= 32) ratios.add(ratio);
  }
  return ratios.size > 0 ? [...ratios] : [2];
}

function channelsHere(site: Site): readonly number[] {
  const shape = shapeHere(site);
  const size = shape[channelAxis(shape.length, site.analysis.flat.dataFormat)];
  return size !== undefined && isKnown(size) ? [size] : [];
}

/** Sizes that the inputs of the problem have along their channels or features, and the filters of the layers after it. */
function channelsOf(site: Site): readonly number[] {
  const rows = rowsOf(site);
  const inputs = Object.values(site.analysis.nodes.get(site.problem.node)?.inputs ?? {});
  const shapes = (rows.length > 0 ? rows : inputs).map(({ shape }) => shape);
  const { dataFormat } = site.analysis.flat;
  const sizes = shapes
    .map((shape) => shape[channelAxis(shape.length, dataFormat)])
    .filter((dim): dim is number => dim !== undefined && isKnown(dim));
  return [...new Set(rows.length > 0 ? sizes : [...filtersBelow(site), ...sizes])];
}

/** Filters of the next layers that have some: what a layer in front of them probably shall give. */
function filtersBelow({ analysis, problem }: Site): readonly number[] {
  const seen = new Set([problem.node]);
  const filters: number[] = [];
  for (const path of seen) {
    const own = analysis.flat.nodes.get(path)?.params['filters'];
    if (typeof own === 'number' && path !== problem.node) filters.push(own);
    if (seen.size > NEAR) break;
    for (const { to } of analysis.flat.outgoing.get(path) ?? []) seen.add(to.node);
  }
  return filters;
}

function spatialOf(site: Site): readonly number[] {
  const sizes = rowsOf(site).flatMap(({ shape }) => shape.slice(1).filter(isKnown));
  return [...new Set(sizes)];
}

function imageHere(site: Site): ImageSize | undefined {
  return imageSize(site, shapeHere(site));
}

/** The sizes of what arrives at the layer with the problem, letters among them; none where that is not known. */
function shapeHere({ analysis, problem }: Site): Shape {
  return Object.values(analysis.nodes.get(problem.node)?.inputs ?? {})[0]?.shape ?? [];
}

/** Those of a sample. */
function sampleHere(site: Site): Shape {
  return shapeHere(site).slice(1);
}

function inputSides(site: Site): number[][] {
  const shape = shapeHere(site);
  const sides = placeAxes(shape.length, site.analysis.flat.dataFormat)
    .map((axis) => shape[axis] as Dim)
    .filter(isKnown);
  const least = Math.min(...sides);
  return sides.length > 0 && least > 0 ? [[least, least]] : [];
}
