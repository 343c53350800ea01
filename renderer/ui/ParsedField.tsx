import { useId, useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import { classes } from './classes';

/** A value, or why there is none. */
export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  /** `isUnfinished`: it may become a value by going on, as `64*`; nobody is told so while typing. `at`: the characters that are wrong. */
  | { readonly ok: false; readonly error: string; readonly isUnfinished?: boolean; readonly at?: Stretch };

/** Characters of a text, from the first to before the last. */
interface Stretch {
  readonly start: number;
  readonly end: number;
}

export interface ParsedFieldProps<T> {
  /** Accessible name, where no `<label>` points at `id`. */
  readonly label?: string | undefined;
  readonly id?: string | undefined;
  readonly value: T;
  readonly format: (value: T) => string;
  readonly parse: (text: string) => Parsed<T>;
  /** Each text that can be read, while it is typed. */
  readonly onChange: (value: T) => void;
  /** The end of one intention: blur, Enter, or Escape. */
  readonly onCommit?: (() => void) | undefined;
  /** The next value for an arrow key: +1 or −1, ×10 with Shift; with Alt the next power of two. */
  readonly step?: ((value: T, by: number, double: boolean) => T) | undefined;
  readonly error?: string | undefined;
  readonly placeholder?: string | undefined;
  readonly mono?: boolean;
  readonly readOnly?: boolean | undefined;
  readonly describedBy?: string | undefined;
  readonly trailing?: ReactNode;
  readonly className?: string | undefined;
  /** Takes the focus when it appears: only where its appearing was the person’s act. */
  readonly focusOnOpen?: boolean;
  /** Tells the value at the end only: half a name is no name. */
  readonly commitOnly?: boolean;
}

interface Draft<T> {
  /** Undefined while only the arrow keys were used: the value's own text is shown. */
  readonly text: string | undefined;
  readonly error: string | undefined;
  /** The error is not told yet. */
  readonly isUnfinished: boolean;
  readonly before: T;
}

/** Why a text was left that could not be read, and the value at whose place that was. */
interface Refusal<T> {
  readonly why: string;
  readonly kept: T;
}

/** The characters that are wrong, or all. */
function select(input: HTMLInputElement, wrong: Stretch | undefined): void {
  if (wrong) input.setSelectionRange(wrong.start, wrong.end);
  else input.select();
}

/** A text field whose text stands for a value: what cannot be read is refused in words and the last good value stays. */
export function ParsedField<T>(props: ParsedFieldProps<T>) {
  const { value, format, error, placeholder, mono = false, readOnly = false, trailing } = props;
  const errorId = useId();
  const [draft, setDraft] = useState<Draft<T> | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const isFresh = useRef(false);
  const [refusal, setRefusal] = useState<Refusal<T> | null>(null);
  const shown = (draft?.isUnfinished ? undefined : draft?.error) ?? error;
  const note =
    !draft && !shown && refusal && format(refusal.kept) === format(value)
      ? `${format(value) || 'What was'} stays: ${refusal.why}`
      : undefined;

  function type(text: string) {
    const parsed = props.parse(text);
    const refused = parsed.ok ? undefined : parsed;
    setDraft({ text, error: refused?.error, isUnfinished: refused?.isUnfinished ?? false, before: draft ? draft.before : value });
    if (parsed.ok && !props.commitOnly) props.onChange(parsed.value);
  }

  function finish() {
    if (draft?.error) refuse(draft, draft.error);
    else if (props.commitOnly && draft?.text !== undefined) {
      const parsed = props.parse(draft.text);
      if (parsed.ok) props.onChange(parsed.value);
    }
    setDraft(null);
    props.onCommit?.();
  }

  /** On the way to a text that is refused some of its beginnings were values: none of them was meant. */
  function restore({ before }: Draft<T>) {
    if (before !== value) props.onChange(before);
  }

  /** The field shows its last good value again; why is said until the next look at it. */
  function refuse({ text, before, isUnfinished }: Draft<T>, why: string) {
    if (before !== value) props.onChange(before);
    if (!isUnfinished || text?.trim() !== '') setRefusal({ why, kept: before });
  }

  function enter() {
    if (!draft?.error) return finish();
    restore(draft);
    setDraft({ ...draft, isUnfinished: false });
    props.onCommit?.();
  }

  function enterField() {
    isFresh.current = true;
    setRefusal(null);
  }

  /** The press that leads into a field takes its whole value, to be typed over; the next one sets the cursor. */
  function selectAtFirst({ currentTarget }: PointerEvent<HTMLInputElement>) {
    if (isFresh.current && currentTarget.selectionStart === currentTarget.selectionEnd) currentTarget.select();
    isFresh.current = false;
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    if (event.key === 'Enter' && !event.metaKey && !event.ctrlKey) {
      enter();
      const refused = draft?.text === undefined ? undefined : props.parse(draft.text);
      const wrong = refused?.ok === false ? refused.at : undefined;
      // Selecting would take the focus back from wherever the next key led it.
      requestAnimationFrame(() => input.current?.matches(':focus') && select(input.current, wrong));
    } else if (event.key === 'Escape' && draft) {
      event.stopPropagation();
      restore(draft);
      setDraft(null);
      props.onCommit?.();
    } else if (draft && (event.metaKey || event.ctrlKey) && /^[zy]$/i.test(event.key)) {
      // What was typed is in the value already: the app's undo takes it back, not the browser's.
      finish();
    } else if (props.step && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      event.preventDefault();
      const direction = event.key === 'ArrowUp' ? 1 : -1;
      setDraft({ text: undefined, error: undefined, isUnfinished: false, before: draft ? draft.before : value });
      props.onChange(props.step(value, event.shiftKey ? direction * 10 : direction, event.altKey));
    }
  }

  return (
    <div className={classes('group/field @container/field min-w-0 flex-1', props.className)}>
      <div
        className={classes(
          'flex h-7 items-center rounded-md border bg-field focus-within:outline-2 focus-within:-outline-offset-1 focus-within:outline-(--focus)',
          shown ? 'border-error-line' : 'border-line',
          readOnly && 'bg-surface',
        )}
      >
        <input
          ref={input}
          id={props.id}
          type="text"
          data-undo="document"
          aria-label={props.label}
          aria-invalid={shown ? true : undefined}
          aria-describedby={shown ? errorId : props.describedBy}
          value={draft?.text ?? format(value)}
          placeholder={placeholder}
          readOnly={readOnly}
          spellCheck={false}
          autoComplete="off"
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- only where opening the field was the person's act
          autoFocus={props.focusOnOpen}
          onChange={(event) => type(event.target.value)}
          onBlur={finish}
          onPointerUp={selectAtFirst}
          onFocus={enterField}
          onKeyDown={onKeyDown}
          className={classes('h-full min-w-0 flex-1 bg-transparent px-2 text-ink outline-none', mono && 'font-mono text-sm')}
        />
        {trailing}
      </div>
      {shown && (
        <p id={errorId} className="mt-1 text-sm text-error-text">
          {shown}
        </p>
      )}
      {note && (
        <p role="status" className="mt-1 text-sm text-secondary">
          {note}
        </p>
      )}
    </div>
  );
}
