import type { Params } from '../../graph/graph';
import type { FlatNode, NodePath } from '../../infer/analysis';
import { findLayer } from '../../layers/index';
import { parseParams } from '../../layers/parse';
import { ENDS } from '../ends';
import { draftOf } from './draft';
import { aims, layerAt, type Plan, type Row, type Site } from './plan';
import { borders, extentOf, isFreeAxis } from './sizes';

/** A path that is cut or padded already, by another number of rows and columns: what was written for one size of the image. */
export function otherBorder(site: Site): readonly Plan[] {
  if (!/-(off-by-one|size)$/.test(site.problem.code)) return [];
  return aims(site).flatMap(({ target, others }) => {
    const [row] = others;
    return row && others.length === 1 ? row.path.nodes.flatMap((path) => along(site, path, row, target)) : [];
  });
}

function along(site: Site, path: NodePath, row: Row, target: Row): readonly Plan[] {
  const layer = layerAt(site, path);
  const params = layer && paramsOf(layer);
  const [from, to] = [extentOf(site, row.shape), extentOf(site, target.shape)];
  const sign =
    layer && /^cropping/.test(layer.type) ? -1 : layer && /^pad([13]d)?$/.test(layer.type) && params?.['mode'] === 'explicit' ? 1 : 0;
  if (!layer || !params || sign === 0 || !from || !to || from.sides.length !== to.sides.length) return [];
  if (from.channels !== to.channels && !isFreeAxis(site)) return [];
  const before = countsOf(params, to.sides.length);
  const after = before.map((count, axis) => count + sign * ((to.sides[axis] as number) - (from.sides[axis] as number)));
  const draft = draftOf(site.document);
  if (after.some((count) => count < 0) || !draft.set(path, borders(after))) return [];
  return [
    {
      id: `border:${path}`,
      title: `${layer.name}: ${sign < 0 ? 'cut off' : 'pad by'} ${after.join('×')} instead of ${before.join('×')}`,
      edits: draft.edits(),
      places: [{ node: path }],
      unfit: 0.3,
    },
  ];
}

/** With the layer's defaults for what is not said; undefined where it refuses what is. */
function paramsOf({ type, params }: FlatNode): Params | undefined {
  const layer = findLayer(type);
  const parsed = layer && parseParams(layer, params);
  return parsed?.ok ? (parsed.value as Params) : undefined;
}

/** How much of each side it takes or gives at both ends together. */
function countsOf(params: Params, sides: number): readonly number[] {
  return (ENDS[sides - 1] ?? []).map((ends) => ends.reduce((sum, end) => sum + Number(params[end] ?? 0), 0));
}
