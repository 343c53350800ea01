import { useDocument } from '../state/document';
import { useSession } from '../state/session';
import { copySelection, cutSelection } from './clipboard';
import { defineCommand } from './command';
import { copyInPlace } from './copies';
import { shown } from './graphEdits';
import { pasteFromClipboard } from './pasting';
import { layersInWords } from './stepNames';

/** Copies stand a little lower and to the right. */
const OFFSET = { x: 32, y: 32 };

const somethingSelected = () => {
  const { nodes, edges, annotations } = useSession.getState().selection;
  return nodes.size + edges.size + annotations.size > 0 || 'Select a layer or a wire first.';
};
const copyable = () => {
  const { nodes, annotations } = useSession.getState().selection;
  return nodes.size + annotations.size > 0 || 'Select layers, frames or notes first.';
};
const layerSelected = () => useSession.getState().selection.nodes.size > 0 || 'Select a layer first.';

export const editCommands = [
  defineCommand('edit.undo', {
    enabled: () => useDocument.getState().canUndo || 'Nothing to undo.',
    run: () => useDocument.getState().undo(),
  }),
  defineCommand('edit.redo', {
    enabled: () => useDocument.getState().canRedo || 'Nothing to redo.',
    run: () => useDocument.getState().redo(),
  }),
  defineCommand('edit.cut', { enabled: copyable, run: () => void cutSelection() }),
  defineCommand('edit.copy', { enabled: copyable, run: () => void copySelection() }),
  defineCommand('edit.paste', { run: () => void pasteFromClipboard() }),
  defineCommand('edit.duplicate', {
    enabled: layerSelected,
    run() {
      const { document, graph, ref, selection } = shown();
      const copies = copyInPlace(document, ref, selection.nodes, OFFSET);
      useDocument.getState().edit(`Duplicate ${layersInWords(graph, selection.nodes)}`, () => copies.document, 'record');
      useSession.getState().select(copies.nodes.values());
    },
  }),
  defineCommand('edit.selectAll', {
    enabled: () => Object.keys(shown().graph.nodes).length > 0 || 'There is nothing to select.',
    run() {
      const { graph } = shown();
      useSession.getState().select(Object.keys(graph.nodes), Object.keys(graph.edges), Object.keys(graph.annotations ?? {}));
    },
  }),
  defineCommand('edit.deselect', {
    enabled: () =>
      somethingSelected() === true ||
      useSession.getState().focusedProblem !== null ||
      useSession.getState().wiringFrom !== null ||
      'Nothing is selected.',
    run() {
      useSession.getState().select([]);
      useSession.getState().focusProblem(null);
      useSession.getState().setWiringFrom(null);
    },
  }),
] as const;
