import { useRef, type KeyboardEvent } from 'react';
import { rowBeginningWith, type OutlineRow } from './outlineRows';
import type { OutlineTreeProps } from './OutlineTree';

/** Letters that follow each other within this time, in milliseconds, are one word; counted from when the last one was answered. */
const WORD = 1000;
const PAGE = 12;
const LETTER = /^[\p{L}\p{N}_]$/u;

/** The keys of the tree pattern; what it does not know goes on to the commands. */
export function useTreeKeys(props: OutlineTreeProps, keepInView: (index: number) => void) {
  const typed = useRef({ text: '', at: 0 });
  const { rows, active } = props;

  function goTo(index: number): void {
    const at = Math.min(rows.length - 1, Math.max(0, index));
    if (!rows[at]) return;
    props.onActive(at);
    keepInView(at);
  }

  function search(letter: string, now: number): void {
    const { text, at } = typed.current;
    const word = now - at > WORD ? letter : text + letter;
    typed.current = { text: word, at: Infinity };
    requestAnimationFrame(() => setTimeout(() => (typed.current = { ...typed.current, at: performance.now() })));
    // A first letter goes on to the next such line, further ones stay where they still fit.
    const found = rowBeginningWith(rows, word.length === 1 ? active + 1 : active, word);
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
    else if (LETTER.test(event.key)) search(event.key, event.timeStamp);
    else return false;
    return true;
  }

  return (event: KeyboardEvent<HTMLElement>) => {
    if (event.target !== event.currentTarget) return;
    const isCommand = event.ctrlKey || event.metaKey || event.altKey;
    // Another key ends the word.
    if (isCommand || !LETTER.test(event.key)) typed.current = { text: '', at: 0 };
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
