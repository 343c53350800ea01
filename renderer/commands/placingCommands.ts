import type { CommandId } from '../../shared/commands/commands';
import type { Edit } from '../../shared/graph/edit';
import type { GraphNode } from '../../shared/graph/graph';
import { useDocument } from '../state/document';
import { useSession } from '../state/session';
import { arrange, arrangeAnew, arrangeTowards, isAnyPlaced, markPlaced, tidySelection } from './arrange';
import { defineCommand } from './command';
import { shown } from './graphEdits';

type Axis = 'x' | 'y';

/** Moves the selected layers, each to where `place` puts it along one axis. */
function moveSelected(label: string, axis: Axis, place: (node: GraphNode, all: readonly GraphNode[]) => number): void {
  const { graph, ref, selection } = shown();
  const nodes = [...selection.nodes].flatMap((id) => graph.nodes[id] ?? []);
  const moves = nodes.map((node): Edit => ({
    kind: 'move',
    id: node.id,
    position: { ...node.position, [axis]: Math.round(place(node, nodes)) },
    placed: true,
    graph: ref,
  }));
  useDocument.getState().edit(label, moves, 'record');
}

const along = (nodes: readonly GraphNode[], axis: Axis) => nodes.map(({ position }) => position[axis]);

const selected = (count: number) => () =>
  useSession.getState().selection.nodes.size >= count || `Select ${count === 2 ? 'two' : 'three'} layers or more first.`;

const align = (id: CommandId, label: string, axis: Axis, line: (values: readonly number[]) => number) =>
  defineCommand(id, { enabled: selected(2), run: () => moveSelected(label, axis, (_, all) => line(along(all, axis))) });

/** Equal distances between the first and the last. */
const distribute = (id: CommandId, label: string, axis: Axis) =>
  defineCommand(id, {
    enabled: selected(3),
    run: () =>
      moveSelected(label, axis, (node, all) => {
        const sorted = all.toSorted((a, b) => a.position[axis] - b.position[axis]);
        const [first = 0, last = 0] = [sorted[0]?.position[axis], sorted.at(-1)?.position[axis]];
        return first + ((last - first) * sorted.indexOf(node)) / (sorted.length - 1);
      }),
  });

const middle = (values: readonly number[]) => (Math.min(...values) + Math.max(...values)) / 2;

const several = () => Object.keys(shown().graph.nodes).length > 1 || 'There is nothing to arrange.';

export const placingCommands = [
  align('graph.alignLeft', 'Align left', 'x', (values) => Math.min(...values)),
  align('graph.alignCenter', 'Align centres', 'x', middle),
  align('graph.alignRight', 'Align right', 'x', (values) => Math.max(...values)),
  align('graph.alignTop', 'Align tops', 'y', (values) => Math.min(...values)),
  align('graph.alignMiddle', 'Align middles', 'y', middle),
  align('graph.alignBottom', 'Align bottoms', 'y', (values) => Math.max(...values)),
  distribute('graph.distributeAcross', 'Distribute across', 'x'),
  distribute('graph.distributeDown', 'Distribute down', 'y'),
  defineCommand('graph.arrange', { enabled: several, run: arrange }),
  defineCommand('graph.arrangeAnew', { enabled: several, run: arrangeAnew }),
  defineCommand('graph.arrangeRight', { enabled: several, run: () => arrangeTowards('right') }),
  defineCommand('graph.arrangeDown', { enabled: several, run: () => arrangeTowards('down') }),
  defineCommand('graph.tidySelection', { enabled: selected(2), run: tidySelection }),
  defineCommand('graph.keepPlace', {
    enabled: () =>
      useSession.getState().selection.nodes.size === 0 ? 'Select a layer first.' : isAnyPlaced(false) || 'Its place is kept already.',
    run: () => markPlaced(true),
  }),
  defineCommand('graph.freePlace', {
    enabled: () =>
      useSession.getState().selection.nodes.size === 0 ? 'Select a layer first.' : isAnyPlaced(true) || 'Arrange may move it already.',
    run: () => markPlaced(false),
  }),
] as const;
