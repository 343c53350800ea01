import { directionOf, withDirection, type FlowDirection } from '../../shared/graph/direction';
import type { Edit } from '../../shared/graph/edit';
import type { EdgeId, GraphNode, NodeId, Position } from '../../shared/graph/graph';
import { arranged, arrangedAmong, arrangedAround } from '../../shared/layout/arrange';
import { framesAlong } from '../../shared/layout/framesAlong';
import { boundsOfPoints } from '../../shared/picture/geometry';
import { tellEditAs } from '../state/announceEdits';
import { useDocument } from '../state/document';
import { useSession } from '../state/session';
import { countOf } from '../ui/numbers';
import { shown } from './graphEdits';

type Places = ReadonlyMap<NodeId, Position>;

/** Arranges the shown graph around the layers that a person placed; says so where nothing had to move. One step of undo. */
export function arrange(): void {
  const { document, graph } = shown();
  const moves = place('Arrange the network', arrangedAround(graph, document.blocks));
  const kept = Object.values(graph.nodes).filter(isPlaced).length;
  const { toast } = useSession.getState();
  if (moves > 0) {
    if (kept > 0) tellEditAs(`${countOf(moves, 'layer')} moved, ${kept} kept where you put ${kept === 1 ? 'it' : 'them'}.`);
    return;
  }
  if (kept === 0) return sayArranged();
  toast({
    tone: 'info',
    message: 'Nothing had to move.',
    detail: `${kept === 1 ? 'The layer that you placed stays' : `The ${kept} layers that you placed stay`} where you put ${kept === 1 ? 'it' : 'them'}.`,
    action: { label: 'Arrange all anew', run: arrangeAnew },
  });
}

function sayArranged(): void {
  useSession.getState().toast({ tone: 'info', message: 'The network is arranged already.' });
}

/** Places all layers of the shown graph as if nobody had placed any. */
export function arrangeAnew(): void {
  arrangeTo('Arrange all anew', directionOf(shown().graph));
}

const LABELS: Readonly<Record<FlowDirection, string>> = { right: 'Arrange from left to right', down: 'Arrange from top to bottom' };

/** Lets the shown graph run this way from now on, and places all of its layers anew. One step of undo. */
export function arrangeTowards(direction: FlowDirection): void {
  arrangeTo(LABELS[direction], direction);
}

function arrangeTo(label: string, direction: FlowDirection): void {
  const { document, graph: now } = shown();
  const graph = withDirection(now, direction);
  const corner = boundsOfPoints(Object.values(graph.nodes).map(({ position }) => position));
  const places = arranged(graph, document.blocks);
  const moved = new Map([...places].map(([id, { x, y }]) => [id, { x: Math.round(corner.x + x), y: Math.round(corner.y + y) }]));
  if (place(label, moved, { isAnew: true, direction }) === 0) sayArranged();
}

/** Arranges the selected layers among themselves, whoever placed them; all others stay. */
export function tidySelection(): void {
  const { document, graph, selection } = shown();
  place('Tidy the selection', arrangedAmong(graph, document.blocks, selection.nodes), { isAnew: true });
}

interface How {
  /** Nobody has placed the layers any more. */
  readonly isAnew?: boolean;
  /** Which way the graph runs from now on. */
  readonly direction?: FlowDirection;
}

/** Moves layers to their places with all that goes along; gives how many moved. */
function place(label: string, places: Places, { isAnew = false, direction }: How = {}): number {
  const { document, graph: now, ref } = shown();
  const graph = direction ? withDirection(now, direction) : now;
  const all = [...places].flatMap(([id, position]) => {
    const node = graph.nodes[id];
    return node ? [{ node, position, hasMoved: node.position.x !== position.x || node.position.y !== position.y }] : [];
  });
  const moved = all.filter(({ hasMoved }) => hasMoved);
  const changed = isAnew ? all.filter(({ node, hasMoved }) => hasMoved || isPlaced(node)) : moved;
  const turn: readonly Edit[] = direction && direction !== directionOf(now) ? [{ kind: 'direct', direction, graph: ref }] : [];
  const edits = [
    ...turn,
    ...changed.map(({ node, position }): Edit => ({
      kind: 'move',
      id: node.id,
      position,
      ...(isAnew ? { placed: false } : {}),
      graph: ref,
    })),
    ...routesAmong(isAnew ? new Set(places.keys()) : new Set(moved.map(({ node }) => node.id))).map((id): Edit => ({
      kind: 'route',
      id,
      route: undefined,
      graph: ref,
    })),
    ...framesAlong(graph, document.blocks, places).map((annotation): Edit => ({ kind: 'annotate', annotation, graph: ref })),
  ];
  if (edits.length > 0) useDocument.getState().edit(label, edits, 'record');
  // Where little has moved the view stays where it is.
  if (moved.length * 2 > Object.keys(graph.nodes).length) requestAnimationFrame(() => useSession.getState().canvasApi?.fit());
  return moved.length;
}

/** Wires that a person led between layers of which both have moved: their way was another one. */
function routesAmong(ids: ReadonlySet<NodeId>): readonly EdgeId[] {
  return Object.values(shown().graph.edges).flatMap(({ id, route, from, to }) =>
    route && ids.has(from.node) && ids.has(to.node) ? [id] : [],
  );
}

function isPlaced({ placed }: GraphNode): boolean {
  return placed === true;
}

/** Marks the selected layers as placed by a person, or takes the mark away; nothing moves. */
export function markPlaced(placed: boolean): void {
  const { graph, ref, selection } = shown();
  const edits = [...selection.nodes].flatMap((id): Edit[] => {
    const node = graph.nodes[id];
    return node && isPlaced(node) !== placed ? [{ kind: 'move', id, position: node.position, placed, graph: ref }] : [];
  });
  useDocument.getState().edit(placed ? 'Keep the place' : 'Let Arrange move it', edits, 'record');
}

/** Whether a selected layer has, or has not, the mark. */
export function isAnyPlaced(placed: boolean): boolean {
  const { graph, selection } = shown();
  return [...selection.nodes].some((id) => graph.nodes[id] && isPlaced(graph.nodes[id]) === placed);
}
