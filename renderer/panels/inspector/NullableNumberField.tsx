import { formatNumber, parseWithin, stepNumber, type NumberBounds } from '../../ui/NumberField';
import { FieldTail } from '../../ui/FieldTail';
import { ParsedField, type ParsedFieldProps } from '../../ui/ParsedField';

type NullableNumberFieldProps = Omit<ParsedFieldProps<number | null>, 'format' | 'parse' | 'step' | 'mono' | 'trailing'> &
  NumberBounds & { readonly unit?: string | undefined };

/** A number that may be left out: the empty field. */
export function NullableNumberField({ min, max, integer, unit, ...props }: NullableNumberFieldProps) {
  const bounds = { min, max, integer };
  const step = (value: number | null, by: number, toPower: boolean) => stepNumber(value ?? (min ?? 1) - by, by, toPower, bounds);
  const press = (by: number) => {
    props.onChange(step(props.value, by, false));
    props.onCommit?.();
  };
  return (
    <ParsedField
      {...props}
      mono
      placeholder="none"
      format={(value) => (value === null ? '' : formatNumber(value))}
      parse={(text) => (/^\s*(none|null|)\s*$/i.test(text) ? { ok: true, value: null } : parseWithin(text, bounds))}
      step={step}
      trailing={<FieldTail label={props.label ?? 'value'} unit={props.value === null ? undefined : unit} onPress={press} />}
    />
  );
}
