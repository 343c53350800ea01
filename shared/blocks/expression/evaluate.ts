import type { ParamValue } from '../../graph/graph';
import { err, ok, type Result } from '../../graph/result';
import { parseExpression } from './parse';
import { FUNCTIONS, type BinaryOperator, type Expression, type ExpressionError } from './syntax';

/** The values that names stand for. */
export type Scope = Readonly<Record<string, ParamValue>>;

/** The value of an expression, or what is wrong with it and at which character. */
export function evaluateExpression(source: string, scope: Scope): Result<ParamValue, ExpressionError> {
  const expression = parseExpression(source);
  if (!expression.ok) return expression;
  try {
    return ok(valueOf(expression.value, scope));
  } catch (error) {
    if (error instanceof EvaluationStop) return err(error.problem);
    throw error;
  }
}

/** Names that an expression uses, each with the character where it stands first; none where it cannot be read. */
export function placesOfNames(source: string): ReadonlyMap<string, number> {
  const names = new Map<string, number>();
  const parsed = parseExpression(source);
  if (parsed.ok) collectNames(parsed.value, names);
  return names;
}

/** Names that an expression uses; none where it cannot be read. */
export function namesIn(source: string): ReadonlySet<string> {
  return new Set(placesOfNames(source).keys());
}

function collectNames(expression: Expression, names: Map<string, number>): void {
  switch (expression.kind) {
    case 'value':
      return;
    case 'name':
      if (!names.has(expression.name)) names.set(expression.name, expression.at);
      return;
    case 'list':
      for (const item of expression.items) collectNames(item, names);
      return;
    case 'call':
      for (const item of expression.args) collectNames(item, names);
      return;
    case 'unary':
      collectNames(expression.of, names);
      return;
    case 'binary':
      collectNames(expression.left, names);
      collectNames(expression.right, names);
      return;
    case 'choice':
      for (const part of [expression.condition, expression.yes, expression.no]) collectNames(part, names);
  }
}

class EvaluationStop extends Error {
  constructor(readonly problem: ExpressionError) {
    super(problem.message);
  }
}

function valueOf(expression: Expression, scope: Scope): ParamValue {
  switch (expression.kind) {
    case 'value':
      return expression.value;
    case 'name':
      if (!Object.hasOwn(scope, expression.name))
        throw new EvaluationStop({ message: unknownName(expression.name, scope), at: expression.at });
      return scope[expression.name] as ParamValue;
    case 'list':
      return expression.items.map((item) => valueOf(item, scope));
    case 'choice':
      return valueOf(isTrue(valueOf(expression.condition, scope)) ? expression.yes : expression.no, scope);
    case 'unary':
      return expression.operator === 'not'
        ? !isTrue(valueOf(expression.of, scope))
        : finite(-numberOf(expression.of, scope), expression.at);
    case 'call':
      return finite(FUNCTIONS[expression.name](...(expression.args.map((arg) => numberOf(arg, scope)) as [number])), expression.at);
    case 'binary':
      return binaryValue(expression, scope);
  }
}

function unknownName(name: string, scope: Scope): string {
  const names = Object.keys(scope);
  return `"${name}" is not a parameter of this block${names.length > 0 ? ` (it has ${names.join(', ')})` : ''}`;
}

function binaryValue({ operator, left, right, at }: Extract<Expression, { kind: 'binary' }>, scope: Scope): ParamValue {
  if (operator === 'and') return isTrue(valueOf(left, scope)) && isTrue(valueOf(right, scope));
  if (operator === 'or') return isTrue(valueOf(left, scope)) || isTrue(valueOf(right, scope));
  if (operator === '==' || operator === '!=') return same(valueOf(left, scope), valueOf(right, scope)) === (operator === '==');
  const [a, b] = [numberOf(left, scope), numberOf(right, scope)];
  if ((operator === '/' || operator === '//' || operator === '%') && b === 0)
    throw new EvaluationStop({ message: `${a} ${operator} 0 is a division by zero`, at });
  return arithmetic(operator, a, b, at);
}

function arithmetic(operator: Exclude<BinaryOperator, 'and' | 'or' | '==' | '!='>, a: number, b: number, at: number): ParamValue {
  switch (operator) {
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    case '>=':
      return a >= b;
    case '+':
      return finite(a + b, at);
    case '-':
      return finite(a - b, at);
    case '*':
      return finite(a * b, at);
    case '/':
      return finite(a / b, at);
    case '//':
      return finite(Math.floor(a / b), at);
    case '%':
      return finite(a - b * Math.floor(a / b), at);
  }
}

function numberOf(expression: Expression, scope: Scope): number {
  const value = valueOf(expression, scope);
  if (typeof value === 'number') return value;
  throw new EvaluationStop({ message: `a number was expected, not ${JSON.stringify(value)}`, at: expression.at });
}

function finite(value: number, at: number): number {
  if (Number.isFinite(value)) return value;
  throw new EvaluationStop({ message: 'the result is no finite number', at });
}

/** `none`, `false` and 0 are not; everything else is. */
function isTrue(value: ParamValue): boolean {
  return value !== null && value !== false && value !== 0;
}

function same(a: ParamValue, b: ParamValue): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
