import { FieldTail, type Steps } from '../../ui/FieldTail';
import { formatNumber, parseWithin, stepNumber, type NumberBounds } from '../../ui/NumberField';
import { ParsedField, type ParsedFieldProps } from '../../ui/ParsedField';

/** Null: none. Undefined: several layers differ. */
type Value = number | null | undefined;
type NumberInputProps = Omit<ParsedFieldProps<Value>, 'format' | 'parse' | 'step' | 'mono' | 'trailing'> &
  NumberBounds & { readonly nullable: boolean; readonly stepBy: number; readonly unit: string | undefined };

/** A number of a layer, or of several; where it may be left out the empty field stands for none. */
export function NumberInput({ min, max, integer, nullable, stepBy, unit, ...props }: NumberInputProps) {
  const bounds = { min, max, integer };
  const { value, label, onChange, onCommit } = props;
  const isMixed = value === undefined;
  const step = (from: Value, by: number, toPower: boolean) => stepNumber(from ?? (min ?? 1) - by, by * stepBy, toPower, bounds);
  const steps: Steps = {
    label: label ?? 'value',
    onStep: (by, toPower) => onChange(step(value, by, toPower)),
    onEnd: onCommit,
  };
  return (
    <ParsedField<Value>
      {...props}
      mono
      placeholder={isMixed ? 'Mixed' : 'none'}
      format={(number) => (number === null || number === undefined ? '' : formatNumber(number))}
      parse={(text) => (nullable && /^\s*(none|null|)\s*$/i.test(text) ? { ok: true, value: null } : parseWithin(text, bounds))}
      step={isMixed ? undefined : step}
      trailing={isMixed ? undefined : <FieldTail {...steps} unit={value === null ? undefined : unit} />}
    />
  );
}
