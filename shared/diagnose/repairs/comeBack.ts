import { isKnown } from '../../graph/dim';
import { placeAxes } from '../../graph/tensor';
import { inWords } from '../../graph/words';
import type { NodePath } from '../../infer/analysis';
import { paddingFor, transposedAxes, type TransposedParams } from '../../layers/conv/_transposed';
import { findLayer } from '../../layers/index';
import { parseParams } from '../../layers/parse';
import { draftOf } from './draft';
import { layerAt, nameAt, rowsOf, type Plan, type Row, type Site } from './plan';

/**
 * Each transposed convolution of a path comes back to the size that its convolution had: with strides of s, s sizes come down to one,
 * so that a decoder of several rounds up where the encoder rounded down, each time again.
 */
export function comeBack(site: Site): readonly Plan[] {
  return /-(off-by-one|size|stride)$/.test(site.problem.code) ? rowsOf(site).flatMap((row) => backAlong(site, row)) : [];
}

type Sides = readonly number[];

function backAlong(site: Site, row: Row): readonly Plan[] {
  const draft = draftOf(site.document);
  const before: Sides[] = [];
  const set: { readonly path: NodePath; readonly padding: Sides }[] = [];
  let now: Sides | undefined;
  for (const path of row.path.nodes) {
    const [x, y] = [sidesOf(site, path, 'inputs'), sidesOf(site, path, 'outputs')];
    if (!x || !y) return [];
    now ??= x;
    const transposed = transposedAt(site, path);
    if (transposed) {
      const origin = before.pop();
      const padding = origin && paddingFor(origin, now, transposedAxes(transposed));
      if (!origin || !padding) return [];
      if (JSON.stringify(listed(transposed.outputPadding, padding.length)) !== JSON.stringify(padding)) set.push({ path, padding });
      now = origin;
    } else if (isSame(x, y)) continue;
    else if (set.length > 0 || y.some((side, axis) => side > (x[axis] as number))) return [];
    else {
      before.push(x);
      now = y;
    }
  }
  const isSet =
    set.length > 1 &&
    set.every(({ path, padding }) => draft.set(path, { outputPadding: padding.length === 1 ? (padding[0] as number) : [...padding] }));
  return isSet ? [planOf(site, row, set, draft.edits())] : [];
}

function planOf(site: Site, row: Row, set: readonly { readonly path: NodePath; readonly padding: Sides }[], edits: Plan['edits']): Plan {
  const values = [...new Set(set.map(({ padding }) => padding.join('×')))];
  const names = inWords(set.map(({ path }) => nameAt(site, path)));
  const what =
    values.length === 1 ? `outputPadding ${values[0] ?? ''}` : `outputPadding ${set.map(({ padding }) => padding.join('×')).join(', ')}`;
  return {
    id: `comeBack:${row.port}`,
    title: `Let ${names} come back to the sizes before: ${what}`,
    edits,
    places: set.map(({ path }) => ({ node: path })),
    unfit: 0.4,
  };
}

function transposedAt(site: Site, path: NodePath): TransposedParams | undefined {
  const node = layerAt(site, path);
  const layer = node && findLayer(node.type);
  const params = layer && /^conv[12]dTranspose$/.test(layer.type) ? parseParams(layer, node.params) : undefined;
  return params?.ok ? (params.value as unknown as TransposedParams) : undefined;
}

function listed(padding: TransposedParams['outputPadding'], axes: number): unknown {
  return typeof padding === 'number' ? Array.from({ length: axes }, () => padding) : padding;
}

function sidesOf({ analysis }: Site, path: NodePath, ends: 'inputs' | 'outputs'): Sides | undefined {
  const [type] = Object.values(analysis.nodes.get(path)?.[ends] ?? {});
  const axes = type ? placeAxes(type.shape.length, analysis.flat.dataFormat) : [];
  const sides = axes.map((axis) => type?.shape[axis]);
  return sides.length > 0 && sides.every((side) => side !== undefined && isKnown(side)) ? sides : undefined;
}

function isSame(a: Sides, b: Sides): boolean {
  return a.length === b.length && a.every((side, axis) => side === b[axis]);
}
