import { useId } from 'react';
import { besideLabel } from '../../ui/besideLabel';
import { HoverCard } from '../../ui/HoverCard';
import { Select } from '../../ui/Select';
import { ChoiceCard, describeChoice, type ChoiceWords } from './ChoiceCard';

interface ChoiceRowProps<K extends string> {
  readonly label: string;
  readonly value: K;
  readonly choices: readonly (ChoiceWords & { readonly kind: K })[];
  readonly onChange: (kind: K) => void;
}

/** One of several ways to do something, with a card about the chosen one, and its name in PyTorch below. */
export function ChoiceRow<K extends string>({ label, value, choices, onChange }: ChoiceRowProps<K>) {
  const id = useId();
  const chosen = choices.find(({ kind }) => kind === value);
  const options = choices.map(({ kind, title, summary }) => ({ value: kind, label: title, description: summary }));
  return (
    <div className="flex flex-wrap items-start gap-x-2">
      <HoverCard side="right" card={chosen && <ChoiceCard choice={chosen} />}>
        <label htmlFor={id} className="w-25 shrink-0 pt-1 leading-5 text-secondary">
          {label}
        </label>
      </HoverCard>
      <div className={besideLabel}>
        <div className="flex min-w-0 flex-1 flex-col">
          <div className="flex min-w-0">
            <Select id={id} label={label} value={value} options={options} onChange={onChange} />
          </div>
          {chosen && (
            <p
              aria-hidden
              className="truncate pt-0.5 pl-0.5 font-mono text-xs text-secondary select-text"
              title={`PyTorch: ${chosen.torch}`}
            >
              {chosen.torch}
            </p>
          )}
          {chosen && <span className="sr-only">{describeChoice(chosen)}</span>}
        </div>
        <span className="w-4 shrink-0" />
      </div>
    </div>
  );
}
