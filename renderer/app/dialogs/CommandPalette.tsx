import { Bookmark, CircleX, FileText, FlaskConical, Settings2, TriangleAlert } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { commandSpec } from '../../commands/commands';
import { paletteGroups, PREFIXES, type PaletteIcon, type PaletteItem } from '../../commands/paletteMatches';
import { refreshRecent, useRecent } from '../../state/recent';
import { useSession } from '../../state/session';
import { KindTile } from '../../ui/Icon';
import { Kbd } from '../../ui/Kbd';
import { SearchGroup, SearchItem, SearchPopup } from '../../ui/SearchPopup';

/** Everything by name: commands, layers to add, layers to go to, problems, files and settings. */
export function CommandPalette() {
  const close = useSession((state) => state.closeDialog);
  const recent = useRecent();
  const [query, setQuery] = useState('');
  // oxlint-disable-next-line react/exhaustive-deps -- recent files may arrive while the palette is open
  const groups = useMemo(() => paletteGroups(query), [query, recent]);
  useEffect(refreshRecent, []);

  function choose(item: PaletteItem) {
    close();
    item.run();
  }

  return (
    <SearchPopup
      label="Command palette"
      placeholder="Search commands, layers, problems, files and settings"
      query={query}
      onQuery={setQuery}
      onClose={close}
      nothing={`Nothing is called “${query}”.`}
      footer={<Prefixes />}
    >
      {groups.map((group) => (
        <SearchGroup key={group.title} title={group.title}>
          {group.items.map((item) => (
            <SearchItem
              key={item.key}
              value={item.key}
              icon={item.icon && <ItemIcon icon={item.icon} />}
              title={item.title}
              letters={item.letters}
              detail={item.disabled ?? item.detail}
              disabled={item.disabled !== undefined}
              end={item.command && <CommandKeys command={item.command} />}
              onSelect={() => choose(item)}
            />
          ))}
        </SearchGroup>
      ))}
    </SearchPopup>
  );
}

function CommandKeys({ command }: { readonly command: NonNullable<PaletteItem['command']> }) {
  const shortcut = commandSpec(command).shortcuts?.[0];
  return shortcut && <Kbd shortcut={shortcut} />;
}

function ItemIcon({ icon }: { readonly icon: PaletteIcon }) {
  switch (icon.kind) {
    case 'layer':
      return <KindTile icon={icon.icon} kind={icon.category} />;
    case 'error':
      return <CircleX size="0.9375rem" aria-label="Error" className="shrink-0 text-error-text" />;
    case 'warning':
      return <TriangleAlert size="0.9375rem" aria-label="Warning" className="shrink-0 text-warning-text" />;
    case 'bookmark':
      return <Bookmark size="0.9375rem" aria-hidden className="shrink-0 text-secondary" />;
    case 'file':
      return <FileText size="0.9375rem" aria-hidden className="shrink-0 text-secondary" />;
    case 'sample':
      return <FlaskConical size="0.9375rem" aria-hidden className="shrink-0 text-secondary" />;
    case 'setting':
      return <Settings2 size="0.9375rem" aria-hidden className="shrink-0 text-secondary" />;
  }
}

/** The signs that leave one kind of answer, as a reminder. */
function Prefixes() {
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1">
      {PREFIXES.map(({ sign, means }) => (
        <li key={sign} className="flex items-center gap-1.5">
          <Kbd shortcut={sign} />
          {means}
        </li>
      ))}
    </ul>
  );
}
