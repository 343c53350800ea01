import { parseNumber } from './arithmetic';
import { FieldTail, type Steps } from './FieldTail';
import { ParsedField, type Parsed, type ParsedFieldProps } from './ParsedField';

export interface NumberBounds {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly integer?: boolean | undefined;
}

type NumberFieldProps = Omit<ParsedFieldProps<number>, 'format' | 'parse' | 'step' | 'mono' | 'trailing'> &
  NumberBounds & { readonly stepBy?: number | undefined; readonly unit?: string | undefined };

/** A number with arrow keys (Shift: ten at once, Alt: powers of two), small steppers and arithmetic (`64*2`). */
export function NumberField({ min, max, integer, stepBy = 1, unit, ...props }: NumberFieldProps) {
  const bounds = { min, max, integer };
  const step = (value: number, by: number, double: boolean) => stepNumber(value, by * stepBy, double, bounds);
  const steps: Steps = {
    label: props.label ?? 'value',
    onStep: (by, toPower) => props.onChange(step(props.value, by, toPower)),
    onEnd: props.onCommit,
  };
  return (
    <ParsedField
      {...props}
      mono
      format={formatNumber}
      parse={(text) => parseWithin(text, bounds)}
      step={step}
      trailing={props.readOnly ? undefined : <FieldTail {...steps} unit={unit} />}
    />
  );
}

export function formatNumber(value: number): string {
  return Number.isInteger(value) || (Math.abs(value) >= 1e-4 && Math.abs(value) < 1e7) ? String(value) : value.toExponential();
}

export function parseWithin(text: string, { min, max, integer }: NumberBounds): Parsed<number> {
  const parsed = parseNumber(text);
  if (!parsed.ok) return parsed;
  const { value } = parsed;
  if (integer && !Number.isInteger(value)) return { ok: false, error: `${formatNumber(value)} is not a whole number.` };
  if (min !== undefined && value < min) return { ok: false, error: `${formatNumber(value)} is too small. At least ${formatNumber(min)}.` };
  if (max !== undefined && value > max) return { ok: false, error: `${formatNumber(value)} is too large. At most ${formatNumber(max)}.` };
  return parsed;
}

export function stepNumber(
  value: number,
  by: number,
  toPower: boolean,
  { min = -Infinity, max = Infinity, integer }: NumberBounds,
): number {
  const stepped = toPower ? nextPower(value, by > 0) : value + by;
  // 0.1 + 0.2 must read 0.3: twelve digits are more than anybody types.
  const rounded = integer ? Math.round(stepped) : Number(stepped.toPrecision(12));
  return Math.min(max, Math.max(min, rounded));
}

/** 48 goes to 64 or 32; a fraction such as a learning rate is doubled or halved, since 2⁻¹⁰ is nobody's choice. */
function nextPower(value: number, isUp: boolean): number {
  if (!Number.isInteger(value)) return isUp ? value * 2 : value / 2;
  if (value < 1) return isUp ? 1 : value;
  const power = Math.log2(value);
  return isUp ? 2 ** (Math.floor(power) + 1) : value === 1 ? 1 : 2 ** (Math.ceil(power) - 1);
}
