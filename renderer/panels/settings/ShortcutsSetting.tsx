import { useSession } from '../../state/session';
import { useSettings } from '../../state/settings';
import { Button } from '../../ui/Button';
import { countOf } from '../../ui/numbers';

/** The way to the editor of shortcuts, and how many are the person’s own. */
export function ShortcutsSetting() {
  const changed = useSettings((state) => Object.keys(state.keybindings).length);
  return (
    <div className="flex items-center gap-3">
      {changed > 0 && <span className="text-sm text-secondary">{countOf(changed, 'command')} changed</span>}
      <Button onClick={() => useSession.getState().openDialog({ kind: 'shortcuts' })}>Change shortcuts…</Button>
    </div>
  );
}
