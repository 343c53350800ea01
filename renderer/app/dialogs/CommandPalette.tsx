import { CircleX, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { addLayer } from '../../commands/addLayer';
import { runCommand } from '../../commands/commands';
import { commandMatches, layerMatches, nodeMatches, problemMatches } from '../../commands/paletteMatches';
import { useSession } from '../../state/session';
import { KindTile } from '../../ui/Icon';
import { Kbd } from '../../ui/Kbd';
import { SearchGroup, SearchItem, SearchPopup } from '../../ui/SearchPopup';

/** Everything by name: commands, layers to add, layers to go to, problems. */
export function CommandPalette() {
  const close = useSession((state) => state.closeDialog);
  const [query, setQuery] = useState('');
  const after = (act: () => unknown) => () => {
    close();
    act();
  };
  return (
    <SearchPopup
      label="Command palette"
      placeholder="Search commands, layers, nodes and problems"
      query={query}
      onQuery={setQuery}
      onClose={close}
      nothing={`Nothing is called “${query}”.`}
    >
      <Commands query={query} after={after} />
      <Layers query={query} after={after} />
      <Nodes query={query} after={after} />
      <Problems query={query} after={after} />
    </SearchPopup>
  );
}

interface GroupProps {
  readonly query: string;
  /** Closes the palette, then acts. */
  readonly after: (act: () => unknown) => () => void;
}

function Commands({ query, after }: GroupProps) {
  const found = commandMatches(query);
  if (found.length === 0) return null;
  return (
    <SearchGroup title="Commands">
      {found.map(({ id, title, shortcut, state }) => (
        <SearchItem
          key={id}
          value={id}
          title={title}
          detail={state === true ? undefined : state}
          disabled={state !== true}
          end={shortcut && <Kbd shortcut={shortcut} />}
          onSelect={after(() => runCommand(id))}
        />
      ))}
    </SearchGroup>
  );
}

function Layers({ query, after }: GroupProps) {
  const found = layerMatches(query);
  if (found.length === 0) return null;
  return (
    <SearchGroup title="Add a layer">
      {found.map((entry) => (
        <SearchItem
          key={`${entry.kind} ${entry.name}`}
          value={`add ${entry.kind} ${entry.name}`}
          icon={<KindTile icon={entry.icon} kind={entry.kind} />}
          title={entry.name}
          detail={entry.summary}
          onSelect={after(() => addLayer(entry.addable))}
        />
      ))}
    </SearchGroup>
  );
}

function Nodes({ query, after }: GroupProps) {
  const found = nodeMatches(query);
  if (found.length === 0) return null;
  return (
    <SearchGroup title="Go to">
      {found.map(({ path, name, icon, kind, title }) => (
        <SearchItem
          key={path}
          value={`node ${path}`}
          icon={<KindTile icon={icon} kind={kind} />}
          title={name}
          detail={title}
          onSelect={after(() => useSession.getState().reveal(path))}
        />
      ))}
    </SearchGroup>
  );
}

function Problems({ query, after }: GroupProps) {
  const found = problemMatches(query);
  if (found.length === 0) return null;
  const show = (id: string, node: string) => () => {
    const { showTab, reveal, focusProblem } = useSession.getState();
    showTab('problems');
    if (node !== '') reveal(node);
    focusProblem(id);
  };
  return (
    <SearchGroup title="Problems">
      {found.map(({ id, node, message, severity }) => (
        <SearchItem
          key={id}
          value={`problem ${id}`}
          icon={
            severity === 'error' ? (
              <CircleX size={15} aria-hidden className="shrink-0 text-error-text" />
            ) : (
              <TriangleAlert size={15} aria-hidden className="shrink-0 text-warning-text" />
            )
          }
          title=""
          detail={message}
          onSelect={after(show(id, node))}
        />
      ))}
    </SearchGroup>
  );
}
