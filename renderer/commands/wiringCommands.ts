import { removeAndHeal, takeOut } from '../../shared/edits/heal';
import { chain } from '../../shared/edits/insert';
import { swapNodes } from '../../shared/edits/replace';
import { applyToGraph } from '../../shared/graph/applyEdits';
import type { Edit } from '../../shared/graph/edit';
import { useDocument } from '../state/document';
import { useSession } from '../state/session';
import { defineCommand } from './command';
import { removeSelection, shown } from './graphEdits';
import { inGraph, onlySelected, selectedInOrder } from './wiring';

const oneSelected = () => onlySelected(shown()) !== undefined || 'Select one layer first.';
const selected = (count: number, why: string) => () => useSession.getState().selection.nodes.size >= count || why;

/** Deletes layers so that what fed them feeds what they fed; selected wires go. */
function deleteSelection(): void {
  const now = shown();
  const others = removeSelection({ ...now, selection: { ...now.selection, nodes: new Set() } });
  // A selected wire was meant to go: nothing is healed through it.
  const layers = inGraph(now.ref, removeAndHeal(applyToGraph(now.graph, others), now.selection.nodes));
  useDocument.getState().edit('Delete', [...others, ...layers], 'record');
}

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
    run: () => useDocument.getState().edit('Delete', removeSelection(shown()), 'record'),
  }),
  defineCommand('graph.connect', {
    enabled: oneSelected,
    run() {
      const node = onlySelected(shown());
      if (node) useSession.getState().openDialog({ kind: 'connect', from: node.id });
    },
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
    enabled: oneSelected,
    run() {
      const { graph, ref, selection } = shown();
      const [id = ''] = selection.nodes;
      useDocument.getState().edit('Take a layer out', inGraph(ref, takeOut(graph, id)), 'record');
    },
  }),
  defineCommand('graph.resetRoute', {
    enabled: () => ledWires().length > 0 || 'Select a wire that was led by hand first.',
    run: () => useDocument.getState().edit('Let wires find their way', ledWires(), 'record'),
  }),
  defineCommand('edit.rename', {
    enabled: oneSelected,
    run() {
      const node = onlySelected(shown());
      useSession.getState().setRenaming(node?.id ?? null);
    },
  }),
] as const;
