import type { RepairCost } from '../graph/problem';

/** `+8,192 parameters · +6.42 M MACs · +392 KiB`; what does not change is left out, and `±0` is said where nothing does. */
export function costInWords({ parameters, macs, bytes }: RepairCost): string {
  const parts = [
    parameters === 0 ? '' : `${signed(parameters, counted)} parameters`,
    macs === 0 ? '' : `${signed(macs, counted)} MACs`,
    bytes === 0 ? '' : signed(bytes, sized),
  ].filter((part) => part !== '');
  return parts.length === 0 ? '±0' : parts.join(' · ');
}

function signed(value: number, format: (size: number) => string): string {
  return `${value < 0 ? '−' : '+'}${format(Math.abs(value))}`;
}

function counted(value: number): string {
  return scaled(value, 1000, ['', ' k', ' M', ' G', ' T'], 1e6);
}

function sized(bytes: number): string {
  return scaled(bytes, 1024, [' bytes', ' KiB', ' MiB', ' GiB', ' TiB'], 1024);
}

/** Whole numbers with thousands' commas below `from`, three digits with a unit above. */
function scaled(value: number, base: number, units: readonly string[], from: number): string {
  if (value < from) return `${value.toLocaleString('en')}${units[0] ?? ''}`;
  const power = Math.min(units.length - 1, Math.floor(Math.log(value) / Math.log(base) + 1e-9));
  const size = value / base ** power;
  return `${size >= 100 ? String(Math.round(size)) : size.toPrecision(3)}${units[power] ?? ''}`;
}
