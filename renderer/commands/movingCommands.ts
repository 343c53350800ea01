import type { CommandId } from '../../shared/commands/commands';
import { swapNodes } from '../../shared/edits/replace';
import type { Edit } from '../../shared/graph/edit';
import { directionOf, turned } from '../../shared/graph/direction';
import { wiresAlong, type Direction } from '../../shared/graph/walk';
import { useDocument } from '../state/document';
import { useSession } from '../state/session';
import { defineCommand } from './command';
import { shown } from './graphEdits';
import { goToLayer } from './walking';
import { inGraph, onlySelected } from './wiring';

/** A step of the canvas' grid, twice. */
const STEP = 16;

const somethingPlaced = () => {
  const { nodes, edges, annotations } = useSession.getState().selection;
  return nodes.size + edges.size + annotations.size > 0 || 'Select a layer first.';
};

/** Moves what is selected; key presses in a row are one step of undo. */
function nudge(x: number, y: number): void {
  const { selection } = useSession.getState();
  if (selection.nodes.size + selection.annotations.size > 0) movePlaced(x, y);
  else leadWires(x, y);
}

/** The long piece of a wire goes across the flow, the other one along it, from where they are. */
function leadWires(across: number, down: number): void {
  const { graph, ref, selection } = shown();
  const { x, y } = turned({ x: across, y: down }, directionOf(graph));
  const edits = [...selection.edges].flatMap((id): Edit[] => {
    const edge = graph.edges[id];
    const { lane, turn } = { lane: 0, turn: 0, ...useSession.getState().canvasApi?.routeOf(id), ...edge?.route };
    const change = x === 0 ? { lane: lane + y * STEP } : { turn: Math.max(STEP, turn + x * STEP) };
    return edge ? [{ kind: 'route', id, route: { ...edge.route, ...change }, graph: ref }] : [];
  });
  useDocument.getState().edit('Lead a wire', edits, 'merge');
}

function movePlaced(x: number, y: number): void {
  const { graph, ref, selection } = shown();
  const moved = (position: { readonly x: number; readonly y: number }) => ({ x: position.x + x * STEP, y: position.y + y * STEP });
  const isAll = selection.nodes.size === Object.keys(graph.nodes).length;
  const edits = [
    ...[...selection.nodes].flatMap((id): Edit[] => {
      const node = graph.nodes[id];
      return node ? [{ kind: 'move', id, position: moved(node.position), ...(isAll ? {} : { placed: true }), graph: ref }] : [];
    }),
    ...[...selection.annotations].flatMap((id): Edit[] => {
      const annotation = graph.annotations?.[id];
      return annotation ? [{ kind: 'annotate', annotation: { ...annotation, position: moved(annotation.position) }, graph: ref }] : [];
    }),
  ];
  useDocument.getState().edit('Move', edits, 'merge');
}

/** The layer with which the selected one would change places. */
function neighbour(direction: Direction) {
  const now = shown();
  const node = onlySelected(now);
  const [wire] = node ? wiresAlong(now.graph, node.id, direction) : [];
  const id = wire?.[direction === 'forward' ? 'to' : 'from'].node;
  return node && id !== undefined ? { node: node.id, other: id } : undefined;
}

const mayMove = (direction: Direction) => () => {
  if (!onlySelected(shown())) return 'Select one layer first.';
  return neighbour(direction) !== undefined || (direction === 'forward' ? 'It feeds nothing.' : 'Nothing feeds it.');
};

function moveAlong(direction: Direction): void {
  const pair = neighbour(direction);
  if (!pair) return;
  const { document, graph, ref } = shown();
  const name = graph.nodes[pair.node]?.name ?? '';
  const label = `Move ${name} ${direction === 'forward' ? 'later' : 'earlier'}`;
  useDocument.getState().edit(label, inGraph(ref, swapNodes(graph, document.blocks, pair.node, pair.other)), 'record');
  // The two have changed their contents: the layer now is where the other one was.
  if (useSession.getState().canvasApi?.spot()) goToLayer(pair.other);
  else useSession.getState().select([pair.other]);
}

const nudging = (id: CommandId, x: number, y: number) => defineCommand(id, { enabled: somethingPlaced, run: () => nudge(x, y) });

export const movingCommands = [
  defineCommand('graph.moveEarlier', { enabled: mayMove('back'), run: () => moveAlong('back') }),
  defineCommand('graph.moveLater', { enabled: mayMove('forward'), run: () => moveAlong('forward') }),
  nudging('graph.nudgeLeft', -1, 0),
  nudging('graph.nudgeRight', 1, 0),
  nudging('graph.nudgeUp', 0, -1),
  nudging('graph.nudgeDown', 0, 1),
] as const;
