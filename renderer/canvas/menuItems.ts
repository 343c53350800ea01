import type { CommandId } from '../../shared/commands/commands';
import type { EdgeId, NodeId, Position } from '../../shared/graph/graph';
import { commandItem, commandState } from '../commands/commands';
import { shown } from '../commands/graphEdits';
import { useDocument } from '../state/document';
import { currentGraph, pathIn } from '../state/location';
import { useSession } from '../state/session';
import type { MenuItem } from '../ui/menuItem';
import { annotationOf } from './annotations';
import { openSearch } from './handlers';
import { annotationAt, layerAt, wireAt } from './hitTest';

/** What a menu on the canvas is about, and where it was asked for, in the window's pixels. */
export interface Asked {
  readonly point: Position;
  readonly about: 'layer' | 'wire' | 'annotation' | 'nothing';
  readonly wire?: EdgeId | undefined;
}

/** What is under the point; it is selected, unless it is part of what is selected already. */
export function askAt(point: Position): Asked {
  const { selection, select } = useSession.getState();
  const layer = layerAt(point);
  if (layer !== undefined) {
    if (!selection.nodes.has(layer)) select([layer]);
    return { point, about: 'layer' };
  }
  const wire = wireAt(point);
  if (wire !== undefined) {
    if (!selection.edges.has(wire)) select([], [wire]);
    return { point, about: 'wire', wire };
  }
  const annotation = annotationOf(shown().graph, annotationAt(point) ?? '');
  if (annotation && !selection.annotations.has(annotation.id)) select([], [], [annotation.id]);
  if (!annotation) select([]);
  return { point, about: annotation ? 'annotation' : 'nothing' };
}

/** What has the focus, asked for by the menu key. */
export function askHere(): Asked {
  const { canvasApi, selection, select } = useSession.getState();
  const spot = canvasApi?.spot();
  const point = spotPoint();
  if (spot?.kind === 'wire') {
    select([], [spot.edge]);
    return { point, about: 'wire', wire: spot.edge };
  }
  if (spot && !selection.nodes.has(spot.node)) select([spot.node]);
  const about = spot || selection.nodes.size > 0 ? 'layer' : selection.annotations.size > 0 ? 'annotation' : 'nothing';
  return { point, about };
}

function spotPoint(): Position {
  const box = document.activeElement?.getBoundingClientRect();
  return { x: (box?.left ?? 0) + (box?.width ?? 0) / 2, y: (box?.top ?? 0) + (box?.height ?? 0) / 2 };
}

/** What can be done with what was asked about; all of it are commands. What makes no sense for it is left out. */
export function menuItemsFor({ about, point, wire }: Asked): readonly MenuItem[] {
  const { selection, location } = useSession.getState();
  if (about === 'wire')
    return [
      named('graph.addLayer', 'Insert a layer…', () => openSearch(point, { onWire: wire })),
      ...listed('graph.editValues'),
      ...possible('graph.resetRoute'),
      separator,
      ...listed('edit.delete'),
    ];
  if (about === 'annotation') return listed('edit.rename', 'edit.copy', 'edit.cut', 'edit.delete');
  if (about === 'nothing')
    return [
      named('graph.addLayer', 'Add a layer…', () => openSearch(point, {})),
      ...listed('edit.paste', 'graph.note'),
      separator,
      ...listed('edit.selectAll', 'graph.arrange', 'graph.arrangeAnew', 'view.zoomToFit'),
      ...(location.length > 0 ? listed('graph.leaveBlock') : []),
    ];
  return [...(selection.nodes.size > 1 ? severalItems() : oneItems()), separator, ...editItems()];
}

const separator: MenuItem = { kind: 'separator' };
const editItems = () => listed('edit.copy', 'edit.cut', 'edit.duplicate', 'edit.delete');

function oneItems(): readonly MenuItem[] {
  const { graph, selection } = shown();
  const [id = ''] = selection.nodes;
  const isBlock = graph.nodes[id]?.type === 'block';
  return [
    ...(hasProblem(id) ? listed('graph.repair') : []),
    ...(isBlock ? [named('graph.openBlock', 'Open the block')] : []),
    ...listed('graph.editValues', 'edit.rename', 'graph.replace'),
    separator,
    ...listed('graph.connect', 'graph.addLayer', 'graph.takeOut'),
    separator,
    ...possible('graph.fanOut', 'graph.unpack', 'graph.makeUnique', 'graph.keepBlock'),
    ...listed('graph.group', 'graph.frame'),
    ...possible('graph.keepPlace', 'graph.freePlace'),
  ];
}

function hasProblem(id: NodeId): boolean {
  const { document, analysis } = useDocument.getState();
  const path = pathIn(currentGraph(document, useSession.getState().location).prefix, id);
  return analysis.problems.some(({ node }) => node === path);
}

function severalItems(): readonly MenuItem[] {
  return [
    ...listed('graph.chain'),
    ...possible('graph.swap'),
    ...listed('graph.replace', 'graph.takeOut', 'graph.tidySelection'),
    separator,
    ...listed('graph.group', 'graph.frame', 'view.zoomToSelection'),
    ...possible('graph.keepPlace', 'graph.freePlace'),
  ];
}

function listed(...ids: readonly CommandId[]): readonly MenuItem[] {
  return ids.map(commandItem);
}

function possible(...ids: readonly CommandId[]): readonly MenuItem[] {
  return listed(...ids.filter((id) => commandState(id) === true));
}

/** A command under the name that says what it does here. */
function named(id: CommandId, label: string, onSelect?: () => void): MenuItem {
  const item = commandItem(id);
  return item.kind === 'item' ? { ...item, label, onSelect: onSelect ?? item.onSelect } : item;
}
