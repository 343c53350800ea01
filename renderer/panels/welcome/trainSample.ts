import { commandState, runCommand } from '../../commands/commands';
import { openFrom } from '../../commands/opening';
import { refreshDatasets, useDatasets } from '../../state/datasets';
import { useSession } from '../../state/session';

/** Opens a sample and trains it: one press from the start page to a moving curve. */
export async function trainSample(name: string, title: string): Promise<void> {
  if (!(await openFrom({ kind: 'sample', name }, `“${title}”`))) return;
  if (useDatasets.getState().datasets === null) await refreshDatasets();
  const state = commandState('run.train');
  if (state === true) runCommand('run.train');
  else useSession.getState().toast({ tone: 'info', message: 'It cannot be trained now.', detail: state });
}
