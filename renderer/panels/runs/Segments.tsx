import { classes } from '../../ui/classes';

interface SegmentsProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  readonly onChange: (value: T) => void;
}

/** A few choices in a row, of which one holds. */
export function Segments<T extends string>({ label, value, options, onChange }: SegmentsProps<T>) {
  return (
    <div role="group" aria-label={label} className="inline-flex self-start rounded-md border border-line bg-field p-0.5">
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === value}
          onClick={() => onChange(option.value)}
          className={classes(
            'h-5.5 rounded-sm px-2 strip:px-1.5 text-sm whitespace-nowrap',
            option.value === value ? 'bg-accent-soft font-medium text-accent-text' : 'text-secondary hover:text-ink',
          )}
        >
          {option.label}
        </button>
      ))}
    </div>
  );
}
