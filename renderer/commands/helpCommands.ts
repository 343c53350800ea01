import { useDocument } from '../state/document';
import { useSession } from '../state/session';
import { useTour } from '../state/tour';
import { defineCommand } from './command';
import { openFrom } from './opening';

export const helpCommands = [
  defineCommand('help.palette', { run: () => useSession.getState().openDialog({ kind: 'commandPalette' }) }),
  defineCommand('help.shortcuts', { run: () => useSession.getState().openDialog({ kind: 'shortcuts' }) }),
  defineCommand('help.tour', { run: () => void startTour() }),
  defineCommand('help.log', { run: () => useSession.getState().openDialog({ kind: 'log' }) }),
  defineCommand('help.about', { run: () => useSession.getState().openDialog({ kind: 'about' }) }),
] as const;

/** On the network that is open; on a sample where there is none. */
async function startTour(): Promise<void> {
  const isEmpty = Object.keys(useDocument.getState().document.graph.nodes).length === 0;
  if (isEmpty && !(await openFrom({ kind: 'sample', name: 'digits-resnet' }, 'The sample'))) return;
  useTour.getState().start();
}
