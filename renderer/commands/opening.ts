import { host, useConnection } from '../host/client';
import { useDocument } from '../state/document';
import { useSession } from '../state/session';
import { showFailure } from './failure';
import { letGo, newestWish, showOpened } from './loading';

type Source =
  { readonly kind: 'dialog' } | { readonly kind: 'handle'; readonly handle: string } | { readonly kind: 'sample'; readonly name: string };

/** Asks for a file: in the host's dialog, or in ours where it has none. */
export async function openFile(): Promise<void> {
  if (useConnection.getState().info?.nativeDialogs) await openFrom({ kind: 'dialog' }, 'The file');
  else useSession.getState().openDialog({ kind: 'browse', purpose: 'open' });
}

/** Opens a file or a sample, unless something else is to be shown by then. True where it is shown now. */
export async function openFrom(source: Source, name: string, isWanted = newestWish(handleOf(source)), had?: string): Promise<boolean> {
  try {
    const opened = await host.call('project.open', source);
    if (opened && isWanted()) return await showOpened(opened, isWanted, had);
    letGo(opened);
    return false;
  } catch (error) {
    showFailure(`${name} could not be opened`, error);
    return false;
  }
}

function handleOf(source: Source): string | null {
  return source.kind === 'handle' ? source.handle : null;
}

/** Another window: of the desktop app, or a tab. With a file, or empty. */
export function openWindow(handle: string | null): void {
  if (useConnection.getState().info?.host === 'electron') host.call('window.open', { handle }).catch(() => undefined);
  else window.open(handle === null ? '/?new=1' : `/?${new URLSearchParams({ open: handle }).toString()}`, '_blank', 'noopener');
}

/** A file that the system hands over. A window that shows something keeps it, unless it was meant. */
export function openFromOutside(handle: string, here: boolean): void {
  const { file, isDirty } = useDocument.getState();
  if (file?.handle === handle) return;
  if (here || (file === null && !isDirty)) void openFrom({ kind: 'handle', handle }, 'The file');
  else openWindow(handle);
}
