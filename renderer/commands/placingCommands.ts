import type { CommandId } from '../../shared/commands/commands';
import type { Edit } from '../../shared/graph/edit';
import type { Box } from '../../shared/picture/geometry';
import { useDocument } from '../state/document';
import { useSession } from '../state/session';
import { arrange, arrangeAnew, arrangeTowards, isAnyPlaced, markPlaced, tidySelection } from './arrange';
import { aligned, boxesOf, type Axis } from './boxes';
import { defineCommand } from './command';
import { shown } from './graphEdits';

/** Moves the selected layers to where they are to begin along one axis. */
function moveSelected(label: string, axis: Axis, starts: (boxes: readonly Box[]) => readonly number[]): void {
  const now = shown();
  const placed = boxesOf(now, now.selection.nodes);
  const to = starts(placed.map(({ box }) => box));
  const moves = placed.map(({ node, box }, index): Edit => ({
    kind: 'move',
    id: node.id,
    position: { ...node.position, [axis]: Math.round(to[index] ?? box[axis]) },
    placed: true,
    graph: now.ref,
  }));
  useDocument.getState().edit(label, moves, 'record');
}

const selected = (count: number) => () =>
  useSession.getState().selection.nodes.size >= count || `Select ${count === 2 ? 'two' : 'three'} layers or more first.`;

const align = (id: CommandId, label: string, axis: Axis, share: 0 | 0.5 | 1) =>
  defineCommand(id, { enabled: selected(2), run: () => moveSelected(label, axis, (boxes) => aligned(boxes, axis, share)) });

/** Equal distances between the first and the last. */
const distribute = (id: CommandId, label: string, axis: Axis) =>
  defineCommand(id, {
    enabled: selected(3),
    run: () =>
      moveSelected(label, axis, (boxes) => {
        const sorted = boxes.toSorted((a, b) => a[axis] - b[axis]);
        const [first = 0, last = 0] = [sorted[0]?.[axis], sorted.at(-1)?.[axis]];
        return boxes.map((box) => first + ((last - first) * sorted.indexOf(box)) / (sorted.length - 1));
      }),
  });

const several = () => Object.keys(shown().graph.nodes).length > 1 || 'There is nothing to arrange.';

export const placingCommands = [
  align('graph.alignLeft', 'Align left', 'x', 0),
  align('graph.alignCenter', 'Align centres', 'x', 0.5),
  align('graph.alignRight', 'Align right', 'x', 1),
  align('graph.alignTop', 'Align tops', 'y', 0),
  align('graph.alignMiddle', 'Align middles', 'y', 0.5),
  align('graph.alignBottom', 'Align bottoms', 'y', 1),
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
