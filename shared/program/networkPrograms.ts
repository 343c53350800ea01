import type { NetworkAnalysis } from '../infer/analysis';
import type { Value } from './builder';
import { builderOf, type ProgramBuilder } from './builderOf';
import { activationKey, type NetworkOutput, type NetworkPrograms } from './compiled';
import { outsideType, toOutside } from './dataFormat';
import { differentiate } from './differentiate';
import { lowerNetwork, type FindLayer } from './lowerNetwork';
import { logitsBehind, objectiveValues, type SettledObjective } from './objective';
import { accumulateGradients, applyOptimizer, averageWeights, type Descent, type OptimizerSettings } from './optimizers';
import type { Pass } from './passes';
import type { Program } from './program';

interface Source {
  readonly analysis: NetworkAnalysis;
  readonly findLayer: FindLayer;
  /** Left out: all. */
  readonly passes?: readonly Pass[] | undefined;
}

/** What is learned and how; `predictions` where training steps are to give theirs. */
export interface Learning {
  readonly objectives: readonly SettledObjective[];
  readonly optimizer: OptimizerSettings;
  readonly predictions: boolean;
}

/** Which of the programs that only look into a network are wanted. */
export type Looking = Readonly<Record<'inspect' | 'gradients', boolean>>;

/** All programs of a network; those that learn where it is said what and how. */
export function networkPrograms(source: Source, learning: Learning | undefined, looking: Looking): NetworkPrograms {
  const of = learning && learning.objectives.length > 0 ? learning : undefined;
  const { gradientAccumulationSteps = 1, emaMomentum = null } = of?.optimizer ?? {};
  return {
    train: of && trainProgram(source, of),
    accumulate: of && gradientAccumulationSteps > 1 ? accumulateProgram(source, of) : undefined,
    average: of && emaMomentum !== null ? averageProgram(source) : undefined,
    evaluate: of && evaluateProgram(source, of),
    predict: predictProgram(source).program,
    activity: of && activityProgram(source),
    inspect: looking.inspect ? inspectProgram(source) : undefined,
    gradients: of && looking.gradients ? gradientsProgram(source, of) : undefined,
  };
}

/** The network's outputs in inference, and what they are. */
export function predictProgram({ analysis, findLayer, passes }: Source): { program: Program; outputs: readonly NetworkOutput[] } {
  const builder = builderOf(passes);
  const { outputs } = lowerNetwork(builder, analysis, { findLayer, training: false });
  const types = [...outputs].map(([name, value]): NetworkOutput => {
    builder.output(`output/${name}`, toOutside(builder, value, analysis.flat.dataFormat));
    const type = outsideType(value.type, analysis.flat.dataFormat);
    return { name, type, isProbabilities: logitsBehind(builder, value, 'softmax') !== undefined };
  });
  return { program: builder.build('predict'), outputs: types };
}

function inspectProgram({ analysis, findLayer, passes }: Source): Program {
  const builder = builderOf(passes);
  const { values } = lowerNetwork(builder, analysis, { findLayer, training: false });
  for (const [path, ports] of values) {
    for (const [port, value] of Object.entries(ports)) {
      builder.output(`activation/${activationKey(path, port)}`, toOutside(builder, value, analysis.flat.dataFormat));
    }
  }
  return builder.build('inspect');
}

/**
 * The mean of every float32 output port of every node, `activation/<activationKey>`, as in a training step: where one is not
 * finite the numbers of that layer are not. A number each, so that it costs no memory.
 */
export function traceProgram({ analysis, findLayer }: Source): Program {
  const builder = builderOf();
  const { values } = lowerNetwork(builder, analysis, { findLayer, training: true });
  for (const [path, ports] of values) {
    for (const [port, value] of Object.entries(ports)) {
      if (value.type.dtype !== 'float32') continue;
      const axes = value.type.shape.map((_, axis) => axis);
      builder.output(`activation/${activationKey(path, port)}`, builder.reduceMean(value, axes));
    }
  }
  return builder.build('inspect', { updates: false });
}

/** As in a training step, so that norms stand by the statistics of the batch; nothing that it changes is kept. */
function activityProgram({ analysis, findLayer, passes }: Source): Program {
  const builder = builderOf(passes);
  const { values } = lowerNetwork(builder, analysis, { findLayer, training: true });
  for (const [path, ports] of values) {
    const value = Object.values(ports).find(({ type }) => type.dtype === 'float32');
    if (value && value.type.shape.length > 1) builder.within(path, () => builder.output(`activity/${path}`, figuresOf(builder, value)));
  }
  return builder.build('activity', { updates: false });
}

function figuresOf(builder: ProgramBuilder, value: Value): Value {
  const axes = value.type.shape.map((_, axis) => axis);
  const zero = builder.scalar(0);
  const rms = builder.sqrt(builder.reduceMean(builder.mul(value, value), axes, true));
  const zeros = builder.reduceMean(builder.equal(value, zero), axes, true);
  const largest = builder.reduceMax(builder.abs(value), axes.slice(0, -1), true);
  const silent = builder.reduceMean(builder.equal(largest, zero), axes, true);
  return builder.reshape(builder.concat([rms, zeros, silent], 0), [3]);
}

function evaluateProgram(source: Source, learning: Learning): Program {
  const builder = builderOf(source.passes);
  totalLoss(builder, source, { ...learning, predictions: true }, false);
  return builder.build('evaluate');
}

function trainProgram(source: Source, learning: Learning): Program {
  const builder = builderOf(source.passes);
  const loss = totalLoss(builder, source, learning, true);
  const rate = builder.input('learningRate', { dtype: 'float32', shape: [] });
  applyOptimizer(builder, learning.optimizer, rate, weightGradients(builder, loss));
  // A step whose loss is no number would spoil every weight: it changes none, and what made it so can still be looked for.
  return builder.build('train', { guard: loss });
}

function accumulateProgram(source: Source, learning: Learning): Program {
  const builder = builderOf(source.passes);
  const loss = totalLoss(builder, source, learning, true);
  accumulateGradients(builder, learning.optimizer, weightGradients(builder, loss));
  return builder.build('accumulate', { guard: loss });
}

function averageProgram({ analysis, findLayer, passes }: Source): Program {
  const layers = builderOf();
  lowerNetwork(layers, analysis, { findLayer, training: true });
  const builder = builderOf(passes);
  const weights = layers.variables().filter(({ role }) => role === 'weight');
  averageWeights(
    builder,
    weights.map(({ value: _, ...spec }) => ({ name: spec.name, value: builder.variable(spec), constraint: spec.constraint })),
  );
  return builder.build('average');
}

function gradientsProgram(source: Source, learning: Learning): Program {
  const builder = builderOf(source.passes);
  const loss = totalLoss(builder, source, { ...learning, predictions: false }, true);
  for (const { name, gradient } of weightGradients(builder, loss)) builder.output(`gradient/${name}`, gradient);
  return builder.build('gradients', { updates: false });
}

/** Outputs `loss`, in which is what the layers add to it, and `loss/<output>`, `correct/<output>`, `mask/<output>` and `prediction/<output>` of each objective. */
function totalLoss(
  builder: ProgramBuilder,
  { analysis, findLayer }: Source,
  { objectives, predictions }: Learning,
  training: boolean,
): Value {
  const { outputs, outputMasks } = lowerNetwork(builder, analysis, { findLayer, training });
  const parts = objectives.map((settled) => {
    const { output, weight } = settled.objective;
    const arrived = { value: outputs.get(output) as Value, mask: outputMasks.get(output) };
    const values = objectiveValues(builder, settled, arrived, analysis.flat.dataFormat);
    builder.output(`loss/${output}`, values.loss);
    if (values.correct) builder.output(`correct/${output}`, values.correct);
    if (arrived.mask) builder.output(`mask/${output}`, arrived.mask);
    if (predictions) {
      builder.output(`prediction/${output}`, values.prediction);
      if (values.truth) builder.output(`truth/${output}`, values.truth);
    }
    return weight === 1 ? values.loss : builder.mul(values.loss, builder.scalar(weight));
  });
  const total = [...parts, ...builder.addedLosses].reduce((sum, part) => builder.add(sum, part));
  builder.output('loss', total);
  return total;
}

function weightGradients(builder: ProgramBuilder, loss: Value): readonly Descent[] {
  const weights = builder.variables().filter(({ role }) => role === 'weight');
  const gradients = differentiate(
    builder,
    loss,
    weights.map(({ value }) => value),
  );
  return weights.flatMap(({ name, value: variable, constraint }, index) => {
    const gradient = gradients[index];
    return gradient ? [{ name, variable, gradient, constraint }] : [];
  });
}
