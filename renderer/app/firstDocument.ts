import type { WindowState } from '../../shared/rpc/contract';
import { emptyDocument, letGo, newestWish, restoreDraft, showOpened } from '../commands/loading';
import { openFrom } from '../commands/opening';
import { host, useConnection } from '../host/client';
import { useDocument } from '../state/document';
import { refreshDrafts, type Draft } from '../state/drafts';
import { refreshRecent } from '../state/recent';
import { useSession } from '../state/session';
import { useSettings } from '../state/settings';
import { followWindowState, showWindowState } from '../state/windowState';
import { followLayout } from './layout';
import { followSettingsFile, tellSettingsProblems } from './settingsNotes';

/** What the address asks for: a file in a new window, or an empty one. Asked once; a reload finds the window as it is. */
interface Asked {
  readonly open: string | null;
  readonly isNew: boolean;
}

function takeAsked(): Asked {
  const query = new URLSearchParams(location.search);
  const asked = { open: query.get('open'), isNew: query.has('new') };
  for (const name of ['open', 'new']) query.delete(name);
  const rest = query.toString();
  history.replaceState(null, '', rest === '' ? location.pathname : `${location.pathname}?${rest}`);
  return asked;
}

/** The file that the window was opened with, else what it showed when it last ended, else the start page. */
export async function showFirstDocument(): Promise<void> {
  const asked = takeAsked();
  await useSettings.getState().load();
  if (!isTouched()) useDocument.getState().load({ document: emptyDocument(), file: null, title: 'Untitled', isDirty: false });
  followLayout();
  useSettings.setState({ isLoaded: true });
  followSettingsFile();
  void tellSettingsProblems().catch(() => undefined);
  refreshRecent();
  await openFirst(asked).catch(() => undefined);
  followWindowState();
}

/** Whoever began to work before the host answered goes on with that. */
function isTouched(): boolean {
  return useDocument.getState().isDirty || useDocument.getState().file !== null;
}

/** What is shown by itself gives way to all that the person asked for or began meanwhile. */
function untouched(): () => boolean {
  const isNewest = newestWish();
  return () => isNewest() && !isTouched();
}

async function openFirst({ open, isNew }: Asked): Promise<void> {
  if (open !== null) return void (await openFrom({ kind: 'handle', handle: open }, 'The file'));
  const isWanted = untouched();
  const initial = await host.call('project.initial', {}).catch(() => null);
  if (initial) return void (isWanted() ? await showOpened(initial, isWanted) : letGo(initial));
  if (isNew) return;
  const { state, isAlone } = await host.call('window.restore', { adopt: true });
  const drafts = await refreshDrafts();
  if (!isWanted() || useConnection.getState().status !== 'connected') return;
  await showAgain(state, drafts, isAlone, isWanted);
}

async function showAgain(state: WindowState | null, drafts: readonly Draft[], isAlone: boolean, isWanted: () => boolean): Promise<void> {
  const own = drafts.find(({ id }) => id === state?.documentId);
  const [only] = drafts;
  let isShown = false;
  if (own) isShown = await restoreDraft(own, isWanted);
  else if (state?.handle) isShown = await openFrom({ kind: 'handle', handle: state.handle }, `“${state.name}”`, isWanted, state.documentId);
  else if (only && drafts.length === 1 && isAlone) return void (await restoreDraft(only, isWanted));
  if (state && isShown && useDocument.getState().document.id === state.documentId) showWindowState(state);
  if (state && !own && only && isAlone) tellDraft(only);
}

/** The start page lists what is unsaved; where another document is shown instead, it is said. */
function tellDraft(draft: Draft): void {
  useSession.getState().toast({
    tone: 'info',
    message: `There are unsaved changes of “${draft.name}”.`,
    action: { label: 'Open them', run: () => void restoreDraft(draft) },
  });
}
