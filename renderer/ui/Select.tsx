import { Select as Base } from '@base-ui/react/select';
import { Check, ChevronDown } from 'lucide-react';
import { classes } from './classes';

export interface SelectOption<T extends string> {
  readonly value: T;
  readonly label: string;
  readonly description?: string | undefined;
}

interface SelectProps<T extends string> {
  readonly label: string;
  readonly id?: string | undefined;
  /** Null where several values are meant. */
  readonly value: T | null;
  readonly options: readonly SelectOption<T>[];
  readonly onChange: (value: T) => void;
  readonly placeholder?: string | undefined;
  readonly mono?: boolean;
  readonly className?: string | undefined;
}

export function Select<T extends string>({ label, id, value, options, onChange, placeholder, mono = false, className }: SelectProps<T>) {
  return (
    <Base.Root items={options as SelectOption<T>[]} value={value} onValueChange={(next) => next !== null && onChange(next)}>
      <Base.Trigger
        id={id}
        aria-label={label}
        className={classes(
          'flex h-7 min-w-0 flex-1 items-center gap-1 rounded-md border border-line bg-field px-2 text-ink hover:bg-hover',
          mono && 'font-mono text-sm',
          className,
        )}
      >
        <Base.Value placeholder={placeholder} className="flex-1 truncate text-left data-placeholder:text-secondary" />
        <Base.Icon className="text-secondary">
          <ChevronDown size="0.875rem" aria-hidden />
        </Base.Icon>
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner alignItemWithTrigger={false} sideOffset={4} className="z-50 outline-none">
          <Base.Popup className="popup-motion max-h-(--available-height) min-w-(--anchor-width) overflow-y-auto rounded-lg border border-line bg-raised p-1 shadow-float outline-none">
            {options.map((option) => (
              <SelectItem key={option.value} option={option} mono={mono} />
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

function SelectItem<T extends string>({ option, mono }: { readonly option: SelectOption<T>; readonly mono: boolean }) {
  return (
    <Base.Item
      value={option.value}
      className="grid grid-cols-[1rem_1fr] items-center gap-x-1.5 rounded-md py-1 pr-3 pl-1.5 text-ink outline-none select-none data-highlighted:bg-accent-soft"
    >
      <Base.ItemIndicator>
        <Check size="0.875rem" aria-hidden />
      </Base.ItemIndicator>
      <Base.ItemText className={classes('col-start-2', mono && 'font-mono text-sm')}>{option.label}</Base.ItemText>
      {option.description && <span className="col-start-2 text-sm text-secondary">{option.description}</span>}
    </Base.Item>
  );
}
