const NBSP = '\u00a0';
const grouped = new Intl.NumberFormat('en-US');

/** `73,728` */
export function formatCount(value: number): string {
  return grouped.format(value);
}

/** Three significant digits from a million on: `73,728`, `11.2 M`, `1.81 G`. */
export function formatLarge(value: number): string {
  const unit = value >= 1e12 ? 'T' : value >= 1e9 ? 'G' : value >= 1e6 ? 'M' : '';
  if (unit === '') return formatCount(value);
  const scaled = value / { T: 1e12, G: 1e9, M: 1e6 }[unit];
  return `${scaled >= 1000 ? formatCount(Math.round(scaled)) : scaled.toPrecision(3)}${NBSP}${unit}`;
}

/** `42.6 MiB` */
export function formatBytes(bytes: number): string {
  const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'];
  const power = bytes < 1024 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  const value = bytes / 1024 ** power;
  return `${power === 0 || value >= 100 ? formatCount(Math.round(value)) : value.toPrecision(3)}${NBSP}${units[power] as string}`;
}

/** `1 problem`, `2 problems` */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}
