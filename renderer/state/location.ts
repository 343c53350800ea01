import { copySegment } from '../../shared/blocks/expand';
import type { SkipDocument } from '../../shared/document/document';
import type { GraphRef } from '../../shared/graph/edit';
import { emptyGraph, type BlockId, type Graph, type NodeId } from '../../shared/graph/graph';
import type { NodePath } from '../../shared/infer/analysis';

/** One step into a block: the instance that was opened, and its definition. */
export interface Step {
  readonly instance: NodeId;
  /** Which copy of a repeated block, from 0; left out where there is one. */
  readonly copy?: number;
  readonly block: BlockId;
  readonly name: string;
}

export interface CurrentGraph {
  readonly graph: Graph;
  readonly ref: GraphRef;
  /** Path of the instance that is open; empty at the network. */
  readonly prefix: NodePath;
}

/** The graph that the canvas shows. A block whose definition is gone shows nothing. */
export function currentGraph(document: SkipDocument, location: readonly Step[]): CurrentGraph {
  const last = location.at(-1);
  if (!last) return { graph: document.graph, ref: 'network', prefix: '' };
  return {
    graph: document.blocks[last.block]?.graph ?? emptyGraph,
    ref: { block: last.block },
    prefix: prefixOf(location),
  };
}

/** The address of a node of the shown graph in the expanded network. */
export function pathIn(prefix: NodePath, id: NodeId): NodePath {
  return prefix === '' ? id : `${prefix}/${id}`;
}

/** The path of the innermost instance of a way; empty at the network. */
export function prefixOf(location: readonly Step[]): NodePath {
  return segmentsOf(location).join('/');
}

/** Each step as it stands in paths: `n5`, or `n5[2]` for the second copy of a repeated block. */
export function segmentsOf(location: readonly Step[]): readonly string[] {
  return location.map(({ instance, copy }) => (copy === undefined ? instance : instance + copySegment(copy)));
}

/** The way through instances by their segments; undefined where one of them is not there. */
export function stepsThrough(document: SkipDocument, segments: readonly string[]): readonly Step[] | undefined {
  const location: Step[] = [];
  for (const segment of segments) {
    const { nodes } = currentGraph(document, location).graph;
    const [, base = segment, copy] = (Object.hasOwn(nodes, segment) ? null : /^(.*)\[(\d+)\]$/.exec(segment)) ?? [];
    const found = nodes[base];
    if (found?.block === undefined) return undefined;
    location.push({ instance: base, ...(copy === undefined ? {} : { copy: Number(copy) - 1 }), block: found.block, name: found.name });
  }
  return location;
}

/** The way into blocks to a node of the expanded network; undefined where there is none. */
export function locate(document: SkipDocument, path: NodePath): { readonly location: readonly Step[]; readonly node: NodeId } | undefined {
  const segments = path.split('/');
  const node = segments.pop() as NodeId;
  const location = stepsThrough(document, segments);
  return location && Object.hasOwn(currentGraph(document, location).graph.nodes, node) ? { location, node } : undefined;
}

/** The way as far as the blocks on it are still there. */
export function openSteps(document: SkipDocument, location: readonly Step[]): readonly Step[] {
  const gone = location.findIndex(
    (step, depth) => currentGraph(document, location.slice(0, depth)).graph.nodes[step.instance]?.block !== step.block,
  );
  return gone < 0 ? location : location.slice(0, gone);
}
