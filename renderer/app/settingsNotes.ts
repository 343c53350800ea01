import { keybindingProblems } from '../commands/keybindings';
import { host } from '../host/client';
import { useSession } from '../state/session';
import { useSettings } from '../state/settings';

/** More than a few notes at once are noise; the settings page has them all. */
const SHOWN = 2;

/** What was said already, and is still so. */
let told: ReadonlySet<string> = new Set();

/** Says what in the settings' file does not fit: at the start, and once it was edited by hand. */
export async function tellSettingsProblems(): Promise<void> {
  const { problems } = await host.call('settings.file', {});
  const all = [...problems.map(({ message }) => message), ...keybindingProblems(useSettings.getState().keybindings)];
  const messages = all.filter((message) => !told.has(message));
  told = new Set(all);
  for (const [index, message] of messages.slice(0, SHOWN).entries()) {
    const more = messages.length - SHOWN;
    useSession.getState().toast({
      tone: 'error',
      message: 'A setting does not fit.',
      detail: index === SHOWN - 1 && more > 0 ? `${message} And ${more} more.` : message,
      action: { label: 'Settings…', run: () => useSession.getState().openDialog({ kind: 'settings', field: 'file' }) },
    });
  }
}

/** Settings that were edited by hand or in another window hold as soon as one comes back to this one. */
export function followSettingsFile(): void {
  window.addEventListener('focus', () => {
    void useSettings
      .getState()
      .load()
      .then(tellSettingsProblems)
      .catch(() => undefined);
  });
}
