import { placeNear } from '../graph/carried';
import type { GraphNode } from '../graph/graph';
import { samePlain } from '../graph/samePlain';
import type { FlatNode, NodePath } from '../infer/analysis';
import type { ExpansionProblem, Place } from './place';
import { resolveParams, type Resolved, type WrongExpression } from './resolveParams';

/**
 * The layer that a node is in its place; the same object as `before` where it is as before, with the parameters of `like` where its
 * values are the same. Notes in the place what is wrong with it.
 */
export function layerAt(place: Place, at: number, before: Place | undefined, like: Place | undefined): FlatNode {
  const node = place.plan.nodes[at] as GraphNode;
  const then = before && (before.paths === place.paths ? at : before.plan.index.get(node.id));
  const old = then === undefined ? undefined : before?.layers[then];
  if (old && then !== undefined && before?.plan.nodes[then] === node && isSamePlace(place, before)) {
    const wrong = before.wrong.get(then);
    if (wrong) place.wrong.set(at, wrong);
    return old;
  }
  const path = place.paths[at] as NodePath;
  const name = place.namePrefix + node.name;
  const { params, wrong } = resolved(place, at, node, like);
  if (wrong.length > 0)
    place.wrong.set(
      at,
      wrong.map((each) => expressionProblem(path, name, each)),
    );
  const isSame = old?.type === node.type && old.name === name && old.source.graph === place.ref && samePlain(old.params, params);
  if (isSame) return old;
  return { path, name, type: node.type, params, source: { graph: place.ref, id: node.id } };
}

/** The layers of a place that are as they were, for one who asks for each in its order; nothing where they have to be looked at. */
export function unchangedLayers(place: Place, before: Place | undefined): (at: number) => FlatNode | undefined {
  if (!before || before.wrong.size > 0 || !isSamePlace(place, before)) return () => undefined;
  let next = 0;
  return (at) => {
    const then = placeNear(before.plan.nodes, place.plan.nodes[at] as GraphNode, next);
    if (then < 0) return undefined;
    next = then + 1;
    return before.layers[then];
  };
}

/** An instance whose definition cannot be put in its place, so that what reads it is known to read something. */
export function unknownAt(place: Place, at: number, before: Place | undefined): FlatNode {
  const { id, type, name: own } = place.plan.nodes[at] as GraphNode;
  const name = place.namePrefix + own;
  const old = before?.layers[before.plan.index.get(id) ?? -1];
  if (old?.type === type && old.name === name && old.source.graph === place.ref) return old;
  return { path: place.paths[at] as NodePath, name, type, params: {}, source: { graph: place.ref, id } };
}

function resolved(place: Place, at: number, node: GraphNode, like: Place | undefined): Resolved {
  const equal = like?.plan === place.plan && like.scope === place.scope && !like.wrong.has(at) ? like.layers[at] : undefined;
  return equal ? { params: equal.params, wrong: [] } : resolveParams(node.params, place.scope);
}

function isSamePlace(a: Place, b: Place): boolean {
  return a.scope === b.scope && a.namePrefix === b.namePrefix && a.ref === b.ref;
}

/** Longer is no expression that anybody wrote, and would fill what tells of it. */
const LONGEST = 120;

function excerpt(expression: string): string {
  return expression.length > LONGEST ? `${expression.slice(0, LONGEST)}…` : expression;
}

/** An expression that has no value, as a problem of its layer or instance. */
export function expressionProblem(path: NodePath, name: string, { param, expression, at, message }: WrongExpression): ExpansionProblem {
  const isName = /^[A-Za-z_]\w*$/.test(expression);
  return {
    path,
    name,
    code: isName ? 'block/unknown-parameter' : 'block/expression',
    param,
    message: isName
      ? `"${expression}" is not a parameter of this block. Add it to the block’s parameters, or give ${param} a value.`
      : `${param} = ${excerpt(expression)} cannot be computed: at character ${at + 1}, ${message}.`,
  };
}
