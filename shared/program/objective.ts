import { isKnown, multiplyDims, type Dim } from '../graph/dim';
import { err, ok, type Result } from '../graph/result';
import { channelAxis, formatShape, type DataFormat, type Shape, type TensorType } from '../graph/tensor';
import type { Value } from './builder';
import type { ProgramBuilder } from './builderOf';
import type { NetworkOutput, TargetType } from './compiled';
import { classAxisRemoved } from './dataFormat';

/** What one output learns. */
export interface Objective {
  readonly output: string;
  readonly loss: 'categoricalCrossentropy';
  /** Its share in the sum of the losses. */
  readonly weight: number;
}

/** The loss and the count of right predictions of one output, scalars. */
export interface ObjectiveValues {
  readonly loss: Value;
  readonly correct: Value;
}

/** An objective with what it is held against. */
export interface SettledObjective {
  readonly objective: Objective;
  readonly target: TargetType;
}

/** Fits objectives to a network's outputs; none given means every output with weight 1. The error is a sentence. */
export function settleObjectives(
  objectives: readonly Objective[],
  outputs: readonly NetworkOutput[],
  dataFormat: DataFormat,
): Result<readonly SettledObjective[], string> {
  const wanted = objectives.length > 0 ? objectives : outputs.map(({ name }) => everyOutput(name));
  const settled: SettledObjective[] = [];
  for (const objective of wanted) {
    const output = outputs.find(({ name }) => name === objective.output);
    if (!output)
      return err(`An objective names the output "${objective.output}". There is: ${outputs.map(({ name }) => name).join(', ')}.`);
    const classes = output.type.shape[channelAxis(output.type.shape.length, dataFormat)];
    if (output.type.dtype !== 'float32' || output.type.shape.length < 2 || classes === undefined || !isKnown(classes)) {
      return err(`Output "${output.name}" is ${formatShape(output.type.shape)}. Cross-entropy expects one number per class.`);
    }
    settled.push({ objective, target: { name: output.name, type: targetType(output.type, dataFormat), classes } });
  }
  return ok(settled);
}

function everyOutput(output: string): Objective {
  return { output, loss: 'categoricalCrossentropy', weight: 1 };
}

/** Class indices: the output's shape, in the network's own format, without the classes. */
function targetType({ shape }: TensorType, dataFormat: DataFormat): TensorType {
  return { dtype: 'int32', shape: classAxisRemoved(shape, dataFormat) };
}

/** The logits behind an output that ends in softmax; else undefined, and the output itself is taken for logits. */
export function logitsBehind(builder: ProgramBuilder, output: Value): Value | undefined {
  const producer = builder.producer(output);
  return producer?.primitive === 'softmax' ? producer.inputs[0] : undefined;
}

/**
 * Mean cross-entropy of an output (channels-last, classes on the last axis) with class indices, computed from the
 * logits: where the network ends in softmax, from what goes into it.
 */
export function categoricalCrossentropy(builder: ProgramBuilder, output: Value, target: Value): ObjectiveValues {
  const logits = logitsBehind(builder, output) ?? output;
  const classes = logits.type.shape.at(-1) as number;
  const rows = logits.type.shape.slice(0, -1).reduce<Dim>(multiplyDims, 1);
  const flat: Shape = [rows, classes];
  const rowLogits = builder.reshape(logits, flat);
  const indices = builder.reshape(target, [rows]);
  const { loss } = builder.softmaxCrossEntropy(rowLogits, builder.oneHot(indices, classes));
  return {
    loss: builder.reduceMean(loss, [0]),
    correct: builder.reduceSum(builder.equal(builder.argMax(rowLogits), indices), [0]),
  };
}
