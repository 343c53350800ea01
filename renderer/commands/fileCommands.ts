import { useDocument } from '../state/document';
import { useRuns } from '../state/runs';
import { useSession } from '../state/session';
import { defineCommand } from './command';
import { compareWithFile, compareWithSaved } from './comparing';
import { shown } from './graphEdits';
import { startNew } from './loading';
import { openFile, openWindow } from './opening';
import { copyPicture, copySummary } from './picturing';
import { save, saveAs } from './saving';

const exportable = () =>
  Object.values(useRuns.getState().runs).some(({ summary }) => summary.hasWeights) ||
  'Train the network first: a run with weights is exported.';

const hasLayers = () => Object.keys(shown().graph.nodes).length > 0 || 'Add a layer first.';

export const fileCommands = [
  defineCommand('file.new', { run: startNew }),
  defineCommand('file.newWindow', { run: () => openWindow(null) }),
  defineCommand('file.gallery', { run: () => useSession.getState().openDialog({ kind: 'gallery' }) }),
  defineCommand('file.open', { run: () => void openFile() }),
  defineCommand('file.openSample', { run: () => useSession.getState().openDialog({ kind: 'openSample' }) }),
  defineCommand('file.save', {
    enabled: () => {
      const { isDirty, file } = useDocument.getState();
      return isDirty || file === null || 'Everything is saved.';
    },
    run: () => void save(),
  }),
  defineCommand('file.saveAs', { run: () => void saveAs() }),
  defineCommand('file.versions', { run: () => useSession.getState().openDialog({ kind: 'versions' }) }),
  defineCommand('file.compareSaved', {
    enabled: () => {
      const { isDirty, file } = useDocument.getState();
      return file === null ? 'It is in no file yet.' : isDirty || 'Everything is saved.';
    },
    run: () => void compareWithSaved(),
  }),
  defineCommand('file.compare', { run: () => void compareWithFile() }),
  defineCommand('file.exportPicture', { enabled: hasLayers, run: () => useSession.getState().openDialog({ kind: 'picture' }) }),
  defineCommand('edit.copySummary', { enabled: hasLayers, run: () => void copySummary() }),
  defineCommand('edit.copyPicture', { enabled: hasLayers, run: () => void copyPicture() }),
  defineCommand('file.settings', { run: () => useSession.getState().openDialog({ kind: 'settings' }) }),
  defineCommand('file.exportSavedModel', {
    enabled: exportable,
    run: () => useSession.getState().openDialog({ kind: 'export', format: 'savedmodel' }),
  }),
  defineCommand('file.exportTfjs', {
    enabled: exportable,
    run: () => useSession.getState().openDialog({ kind: 'export', format: 'tfjs' }),
  }),
] as const;
