import type { FlowDirection } from '../../shared/graph/direction';
import type { EdgeId, Graph, GraphEdge, Position } from '../../shared/graph/graph';
import type { DataFormat } from '../../shared/graph/tensor';
import { pathIn, type CurrentGraph } from '../state/location';
import { spokenBy } from './deriveNodes';
import type { Ghost, Tint, WireFlowEdge } from './flowTypes';
import type { Scene } from './scene';
import type { Tints } from './tints';

interface Ingredients {
  readonly edge: GraphEdge;
  readonly path: string;
  readonly lane: number | undefined;
  readonly hops: readonly Position[] | undefined;
  readonly clear: number | undefined;
  readonly side: 1 | -1;
  readonly direction: FlowDirection;
  readonly forks: boolean;
  readonly dataFormat: DataFormat;
  readonly selected: boolean;
  readonly tint: Tint | undefined;
  readonly isTold: boolean;
  /** “conv1 to add”: the names of the layers that it joins. */
  readonly ends: string;
  readonly ghost: Ghost | undefined;
}

export interface EdgeInputs {
  readonly dataFormat: DataFormat;
  readonly current: CurrentGraph;
  readonly selected: ReadonlySet<EdgeId>;
  readonly tints: Tints;
  readonly ghosts: ReadonlyMap<EdgeId, Ghost>;
  readonly scene: Scene;
  /** The wires that React Flow is given. */
  readonly staged: ReadonlySet<EdgeId>;
}

/** Makes React Flow's edges of what is on the stage; keeps the object of every wire of which nothing changed. */
export function createEdgeDeriver() {
  let before = new Map<EdgeId, { readonly made: WireFlowEdge; readonly from: Ingredients }>();
  let list: WireFlowEdge[] = [];
  return function derive({ dataFormat, current, selected, tints, ghosts, scene, staged }: EdgeInputs) {
    const { courses, hops } = scene.ways;
    const now: typeof before = new Map();
    const edges: WireFlowEdge[] = [];
    for (const edge of scene.edges) {
      if (!staged.has(edge.id)) continue;
      const course = courses.get(edge.id);
      const from: Ingredients = {
        edge,
        path: pathIn(current.prefix, edge.from.node),
        lane: course?.lane,
        hops: hops.get(edge.id),
        clear: course?.clear,
        side: course?.side ?? 1,
        direction: scene.direction,
        forks: course?.isFork ?? false,
        dataFormat,
        selected: selected.has(edge.id),
        tint: tints.edges.get(pathIn(current.prefix, edge.id)),
        isTold: isTold(edge, tints, current.prefix),
        ends: namesOf(edge, current.graph),
        ghost: ghosts.get(edge.id),
      };
      const old = before.get(edge.id);
      const made = old && sameIngredients(old.from, from) ? old.made : makeEdge(from, old?.made);
      now.set(edge.id, { made, from });
      edges.push(made);
    }
    before = now;
    if (edges.length !== list.length || edges.some((edge, index) => edge !== list[index])) list = edges;
    return list;
  };
}

function sameIngredients(a: Ingredients, b: Ingredients): boolean {
  return (
    a.edge === b.edge &&
    a.path === b.path &&
    a.lane === b.lane &&
    sameHops(a.hops, b.hops) &&
    a.clear === b.clear &&
    a.side === b.side &&
    a.direction === b.direction &&
    a.forks === b.forks &&
    a.dataFormat === b.dataFormat &&
    a.selected === b.selected &&
    a.tint === b.tint &&
    a.isTold === b.isTold &&
    a.ends === b.ends &&
    a.ghost === b.ghost
  );
}

/** Of two ways that are looked at: the way around, and what comes into the merge by the other one. These shapes are compared. */
function isTold({ id, to }: GraphEdge, { nodes, edges }: Tints, prefix: string): boolean {
  const tint = edges.get(pathIn(prefix, id));
  return tint === 'shortcut' || (tint === 'main' && nodes.get(pathIn(prefix, to.node)) === 'shortcut');
}

function namesOf({ from, to }: GraphEdge, { nodes }: Graph): string {
  return `${nodes[from.node]?.name ?? ''} to ${nodes[to.node]?.name ?? ''}`;
}

function sameHops(a: Ingredients['hops'], b: Ingredients['hops']): boolean {
  if (a === b) return true;
  return a?.length === b?.length && (a ?? []).every(({ x, y }, index) => x === b?.[index]?.x && y === b[index].y);
}

function makeEdge({ edge, selected, ...data }: Ingredients, old: WireFlowEdge | undefined): WireFlowEdge {
  return {
    id: edge.id,
    type: 'wire',
    source: edge.from.node,
    sourceHandle: edge.from.port,
    target: edge.to.node,
    targetHandle: edge.to.port,
    data: { ...data, port: edge.from.port, route: edge.route },
    selected,
    domAttributes: old?.domAttributes ?? spokenBy('wire', edge.id),
    ...(data.tint ? { zIndex: 1 } : {}),
  };
}
