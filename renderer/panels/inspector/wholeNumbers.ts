import type { Parsed } from '../../ui/ParsedField';

/** Reads whole numbers between commas or spaces: `0, 1, 2`. */
export function wholeNumbers(text: string, min = -Infinity, max = Infinity): Parsed<readonly number[]> {
  const parts = text.split(/[,;\s()[\]]+/).filter((part) => part !== '');
  if (parts.length === 0)
    return { ok: false, error: `Expected whole numbers from ${shown(min)} to ${shown(max)}, such as 0, 1.`, isUnfinished: true };
  const wrong = parts.find((part) => !within(numberOf(part), min, max));
  if (wrong === undefined) return { ok: true, value: parts.map(numberOf) };
  return { ok: false, error: `“${wrong}” is not a whole number from ${shown(min)} to ${shown(max)}.`, isUnfinished: /[-−]$/.test(text) };
}

function numberOf(text: string): number {
  return Number(text.replace('−', '-'));
}

function within(value: number, min: number, max: number): boolean {
  return Number.isInteger(value) && value >= min && value <= max;
}

function shown(bound: number): string {
  return String(bound).replace('-', '−');
}
