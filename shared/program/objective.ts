import { isKnown } from '../graph/dim';
import { err, ok, type Result } from '../graph/result';
import { channelAxis, formatShape, type DataFormat, type TensorType } from '../graph/tensor';
import { maskFor, type LossOperands } from '../training/losses/_define';
import { defaultLoss, lossOf, type LossSettings } from '../training/losses/index';
import type { Value } from './builder';
import type { ProgramBuilder } from './builderOf';
import type { NetworkOutput, TargetType } from './compiled';
import { classAxisRemoved, toInside } from './dataFormat';

/** What one output learns. */
export interface Objective {
  readonly output: string;
  readonly loss: LossSettings;
  /** Its share in the sum of the losses. */
  readonly weight: number;
}

/** An output's loss, how many of its predictions that count were right, and the predictions; `correct` where there is right and wrong. */
export interface ObjectiveValues {
  readonly loss: Value;
  readonly correct: Value | undefined;
  readonly prediction: Value;
  /** What the prediction is held against, laid out like it; undefined where that is the target as it was given. */
  readonly truth: Value | undefined;
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
    const target = targetOf(objective, output, dataFormat);
    if (!target.ok) return target;
    settled.push({ objective, target: target.value });
  }
  return ok(settled);
}

function everyOutput(output: string): Objective {
  return { output, loss: defaultLoss, weight: 1 };
}

function targetOf({ loss }: Objective, { name, type }: NetworkOutput, dataFormat: DataFormat): Result<TargetType, string> {
  const { title, target: form, accuracy, leastChannels = 1 } = lossOf(loss.kind);
  const { shape } = type;
  const classes = shape[channelAxis(shape.length, dataFormat)];
  const isFitting = type.dtype === 'float32' && shape.length >= 2 && classes !== undefined && isKnown(classes);
  if (!isFitting || classes < leastChannels)
    return err(`Output "${name}" is ${formatShape(shape)}. ${title} expects ${leastChannels > 1 ? 'one number per class' : 'numbers'}.`);
  const weights = 'classWeights' in loss ? loss.classWeights : null;
  if (weights && weights.length !== classes)
    return err(`Output "${name}" has ${classes} classes; ${weights.length} class weights are given.`);
  return ok({ name, type: targetType(type, form, dataFormat), form, classes, accuracy });
}

/** Class indices: the output's shape, in the network's own format, without the classes. Else its shape. */
function targetType({ shape }: TensorType, form: TargetType['form'], dataFormat: DataFormat): TensorType {
  return form === 'classes' ? { dtype: 'int32', shape: classAxisRemoved(shape, dataFormat) } : { dtype: 'float32', shape };
}

/** The logits behind an output that ends in softmax or sigmoid; else undefined. */
export function logitsBehind(builder: ProgramBuilder, output: Value, activation: 'softmax' | 'sigmoid'): Value | undefined {
  const producer = builder.producer(output);
  return producer?.primitive === activation ? producer.inputs[0] : undefined;
}

/** What arrives at an output, channels-last, and which of its steps count, `[batch, steps]`; all where left out. */
export interface NetworkOutputValue {
  readonly value: Value;
  readonly mask?: Value | undefined;
}

/**
 * The mean loss of an output, computed from what goes into its softmax or sigmoid where it ends in one,
 * and what it predicts. Steps that do not count are left out of the mean, and of what is right.
 */
export function objectiveValues(
  builder: ProgramBuilder,
  { objective: { loss }, target }: SettledObjective,
  { value: output, mask }: NetworkOutputValue,
  dataFormat: DataFormat,
): ObjectiveValues {
  const definition = lossOf(loss.kind);
  const given = builder.input(`target/${target.name}`, target.type);
  const operands: LossOperands = {
    output,
    softmaxLogits: logitsBehind(builder, output, 'softmax'),
    sigmoidLogits: logitsBehind(builder, output, 'sigmoid'),
    target: target.form === 'classes' ? given : toInside(builder, given, dataFormat),
    mask,
  };
  const prediction = definition.probabilities?.(builder, operands, loss) ?? output;
  return {
    loss: meanLoss(builder, definition.lower(builder, operands, loss), mask),
    correct: target.accuracy === null ? undefined : correctOf(builder, operands, prediction, target),
    prediction,
    truth: target.form === 'classes' ? undefined : target.accuracy === 'class' ? builder.argMax(operands.target) : operands.target,
  };
}

/** The mean over the steps that count; a loss of the whole batch has no steps. */
function meanLoss(builder: ProgramBuilder, losses: Value, mask: Value | undefined): Value {
  if (!mask || losses.type.shape.length === 0) return mean(builder, losses);
  const each = builder.reshape(losses.type.shape.length === 3 ? builder.reduceMean(losses, [2]) : losses, mask.type.shape);
  return builder.div(sum(builder, builder.mul(each, mask)), builder.maximum(sum(builder, mask), builder.scalar(1)));
}

function mean(builder: ProgramBuilder, value: Value): Value {
  const axes = value.type.shape.map((_, axis) => axis);
  return axes.length === 0 ? value : builder.reduceMean(value, axes);
}

/** How many predictions that count are right: of classes by the largest number, of answers by their side of a half. */
function correctOf(
  builder: ProgramBuilder,
  { output, softmaxLogits, target, mask }: LossOperands,
  prediction: Value,
  { form, accuracy }: TargetType,
): Value {
  if (accuracy === 'binary') {
    const isYes = (value: Value) => builder.greater(value, builder.scalar(0.5));
    return sum(builder, amongCounted(builder, builder.equal(isYes(prediction), isYes(target)), mask));
  }
  const predicted = builder.argMax(softmaxLogits ?? output);
  return sum(builder, amongCounted(builder, builder.equal(predicted, form === 'classes' ? target : builder.argMax(target)), mask));
}

function amongCounted(builder: ProgramBuilder, right: Value, mask: Value | undefined): Value {
  return mask ? builder.mul(right, maskFor(builder, mask, right)) : right;
}

function sum(builder: ProgramBuilder, value: Value): Value {
  return builder.reduceSum(
    value,
    value.type.shape.map((_, axis) => axis),
  );
}

/** Elements of a target that make one prediction. */
export function elementsPerPrediction({ form, accuracy, classes }: TargetType): number {
  return form === 'values' && accuracy === 'class' ? classes : 1;
}
