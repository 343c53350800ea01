/** Python's expressions as far as descriptions of networks use them; each knows its line, counted from 1. */
export type Expression = { readonly line: number } & (
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'literal'; readonly value: number | string | boolean | null }
  /** A text into which values are put, where it names them in braces. */
  | { readonly kind: 'formatted'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | { readonly kind: 'dict'; readonly entries: readonly (readonly [Expression, Expression])[] }
  | { readonly kind: 'attribute'; readonly of: Expression; readonly name: string }
  | { readonly kind: 'subscript'; readonly of: Expression; readonly index: Expression }
  | { readonly kind: 'call'; readonly callee: Expression; readonly args: readonly Argument[] }
  | { readonly kind: 'unary'; readonly operator: string; readonly operand: Expression }
  | { readonly kind: 'binary'; readonly operator: string; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'choice'; readonly test: Expression; readonly then: Expression; readonly otherwise: Expression }
  | {
      readonly kind: 'each';
      readonly element: Expression;
      readonly target: Expression;
      readonly over: Expression;
      readonly test: Expression | undefined;
    }
  | { readonly kind: 'star'; readonly of: Expression }
  /** `1:`, `::-1` between the brackets of a subscript: start, stop and step, as far as they are there. */
  | { readonly kind: 'slice'; readonly parts: readonly (Expression | undefined)[] }
  /** `[:, -1, :]`: along each axis an index, or a slice. */
  | { readonly kind: 'axes'; readonly items: readonly Expression[] }
  /** Read, and not understood: a lambda. */
  | { readonly kind: 'other'; readonly what: string }
);

export interface Argument {
  /** Undefined: by its place. */
  readonly name: string | undefined;
  readonly value: Expression;
}

export type Statement = { readonly line: number } & (
  | { readonly kind: 'expression'; readonly value: Expression }
  | { readonly kind: 'assign'; readonly targets: readonly Expression[]; readonly value: Expression }
  | { readonly kind: 'return'; readonly value: Expression | undefined }
  | { readonly kind: 'class'; readonly name: string; readonly bases: readonly Argument[]; readonly body: readonly Statement[] }
  | { readonly kind: 'function'; readonly name: string; readonly parameters: readonly Parameter[]; readonly body: readonly Statement[] }
  | { readonly kind: 'for'; readonly target: Expression; readonly over: Expression; readonly body: readonly Statement[] }
  | { readonly kind: 'if'; readonly test: Expression; readonly then: readonly Statement[]; readonly otherwise: readonly Statement[] }
  | { readonly kind: 'block'; readonly body: readonly Statement[] }
  /** Changes nothing about the network: an import, a `pass`. */
  | { readonly kind: 'nothing' }
);

export interface Parameter {
  readonly name: string;
  readonly default: Expression | undefined;
}

/** Why a text is not read as Python, and where. */
export class PythonError extends Error {
  constructor(
    readonly line: number,
    message: string,
  ) {
    super(message);
  }
}

/** Limits of a pasted text: far beyond what a person writes, and done in a moment. */
export const LIMITS = { characters: 400_000, tokens: 100_000, depth: 100 } as const;
