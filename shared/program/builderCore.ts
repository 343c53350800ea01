import { formatShape, sameType, type TensorType } from '../graph/tensor';
import type { Value } from './builder';
import type { Each, Ports, Primitive } from './primitive';
import type { Operation, Program, ProgramUpdate, ProgramVariable, VariableSpec } from './program';
import { ProgramError } from './programError';
import { compiledBy, type Pass } from './passes';

/** What every part of a builder appends through, and the program's rim: what goes in, what lives on, what comes out. */
export interface BuilderCore {
  emit<I extends Ports, O extends Ports, A extends object>(
    primitive: Primitive<I, O, A>,
    operands: Each<I, Value>,
    attributes: A,
  ): Each<O, Value>;
  /** The same value each time it is asked for by name. */
  input(name: string, type: TensorType): Value;
  /** The variable's value before this run's updates; the same value each time it is asked for by name. */
  variable(spec: VariableSpec): Value;
  assign(variable: Value, value: Value): void;
  addLoss(value: Value): void;
  /** What `addLoss` was given so far. */
  readonly addedLosses: readonly Value[];
  output(name: string, value: Value): void;
  /** The operation that made the value; undefined for inputs and variables. */
  producer(value: Value): Operation | undefined;
  /** All operations so far; grows. */
  readonly operations: readonly Operation[];
  /** Variables asked for so far, in that order. */
  variables(): readonly ProgramVariable[];
  /** What is appended in `body` is there for the layer of that path. */
  within<T>(origin: string | undefined, body: () => T): T;
  /** The program so far after all passes; without its updates where `updates` is false. */
  build(name: string, options?: { readonly updates?: boolean; readonly guard?: Value }): Program;
}

/** A new, empty program; all passes are run over it where none are named. */
export function builderCore(passes?: readonly Pass[]): BuilderCore {
  let count = 0;
  const make = (type: TensorType): Value => ({ id: count++, type });
  const origins = originList();
  const operations = operationList(make, origins);
  const inputs = new Map<string, Value>();
  const outputs = new Map<string, Value>();
  const state = variableList((type) => origins.own(make(type)));
  const addedLosses: Value[] = [];
  return {
    ...operations,
    ...state,
    within: origins.within,
    addedLosses,
    addLoss(value) {
      if (value.type.shape.length !== 0) throw new ProgramError('addLoss: expected a scalar.');
      addedLosses.push(value);
    },
    input(name, type) {
      const known = inputs.get(name);
      if (known && !sameType(known.type, type)) throw new ProgramError(`Input "${name}" has two types.`);
      const value = known ?? make(type);
      inputs.set(name, value);
      return value;
    },
    output(name, value) {
      if (outputs.has(name)) throw new ProgramError(`There are two outputs "${name}".`);
      outputs.set(name, value);
    },
    build: (name, { updates = true, guard } = {}) =>
      compiledBy(
        {
          name,
          inputs: [...inputs].map(([inputName, value]) => ({ name: inputName, value })),
          variables: state.variables(),
          operations: [...operations.operations],
          outputs: [...outputs].map(([outputName, value]) => ({ name: outputName, value })),
          updates: updates ? [...state.updates] : [],
          ...(guard ? { guard } : {}),
        },
        passes,
      ),
  };
}

type Make = (type: TensorType) => Value;

interface Origins {
  readonly within: BuilderCore['within'];
  /** The variable belongs to the layer that is being appended. */
  own(variable: Value): Value;
  /** The layer that is being appended, or that of the first variable among the operands: an optimizer's step is its weight's. */
  of(operands: readonly Value[]): string | undefined;
}

function originList(): Origins {
  const owners = new Map<number, string>();
  let current: string | undefined;
  return {
    own(variable) {
      if (current !== undefined) owners.set(variable.id, current);
      return variable;
    },
    of: (operands) => current ?? operands.map(({ id }) => owners.get(id)).find((owner) => owner !== undefined),
    within(origin, body) {
      const outer = current;
      current = origin ?? outer;
      try {
        return body();
      } finally {
        current = outer;
      }
    },
  };
}

function operationList(make: Make, origins: Origins): Pick<BuilderCore, 'emit' | 'producer' | 'operations'> {
  const operations: Operation[] = [];
  const producers = new Map<number, Operation>();
  return {
    operations,
    producer: (value) => producers.get(value.id),
    emit<I extends Ports, O extends Ports, A extends object>(primitive: Primitive<I, O, A>, operands: Each<I, Value>, attributes: A) {
      const types = (operands as readonly Value[]).map((value) => value.type) as unknown as Each<I, TensorType>;
      const results = (primitive.infer(types, attributes) as readonly TensorType[]).map(make);
      const origin = origins.of(operands);
      const operation: Operation = {
        primitive: primitive.name,
        inputs: operands,
        attributes,
        outputs: results,
        ...(origin === undefined ? {} : { origin }),
      };
      operations.push(operation);
      for (const result of results) producers.set(result.id, operation);
      return results as unknown as Each<O, Value>;
    },
  };
}

function variableList(make: Make): Pick<BuilderCore, 'variable' | 'variables' | 'assign'> & { readonly updates: readonly ProgramUpdate[] } {
  const byName = new Map<string, ProgramVariable>();
  const names = new Map<number, string>();
  const assigned = new Set<number>();
  const updates: ProgramUpdate[] = [];
  return {
    updates,
    variables: () => [...byName.values()],
    variable(spec) {
      const known = byName.get(spec.name);
      if (known) return known.value;
      const value = make({ dtype: 'float32', shape: spec.shape });
      byName.set(spec.name, { ...spec, value });
      names.set(value.id, spec.name);
      return value;
    },
    assign(variable, value) {
      const name = names.get(variable.id);
      if (name === undefined) throw new ProgramError('assign: expected a variable to change.');
      if (assigned.has(variable.id)) throw new ProgramError(`assign: "${name}" is assigned twice.`);
      if (!sameType(variable.type, value.type)) {
        throw new ProgramError(`assign: "${name}" is ${describe(variable.type)}, received ${describe(value.type)}.`);
      }
      assigned.add(variable.id);
      updates.push({ variable, value });
    },
  };
}

function describe({ dtype, shape }: TensorType): string {
  return `${dtype} ${formatShape(shape, { batch: true })}`;
}
