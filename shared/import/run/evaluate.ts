import { parsePython } from '../python/statements';
import { PythonError, type Argument, type Expression } from '../python/syntax';
import { isLastStep, lastStepOf } from './lastStep';
import { operate, truthOf } from './operators';
import { note, type Run } from './run';
import { dataOf, listOf, plain, UNKNOWN, type CallArgument, type Scope, type Value } from './values';

/** The most that one loop goes round. */
const MOST_ROUNDS = 2_000;

export function lookUp(scope: Scope, name: string): Value | undefined {
  for (let at: Scope | undefined = scope; at; at = at.around) {
    const found = at.names.get(name);
    if (found) return found;
  }
  return undefined;
}

/** What an expression stands for. What is not understood is unknown, and said where a layer depends on it. */
export function evaluate(run: Run, scope: Scope, expression: Expression): Value {
  run.step(expression.line);
  switch (expression.kind) {
    case 'literal':
      return plain(expression.value);
    case 'formatted':
      return plain(formatted(run, scope, expression));
    case 'name':
      return nameValue(scope, expression.name);
    case 'list':
      return { kind: 'list', items: evaluateItems(run, scope, expression.items) };
    case 'dict':
      return evaluateDict(run, scope, expression.entries);
    case 'attribute':
      return attribute(run, evaluate(run, scope, expression.of), expression.name, expression.line);
    case 'subscript':
      if (expression.index.kind === 'axes') return alongAxes(run, scope, evaluate(run, scope, expression.of), expression.index);
      return expression.index.kind === 'slice'
        ? sliced(run, scope, evaluate(run, scope, expression.of), expression.index)
        : subscript(run, evaluate(run, scope, expression.of), evaluate(run, scope, expression.index), expression.line);
    case 'call':
      return run.call(run, evaluate(run, scope, expression.callee), evaluateArguments(run, scope, expression.args), expression.line);
    case 'unary':
      return unary(expression.operator, evaluate(run, scope, expression.operand));
    case 'binary':
      return binary(run, scope, expression);
    case 'choice':
      return evaluate(run, scope, truthOf(evaluate(run, scope, expression.test)) === false ? expression.otherwise : expression.then);
    case 'each':
      return { kind: 'list', items: each(run, scope, expression) };
    case 'star':
      return evaluate(run, scope, expression.of);
    case 'slice':
    case 'axes':
    case 'other':
      return UNKNOWN;
  }
}

/** To read what stands in braces takes as long as to copy so many characters. */
const READING = 100;

/** A text with the values that it names; what has no plain value stays as it is written. */
function formatted(run: Run, scope: Scope, { text, line }: Extract<Expression, { kind: 'formatted' }>): string {
  run.step(line, text.length);
  return text.replaceAll(/\{([^{}:!]{1,200})(?:[:!][^{}]*)?\}/g, (written, inner: string) => {
    const expression = expressionOf(inner);
    const value = expression && evaluate(run, scope, expression);
    const put = value?.kind === 'plain' && ['number', 'string'].includes(typeof value.value) ? String(value.value) : written;
    run.step(line, put.length + READING);
    return put;
  });
}

function expressionOf(text: string): Expression | undefined {
  try {
    const [statement] = parsePython(text);
    return statement?.kind === 'expression' ? statement.value : undefined;
  } catch (error) {
    if (error instanceof PythonError) return undefined;
    throw error;
  }
}

/** `self` outside of a class: a line that was copied out of one. */
function nameValue(scope: Scope, name: string): Value {
  const found = lookUp(scope, name);
  if (found) return found;
  if (name === '__name__') return plain('__main__');
  if (name !== 'self') return { kind: 'path', name };
  const self: Value = { kind: 'object', of: undefined, fields: new Map(), uses: 0 };
  let outermost = scope;
  while (outermost.around) outermost = outermost.around;
  outermost.names.set('self', self);
  return self;
}

function evaluateItems(run: Run, scope: Scope, items: readonly Expression[]): Value[] {
  return items.flatMap((item) => {
    const value = evaluate(run, scope, item);
    return item.kind === 'star' ? spread(run, value, item.line) : [value];
  });
}

/** What `*` takes apart. */
function spread(run: Run, value: Value, line: number): readonly Value[] {
  const items = listOf(value);
  run.step(line, items.length);
  return items;
}

function evaluateArguments(run: Run, scope: Scope, args: readonly Argument[]): readonly CallArgument[] {
  return args.flatMap(({ name, value: expression }): readonly CallArgument[] => {
    const value = evaluate(run, scope, expression);
    if (name === undefined && expression.kind === 'star') {
      const items = spread(run, value, expression.line);
      if (value.kind === 'dict') return [...value.entries].map(([key, entry]) => ({ name: key, value: entry }));
      return items.map((item) => ({ name: undefined, value: item }));
    }
    return [{ name, value }];
  });
}

function evaluateDict(run: Run, scope: Scope, entries: readonly (readonly [Expression, Expression])[]): Value {
  const made = new Map<string, Value>();
  for (const [key, value] of entries) {
    const name = evaluate(run, scope, key);
    made.set(name.kind === 'plain' ? String(name.value) : `${made.size}`, evaluate(run, scope, value));
  }
  return { kind: 'dict', entries: made };
}

function attribute(run: Run, of: Value, name: string, line: number): Value {
  if (of.kind === 'path') {
    run.step(line, of.name.length + name.length);
    return { kind: 'path', name: `${of.name}.${name}` };
  }
  if (of.kind === 'object') {
    const own = of.fields.get(name);
    if (own) return own;
    const method = of.of?.functions.get(name);
    return method ? { ...method, self: of } : { kind: 'method', of, name };
  }
  if (of.kind === 'unknown' || (of.kind === 'tensor' && (name === 'shape' || name === 'data'))) return UNKNOWN;
  return { kind: 'method', of, name };
}

function subscript(run: Run, of: Value, index: Value, line: number): Value {
  const at = index.kind === 'plain' ? index.value : undefined;
  if ((of.kind === 'list' || of.kind === 'chain') && typeof at === 'number') return of.items.at(at) ?? UNKNOWN;
  if (of.kind === 'dict') return at === undefined ? firstEntry(run, of, line) : (of.entries.get(String(at)) ?? UNKNOWN);
  if (of.kind !== 'tensor') return UNKNOWN;
  if (isLastStep(of)) return of;
  const last = at === -1 || at === 1 ? lastStepOf(run, of) : undefined;
  if (last) return last;
  // The first of what a recurrent layer gives is its output; another part of a tensor has no layer.
  if (at !== 0) note(run, line, 'A part of a tensor has no counterpart here; the whole of it is taken.');
  return of;
}

/** `out[:, -1, :]` of a recurrent layer is its last step, `hidden[-1, :, :]` its last state; another part of a tensor has no layer. */
function alongAxes(run: Run, scope: Scope, of: Value, { items, line }: Extract<Expression, { kind: 'axes' }>): Value {
  const at = items.map((item) => (item.kind === 'slice' ? undefined : dataOf(evaluate(run, scope, item))));
  const isWhole = items.every((item) => item.kind !== 'slice' || item.parts.every((part) => part === undefined));
  const picked = at.filter((index) => index !== undefined);
  const last = isWhole && picked.length === 1 && picked[0] === -1 ? lastStepOf(run, of) : undefined;
  return last ?? subscript(run, of, UNKNOWN, line);
}

/** `filters[1:]`, `skips[::-1]`. A slice of a tensor has no layer. */
function sliced(run: Run, scope: Scope, of: Value, { parts, line }: Extract<Expression, { kind: 'slice' }>): Value {
  if (of.kind !== 'list' && of.kind !== 'chain') return subscript(run, of, UNKNOWN, line);
  const ends = parts.map((part) => (part ? endOf(evaluate(run, scope, part)) : undefined));
  run.step(line, of.items.length);
  const taken = takenOf(of.items, ends);
  if (taken) return of.kind === 'list' ? { kind: 'list', items: taken } : { kind: 'chain', items: taken, line, uses: 0 };
  if (of.items.length > 0) note(run, line, 'Which part of this list is meant is not in the text; it is left out.');
  return UNKNOWN;
}

type End = number | 'unsaid' | undefined;

/** None is an end that is left out. */
function endOf(value: Value): End {
  const data = dataOf(value);
  if (data === null) return undefined;
  return typeof data === 'number' ? data : 'unsaid';
}

/** Forwards one by one, or all of them backwards; undefined for other steps, and where an end is not known. */
function takenOf<T>(items: readonly T[], [start, stop, step = 1]: readonly End[]): T[] | undefined {
  if (start === 'unsaid' || stop === 'unsaid') return undefined;
  if (step === -1 && start === undefined && stop === undefined) return items.toReversed();
  return step === 1 ? items.slice(start, stop) : undefined;
}

/** What a table holds first, where what is asked for depends on what the text does not say: a size of the network, nearly always. */
function firstEntry(run: Run, { entries }: Extract<Value, { kind: 'dict' }>, line: number): Value {
  const [first] = entries;
  if (!first) return UNKNOWN;
  if (entries.size > 1)
    note(run, line, `Which of ${entries.size} is meant is not in the text; “${first[0].slice(0, 80)}”, the first, was taken.`);
  return first[1];
}

function unary(operator: string, operand: Value): Value {
  if (operator === 'not') {
    const truth = truthOf(operand);
    return truth === undefined ? UNKNOWN : plain(!truth);
  }
  if (operand.kind !== 'plain' || typeof operand.value !== 'number') return UNKNOWN;
  return operator === '-' ? plain(-operand.value) : operand;
}

function binary(run: Run, scope: Scope, { operator, left, right, line }: Extract<Expression, { kind: 'binary' }>): Value {
  const first = evaluate(run, scope, left);
  if (operator === 'and' || operator === 'or') {
    const truth = truthOf(first);
    const second = evaluate(run, scope, right);
    if (truth === undefined) return truthOf(second) === (operator === 'or') ? second : UNKNOWN;
    return truth === (operator === 'and') ? second : first;
  }
  return operate(run, operator, first, evaluate(run, scope, right), line);
}

/** The values of a loop, as far as they are known. */
export function roundsOf(run: Run, over: Value, line: number): readonly Value[] {
  if (over.kind === 'list' || over.kind === 'chain') return over.items.slice(0, MOST_ROUNDS);
  if (over.kind === 'dict') {
    run.step(line, over.entries.size);
    return [...over.entries.keys()].map(plain);
  }
  note(run, line, 'What this loop goes over is not known; it is left out.');
  return [];
}

/** What one of several targets gets. PyTorch's recurrent layers give their output first, and then their last state. */
function partOf(run: Run, value: Value, index: number): Value {
  if (value.kind === 'list') return value.items[index] ?? UNKNOWN;
  if (index === 0) return value.kind === 'tensor' ? value : UNKNOWN;
  return (index === 1 && !isLastStep(value) && lastStepOf(run, value)) || UNKNOWN;
}

export function bindTarget(run: Run, scope: Scope, target: Expression, value: Value): void {
  if (target.kind === 'name') {
    scope.names.set(target.name, value);
    if (value.kind === 'chain') run.named.add(value);
  }
  if (target.kind === 'list') {
    run.step(target.line, target.items.length);
    target.items.forEach((item, index) => bindTarget(run, scope, item, partOf(run, value, index)));
  }
  if (target.kind === 'star') bindTarget(run, scope, target.of, value);
  if (target.kind === 'attribute') {
    const object = evaluate(run, scope, target.of);
    if (object.kind === 'object') object.fields.set(target.name, value);
    if (value.kind === 'layer' && value.uses === 0 && target.of.kind === 'name') value.name ??= target.name;
  }
  if (target.kind === 'subscript') {
    const of = evaluate(run, scope, target.of);
    const index = evaluate(run, scope, target.index);
    if (of.kind === 'dict' && index.kind === 'plain') of.entries.set(String(index.value), value);
    if (of.kind === 'list' && index.kind === 'plain' && typeof index.value === 'number' && index.value in of.items)
      of.items[index.value] = value;
  }
}

function each(run: Run, scope: Scope, { element, target, over, test, line }: Extract<Expression, { kind: 'each' }>): Value[] {
  const inner: Scope = { names: new Map(), around: scope };
  return roundsOf(run, evaluate(run, scope, over), line).flatMap((value) => {
    bindTarget(run, inner, target, value);
    if (test && truthOf(evaluate(run, inner, test)) === false) return [];
    return [evaluate(run, inner, element)];
  });
}
