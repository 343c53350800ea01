import { removeAndHeal, takeOut } from '../../shared/edits/heal';
import { chain } from '../../shared/edits/insert';
import { swapNodes } from '../../shared/edits/replace';
import { applyToGraph } from '../../shared/graph/applyEdits';
import type { Edit } from '../../shared/graph/edit';
import type { NodeId } from '../../shared/graph/graph';
import { readingOrder } from '../../shared/graph/readingOrder';
import { wiresAlong } from '../../shared/graph/walk';
import { useDocument } from '../state/document';
import { afterFrames, useSession, type Spot } from '../state/session';
import { defineCommand } from './command';
import { editValues } from './editValues';
import { removeSelection, shown, type Shown } from './graphEdits';
import { deletionName, wireDeletionName } from './stepNames';
import { goToLayer } from './walking';
import { inGraph, onlySelected, selectedInOrder, takingOut } from './wiring';

const oneSelected = () => onlySelected(shown()) !== undefined || 'Select one layer first.';
const selected = (count: number, why: string) => () => useSession.getState().selection.nodes.size >= count || why;

/** Deletes layers so that what fed them feeds what they fed; selected wires go. */
function deleteSelection(): void {
  const now = shown();
  const spot = useSession.getState().canvasApi?.spot();
  if (spot?.kind === 'port') return removeWiresOf(spot);
  const next = neighbourOf(now);
  const others = removeSelection({ ...now, selection: { ...now.selection, nodes: new Set() } });
  // A selected wire was meant to go: nothing is healed through it.
  const layers = inGraph(now.ref, removeAndHeal(applyToGraph(now.graph, others), now.selection.nodes));
  useDocument.getState().edit(deletionName(now.graph, now.selection), [...others, ...layers], 'record');
  // The focus would be lost with what had it; the mouse needs none.
  if (spot && next !== undefined && !useSession.getState().canvasApi?.pointer()) goToLayer(next);
  // Taken off with its element the focus would cost a layout of the whole page.
  else if (spot?.kind === 'layer' && now.selection.nodes.has(spot.node)) useSession.getState().canvasApi?.rest();
}

function removeWiresOf({ node, port, side }: Spot & { readonly kind: 'port' }): void {
  const { graph, ref } = shown();
  const end = side === 'input' ? 'to' : 'from';
  const wires = Object.values(graph.edges).filter((edge) => edge[end].node === node && edge[end].port === port);
  if (wires.length === 0) return useSession.getState().announce('No wire is here.');
  useDocument.getState().edit(
    wireDeletionName(wires.length),
    inGraph(
      ref,
      wires.map(({ id }) => ({ kind: 'disconnect', id })),
    ),
    'record',
  );
}

/** Where one is after a deletion: at what fed the first deleted layer, else at what it fed; at the end of a deleted wire. */
function neighbourOf({ graph, selection }: Shown): NodeId | undefined {
  const [edge] = selection.edges;
  const stays = (id: NodeId) => !selection.nodes.has(id);
  if (selection.nodes.size === 0) return edge === undefined ? undefined : graph.edges[edge]?.to.node;
  const [id = ''] = selection.nodes;
  const wires = [
    ...wiresAlong(graph, id, 'back').map(({ from }) => from.node),
    ...wiresAlong(graph, id, 'forward').map(({ to }) => to.node),
  ];
  return wires.find(stays) ?? readingOrder(graph).find(stays);
}

/** Asks for the other end of a wire from the port that has the focus, else from the selected layer. */
export function connectHere(): void {
  const spot = useSession.getState().canvasApi?.spot();
  const node = spot?.kind === 'port' ? spot.node : onlySelected(shown())?.id;
  if (node === undefined) return;
  const port = spot?.kind === 'port' ? { side: spot.side, port: spot.port } : undefined;
  useSession.getState().openDialog({ kind: 'connect', node, port });
}

const annotationAlone = () => {
  const { nodes, annotations } = useSession.getState().selection;
  return nodes.size === 0 && annotations.size === 1;
};

const somethingSelected = () => {
  const { nodes, edges, annotations } = useSession.getState().selection;
  return nodes.size + edges.size + annotations.size > 0 || 'Select a layer or a wire first.';
};

/** Edits that give the selected wires back to the canvas. */
function ledWires(): readonly Edit[] {
  const { graph, ref, selection } = shown();
  return [...selection.edges]
    .filter((id) => graph.edges[id]?.route)
    .map((id): Edit => ({ kind: 'route', id, route: undefined, graph: ref }));
}

export const wiringCommands = [
  defineCommand('edit.delete', { enabled: somethingSelected, run: deleteSelection }),
  defineCommand('edit.deleteOpen', {
    enabled: somethingSelected,
    run() {
      const now = shown();
      useDocument.getState().edit(deletionName(now.graph, now.selection), removeSelection(now), 'record');
    },
  }),
  defineCommand('graph.connect', {
    enabled: oneSelected,
    run: connectHere,
  }),
  defineCommand('graph.wireNext', {
    enabled: oneSelected,
    run() {
      const node = onlySelected(shown());
      useSession.getState().setWiringFrom(node?.id ?? null);
    },
  }),
  defineCommand('graph.chain', {
    enabled: selected(2, 'Select two layers or more first.'),
    run() {
      const now = shown();
      const edits = chain(now.graph, now.document.blocks, selectedInOrder(now));
      if (edits.length > 0) useDocument.getState().edit(`Wire ${edits.length + 1} layers in a row`, inGraph(now.ref, edits), 'record');
      else useSession.getState().toast({ tone: 'info', message: 'These layers are wired already, or have no free inputs.' });
    },
  }),
  defineCommand('graph.swap', {
    enabled: () => useSession.getState().selection.nodes.size === 2 || 'Select two layers first.',
    run() {
      const { document, graph, ref, selection } = shown();
      const [a = '', b = ''] = selection.nodes;
      useDocument.getState().edit('Swap two layers', inGraph(ref, swapNodes(graph, document.blocks, a, b)), 'record');
    },
  }),
  defineCommand('graph.replace', {
    enabled: selected(1, 'Select a layer first.'),
    run: () => useSession.getState().openDialog({ kind: 'replaceLayer' }),
  }),
  defineCommand('graph.takeOut', {
    enabled: selected(1, 'Select a layer first.'),
    run() {
      const { graph, ref, selection } = shown();
      useDocument.getState().edit(takingOut(selection.nodes.size), inGraph(ref, takeOut(graph, selection.nodes)), 'record');
    },
  }),
  defineCommand('graph.resetRoute', {
    enabled: () => ledWires().length > 0 || 'Select a wire that was led by hand first.',
    run: () => useDocument.getState().edit('Let wires find their way', ledWires(), 'record'),
  }),
  defineCommand('edit.rename', {
    enabled: () => annotationAlone() || oneSelected(),
    run() {
      // The palette or menu that asked for it gives the focus back first; a frame's title and a note's text are changed in the inspector.
      if (annotationAlone()) return afterFrames(2, editValues);
      const node = onlySelected(shown());
      afterFrames(2, () => useSession.getState().setRenaming(node?.id ?? null));
    },
  }),
] as const;
