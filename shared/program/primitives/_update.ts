import type { TensorType } from '../../graph/tensor';
import { alignedForms, floatScalar } from '../onnx/layout';
import type { OnnxGraph } from '../onnx/writer';
import { definePrimitive, type Primitive } from '../primitive';
import { expectShape } from './_shapes';

/** Arithmetic in which a rule is written once, whatever carries it out: nodes of a graph, or plain numbers. */
export interface Algebra<T> {
  number(value: number): T;
  add(a: T, b: T): T;
  sub(a: T, b: T): T;
  mul(a: T, b: T): T;
  div(a: T, b: T): T;
  maximum(a: T, b: T): T;
  sqrt(x: T): T;
  abs(x: T): T;
}

/** Of one weight: its value, the rule's slots, numbers of the step, the learning rate and the gradient. */
interface Operands<T> {
  readonly variable: T;
  readonly slots: readonly T[];
  readonly scalars: readonly T[];
  readonly rate: T;
  readonly gradient: T;
}

/** What every rule knows: `weightDecay` is taken off the weight before its step, times the rate (decoupled). */
export interface UpdateAttributes {
  readonly weightDecay?: number;
}

/** TensorFlow's operation that does the step in place, its operands in its order. */
interface InPlace {
  readonly op: string;
  readonly operands: readonly string[];
  readonly attributes?: Readonly<Record<string, boolean>>;
}

/** How one weight follows its gradient. */
export interface UpdateRule<A extends object> {
  readonly slots: readonly string[];
  /** Numbers that are the same for all weights of a step, before the learning rate. */
  readonly scalars: readonly string[];
  /** The weight and its slots after the step; `variable` has been decayed already. */
  step<T>(algebra: Algebra<T>, operands: Operands<T>, attributes: A): readonly T[];
  /** The same in TensorFlow. Of `variable` and `slots` these are the resources. */
  tensorflow(operands: Operands<string>, attributes: A, number: (value: number) => string): InPlace;
}

/** A primitive with the rule it is made of. Inputs: `variable`, slots, scalars, `rate`, `gradient`. */
export interface UpdatePrimitive<A extends object = object> extends Primitive<readonly string[], readonly string[], A> {
  readonly rule: UpdateRule<A>;
}

/** Makes the primitive of an optimizer's step: in place in TensorFlow, of arithmetic in ONNX. */
export function defineUpdate<A extends UpdateAttributes>(name: string, rule: UpdateRule<A>): UpdatePrimitive<A> {
  const primitive = definePrimitive<readonly string[], readonly string[], A>(name, {
    inputs: ['variable', ...rule.slots, ...rule.scalars, 'rate', 'gradient'],
    outputs: ['variable', ...rule.slots],
    infer: (inputs) => inferred(name, rule, inputs),
    tensorflow(g, inputs, attributes) {
      const read = operandsOf(rule, inputs);
      const variable = g.resource(read.variable);
      const number = (value: number) => g.constant([value], [], 'float32');
      const {
        op,
        operands,
        attributes: more,
      } = rule.tensorflow({ ...read, variable, slots: read.slots.map(g.resource) }, attributes, number);
      const { weightDecay = 0 } = attributes;
      const share = () => g.op('Mul', [read.rate, number(weightDecay)], FLOAT);
      const decayed = () => g.inPlace('AssignSubVariableOp', [variable, g.op('Mul', [read.variable, share()], FLOAT)], DTYPE);
      const done = g.inPlace(op, [...operands, ...(weightDecay > 0 ? [decayed()] : [])], { ...FLOAT, ...more });
      return [done, ...rule.slots.map(() => done)];
    },
    onnx(g, inputs, attributes, types) {
      const { aligned, restored } = alignedForms(g, inputs, types.inputs);
      const algebra = onnxAlgebra(g);
      const operands = operandsOf(rule, aligned);
      return rule.step(algebra, withDecay(algebra, operands, attributes), attributes).map(restored);
    },
  });
  return { ...primitive, rule };
}

const FLOAT = { T: { type: 'float32' } } as const;
const DTYPE = { dtype: { type: 'float32' } } as const;

/** The operands with the weight already smaller by its decay. */
export function withDecay<T>(algebra: Algebra<T>, operands: Operands<T>, { weightDecay = 0 }: UpdateAttributes): Operands<T> {
  if (weightDecay === 0) return operands;
  const { variable, rate } = operands;
  const share = algebra.mul(rate, algebra.number(weightDecay));
  return { ...operands, variable: algebra.sub(variable, algebra.mul(variable, share)) };
}

/** A primitive's inputs by what they are. */
export function operandsOf<A extends object, T>({ slots, scalars }: UpdateRule<A>, inputs: readonly T[]): Operands<T> {
  const behind = 1 + slots.length;
  return {
    variable: inputs[0] as T,
    slots: inputs.slice(1, behind),
    scalars: inputs.slice(behind, behind + scalars.length),
    rate: inputs.at(-2) as T,
    gradient: inputs.at(-1) as T,
  };
}

function inferred<A extends object>(name: string, rule: UpdateRule<A>, inputs: readonly TensorType[]): readonly TensorType[] {
  const { variable, slots, scalars, rate, gradient } = operandsOf(rule, inputs);
  for (const scalar of [...scalars, rate]) expectShape(`${name}: a number of the step`, scalar, []);
  for (const other of [...slots, gradient]) expectShape(name, other, variable.shape);
  return [variable, ...slots];
}

function onnxAlgebra(g: OnnxGraph): Algebra<string> {
  const binary = (type: string) => (a: string, b: string) => g.op(type, [a, b]);
  return {
    number: (value) => floatScalar(g, value),
    add: binary('Add'),
    sub: binary('Sub'),
    mul: binary('Mul'),
    div: binary('Div'),
    maximum: binary('Max'),
    sqrt: (x) => g.op('Sqrt', [x]),
    abs: (x) => g.op('Abs', [x]),
  };
}
