import type { KeyboardEvent } from 'react';
import { endsWord, isLetter, nameBeginningWith, useTypedWord } from '../../ui/typeAhead';
import type { OutlineRow } from './outlineRows';
import type { OutlineTreeProps } from './OutlineTree';

const PAGE = 12;

/** The keys of the tree pattern; what it does not know goes on to the commands. */
export function useTreeKeys(props: OutlineTreeProps, keepInView: (index: number) => void) {
  const word = useTypedWord();
  const { rows, active } = props;

  function goTo(index: number): void {
    const at = Math.min(rows.length - 1, Math.max(0, index));
    if (!rows[at]) return;
    props.onActive(at);
    keepInView(at);
  }

  function search(letter: string, now: number): void {
    const found = nameBeginningWith(
      rows.map(({ name }) => name),
      active,
      word.with(letter, now),
    );
    if (found >= 0) goTo(found);
  }

  function step(event: KeyboardEvent): boolean {
    const row = rows[active];
    const target = targetOf(event.key, rows, active);
    if (target !== undefined) goTo(target);
    else if (!row) return false;
    else if (event.key === 'ArrowRight' && row.isOpen === false) props.onToggle(row, true);
    else if (event.key === 'ArrowLeft' && row.isOpen === true) props.onToggle(row, false);
    else if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') return true;
    else if (event.key === '*') props.onOpenSiblings(row);
    else if (event.key === 'Enter') props.onEnter();
    else if (event.key === 'F2' && row.kind === 'layer') props.onRename(row.key);
    else if (isLetter(event.key)) search(event.key, event.timeStamp);
    else return false;
    return true;
  }

  return (event: KeyboardEvent<HTMLElement>) => {
    if (event.target !== event.currentTarget) return;
    const isCommand = event.ctrlKey || event.metaKey || event.altKey;
    if (isCommand || endsWord(event.key)) word.end();
    if (isCommand) return;
    if (step(event)) event.preventDefault();
  };
}

/** The line to which a key leads; undefined where it leads nowhere. */
function targetOf(key: string, rows: readonly OutlineRow[], active: number): number | undefined {
  const row = rows[active];
  switch (key) {
    case 'ArrowDown':
      return active + 1;
    case 'ArrowUp':
      return active - 1;
    case 'Home':
      return 0;
    case 'End':
      return rows.length - 1;
    case 'PageDown':
      return active + PAGE;
    case 'PageUp':
      return active - PAGE;
    case 'ArrowRight':
      return row?.isOpen ? active + 1 : undefined;
    case 'ArrowLeft':
      return row && !row.isOpen && row.parent !== undefined ? rows.findIndex((each) => each.key === row.parent) : undefined;
    default:
      return undefined;
  }
}
