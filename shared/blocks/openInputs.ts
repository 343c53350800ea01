import { samePlain } from '../graph/samePlain';
import type { FlatGraph, NodePath, OpenInput } from '../infer/analysis';
import { findLayer } from '../layers/index';
import type { ExpansionProblem, Place } from './place';
import { hasPort } from './unknownPorts';
import { beginningOf } from './wiring';

const none: FlatGraph['open'] = new Map();

/**
 * Inputs of layers that are wired to an input of a block to which nothing is wired, by their layers. What is as before is the same
 * object. Cost: a walk over the wires that lead nowhere.
 */
export function openInputs(places: readonly Place[], before: FlatGraph['open'] = none): FlatGraph['open'] {
  const open = new Map<NodePath, OpenInput[]>();
  for (const place of places) {
    for (let at = 0; at < place.wires.length; at += 1) {
      if (place.wires[at]) continue;
      const found = openInputAt(place, at);
      if (found) open.set(found.path, [...(open.get(found.path) ?? []), found.input]);
    }
  }
  return kept(open, before);
}

function openInputAt(place: Place, at: number): { readonly path: NodePath; readonly input: OpenInput } | undefined {
  const { from, to } = place.plan.edges[at] as Place['plan']['edges'][number];
  const layer = place.layers[place.plan.index.get(to.node) ?? -1];
  if (!layer || !hasPort(findLayer(layer.type)?.inputs, to.port)) return undefined;
  const beginning = beginningOf(place, from);
  return beginning && 'block' in beginning ? { path: layer.path, input: { port: to.port, ...beginning } } : undefined;
}

function kept(now: Map<NodePath, readonly OpenInput[]>, before: FlatGraph['open']): FlatGraph['open'] {
  if (now.size === 0) return before.size === 0 ? before : none;
  let isSame = now.size === before.size;
  for (const [path, inputs] of now) {
    const old = before.get(path);
    if (old && samePlain(old, inputs)) now.set(path, old);
    else isSame = false;
  }
  return isSame ? before : now;
}

/** Each block with inputs that wait for a wire: one problem, whatever inside of it and behind it waits with them. */
export function openInputProblems(open: FlatGraph['open'], placeOf: (prefix: NodePath) => Place | undefined): readonly ExpansionProblem[] {
  const ports = new Map<NodePath, Set<string>>();
  for (const inputs of open.values())
    for (const { block, input } of inputs) ports.set(block, (ports.get(block) ?? new Set<string>()).add(input));
  return [...ports].map(([path, waiting]) => {
    const start = path.lastIndexOf('/') + 1;
    const place = placeOf(path.slice(0, start)) as Place;
    const id = path.slice(start);
    const inputs = (place.inside.get(id)?.[0]?.plan.nodes ?? []).filter(({ type }) => type === 'blockInput').map(({ name }) => name);
    const missing = inputs.filter((name) => waiting.has(name));
    const message =
      inputs.length === 1 ? 'its input is not connected. Wire a layer to it.' : `not connected: ${missing.join(', ')}. Wire layers to it.`;
    const name = place.namePrefix + (place.graph.nodes[id]?.name ?? id);
    return { path, name, code: 'graph/not-connected', port: missing[0] as string, message };
  });
}
