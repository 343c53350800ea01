import { Search } from 'lucide-react';
import { useRef, useState } from 'react';
import { MENUS, type CommandId } from '../../../shared/commands/commands';
import { commandIds, commandSpec } from '../../commands/commands';
import { resetAllShortcuts } from '../../commands/keybindings';
import { rank, searchEntries } from '../../commands/search';
import { useSession } from '../../state/session';
import { useSettings } from '../../state/settings';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { shortcutText } from '../../ui/shortcutText';
import { mouseGestures, type MouseGesture } from './mouseGestures';
import { ShortcutRow } from './ShortcutRow';

/** Every command with its keys, searchable and changeable. */
export function ShortcutsDialog() {
  const close = useSession((state) => state.closeDialog);
  const isAnyChanged = useSettings((state) => Object.keys(state.keybindings).length > 0);
  const [query, setQuery] = useState('');
  const [open, setOpen] = useState<CommandId | null>(null);
  const search = useRef<HTMLInputElement>(null);
  const found = foundCommands(query);
  const gestures = searchEntries(gestureEntries, query);
  return (
    <Dialog
      title="Keyboard shortcuts"
      description="Press a command’s keys to change them."
      size="large"
      initialFocus={search}
      onClose={close}
      footer={
        <>
          <Button variant="plain" disabled={!isAnyChanged} onClick={resetAllShortcuts}>
            Reset all
          </Button>
          <Button variant="primary" onClick={close}>
            Done
          </Button>
        </>
      }
    >
      <div className="sticky -top-2 z-10 -mx-1 bg-raised px-1 pt-1 pb-3">
        <label className="flex h-8 items-center gap-2 rounded-md border border-line bg-field px-2.5 focus-within:outline-2 focus-within:-outline-offset-1 focus-within:outline-(--focus)">
          <Search size="0.875rem" aria-hidden className="text-secondary" />
          <input
            ref={search}
            type="text"
            aria-label="Search shortcuts"
            placeholder="Search by name or keys: undo, ctrl d"
            value={query}
            onChange={(event) => setQuery(event.target.value)}
            className="min-w-0 flex-1 bg-transparent outline-none"
          />
        </label>
      </div>
      <div className="h-[52vh]">
        {found.length + gestures.length === 0 && (
          <p className="p-6 text-center text-secondary">Nothing is called “{query}” or has such keys.</p>
        )}
        {groupsOf(found, query).map(({ title, ids }) => (
          <section key={title} aria-label={title} className="mb-4">
            <h3 className="mb-1 text-xs font-medium text-secondary">{title}</h3>
            <ul>
              {ids.map((id) => (
                <ShortcutRow key={id} id={id} isOpen={open === id} onOpen={(isOpen) => setOpen(isOpen ? id : null)} />
              ))}
            </ul>
          </section>
        ))}
        {gestures.length > 0 && <Gestures gestures={gestures} />}
      </div>
    </Dialog>
  );
}

function Gestures({ gestures }: { readonly gestures: readonly MouseGesture[] }) {
  return (
    <section aria-label="With the mouse" className="mb-4">
      <h3 className="mb-1 text-xs font-medium text-secondary">With the mouse</h3>
      <dl>
        {gestures.map(({ name, how }) => (
          <div key={name} className="flex min-h-8 items-center justify-between gap-4 px-2">
            <dt>{name}</dt>
            <dd className="pr-2.5 text-right text-sm text-secondary">{how}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** Found by what is done, too: “drag”. */
const gestureEntries = mouseGestures.map((gesture) => ({ ...gesture, keywords: [...gesture.keywords, gesture.how] }));

function foundCommands(query: string): readonly CommandId[] {
  const entries = commandIds.map((id) => {
    const { title, keywords = [], shortcuts = [] } = commandSpec(id);
    return { id, name: title, keywords: [...keywords, ...shortcuts.map((shortcut) => shortcutText(shortcut, false).replaceAll('+', ' '))] };
  });
  return rank(entries, query.replaceAll('+', ' ')).map(({ entry }) => entry.id);
}

/** By menu; as found, the best first, where something is searched. */
function groupsOf(ids: readonly CommandId[], query: string): readonly { readonly title: string; readonly ids: readonly CommandId[] }[] {
  if (query.trim() !== '') return ids.length === 0 ? [] : [{ title: 'Found', ids }];
  return MENUS.map((menu) => ({ title: menu, ids: ids.filter((id) => commandSpec(id).menu === menu) })).filter(
    (group) => group.ids.length > 0,
  );
}
