import type { NetworkAnalysis } from '../infer/analysis';
import type { Value } from './builder';
import { builderOf, type ProgramBuilder } from './builderOf';
import { activationKey, type NetworkOutput, type NetworkPrograms } from './compiled';
import { outsideType, toOutside } from './dataFormat';
import { differentiate } from './differentiate';
import { lowerNetwork, type FindLayer, type LoweredNetwork } from './lowerNetwork';
import { categoricalCrossentropy, logitsBehind, type SettledObjective } from './objective';
import { applyOptimizer, type Descent, type OptimizerSettings } from './optimizers';
import type { Program } from './program';

interface Source {
  readonly analysis: NetworkAnalysis;
  readonly findLayer: FindLayer;
}

/** All programs of a network; those that learn where there is an objective and an optimizer. */
export function networkPrograms(
  source: Source,
  objectives: readonly SettledObjective[],
  optimizer: OptimizerSettings | undefined,
): NetworkPrograms {
  const learns = objectives.length > 0;
  return {
    train: learns && optimizer ? trainProgram(source, objectives, optimizer) : undefined,
    evaluate: learns ? evaluateProgram(source, objectives) : undefined,
    predict: predictProgram(source).program,
    inspect: inspectProgram(source),
    gradients: learns ? gradientsProgram(source, objectives) : undefined,
  };
}

/** The network's outputs in inference, and what they are. */
export function predictProgram({ analysis, findLayer }: Source): { program: Program; outputs: readonly NetworkOutput[] } {
  const builder = builderOf();
  const { outputs } = lowerNetwork(builder, analysis, { findLayer, training: false });
  const types = [...outputs].map(([name, value]): NetworkOutput => {
    builder.output(`output/${name}`, toOutside(builder, value, analysis.flat.dataFormat));
    const type = outsideType(value.type, analysis.flat.dataFormat);
    return { name, type, isProbabilities: logitsBehind(builder, value) !== undefined };
  });
  return { program: builder.build('predict'), outputs: types };
}

function inspectProgram({ analysis, findLayer }: Source): Program {
  const builder = builderOf();
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

function evaluateProgram({ analysis, findLayer }: Source, objectives: readonly SettledObjective[]): Program {
  const builder = builderOf();
  totalLoss(builder, lowerNetwork(builder, analysis, { findLayer, training: false }), objectives);
  return builder.build('evaluate');
}

function trainProgram({ analysis, findLayer }: Source, objectives: readonly SettledObjective[], optimizer: OptimizerSettings): Program {
  const builder = builderOf();
  const loss = totalLoss(builder, lowerNetwork(builder, analysis, { findLayer, training: true }), objectives);
  const rate = builder.input('learningRate', { dtype: 'float32', shape: [] });
  applyOptimizer(builder, optimizer, rate, weightGradients(builder, loss));
  // A step whose loss is no number would spoil every weight: it changes none, and what made it so can still be looked for.
  return builder.build('train', { guard: loss });
}

function gradientsProgram({ analysis, findLayer }: Source, objectives: readonly SettledObjective[]): Program {
  const builder = builderOf();
  const loss = totalLoss(builder, lowerNetwork(builder, analysis, { findLayer, training: true }), objectives);
  for (const { name, gradient } of weightGradients(builder, loss)) builder.output(`gradient/${name}`, gradient);
  return builder.build('gradients', { updates: false });
}

/** Outputs `loss`, in which is what the layers add to it, and `loss/<output>` and `correct/<output>` of each objective. */
function totalLoss(builder: ProgramBuilder, { outputs }: LoweredNetwork, objectives: readonly SettledObjective[]): Value {
  const parts = objectives.map(({ objective, target }) => {
    const output = outputs.get(objective.output) as Value;
    const { loss, correct } = categoricalCrossentropy(builder, output, builder.input(`target/${target.name}`, target.type));
    builder.output(`loss/${objective.output}`, loss);
    builder.output(`correct/${objective.output}`, correct);
    return objective.weight === 1 ? loss : builder.mul(loss, builder.scalar(objective.weight));
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
  return weights.flatMap(({ name, value: variable }, index) => {
    const gradient = gradients[index];
    return gradient ? [{ name, variable, gradient }] : [];
  });
}
