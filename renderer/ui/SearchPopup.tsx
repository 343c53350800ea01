import { Dialog as Base } from '@base-ui/react/dialog';
import { Command } from 'cmdk';
import { Search } from 'lucide-react';
import { useEffect, useRef, useState, type CSSProperties, type ReactNode } from 'react';
import { classes } from './classes';

interface SearchPopupProps {
  readonly label: string;
  readonly placeholder: string;
  readonly query: string;
  readonly onQuery: (query: string) => void;
  readonly onClose: () => void;
  /** Gives the focus to where one goes on; left out: back to what had it. */
  readonly backTo?: (() => void) | undefined;
  /** Upper left corner in the window; left out: in the upper middle. */
  readonly at?: { readonly x: number; readonly y: number } | undefined;
  /** Said where nothing answers. */
  readonly nothing: string;
  /** A line below the list. */
  readonly footer?: ReactNode;
  readonly children: ReactNode;
}

const WIDTH = 320;
const HEIGHT = 340;
const FOOTER = 46;

/** A text field over a list that answers it; arrows choose, Enter does, Escape closes. The caller does the searching. */
export function SearchPopup({ label, placeholder, query, onQuery, onClose, backTo, at, nothing, footer, children }: SearchPopupProps) {
  const list = useRef<HTMLDivElement>(null);
  const [before] = useState(() => document.activeElement);
  // The list goes to its chosen line before the new answers stand in their order, and would stay at their end.
  useEffect(() => {
    const frame = requestAnimationFrame(() => {
      if (list.current) list.current.scrollTop = 0;
    });
    return () => cancelAnimationFrame(frame);
  }, [query]);
  return (
    <Base.Root open onOpenChange={(open) => !open && onClose()}>
      <Base.Portal>
        <Base.Backdrop className={classes('fixed inset-0 z-40', !at && 'bg-black/15 dark:bg-black/40')} />
        <Base.Popup
          aria-label={label}
          finalFocus={() => leave(backTo ?? backToElement(before))}
          style={at && placeAt(at, footer ? HEIGHT + FOOTER : HEIGHT)}
          className={classes(
            'popup-motion fixed z-40 overflow-hidden rounded-xl border border-line bg-raised shadow-float outline-none',
            at ? 'w-80' : 'top-[14vh] left-1/2 w-150 max-w-[calc(100vw-2rem)] -translate-x-1/2',
          )}
        >
          <Command label={label} shouldFilter={false} loop>
            <div className="flex h-10 items-center gap-2.5 border-b border-line px-3">
              <Search size="0.9375rem" aria-hidden className="text-secondary" />
              <Command.Input
                ref={focusAtOnce}
                value={query}
                onValueChange={onQuery}
                placeholder={placeholder}
                aria-label={label}
                className="h-full min-w-0 flex-1 bg-transparent outline-none"
              />
            </div>
            <Command.List ref={list} className={classes('overflow-y-auto overscroll-contain p-1', at ? 'max-h-74' : 'max-h-[52vh]')}>
              <Command.Empty className="px-3 py-6 text-center text-secondary">{nothing}</Command.Empty>
              {children}
            </Command.List>
            {footer && <div className="border-t border-line px-3 py-2 text-xs text-secondary">{footer}</div>}
          </Command>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

/** A dialog takes the focus a frame later, and the letters that were typed until then went elsewhere. */
function focusAtOnce(field: HTMLInputElement | null): void {
  field?.focus({ preventScroll: true });
}

/** What had the focus before; undefined where that is gone or was nothing in particular. */
function backToElement(before: Element | null): (() => void) | undefined {
  if (!(before instanceof HTMLElement) || before === document.body || !before.isConnected) return undefined;
  return () => before.focus({ preventScroll: true });
}

/** Gives the focus back; false: the dialog need not. What was chosen here may have opened another dialog, which takes it as it comes. */
function leave(back: (() => void) | undefined): boolean {
  if (!back) return true;
  queueMicrotask(() => {
    if (!document.activeElement?.closest('[role="dialog"]')) back();
  });
  return false;
}

/** Beside the pointer, but never over the edge of the window. */
function placeAt({ x, y }: { readonly x: number; readonly y: number }, height: number): CSSProperties {
  // The popup grows with the text.
  const scale = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
  return {
    left: Math.max(8, Math.min(x, window.innerWidth - WIDTH * scale - 8)),
    top: Math.max(8, Math.min(y, window.innerHeight - height * scale - 8)),
  };
}

interface SearchItemProps {
  /** Unique in the list. */
  readonly value: string;
  readonly icon?: ReactNode;
  readonly title: string;
  /** Indices of the title's letters that answer the search. */
  readonly letters?: readonly number[];
  readonly detail?: string | undefined;
  readonly end?: ReactNode;
  readonly disabled?: boolean;
  readonly onSelect: () => void;
}

export function SearchItem({ value, icon, title, letters = [], detail, end, disabled = false, onSelect }: SearchItemProps) {
  return (
    <Command.Item
      value={value}
      disabled={disabled}
      onSelect={onSelect}
      className="flex min-h-8 items-center gap-2.5 rounded-md px-2 py-1 data-[disabled=true]:text-disabled data-[selected=true]:bg-accent-soft"
    >
      {icon}
      <span className={detail === undefined ? 'min-w-0' : 'max-w-[70%] shrink-0 truncate'}>
        <Marked text={title} letters={letters} />
      </span>
      {detail && <span className="min-w-0 truncate text-sm text-secondary">{detail}</span>}
      {end && <span className="ml-auto shrink-0 pl-3">{end}</span>}
    </Command.Item>
  );
}

/** A text with the letters that answer a search in bold. */
function Marked({ text, letters }: { readonly text: string; readonly letters: readonly number[] }) {
  if (letters.length === 0) return text;
  const isMarked = new Set(letters);
  const parts: { readonly at: number; text: string; readonly marked: boolean }[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const last = parts.at(-1);
    const marked = isMarked.has(at);
    if (last?.marked === marked) last.text += text[at] ?? '';
    else parts.push({ at, text: text[at] ?? '', marked });
  }
  return parts.map((part) =>
    part.marked ? (
      <mark key={part.at} className="bg-transparent font-semibold text-accent-text in-data-[disabled=true]:text-inherit">
        {part.text}
      </mark>
    ) : (
      part.text
    ),
  );
}

export function SearchGroup({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <Command.Group
      heading={title}
      className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-secondary"
    >
      {children}
    </Command.Group>
  );
}
