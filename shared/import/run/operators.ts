import { samePlain } from '../../graph/samePlain';
import { isTensor, placeSteps, sourcesOf } from './apply';
import { isMeasured } from './results';
import { note, type Run } from './run';
import { dataOf, plain, sizeOf, UNKNOWN, type Plain, type Value } from './values';

/** Tensors are added, multiplied and subtracted by layers; numbers are computed. */
export function operate(run: Run, operator: string, left: Value, right: Value, line: number): Value {
  // Both are walked through.
  run.step(line, sizeOf(left) + sizeOf(right));
  if (isTensor(left) || isTensor(right)) return onTensors(run, operator, left, right, line);
  if (left.kind === 'list' && right.kind === 'list' && operator === '+') {
    run.step(line, left.items.length + right.items.length);
    return { kind: 'list', items: [...left.items, ...right.items] };
  }
  if (operator === '*') {
    const repeated = repeatedList(run, left, right, line) ?? repeatedList(run, right, left, line);
    if (repeated) return repeated;
  }
  const [a, b] = [dataOf(left), dataOf(right)];
  if (operator === '==' || operator === '!=') {
    if (a === undefined || b === undefined || left.kind === 'path' || right.kind === 'path') return UNKNOWN;
    return plain(samePlain(a, b) === (operator === '=='));
  }
  if (operator === 'is' || operator === 'is not') return plain((isNone(left) && isNone(right)) === (operator === 'is'));
  return typeof a === 'number' && typeof b === 'number' ? onNumbers(operator, a, b) : UNKNOWN;
}

const MOST_ITEMS = 2_000;

/** `[a, b] * 2`: the same things again, as Python has it. */
function repeatedList(run: Run, list: Value, times: Value, line: number): Value | undefined {
  const count = dataOf(times);
  if (list.kind !== 'list' || typeof count !== 'number' || !Number.isInteger(count)) return undefined;
  const size = Math.max(0, count * list.items.length);
  if (size > MOST_ITEMS) return UNKNOWN;
  run.step(line, size);
  // Of no items there is no number of times that is too large.
  return { kind: 'list', items: size === 0 ? [] : Array.from({ length: count }, () => list.items).flat() };
}

function isNone(value: Value): boolean {
  return value.kind === 'plain' && value.value === null;
}

function onNumbers(operator: string, a: number, b: number): Value {
  const results: Readonly<Record<string, () => Plain>> = {
    '+': () => a + b,
    '-': () => a - b,
    '*': () => a * b,
    '/': () => a / b,
    '//': () => Math.floor(a / b),
    '%': () => a - b * Math.floor(a / b),
    '**': () => a ** b,
    '<': () => a < b,
    '>': () => a > b,
    '<=': () => a <= b,
    '>=': () => a >= b,
  };
  const result = results[operator]?.();
  return result === undefined || (typeof result === 'number' && !Number.isFinite(result)) ? UNKNOWN : plain(result);
}

const LAYERS: Readonly<Record<string, string>> = { '+': 'add', '*': 'multiply', '-': 'subtract' };

function onTensors(run: Run, operator: string, left: Value, right: Value, line: number): Value {
  if (isMeasured([left, right])) return UNKNOWN;
  const number = [left, right].map(dataOf).find((data) => typeof data === 'number');
  const [first] = [...sourcesOf(left), ...sourcesOf(right)];
  if (number !== undefined && (operator === '*' || operator === '/'))
    return placeSteps(run, [{ type: 'scale', params: { factor: operator === '*' ? number : 1 / number } }], [first], line);
  if (number !== undefined && (operator === '+' || (operator === '-' && isTensor(left))))
    return placeSteps(run, [{ type: 'shift', params: { offset: operator === '+' ? number : -number } }], [first], line);
  const type = LAYERS[operator];
  if (type === undefined) {
    note(run, line, `“${operator}” between layers has no counterpart here.`);
    return isTensor(left) ? left : right;
  }
  return placeSteps(run, [{ type, params: {} }], [...sourcesOf(left), ...sourcesOf(right)], line);
}

/** True, false, or unknown. */
export function truthOf(value: Value): boolean | undefined {
  switch (value.kind) {
    case 'plain':
      return value.value !== null && value.value !== false && value.value !== 0 && value.value !== '';
    case 'list':
      return value.items.length > 0;
    case 'dict':
      return value.entries.size > 0;
    case 'path':
    case 'unknown':
      return undefined;
    default:
      return true;
  }
}
