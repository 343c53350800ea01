import type { TensorType } from '../graph/tensor';
import type { Value } from './builder';
import type { Constraint } from './constraint';
import type { Initializer } from './initializer';

/** Fed at every run. */
interface ProgramInput {
  readonly name: string;
  readonly value: Value;
}

/**
 * What a variable is: a weight that is trained, a layer's state that is not (moving statistics), or a slot of the
 * optimizer.
 */
type VariableRole = 'weight' | 'state' | 'optimizer';

/** A number that lives on between runs, by its name: `stage1/conv2a/kernel`. */
export interface VariableSpec {
  readonly name: string;
  readonly shape: readonly number[];
  readonly role: VariableRole;
  readonly initializer: Initializer;
  /** What a weight must keep to after each step of the optimizer. */
  readonly constraint?: Constraint;
}

/** A variable as a program reads it, before any of its updates. */
export interface ProgramVariable extends VariableSpec {
  readonly value: Value;
}

/** One use of a primitive. */
export interface Operation {
  readonly primitive: string;
  readonly inputs: readonly Value[];
  readonly attributes: object;
  readonly outputs: readonly Value[];
  /** The layer (its path) for which it is there, the gradients' and the optimizer's too; undefined for the loss and the rim. */
  readonly origin?: string;
  /** A value that is there before: an engine that computes whatever it can waits for it. Nothing of it is taken. */
  readonly after?: Value;
}

interface ProgramOutput {
  readonly name: string;
  readonly value: Value;
}

/** After a run the variable holds the value. */
export interface ProgramUpdate {
  readonly variable: Value;
  readonly value: Value;
}

/**
 * A computation as a plain value: operations in static single assignment, each after those whose results it takes.
 * Inputs of axis 0 = `N` take any batch.
 */
export interface Program {
  readonly name: string;
  readonly inputs: readonly ProgramInput[];
  readonly variables: readonly ProgramVariable[];
  readonly operations: readonly Operation[];
  readonly outputs: readonly ProgramOutput[];
  readonly updates: readonly ProgramUpdate[];
  /** A scalar output. In a run in which it is not finite no variable changes. */
  readonly guard?: Value;
}

/** A name with its type: an input or output of a network. */
export interface NamedType {
  readonly name: string;
  readonly type: TensorType;
}
