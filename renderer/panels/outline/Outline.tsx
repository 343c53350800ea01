import { ListTree } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { commandItem, runCommand } from '../../commands/commands';
import { useDocument } from '../../state/document';
import { locate, pathIn } from '../../state/location';
import { useSession } from '../../state/session';
import { Button } from '../../ui/Button';
import { ContextMenu } from '../../ui/ContextMenu';
import { EmptyState } from '../../ui/EmptyState';
import type { MenuItem } from '../../ui/menuItem';
import { outlineRows, wireKey, type OutlineRow } from './outlineRows';
import { OutlineTree } from './OutlineTree';

/** The whole network as a tree, to read and to edit it: layers in reading order, in each the wires that feed it. */
export function Outline() {
  const document = useDocument((state) => state.document);
  const isEmpty = Object.keys(document.graph.nodes).length === 0;
  return (
    <section aria-label="Outline" className="flex h-full flex-col">
      {isEmpty ? (
        <EmptyState
          icon={<ListTree size="1.375rem" aria-hidden />}
          title="No layers yet"
          action={<Button onClick={() => runCommand('graph.addLayer')}>Add a layer…</Button>}
        >
          Every layer, block and wire will be listed here, to be read and edited by the keyboard.
        </EmptyState>
      ) : (
        <Lines />
      )}
    </section>
  );
}

function Lines() {
  const document = useDocument((state) => state.document);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const [renaming, setRenaming] = useState<string | null>(null);
  const rows = useMemo(() => outlineRows(document, open), [document, open]);
  const selected = useSelectedKeys();
  useOpenWay(setOpen);
  const active = useActive(rows, selected);

  function toggle(row: OutlineRow, isOpen: boolean): void {
    setOpen((before) => (isOpen ? new Set([...before, row.key]) : new Set([...before].filter((key) => key !== row.key))));
  }
  function openSiblings({ parent }: OutlineRow): void {
    const siblings = rows.filter((row) => row.parent === parent && row.isOpen !== undefined);
    setOpen((before) => new Set([...before, ...siblings.map(({ key }) => key)]));
  }
  const rename = () => {
    const row = rows[active.index];
    if (row?.kind === 'layer') setRenaming(row.key);
  };

  return (
    <ContextMenu items={() => actions(rename)}>
      <div className="flex min-h-0 flex-1 flex-col py-1">
        <OutlineTree
          rows={rows}
          active={active.index}
          selected={selected}
          renaming={renaming}
          onActive={active.goTo}
          onToggle={toggle}
          onOpenSiblings={openSiblings}
          onRename={setRenaming}
          onEnter={() => runCommand('graph.editValues')}
        />
      </div>
    </ContextMenu>
  );
}

/** What can be done with a line; each is a command, but the name is changed where it stands. */
function actions(rename: () => void): readonly MenuItem[] {
  const renameItem = commandItem('edit.rename');
  return [
    commandItem('graph.editValues'),
    renameItem.kind === 'item' ? { ...renameItem, onSelect: rename } : renameItem,
    commandItem('graph.connect'),
    commandItem('graph.addLayer'),
    commandItem('graph.replace'),
    { kind: 'separator' },
    commandItem('graph.moveEarlier'),
    commandItem('graph.moveLater'),
    commandItem('edit.duplicate'),
    commandItem('edit.delete'),
  ];
}

/** Lines of what is selected, on the canvas or here. */
function useSelectedKeys(): ReadonlySet<string> {
  const selection = useSession((state) => state.selection);
  const location = useSession((state) => state.location);
  return useMemo(() => {
    const prefix = location.map(({ instance }) => instance).join('/');
    return new Set([...[...selection.nodes].map((id) => pathIn(prefix, id)), ...[...selection.edges].map((id) => wireKey(prefix, id))]);
  }, [selection, location]);
}

/** Opens the blocks on the way to what is shown on the canvas. */
function useOpenWay(setOpen: (change: (before: ReadonlySet<string>) => ReadonlySet<string>) => void): void {
  const location = useSession((state) => state.location);
  useEffect(() => {
    const ids = location.map(({ instance }) => instance);
    const way = ids.map((_, depth) => ids.slice(0, depth + 1).join('/'));
    setOpen((before) => (way.every((path) => before.has(path)) ? before : new Set([...before, ...way])));
  }, [location, setOpen]);
}

/** The line that the keys mean: the one that was gone to last, else the first selected one; where it went, the one in its place. */
function useActive(rows: readonly OutlineRow[], selected: ReadonlySet<string>) {
  const [gone, setGone] = useState<{ readonly key: string; readonly index: number }>({ key: '', index: 0 });
  const at = rows.findIndex(({ key }) => key === gone.key);
  const chosen = at >= 0 && (selected.size === 0 || selected.has(gone.key)) ? at : rows.findIndex(({ key }) => selected.has(key));
  const index = chosen >= 0 ? chosen : at >= 0 ? at : Math.min(gone.index, Math.max(0, rows.length - 1));
  const count = useRef(rows.length);
  useEffect(() => {
    const isDeleted = rows.length < count.current && chosen < 0 && at < 0;
    count.current = rows.length;
    // What was deleted from here leaves the line in its place selected, so that the keys go on meaning something.
    const row = rows[index];
    if (isDeleted && row && globalThis.document.activeElement?.closest('[data-region="tree"]')) selectRow(row);
  }, [rows, chosen, at, index]);
  return {
    index,
    goTo(next: number) {
      const row = rows[next];
      if (!row) return;
      setGone({ key: row.key, index: next });
      selectRow(row);
    },
  };
}

/** Shows a line's layer or wire on the canvas and selects it: what is selected is what commands mean. */
function selectRow(row: OutlineRow): void {
  const { reveal, select } = useSession.getState();
  if (row.edge === undefined) return reveal(row.path);
  const location = locate(useDocument.getState().document, row.path)?.location;
  const isShown = location?.map(({ instance }) => instance).join('/') === row.prefix;
  const isHere =
    useSession
      .getState()
      .location.map(({ instance }) => instance)
      .join('/') === row.prefix;
  if (!isHere && location && isShown) useSession.setState({ location });
  select([], [row.edge]);
}
