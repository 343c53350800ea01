import { MENUS } from '../../../shared/commands/commands';
import { commandIds, commandSpec } from '../../commands/commands';
import { useSession } from '../../state/session';
import { Dialog } from '../../ui/Dialog';
import { Kbd } from '../../ui/Kbd';

/** Every command that has keys, by menu. */
export function ShortcutsDialog() {
  const close = useSession((state) => state.closeDialog);
  return (
    <Dialog title="Keyboard shortcuts" size="large" onClose={close}>
      <div className="columns-2 gap-8 pb-3">
        {MENUS.map((menu) => (
          <ShortcutGroup key={menu} menu={menu} />
        ))}
      </div>
    </Dialog>
  );
}

function ShortcutGroup({ menu }: { readonly menu: (typeof MENUS)[number] }) {
  const ids = commandIds.filter((id) => commandSpec(id).menu === menu && commandSpec(id).shortcuts);
  return (
    <section className="mb-4 break-inside-avoid">
      <h3 className="mb-1 text-xs font-medium text-secondary">{menu}</h3>
      <dl>
        {ids.map((id) => (
          <div key={id} className="flex min-h-7 items-center justify-between gap-4">
            <dt>{commandSpec(id).title}</dt>
            <dd className="flex gap-2">
              {commandSpec(id).shortcuts?.map((shortcut) => (
                <Kbd key={shortcut} shortcut={shortcut} />
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
