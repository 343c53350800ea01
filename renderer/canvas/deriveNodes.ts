import { Position as Side, type NodeHandle } from '@xyflow/react';
import type { SkipDocument } from '../../shared/document/document';
import type { GraphNode, NodeId } from '../../shared/graph/graph';
import type { NodePorts } from '../../shared/graph/ports';
import type { FlowDirection } from '../../shared/graph/direction';
import type { NetworkAnalysis } from '../../shared/infer/analysis';
import { faceOf, withResolved } from '../../shared/picture/face';
import { pathIn, type CurrentGraph } from '../state/location';
import { spokenId, spokenLayer } from '../state/spoken';
import type { Ghost, LayerData, LayerFlowNode, Tint } from './flowTypes';
import { portPlace, type NodePlace, type PlacedNode } from '../../shared/picture/geometry';
import type { Scene } from './scene';

/** What decides how one node looks; compared by identity, so that an edit re-renders only what it changed. */
interface Ingredients {
  readonly node: GraphNode;
  readonly path: string;
  readonly copies: number | undefined;
  readonly params: unknown;
  readonly blocks: SkipDocument['blocks'];
  readonly placed: PlacedNode;
  readonly direction: FlowDirection;
  readonly selected: boolean;
  readonly tint: Tint | undefined;
  readonly ghost: Ghost | undefined;
}

export interface NodeInputs {
  readonly document: SkipDocument;
  /** For values inside a block. Of what is known of a layer its view takes its part itself: React Flow hears nothing of it. */
  readonly analysis: NetworkAnalysis;
  readonly current: CurrentGraph;
  readonly scene: Scene;
  /** The layers that React Flow is given. */
  readonly staged: ReadonlySet<NodeId>;
  readonly selected: ReadonlySet<NodeId>;
  readonly tints: ReadonlyMap<string, Tint>;
  readonly ghosts: ReadonlyMap<NodeId, Ghost>;
}

/** Makes React Flow's nodes of what is on the stage; keeps the object of every node of which nothing changed. */
export function createNodeDeriver() {
  let before = new Map<NodeId, { readonly made: LayerFlowNode; readonly from: Ingredients }>();
  let list: LayerFlowNode[] = [];
  return function derive({ document, analysis, current, scene, staged, selected, tints, ghosts }: NodeInputs): LayerFlowNode[] {
    const now: typeof before = new Map();
    const nodes: LayerFlowNode[] = [];
    // In the document's order, whatever came into view first: it decides what lies on top.
    for (const placed of scene.layers) {
      const node = staged.has(placed.id) ? current.graph.nodes[placed.id] : undefined;
      if (!node) continue;
      const path = pathIn(current.prefix, node.id);
      const from: Ingredients = {
        node,
        path,
        copies: analysis.nodes.get(path)?.copies,
        params: analysis.flat.nodes.get(path)?.params,
        blocks: node.block === undefined ? noBlocks : document.blocks,
        placed,
        direction: scene.direction,
        selected: selected.has(node.id),
        tint: tints.get(path),
        ghost: ghosts.get(node.id),
      };
      const old = before.get(node.id);
      const made = old && sameIngredients(old.from, from) ? old.made : makeNode(from, document, old?.made);
      now.set(node.id, { made, from });
      nodes.push(made);
    }
    before = now;
    // The same list is nothing new for React Flow, which otherwise walks over all of it.
    if (nodes.length !== list.length || nodes.some((node, index) => node !== list[index])) list = nodes;
    return list;
  };
}

const noBlocks: SkipDocument['blocks'] = {};
function sameIngredients(a: Ingredients, b: Ingredients): boolean {
  return (Object.keys(a) as (keyof Ingredients)[]).every((key) => a[key] === b[key]);
}

function makeNode(from: Ingredients, document: SkipDocument, old: LayerFlowNode | undefined): LayerFlowNode {
  const { position, data: place } = from.placed;
  const data = dataOf(from, document);
  // A further move or a selection changes nothing that the view of the layer itself shows.
  const kept = old && sameData(old.data, data) ? old.data : data;
  if (old?.data === kept && old.position === position && old.selected === from.selected) return old;
  return {
    id: from.node.id,
    type: 'layer',
    position,
    data: kept,
    selected: from.selected,
    width: place.width,
    height: place.height,
    // Known sizes and ports: nothing waits for a measurement, and wires are there before their layers are drawn.
    measured: { width: place.width, height: place.height },
    handles: handlesOf(place, from.direction),
    domAttributes: old?.domAttributes ?? spokenBy('layer', from.node.id),
  };
}

function dataOf({ node, path, copies, params, placed, direction, tint, ghost }: Ingredients, document: SkipDocument): LayerData {
  const face = withResolved(faceOf(node, document), node, params as GraphNode['params'] | undefined, copies);
  return {
    path,
    name: node.name,
    words: spokenLayer(node, document, params as GraphNode['params'] | undefined),
    face,
    place: placed.data,
    direction,
    isPlaced: node.placed === true,
    tint,
    ghost,
  };
}

/** Words that change with every shape are in an element inside. The canvas is one stop for Tab; inside it commands move the focus. */
export function spokenBy(kind: 'layer' | 'wire', id: string) {
  return { tabIndex: -1, 'aria-roledescription': kind, 'aria-label': undefined, 'aria-labelledby': spokenId(kind, id) } as const;
}

function sameData(a: LayerData, b: LayerData): boolean {
  return (
    a.path === b.path &&
    a.name === b.name &&
    a.words === b.words &&
    a.place === b.place &&
    a.direction === b.direction &&
    a.isPlaced === b.isPlaced &&
    a.tint === b.tint &&
    a.ghost === b.ghost &&
    a.face.kind === b.face.kind &&
    a.face.icon === b.face.icon &&
    a.face.summary === b.face.summary &&
    a.face.skips === b.face.skips
  );
}

/** The sides at which ports stand. */
export const PORT_SIDES = {
  right: { inputs: Side.Left, outputs: Side.Right },
  down: { inputs: Side.Top, outputs: Side.Bottom },
} as const satisfies Record<FlowDirection, Record<keyof NodePorts, Side>>;

/** As large as in ports.css: React Flow measures ports anew once they are drawn, and a wire must not move then. */
export const PORT = 9;

function handlesOf(place: NodePlace, direction: FlowDirection): NodeHandle[] {
  const handles = (type: 'source' | 'target', side: keyof NodePorts) =>
    place.ports[side].map(({ id }, index): NodeHandle => {
      const { x, y } = portPlace(place, side, index, direction);
      return { id, type, position: PORT_SIDES[direction][side], x: x - PORT / 2, y: y - PORT / 2, width: PORT, height: PORT };
    });
  return [...handles('target', 'inputs'), ...handles('source', 'outputs')];
}
