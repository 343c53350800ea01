import { followAreas } from '../commands/areas';
import { isCommandId, runCommand } from '../commands/commands';
import { followKeyboard, followMouseButtons } from '../commands/keyboard';
import { emptyDocument, loadOpened, restoreDraft } from '../commands/loading';
import { host, useConnection } from '../host/client';
import { stayConnected } from '../host/connect';
import { followErrors } from '../host/pageLog';
import { announceEdits } from '../state/announceEdits';
import { useDocument } from '../state/document';
import { followDrafts, hasUnkeptChanges, keepDraftNow, refreshDrafts } from '../state/drafts';
import { followFind } from '../state/find';
import { followRuns } from '../state/followRuns';
import { followPlaces } from '../state/places';
import { refreshRecent } from '../state/recent';
import { followLook, useSettings } from '../state/settings';
import { followLayout } from './layout';
import { followSettingsFile, tellSettingsProblems } from './settingsNotes';

/** Starts all that lives as long as the page: once, before the first render. */
export function boot(): void {
  followErrors();
  followLook();
  followDrafts();
  followRuns();
  followKeyboard();
  followMouseButtons();
  followAreas();
  announceEdits();
  followFind();
  followPlaces();
  followHost();
  followClosing();
  void stayConnected();
  void firstDocument();
}

/** What the host asks of the page. */
function followHost(): void {
  host.on('app.command', ({ id }) => {
    if (isCommandId(id)) runCommand(id);
  });
  host.on('app.openDocument', (opened) => void loadOpened(opened));
  host.on('app.closing', () => {
    void keepDraftNow().finally(() => host.call('app.readyToClose', {}).catch(() => undefined));
  });
}

/** A page that is about to go puts its draft away; only what could not be put away is worth a question. */
function followClosing(): void {
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') void keepDraftNow();
  });
  window.addEventListener('beforeunload', (event) => {
    if (!hasUnkeptChanges()) return;
    void keepDraftNow();
    event.preventDefault();
  });
}

/** The file that the app was started with, else what was unsaved when it last ended, else the start page. */
async function firstDocument(): Promise<void> {
  await useSettings.getState().load();
  const isTouched = () => useDocument.getState().isDirty || useDocument.getState().file !== null;
  if (!isTouched()) useDocument.getState().load({ document: emptyDocument(), file: null, title: 'Untitled', isDirty: false });
  followLayout();
  useSettings.setState({ isLoaded: true });
  followSettingsFile();
  void tellSettingsProblems().catch(() => undefined);
  refreshRecent();
  const initial = await host.call('project.initial', {}).catch(() => null);
  if (initial && !isTouched()) return void loadOpened(initial);
  const drafts = await refreshDrafts();
  const [only] = drafts;
  if (only && drafts.length === 1 && !isTouched() && useConnection.getState().status === 'connected') await restoreDraft(only);
}
