import type { Parsed } from './ParsedField';

const TOKEN = /\s*(\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?|\*\*|[-+*/()×·^%])/y;

/** The number that a text stands for: `128`, `1e-3`, `64*2`, `2**7` (or `2^7`), `50%`, `(3+1)/2`. No variables, no functions, nothing else. */
export function parseNumber(text: string): Parsed<number> {
  const tokens = tokenize(text);
  const refused = { ok: false, error: text.trim() === '' ? 'A number is expected.' : `“${text.trim()}” is not a number.` } as const;
  if (!tokens || tokens.length === 0) return { ...refused, isUnfinished: BEGUN.test(text) };
  const reader = { tokens, at: 0 };
  const value = readSum(reader);
  const complete = reader.at === tokens.length;
  if (value !== undefined && complete && Number.isFinite(value)) return { ok: true, value };
  return { ...refused, isUnfinished: value === undefined && reader.at > tokens.length };
}

/** Nothing, or a number whose point or exponent wants figures. */
const BEGUN = /^\s*$|(?:^|[^\w.])(?:\.|\d+\.?\d*[eE][+-]?)$/;

function tokenize(text: string): string[] | undefined {
  const tokens: string[] = [];
  const trimmed = text.trim();
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < trimmed.length) {
    const match = TOKEN.exec(trimmed);
    if (!match || tokens.length > 100) return undefined;
    tokens.push(match[1] as string);
  }
  return tokens;
}

interface Reader {
  readonly tokens: readonly string[];
  at: number;
}

function readSum(reader: Reader): number | undefined {
  let sum = readProduct(reader);
  for (let sign = reader.tokens[reader.at]; sum !== undefined && (sign === '+' || sign === '-'); sign = reader.tokens[reader.at]) {
    reader.at += 1;
    const next = readProduct(reader);
    sum = next === undefined ? undefined : sign === '+' ? sum + next : sum - next;
  }
  return sum;
}

function readProduct(reader: Reader): number | undefined {
  let product = readFactor(reader);
  for (
    let sign = reader.tokens[reader.at];
    product !== undefined && sign !== undefined && '*/×·'.includes(sign);
    sign = reader.tokens[reader.at]
  ) {
    reader.at += 1;
    const next = readFactor(reader);
    product = next === undefined ? undefined : sign === '/' ? product / next : product * next;
  }
  return product;
}

/** A sign before a power belongs to the whole of it, and powers are read from the right, as in Python. */
function readFactor(reader: Reader): number | undefined {
  if (reader.tokens[reader.at] === '-') {
    reader.at += 1;
    const value = readFactor(reader);
    return value === undefined ? undefined : -value;
  }
  const base = readShare(reader);
  const sign = reader.tokens[reader.at];
  if (base === undefined || (sign !== '**' && sign !== '^')) return base;
  reader.at += 1;
  const exponent = readFactor(reader);
  return exponent === undefined ? undefined : base ** exponent;
}

/** A number or what is in brackets, or so many hundredths of one. */
function readShare(reader: Reader): number | undefined {
  const value = readSingle(reader);
  if (value === undefined || reader.tokens[reader.at] !== '%') return value;
  reader.at += 1;
  return value / 100;
}

function readSingle(reader: Reader): number | undefined {
  const token = reader.tokens[reader.at];
  reader.at += 1;
  if (token === undefined) return undefined;
  if (token !== '(') return /^[\d.]/.test(token) ? Number(token) : undefined;
  const inside = readSum(reader);
  const closed = reader.tokens[reader.at] === ')';
  reader.at += 1;
  return closed ? inside : undefined;
}
