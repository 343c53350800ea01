import { Position as Side, type NodeHandle } from '@xyflow/react';
import type { SkipDocument } from '../../shared/document/document';
import type { GraphNode, NodeId, Position } from '../../shared/graph/graph';
import { nothingTaken, portsOf, takenPorts, type NodePorts, type TakenPorts } from '../../shared/graph/ports';
import type { NetworkAnalysis, NodeAnalysis } from '../../shared/infer/analysis';
import { faceOf, withResolved } from '../../shared/picture/face';
import { pathIn, type CurrentGraph } from '../state/session';
import { spokenNode } from '../state/spoken';
import type { Ghost, LayerData, LayerFlowNode, Tint } from './flowTypes';
import { nodeHeight, NODE_WIDTH, portOffset } from '../../shared/picture/geometry';

/** What decides how one node looks; compared by identity, so that an edit re-renders only what it changed. */
interface Ingredients {
  readonly node: GraphNode;
  readonly path: string;
  readonly known: NodeAnalysis | undefined;
  readonly params: unknown;
  readonly blocks: SkipDocument['blocks'];
  readonly taken: string;
  readonly position: Position;
  readonly selected: boolean;
  readonly tint: Tint | undefined;
  readonly ghost: Ghost | undefined;
}

export interface NodeInputs {
  readonly document: SkipDocument;
  /** What may follow a frame later: words for a screen reader, values inside a block. A layer's view takes its flag itself. */
  readonly settled: NetworkAnalysis;
  readonly current: CurrentGraph;
  readonly selected: ReadonlySet<NodeId>;
  readonly tints: ReadonlyMap<string, Tint>;
  readonly ghosts: ReadonlyMap<NodeId, Ghost>;
  /** Where layers are while they are dragged; the document hears of it at the end. */
  readonly inFlight: ReadonlyMap<NodeId, Position>;
}

/** Makes React Flow's nodes; keeps the object of every node of which nothing changed. */
export function createNodeDeriver() {
  let before = new Map<NodeId, { readonly made: LayerFlowNode; readonly from: Ingredients }>();
  let list: LayerFlowNode[] = [];
  return function derive({ document, settled, current, selected, tints, ghosts, inFlight }: NodeInputs): LayerFlowNode[] {
    const taken = takenPorts(current.graph);
    const now: typeof before = new Map();
    const nodes = Object.values(current.graph.nodes).map((node) => {
      const path = pathIn(current.prefix, node.id);
      const ports = taken.get(node.id) ?? nothingTaken;
      const from: Ingredients = {
        node,
        path,
        known: settled.nodes.get(path),
        params: settled.flat.nodes.get(path)?.params,
        blocks: node.block === undefined ? noBlocks : document.blocks,
        taken: ports.inputs.length + ports.outputs.length === 0 ? '' : `${ports.inputs.join()}>${ports.outputs.join()}`,
        position: inFlight.get(node.id) ?? node.position,
        selected: selected.has(node.id),
        tint: tints.get(path),
        ghost: ghosts.get(node.id),
      };
      const old = before.get(node.id);
      const made = old && sameIngredients(old.from, from) ? old.made : makeNode(from, document, ports, old?.made);
      now.set(node.id, { made, from });
      return made;
    });
    before = now;
    // The same list is nothing new for React Flow, which otherwise walks over all of it.
    if (nodes.length !== list.length || nodes.some((node, index) => node !== list[index])) list = nodes;
    return list;
  };
}

const noBlocks: SkipDocument['blocks'] = {};
/** The canvas is one stop for Tab; inside it commands move the focus. */
const domAttributes = { tabIndex: -1, 'aria-roledescription': 'layer' } as const;

function sameIngredients(a: Ingredients, b: Ingredients): boolean {
  return (Object.keys(a) as (keyof Ingredients)[]).every((key) => a[key] === b[key]);
}

function makeNode(from: Ingredients, document: SkipDocument, taken: TakenPorts, old: LayerFlowNode | undefined): LayerFlowNode {
  const data = dataOf(from, portsOf(from.node, document.blocks, taken), document);
  // A move or a selection changes nothing that the view of the layer itself shows.
  const kept = old && sameData(old.data, data) ? old.data : data;
  if (old?.data === kept && old.position === from.position && old.selected === from.selected) return old;
  return {
    id: from.node.id,
    type: 'layer',
    position: from.position,
    data: kept,
    selected: from.selected,
    width: NODE_WIDTH,
    height: data.height,
    // Known sizes and ports: nothing waits for a measurement, and wires are there before their layers are drawn.
    measured: { width: NODE_WIDTH, height: data.height },
    handles: handlesOf(data.ports, data.height),
    ariaLabel: data.label,
    domAttributes,
  };
}

function dataOf({ node, path, known, params, tint, ghost }: Ingredients, ports: NodePorts, document: SkipDocument): LayerData {
  const face = withResolved(faceOf(node, document), node, params as GraphNode['params'] | undefined, known?.copies);
  return {
    path,
    name: node.name,
    face,
    ports,
    height: nodeHeight(ports),
    tint,
    ghost,
    label: spokenNode(node, document, known, params as GraphNode['params'] | undefined),
  };
}

function sameData(a: LayerData, b: LayerData): boolean {
  return (
    a.path === b.path &&
    a.name === b.name &&
    a.height === b.height &&
    a.tint === b.tint &&
    a.ghost === b.ghost &&
    a.label === b.label &&
    a.face.kind === b.face.kind &&
    a.face.icon === b.face.icon &&
    a.face.summary === b.face.summary &&
    samePorts(a.ports, b.ports)
  );
}

function samePorts(a: NodePorts, b: NodePorts): boolean {
  const ids = ({ inputs, outputs }: NodePorts) => [...inputs, { id: '>' }, ...outputs].map(({ id }) => id).join();
  return ids(a) === ids(b);
}

function handlesOf({ inputs, outputs }: NodePorts, height: number): NodeHandle[] {
  const handle = (type: 'source' | 'target', ids: NodePorts['inputs'], x: number, position: Side) =>
    ids.map(({ id }, index): NodeHandle => ({ id, type, position, x: x - 1, y: portOffset(ids, index, height) - 1, width: 2, height: 2 }));
  return [...handle('target', inputs, 0, Side.Left), ...handle('source', outputs, NODE_WIDTH, Side.Right)];
}
