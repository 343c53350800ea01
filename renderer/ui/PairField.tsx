import { FieldTail, type Steps } from './FieldTail';
import { parseWithin, stepNumber, type NumberBounds } from './NumberField';
import { ParsedField, type Parsed, type ParsedFieldProps } from './ParsedField';

export type NumberPair = readonly [number, number];

/** Undefined: several values are meant; null: none. */
type Value = NumberPair | null | undefined;
type PairFieldProps = Omit<ParsedFieldProps<Value>, 'format' | 'parse' | 'step' | 'mono' | 'trailing'> &
  NumberBounds & {
    readonly unit?: string | undefined;
    /** An empty field means none. */
    readonly nullable?: boolean;
  };

/** Two numbers along height and width: `3×5`; a single number means both, and stands for both where they are equal. */
export function PairField({ min, max, integer = true, unit, nullable = false, ...props }: PairFieldProps) {
  const bounds = { min, max, integer };
  const { value } = props;
  const step = (pair: Value, by: number, toPower: boolean): Value =>
    pair && [stepNumber(pair[0], by, toPower, bounds), stepNumber(pair[1], by, toPower, bounds)];
  const steps: Steps = {
    label: props.label ?? 'value',
    onStep: (by, toPower) => props.onChange(step(value, by, toPower)),
    onEnd: props.onCommit,
  };
  return (
    <ParsedField<Value>
      {...props}
      mono
      format={(pair) => (pair ? formatPair(pair) : '')}
      parse={(text) => (nullable && text.trim() === '' ? { ok: true, value: null } : parsePair(text, bounds))}
      step={value ? step : undefined}
      trailing={props.readOnly || !value ? undefined : <FieldTail {...steps} unit={unit} />}
    />
  );
}

export function formatPair([a, b]: NumberPair): string {
  return a === b ? String(a) : `${a}×${b}`;
}

export function parsePair(text: string, bounds: NumberBounds): Parsed<NumberPair> {
  const parts = unbracketed(text)
    .split(/[×xX,;]/)
    .map((part) => part.trim());
  if (parts.length > 2) return { ok: false, error: `“${text.trim()}” has ${parts.length} numbers. One or two are expected: 3 or 3×3.` };
  const [first, second] = parts.map((part) => parseWithin(part, bounds));
  if (!first?.ok) return first ?? { ok: false, error: 'A number is expected.' };
  if (second && !second.ok) return second;
  return { ok: true, value: [first.value, second ? second.value : first.value] };
}

/** A pair may be pasted as code has it: `(3, 5)`, `[3, 5]`. A sum in brackets is none. */
function unbracketed(text: string): string {
  const [, round, square] = /^\s*(?:\(([^()]*,[^()]*)\)|\[([^[\]]*)\])\s*$/.exec(text) ?? [];
  return round ?? square ?? text;
}
