import { formatNumber, parseWithin, stepNumber, type NumberBounds } from '../../ui/NumberField';
import { ParsedField, type ParsedFieldProps } from '../../ui/ParsedField';

type NullableNumberFieldProps = Omit<ParsedFieldProps<number | null>, 'format' | 'parse' | 'step' | 'mono'> & NumberBounds;

/** A number that may be left out: the empty field. */
export function NullableNumberField({ min, max, integer, ...props }: NullableNumberFieldProps) {
  const bounds = { min, max, integer };
  return (
    <ParsedField
      {...props}
      mono
      placeholder="none"
      format={(value) => (value === null ? '' : formatNumber(value))}
      parse={(text) => (/^\s*(none|null|)\s*$/i.test(text) ? { ok: true, value: null } : parseWithin(text, bounds))}
      step={(value, by, double) => stepNumber(value ?? (min ?? 1) - by, by, double, bounds)}
    />
  );
}
