import type { ParamValue } from '../../graph/graph';

/** A parsed expression; `at` is where in the text it begins, for errors that point at the character. */
export type Expression =
  | { readonly kind: 'value'; readonly value: ParamValue; readonly at: number }
  | { readonly kind: 'name'; readonly name: string; readonly at: number }
  | { readonly kind: 'list'; readonly items: readonly Expression[]; readonly at: number }
  | { readonly kind: 'unary'; readonly operator: UnaryOperator; readonly of: Expression; readonly at: number }
  | {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
      readonly at: number;
    }
  | { readonly kind: 'choice'; readonly condition: Expression; readonly yes: Expression; readonly no: Expression; readonly at: number }
  | { readonly kind: 'call'; readonly name: FunctionName; readonly args: readonly Expression[]; readonly at: number };

export type UnaryOperator = '-' | 'not';
export const BINARY_OPERATORS = {
  or: 1,
  and: 2,
  '==': 3,
  '!=': 3,
  '<': 4,
  '<=': 4,
  '>': 4,
  '>=': 4,
  '+': 5,
  '-': 5,
  '*': 6,
  '/': 6,
  '//': 6,
  '%': 6,
} as const;
/** Larger binds tighter. */
export type BinaryOperator = keyof typeof BINARY_OPERATORS;

/** Those of a fixed number of values take one. */
export const FUNCTIONS = {
  min: (...values: readonly number[]) => Math.min(...values),
  max: (...values: readonly number[]) => Math.max(...values),
  floor: (value: number) => Math.floor(value),
  ceil: (value: number) => Math.ceil(value),
  round: (value: number) => Math.round(value),
} as const;
export type FunctionName = keyof typeof FUNCTIONS;

/** As they are written here, and as in Python. */
export const CONSTANTS: Readonly<Record<string, null | boolean>> = {
  none: null,
  null: null,
  true: true,
  false: false,
  None: null,
  True: true,
  False: false,
};

/** Names that have a meaning of their own in an expression. */
export const RESERVED_NAMES: ReadonlySet<string> = new Set([
  ...Object.keys(CONSTANTS),
  ...Object.keys(FUNCTIONS),
  ...Object.keys(BINARY_OPERATORS),
  'not',
]);

/** What is wrong with an expression, and at which character (from 0). */
export interface ExpressionError {
  readonly message: string;
  readonly at: number;
}
