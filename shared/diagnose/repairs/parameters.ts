import { isKnown } from '../../graph/dim';
import type { ParamValue } from '../../graph/graph';
import type { FlatNode, NodePath } from '../../infer/analysis';
import { findLayer } from '../../layers/index';
import { defaultParams, parseParams } from '../../layers/parse';
import { sizesInQuestion } from '../mismatch';
import { draftOf } from './draft';
import { layerAt, rowsOf, type Plan, type Site } from './plan';
import { beforeFork, mayComeFromBefore, upstream } from './region';

/** Layers upstream of a problem that is no merge's; more are farther than anybody looks. */
const NEAR = 12;

/** One parameter of one layer near the problem at another value: what an engineer would turn first. */
export function parameters(site: Site): readonly Plan[] {
  const parted = new Set(rowsOf(site).map(({ path }) => path.parted));
  return nearby(site).flatMap(({ path, distance }) => {
    const node = layerAt(site, path);
    const layer = node && findLayer(node.type);
    const params = layer && node && parseParams(layer, node.params);
    if (!layer || !node) return [];
    const own = params?.ok ? params.value : { ...defaultParams(layer), ...node.params };
    return Object.entries(own).flatMap(([param, value]) =>
      otherValues(site, node, param, value as ParamValue).flatMap((next) => {
        const plan = settingPlan(site, node, param, value as ParamValue, next);
        const near = parted.has(path) || path === site.problem.node ? -0.5 : Math.min(distance / 20, 1);
        return plan ? [{ ...plan, unfit: unfitOf(site, param, value as ParamValue, next) + near }] : [];
      }),
    );
  });
}

/** The layers on the paths of a mismatch, or the layer itself and those before it. */
function nearby(site: Site): readonly { readonly path: NodePath; readonly distance: number }[] {
  const rows = rowsOf(site);
  const onPaths = rows.flatMap(({ path }) => path.nodes.toReversed().map((node, distance) => ({ path: node, distance })));
  const own = { path: site.problem.node, distance: 0 };
  const ends = rows.flatMap(({ path }) => (path.nodes.length === 0 ? [{ path: path.from, distance: 1 }] : []));
  const fork = site.problem.mismatch?.fork;
  const before = rows.length === 0 ? upstream(site, NEAR) : mayComeFromBefore(site) ? beforeFork(site) : [];
  const all = [own, ...onPaths, ...ends, ...(fork ? [{ path: fork.node, distance: 4 }] : []), ...before];
  return all.filter(({ path }, index) => path !== '' && all.findIndex((other) => other.path === path) === index);
}

function settingPlan(site: Site, node: FlatNode, param: string, value: ParamValue, next: ParamValue): Omit<Plan, 'unfit'> | undefined {
  const draft = draftOf(site.document);
  if (!draft.set(node.path, { [param]: next }) || draft.edits().length === 0) return undefined;
  const label = LABELS[param] ?? param;
  const inWords = param === 'axes' ? axesInWords : valueInWords;
  return {
    id: `parameter:${node.path}:${param}:${JSON.stringify(next)}`,
    title: `${node.name}: ${label} ${inWords(value)} → ${inWords(next)}`,
    edits: draft.edits(),
    places: [{ node: node.path }],
  };
}

const LABELS: Readonly<Record<string, string>> = {
  kernelSize: 'kernel',
  poolSize: 'pool',
  dilationRate: 'dilation',
  useBias: 'bias',
  targetShape: 'target shape',
};

export function valueInWords(value: ParamValue): string {
  if (value === null) return 'none';
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (!Array.isArray(value)) return typeof value === 'object' ? JSON.stringify(value) : String(value);
  const list = value as readonly ParamValue[];
  return list.length === 2 && list[0] === list[1] ? valueInWords(list[0] as ParamValue) : list.map(valueInWords).join('×');
}

/** `-1, 1`: numbers of axes are no sizes. */
function axesInWords(value: ParamValue): string {
  return Array.isArray(value) ? value.join(', ') : valueInWords(value);
}

/** Values worth trying for a parameter, those first that problems of this kind most often need. */
function otherValues(site: Site, { type, params }: FlatNode, param: string, value: ParamValue): readonly ParamValue[] {
  const layer = findLayer(type);
  const start = layer && defaultParams(layer)[param];
  const isNamed = site.problem.param === param;
  if (typeof value === 'boolean') return isNamed ? [!value] : [];
  const made = [...(isNamed && start !== undefined ? [start] : []), ...(CANDIDATES[param]?.(site, value, params) ?? [])];
  const texts = new Set([JSON.stringify(value)]);
  return made.filter((next) => {
    const text = JSON.stringify(next);
    const isNew = !texts.has(text);
    texts.add(text);
    return isNew;
  });
}

type Candidates = (site: Site, value: ParamValue, params: FlatNode['params']) => readonly ParamValue[];

const strides: Candidates = (site, value) => {
  const [a, b] = pairOf(value);
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

const CANDIDATES: Readonly<Record<string, Candidates>> = {
  strides,
  padding: paddings,
  filters: channels,
  units: channels,
  channels,
  kernelSize: kernels,
  poolSize: kernels,
  dilationRate: () => [[1, 1]],
  outputPadding: (_site, value) => [null, 0, 1, 2, 3].filter((padding) => padding !== value),
  size: (_site, value) =>
    [
      [2, 2],
      [1, 1],
      [4, 4],
      [3, 3],
    ].filter((pair) => JSON.stringify(pair) !== JSON.stringify(pairOf(value))),
  axes: () => [-1, 1, 2].flatMap((a) => [-1, 1, 2].map((b) => [a, b])),
  axis: (_site, value) => [null, -1, 1, 2, 3].filter((axis) => axis !== value),
  top: around,
  bottom: around,
  left: around,
  right: around,
  height: (site) => spatialOf(site),
  width: (site) => spatialOf(site),
  targetShape: () => [[-1]],
  groups: () => [1],
  depthMultiplier: () => [1],
  numHeads: (_site, value) =>
    typeof value === 'number' ? [value / 2, value * 2, 8, 4, 1].filter((n) => Number.isInteger(n) && n > 0) : [],
  keyDim: (site) => channelsOf(site),
};

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

/** Sizes that the inputs of the problem have along their channels or features, and the filters of the layers after it. */
function channelsOf(site: Site): readonly number[] {
  const rows = rowsOf(site);
  const inputs = Object.values(site.analysis.nodes.get(site.problem.node)?.inputs ?? {});
  const shapes = (rows.length > 0 ? rows : inputs).map(({ shape }) => shape);
  const axis = (rank: number) => (rank === 4 && site.analysis.flat.dataFormat === 'channelsFirst' ? 1 : rank - 1);
  const sizes = shapes.map((shape) => shape[axis(shape.length)]).filter((dim): dim is number => dim !== undefined && isKnown(dim));
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

function inputSides(site: Site): number[][] {
  const shape = Object.values(site.analysis.nodes.get(site.problem.node)?.inputs ?? {})[0]?.shape ?? [];
  const sides = shape.slice(1, -1).filter(isKnown);
  const least = Math.min(...sides);
  return sides.length > 0 && least > 0 ? [[least, least]] : [];
}

const UNFIT: Readonly<Record<string, number>> = {
  strides: 2,
  padding: 2,
  filters: 2,
  units: 2,
  kernelSize: 2.5,
  poolSize: 2.5,
  dilationRate: 2,
};

/** In each class of mismatch another parameter is the first to look at. */
function unfitOf({ problem }: Site, param: string, value: ParamValue, next: ParamValue): number {
  const base = UNFIT[param] ?? 3;
  if (problem.param === param) return 0.5;
  if (problem.code.endsWith('off-by-one'))
    return param === 'padding' && value !== 'consistent' ? 0.5 + (next === 'valid' ? 0.4 : next === 'same' ? 0.1 : 0) : base;
  if (problem.code.endsWith('channels')) return param === 'filters' || param === 'units' ? 1.2 : base;
  return base;
}
