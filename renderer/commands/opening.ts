import { host, useConnection } from '../host/client';
import { useSession } from '../state/session';
import { showFailure } from './failure';
import { loadOpened } from './loading';

type Source =
  { readonly kind: 'dialog' } | { readonly kind: 'handle'; readonly handle: string } | { readonly kind: 'sample'; readonly name: string };

/** Asks for a file: in the host's dialog, or in ours where it has none. */
export async function openFile(): Promise<void> {
  if (useConnection.getState().info?.nativeDialogs) await openFrom({ kind: 'dialog' }, 'The file');
  else useSession.getState().openDialog({ kind: 'browse', purpose: 'open' });
}

/** Opens a file or a sample. True where it is shown now. */
export async function openFrom(source: Source, name: string): Promise<boolean> {
  try {
    const opened = await host.call('project.open', source);
    return opened !== null && loadOpened(opened);
  } catch (error) {
    showFailure(`${name} could not be opened`, error);
    return false;
  }
}
