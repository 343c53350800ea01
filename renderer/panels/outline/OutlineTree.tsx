import { useRef, useState, type UIEvent } from 'react';
import type { OutlineRow } from './outlineRows';
import { OutlineLine } from './OutlineLine';
import { useRowHeight } from './useRowHeight';
import { useTreeKeys } from './useTreeKeys';
import { windowOf } from './windowOf';

export interface OutlineTreeProps {
  readonly rows: readonly OutlineRow[];
  /** Index of the line that the keys mean. */
  readonly active: number;
  readonly selected: ReadonlySet<string>;
  readonly renaming: string | null;
  readonly onActive: (index: number) => void;
  readonly onToggle: (row: OutlineRow, isOpen: boolean) => void;
  readonly onOpenSiblings: (row: OutlineRow) => void;
  readonly onRename: (key: string | null) => void;
  readonly onEnter: () => void;
}

/**
 * The ARIA pattern of a tree. The tree keeps the focus and names its active line, so that lines which are not drawn cannot
 * lose it: of thousands only those in view are.
 */
export function OutlineTree(props: OutlineTreeProps) {
  const { rows, active, selected, renaming, onActive, onToggle, onRename } = props;
  const tree = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 600 });
  const row = useRowHeight(tree, setView);
  const [first, last] = windowOf(view.top, view.height, row, rows.length);
  const onKeyDown = useTreeKeys(props, (index) => keepInView(tree.current, index, row));

  return (
    <div
      ref={tree}
      role="tree"
      aria-label="Outline"
      tabIndex={0}
      data-region="tree"
      aria-activedescendant={rows[active] && lineId(rows[active].key)}
      onScroll={({ currentTarget: { scrollTop: top, clientHeight: height } }: UIEvent<HTMLElement>) => setView({ top, height })}
      onKeyDown={onKeyDown}
      className="group/tree relative min-h-0 flex-1 overflow-y-auto outline-offset-[-2px]"
    >
      <div role="presentation" style={{ height: rows.length * row }} />
      {rows.map((entry, index) =>
        (index >= first && index < last) || index === active ? (
          <OutlineLine
            key={entry.key}
            id={lineId(entry.key)}
            row={entry}
            top={index * row}
            height={row}
            isActive={index === active}
            isSelected={selected.has(entry.key)}
            isRenaming={renaming === entry.key}
            onPress={() => onActive(index)}
            onToggle={() => onToggle(entry, !entry.isOpen)}
            onRenamed={() => {
              onRename(null);
              tree.current?.focus();
            }}
          />
        ) : null,
      )}
    </div>
  );
}

const lineId = (key: string) => `outline-${key}`;

function keepInView(tree: HTMLElement | null, index: number, row: number): void {
  if (!tree) return;
  const [top, bottom] = [index * row, (index + 1) * row];
  if (top < tree.scrollTop) tree.scrollTop = top;
  else if (bottom > tree.scrollTop + tree.clientHeight) tree.scrollTop = bottom - tree.clientHeight;
}
