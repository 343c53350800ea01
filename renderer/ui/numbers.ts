const NBSP = '\u00a0';
const grouped = new Intl.NumberFormat('en-US');

/** `73,728` */
export function formatCount(value: number): string {
  return grouped.format(value);
}

/** From where on counts are shortened to three digits and a unit: `73,728` or `73.7 k`. */
export type NumberStyle = 'grouped' | 'short';
let shortFrom = 1e6;

/** Holds for what is drawn from now on. */
export function setNumberStyle(style: NumberStyle): void {
  shortFrom = style === 'short' ? 1e3 : 1e6;
}

const UNITS = [
  [1e12, 'T'],
  [1e9, 'G'],
  [1e6, 'M'],
  [1e3, 'k'],
] as const;

/** Three significant digits from a million on, or from a thousand on where the person likes it short: `73,728`, `11.2 M`. */
export function formatLarge(value: number): string {
  const [size, unit] = UNITS.find(([least]) => value >= least) ?? [1, ''];
  if (value < shortFrom || size === 1) return formatCount(value);
  const scaled = value / size;
  // Three digits of 999.9 are 1.00e+3.
  return `${scaled >= 999.5 ? formatCount(Math.round(scaled)) : scaled.toPrecision(3)}${NBSP}${unit}`;
}

/** `42.6 MiB` */
export function formatBytes(bytes: number): string {
  const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'];
  const power = bytes < 1024 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  const value = bytes / 1024 ** power;
  return `${power === 0 || value >= 100 ? formatCount(Math.round(value)) : value.toPrecision(3)}${NBSP}${units[power] as string}`;
}

/** `≥ 640`: a sum that leaves out what is unknown is the least that it can be; `unknown` where nothing is known. */
export function formatSum(value: number, leftOut: number, format = formatLarge): string {
  if (leftOut === 0) return format(value);
  return value === 0 ? 'unknown' : `≥${NBSP}${format(value)}`;
}

/** `1 problem`, `2 problems` */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

const moment = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', second: '2-digit' });

/** `26 Nov, 14:03:07`, from milliseconds since 1970. */
export function formatMoment(time: number): string {
  return moment.format(time);
}
