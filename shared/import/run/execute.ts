import type { Expression, Statement } from '../python/syntax';
import { bindTarget, evaluate, roundsOf } from './evaluate';
import { truthOf } from './operators';
import { callsAnything } from './uncalled';
import { note, type Run } from './run';
import { NONE, UNKNOWN, type ClassValue, type FunctionValue, type ObjectValue, type Scope, type Value } from './values';

/** Follows statements; gives the value of a `return`, or undefined where none is reached. */
export function execute(run: Run, scope: Scope, statements: readonly Statement[]): Value | undefined {
  for (const statement of statements) {
    run.step(statement.line);
    const returned = executeOne(run, scope, statement);
    if (returned) return returned;
  }
  return undefined;
}

function executeOne(run: Run, scope: Scope, statement: Statement): Value | undefined {
  switch (statement.kind) {
    case 'expression':
      evaluate(run, scope, statement.value);
      return undefined;
    case 'assign': {
      const value = evaluate(run, scope, statement.value);
      for (const target of statement.targets) bindTarget(run, scope, target, value);
      return undefined;
    }
    case 'return':
      return statement.value ? evaluate(run, scope, statement.value) : NONE;
    case 'class':
      scope.names.set(statement.name, classOf(run, scope, statement));
      return undefined;
    case 'function':
      scope.names.set(statement.name, { ...functionOf(scope, statement) });
      return undefined;
    case 'for':
      return executeFor(run, scope, statement);
    case 'if':
      return executeIf(run, scope, statement);
    case 'block':
      return execute(run, scope, statement.body);
    case 'nothing':
      return undefined;
  }
}

function executeFor(run: Run, scope: Scope, { target, over, body, line }: Extract<Statement, { kind: 'for' }>): Value | undefined {
  const values = evaluate(run, scope, over);
  for (const value of isCounted(values) ? roundsOf(run, values, line) : unknownRounds(run, body, line)) {
    bindTarget(run, scope, target, value);
    const returned = execute(run, scope, body);
    if (returned) return returned;
  }
  return undefined;
}

function isCounted({ kind }: Value): boolean {
  return kind === 'list' || kind === 'chain' || kind === 'dict';
}

/** In a function, how many blocks there are is often left to its caller: one is drawn. Around a network it is training. */
function unknownRounds(run: Run, body: readonly Statement[], line: number): readonly Value[] {
  // A loop that calls nothing makes no layer.
  if (!callsAnything(body)) return [];
  if (!run.isInside) return roundsOf(run, UNKNOWN, line);
  note(run, line, 'How often this loop goes round is not in the text; it was followed once.');
  return [UNKNOWN];
}

/** Where a condition is not known, the first branch is taken, and that is said. */
function executeIf(run: Run, scope: Scope, { test, then, otherwise, line }: Extract<Statement, { kind: 'if' }>): Value | undefined {
  const before = run.layers.length;
  const truth = isShapeGuard(test) ? false : truthOf(evaluate(run, scope, test));
  const returned = execute(run, scope, truth === false ? otherwise : then);
  if (truth === undefined && run.layers.length > before)
    note(run, line, 'Whether this “if” holds is not known; its first branch was taken.');
  return returned;
}

/** `if x.shape != skip.shape:` mends sizes that do not fit, which is for the diagnosis here. */
function isShapeGuard(test: Expression): boolean {
  const isShape = (side: Expression) => side.kind === 'attribute' && side.name === 'shape';
  return test.kind === 'binary' && test.operator === '!=' && isShape(test.left) && isShape(test.right);
}

function functionOf(scope: Scope, { name, parameters, body, line }: Extract<Statement, { kind: 'function' }>): FunctionValue {
  return { kind: 'function', name, parameters, body, line, scope };
}

function classOf(run: Run, scope: Scope, { name, bases, body, line }: Extract<Statement, { kind: 'class' }>): ClassValue {
  const functions = new Map<string, FunctionValue>();
  let isModel = false;
  for (const { value } of bases) {
    const base = evaluate(run, scope, value);
    if (base.kind === 'class') {
      run.step(line, base.functions.size);
      for (const [key, method] of base.functions) functions.set(key, method);
    }
    isModel ||=
      base.kind === 'class' ? base.isModel : base.kind === 'path' && /(^|\.)(Module|Model|Layer|LightningModule)$/.test(base.name);
  }
  run.step(line, body.length);
  for (const statement of body) if (statement.kind === 'function') functions.set(statement.name, functionOf(scope, statement));
  return { kind: 'class', name, functions, isModel, line, uses: 0 };
}

/** Runs a function with these values for its parameters. */
export function invoke(
  run: Run,
  { parameters, body, scope, self }: FunctionValue,
  args: readonly { readonly name: string | undefined; readonly value: Value }[],
  line: number,
): Value {
  const names = new Map<string, Value>();
  const own = self ? parameters.slice(1) : parameters;
  if (self && parameters[0]) names.set(parameters[0].name, self);
  run.step(line, own.length);
  run.called.add(body);
  const placed = args.filter(({ name }) => name === undefined);
  const named = new Map(args.map(({ name, value }) => [name, value]));
  for (const [index, parameter] of own.entries()) {
    const given = named.get(parameter.name) ?? placed[index]?.value;
    names.set(parameter.name, given ?? (parameter.default ? evaluate(run, scope, parameter.default) : { kind: 'unknown' }));
  }
  return run.inside(line, () => execute(run, { names, around: scope }, body) ?? NONE);
}

/** Makes an object of a class: its `__init__` runs. */
export function instantiate(
  run: Run,
  of: ClassValue,
  args: readonly { readonly name: string | undefined; readonly value: Value }[],
  line: number,
): ObjectValue {
  of.uses += 1;
  const object: ObjectValue = { kind: 'object', of, fields: new Map(), uses: 0 };
  // Markdown takes the underscores for emphasis.
  const init = ['__init__', '_init_', 'init'].map((name) => of.functions.get(name)).find((found) => found !== undefined);
  if (init) run.insideModel(line, () => invoke(run, { ...init, self: object }, args, line));
  return object;
}
