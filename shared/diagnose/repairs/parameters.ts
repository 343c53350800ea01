import { ownEntry } from '../../graph/ownEntry';
import { isExpression } from '../../document/document';
import type { ParamValue } from '../../graph/graph';
import type { FlatNode, NodePath } from '../../infer/analysis';
import { findLayer } from '../../layers/index';
import { defaultParams, parseParams } from '../../layers/parse';
import { CANDIDATES, NEAR } from './candidates';
import { draftOf, placeOf } from './draft';
import { layerAt, rowsOf, type Plan, type Site } from './plan';
import { beforeFork, mayComeFromBefore, upstream } from './region';
import { isPointwise } from './sizes';

/** One parameter of one layer near the problem at another value: what an engineer would turn first. */
export function parameters(site: Site): readonly Plan[] {
  const parted = new Set(rowsOf(site).map(({ path }) => path.parted));
  if (site.problem.code === 'param/invalid' && unknownKeys(site).length > 0) return leavingOut(site);
  return nearby(site).flatMap(({ path, distance }) => {
    const node = layerAt(site, path);
    const layer = node && findLayer(node.type);
    const params = layer && node && parseParams(layer, node.params);
    if (!layer || !node) return [];
    const own = params?.ok ? params.value : { ...defaultParams(layer), ...node.params };
    return Object.entries(own).flatMap(([param, value]) =>
      otherValues(site, node, param, value as ParamValue).flatMap((next, index) => {
        const plan = settingPlan(site, node, param, value as ParamValue, next);
        const near = parted.has(path) || path === site.problem.node ? -0.5 : Math.min(distance / 20, 1);
        // A kernel of one place is on a path for its channels and strides: where these differ, its own are looked at first.
        const isOwn = param === 'strides' && site.problem.code.endsWith('-stride') && isPointwise(own) && !isWide(next);
        const unfit = isOwn ? 0.6 : unfitOf(site, param, value as ParamValue, next);
        // Of windows the size that fits best is tried first, though a smaller one has fewer weights.
        const order = param === 'kernelSize' || param === 'poolSize' ? index / 10 : 0;
        return plan ? [{ ...plan, unfit: unfit + near + order + habitOf(site, path, param, next) }] : [];
      }),
    );
  });
}

/** Parameters that the layer does not know: of a file written by hand, or by another program. */
function unknownKeys(site: Site): readonly string[] {
  const node = layerAt(site, site.problem.node);
  const layer = node && findLayer(node.type);
  return layer ? Object.keys(node.params).filter((param) => !Object.hasOwn(defaultParams(layer), param)) : [];
}

function leavingOut(site: Site): readonly Plan[] {
  const { node } = site.problem;
  const at = placeOf(site.document, node);
  const unknown = unknownKeys(site);
  if (!at) return [];
  const params = Object.fromEntries(Object.entries(at.node.params).filter(([param]) => !unknown.includes(param)));
  return [
    {
      id: `leaveOut:${node}`,
      title: `${at.node.name}: leave ${unknown.join(', ')} out`,
      edits: [{ kind: 'setParams', id: at.node.id, params, graph: at.ref }],
      places: [{ node }],
      unfit: 0,
    },
  ];
}

/** Strides above 2: outside of stems and patches nobody has them. */
function isWide(strides: ParamValue): boolean {
  return [strides].flat().some((side) => typeof side === 'number' && side > 2);
}

/**
 * How far a change of strides or paddings is from what practitioners do: a block has its strides once, in the first layer that has
 * any; and another padding before the fork fits at this one size only.
 */
function habitOf(site: Site, path: NodePath, param: string, next: ParamValue): number {
  const isBefore = site.problem.mismatch?.fork !== undefined && !rowsOf(site).some((row) => row.path.nodes.includes(path));
  if (param === 'padding') return isBefore ? 1.3 : 0;
  if (param !== 'strides') return 0;
  if (isWide(next)) return 0.5;
  return isStridedAgain(site, path) && [next].flat().every((stride) => stride === 1) ? -0.8 : 0;
}

/** A layer before it on the same path has strides already. */
function isStridedAgain(site: Site, path: NodePath): boolean {
  return rowsOf(site).some(({ path: { nodes } }) =>
    nodes.slice(0, Math.max(0, nodes.indexOf(path))).some((before) => {
      const strides = layerAt(site, before)?.params['strides'];
      return [strides].flat().some((side) => typeof side === 'number' && side > 1);
    }),
  );
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
  const inWords = param === 'axes' || param === 'dims' ? axesInWords : valueInWords;
  return {
    id: `parameter:${node.path}:${param}:${JSON.stringify(next)}`,
    title: `${node.name}: ${labelOf(param)}${isExpression(value) ? ':' : ''} ${inWords(value)} → ${inWords(next)}`,
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
  resizeDim: 'crop to',
  minAspectDim: 'resize to',
  patchSize: 'patches',
};

/** A parameter as titles name it. */
export function labelOf(param: string): string {
  return ownEntry(LABELS, param) ?? param;
}

export function valueInWords(value: ParamValue): string {
  if (value === null) return 'none';
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (isExpression(value)) return value.$;
  if (!Array.isArray(value))
    return typeof value === 'object' ? objectInWords(value as Readonly<Record<string, ParamValue>>) : String(value);
  const list = value as readonly ParamValue[];
  return list.length === 2 && list[0] === list[1] ? valueInWords(list[0] as ParamValue) : list.map(valueInWords).join('×');
}

/** A constraint is named by its kind. */
function objectInWords(value: Readonly<Record<string, ParamValue>>): string {
  return typeof value['kind'] === 'string' ? value['kind'] : JSON.stringify(value);
}

/** `-1, 1`: numbers of axes are no sizes. */
function axesInWords(value: ParamValue): string {
  return Array.isArray(value) ? value.join(', ') : valueInWords(value);
}

/** A pair is one number where the layer has one axis, and three where it has three. */
function asWritten(value: ParamValue, next: ParamValue): ParamValue {
  const pair = Array.isArray(next) ? (next as readonly ParamValue[]) : [];
  const [side, other] = pair;
  if (pair.length !== 2 || side === undefined || side !== other) return next;
  if (typeof value === 'number') return side;
  return Array.isArray(value) && value.length === 3 ? [side, side, side] : next;
}

/** Values worth trying for a parameter, those first that problems of this kind most often need. */
function otherValues(site: Site, { type, params }: FlatNode, param: string, value: ParamValue): readonly ParamValue[] {
  const layer = findLayer(type);
  const start = layer && defaultParams(layer)[param];
  const isNamed = site.problem.param === param;
  if (typeof value === 'boolean') return isNamed ? [!value] : [];
  const first = isNamed && start !== undefined ? [start] : [];
  const worked = (ownEntry(CANDIDATES, param)?.(site, value, params) ?? []).map((next) =>
    asWritten(value ?? params['poolSize'] ?? null, next),
  );
  // A value that is none is best left out; one that only does not fit here is fitted.
  const made = site.problem.code === 'param/invalid' ? [...first, ...worked] : [...worked, ...first];
  const texts = new Set([JSON.stringify(value)]);
  return made.filter((next) => {
    const text = JSON.stringify(next);
    const isNew = !texts.has(text);
    texts.add(text);
    return isNew;
  });
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
  const base = ownEntry(UNFIT, param) ?? 3;
  if (problem.param === param) return 0.5;
  const isRounding = /-(off-by-one|unproven)$/.test(problem.code);
  // Both sizes are the transposed convolution's to choose: nothing else has to change.
  if (isRounding && param === 'outputPadding') return 0.4;
  if (isRounding) return param === 'padding' && value !== 'consistent' ? 0.5 + (next === 'valid' ? 0.4 : next === 'same' ? 0.1 : 0) : base;
  // Joined along rows or columns where all but the channels is alike: the wrong axis, in all but name.
  if (problem.code === 'shape/concatenate-channels' && param === 'axis' && next === null) return 0.4;
  if (problem.code.endsWith('channels')) return param === 'filters' || param === 'units' ? 1.2 : base;
  return base;
}
