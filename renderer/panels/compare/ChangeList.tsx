import type { KeyboardEvent } from 'react';
import type { DesignDiff } from '../../../shared/diff/designDiff';
import { fieldInWords } from '../../../shared/diff/words';
import { classes } from '../../ui/classes';
import { rowAfterKey } from '../../ui/listKeys';
import { changesOf, SIGNS, type Change } from './changes';

interface ChangeListProps {
  readonly diff: DesignDiff;
  readonly chosen: string | undefined;
  readonly onChoose: (change: Change) => void;
}

/** Every change, by place. A press shows it in both views; the arrow keys go from one to the next. */
export function ChangeList({ diff, chosen, onChoose }: ChangeListProps) {
  return (
    // The keys only move the focus among the buttons inside.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div onKeyDown={walk} className="flex h-full flex-col gap-3 overflow-y-auto pr-1">
      {changesOf(diff).map(({ title, changes }) => (
        <section key={title} aria-label={title}>
          <h3 className="mb-1 text-xs font-medium text-secondary">{title}</h3>
          <ul className="flex flex-col gap-0.5">
            {changes.map((change) => (
              <li key={change.key}>
                <Row change={change} isChosen={change.key === chosen} onChoose={onChoose} />
              </li>
            ))}
          </ul>
        </section>
      ))}
      {diff.settings.length > 0 && (
        <section aria-label="Settings">
          <h3 className="mb-1 text-xs font-medium text-secondary">Settings</h3>
          <ul className="px-2 text-sm">
            {diff.settings.map((change) => (
              <li key={change.field} className="break-words">
                {fieldInWords(change)}
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

interface RowProps {
  readonly change: Change;
  readonly isChosen: boolean;
  readonly onChoose: (change: Change) => void;
}

const TONES = {
  added: 'bg-success/15 text-success-text',
  removed: 'bg-hover text-secondary',
  changed: 'bg-accent-soft text-accent-text',
  affected: 'border border-dashed border-line-strong text-secondary',
  moved: 'border border-line text-secondary',
} as const;

const WORDS = { added: 'Added', removed: 'Removed', changed: 'Changed', affected: 'Follows', moved: 'Moved' } as const;

function Row({ change, isChosen, onChoose }: RowProps) {
  const { kind, title, parts } = change;
  return (
    <button
      type="button"
      data-change
      aria-pressed={isChosen}
      onClick={() => onChoose(change)}
      className={classes('flex w-full items-start gap-2 rounded-md px-2 py-1 text-left', isChosen ? 'bg-accent-soft' : 'hover:bg-hover')}
    >
      <span className={classes('mt-0.5 flex size-4.5 shrink-0 items-center justify-center rounded-sm font-mono text-sm', TONES[kind])}>
        <span aria-hidden>{SIGNS[kind]}</span>
        <span className="sr-only">{WORDS[kind]}</span>
      </span>
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">{title}</span>
        {parts.map((part) => (
          <span key={part} className="block text-sm break-words text-secondary">
            {part}
          </span>
        ))}
      </span>
    </button>
  );
}

/** Up, down, first and last among the changes. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-change]')];
  const at = all.indexOf(document.activeElement as HTMLElement);
  const to = rowAfterKey(event.key, at, all.length);
  if (at < 0 || to === undefined) return;
  event.preventDefault();
  all[to]?.focus();
}
