import { followAreas } from '../commands/areas';
import { followClipboard } from '../commands/followClipboard';
import { isCommandId, runCommand } from '../commands/commands';
import { followKeyboard, followMouseButtons } from '../commands/keyboard';
import { followAutosave } from '../commands/autosave';
import { followDrops } from '../commands/dropping';
import { followLostFocus } from '../commands/lostFocus';
import { followFiles } from '../commands/following';
import { openFromOutside } from '../commands/opening';
import { host } from '../host/client';
import { stayConnected } from '../host/connect';
import { followErrors } from '../host/pageLog';
import { announceEdits } from '../state/announceEdits';
import { followDrafts, hasUnkeptChanges, keepDraftNow } from '../state/drafts';
import { followFind } from '../state/find';
import { followRuns } from '../state/followRuns';
import { followOwnBlocks } from '../state/ownBlocks';
import { followPlaces } from '../state/places';
import { followLook } from '../state/settings';
import { followAnalysis } from '../state/settled';
import { showFirstDocument } from './firstDocument';

/** Starts all that lives as long as the page: once, before the first render. */
export function boot(): void {
  followErrors();
  followLook();
  followDrafts();
  followAnalysis();
  followRuns();
  followKeyboard();
  followMouseButtons();
  followAreas();
  followLostFocus();
  announceEdits();
  followClipboard();
  followFind();
  followPlaces();
  followOwnBlocks();
  followHost();
  followFiles();
  followAutosave();
  followDrops();
  followClosing();
  void stayConnected();
  void showFirstDocument();
}

/** What the host asks of the page. */
function followHost(): void {
  host.on('app.command', ({ id }) => {
    if (isCommandId(id)) runCommand(id);
  });
  host.on('app.openDocument', ({ handle, here }) => openFromOutside(handle, here));
  host.on('app.closing', () => {
    void keepDraftNow().finally(() => void host.call('app.readyToClose', {}).catch(() => undefined));
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
