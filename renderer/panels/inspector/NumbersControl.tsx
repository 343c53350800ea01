import type { ParamControl } from '../../../shared/layers/paramFields';
import { NumberInput } from './NumberInput';
import type { ParamInputProps } from './ParamInput';

export interface NumbersControlProps extends ParamInputProps {
  readonly control: Extract<ParamControl, { kind: 'numbers' }>;
  /** Letters of the longest name beside which the fields begin. */
  readonly letters?: number;
}

/** A field for each number, under its name; a number that is left out is 0. */
export function NumbersControl({ id, label, control, value, letters, ...props }: NumbersControlProps) {
  const numbers = value as Readonly<Record<string, number>> | undefined;
  return (
    <span role="group" aria-label={label} className="flex min-w-0 flex-1 flex-col gap-1">
      {control.fields.map(({ name, min, max }, index) => (
        <span key={name} className="flex items-center gap-2">
          <PartName name={name} letters={letters} />
          <NumberInput
            {...props}
            id={index === 0 ? id : `${id}-${name}`}
            label={`${label} ${name}`}
            value={numbers && (numbers[name] ?? 0)}
            min={min}
            max={max}
            integer={false}
            nullable={false}
            stepBy={0.01}
            onChange={(next) => props.onChange(typeof next === 'number' ? { ...numbers, [name]: next } : undefined)}
          />
        </span>
      ))}
    </span>
  );
}

interface PartNameProps {
  readonly name: string;
  readonly letters?: number | undefined;
}

/** The name of a part of a value, as wide as the longest beside it. */
export function PartName({ name, letters = 0 }: PartNameProps) {
  return (
    <span aria-hidden className="min-w-5 shrink-0 font-mono text-xs text-secondary" style={{ width: `${letters}ch` }}>
      {name}
    </span>
  );
}
