import { preprocessingOf } from '../data/preprocessing';
import { err, ok, type Result } from '../graph/result';
import type { NetworkAnalysis, NodePath } from '../infer/analysis';
import { networkAdaptations } from './adaptations';
import type { CompiledNetwork, NetworkInput, NetworkPrograms } from './compiled';
import type { FindLayer } from './lowerNetwork';
import { networkPrograms, predictProgram, traceProgram } from './networkPrograms';
import { settleObjectives, type Objective } from './objective';
import type { OptimizerSettings } from './optimizers';
import type { Pass } from './passes';
import type { Program, VariableSpec } from './program';
import { ProgramError } from './programError';
import { verifyProgram } from './verifyProgram';

/** How the network is to be trained; left out where it is only to be run. */
export interface CompileOptions {
  readonly findLayer: FindLayer;
  readonly training?: {
    readonly optimizer: OptimizerSettings;
    /** Empty: every output with weight 1. */
    readonly objectives: readonly Objective[];
    /** Training steps give the predictions, from which metrics are computed; costs a copy of the outputs each step. */
    readonly predictions?: boolean;
  };
  /**
   * A network that is to train can also be looked into: `inspect` and `gradients`. An engine optimises all programs of a network
   * together, so that two that nobody runs would cost a third of the time in which it is compiled.
   */
  readonly looking?: boolean;
  /** What is done to each program; left out: all ({@link PASSES}). */
  readonly passes?: readonly Pass[];
}

/** Why a network cannot be run, and the node it is about. */
export interface CompileError {
  readonly code: 'compile/no-output' | 'compile/problem' | 'compile/objective' | 'compile/fault';
  readonly message: string;
  readonly node?: NodePath;
}

/**
 * A network as programs for the engines. The batch stays symbolic: the same program takes any batch, the last and
 * smaller one of an epoch too. Fails where something on the way to an output is unknown.
 */
export function compileNetwork(analysis: NetworkAnalysis, options: CompileOptions): Result<CompiledNetwork, CompileError> {
  const blocked = firstBlocked(analysis);
  if (blocked) return err(blocked);
  try {
    return compileChecked(analysis, options);
  } catch (error) {
    // A layer that inferred what it cannot become: a fault of ours, but no reason to end the engine's process.
    if (error instanceof ProgramError) return err({ code: 'compile/fault', message: error.message });
    throw error;
  }
}

/** A network that was compiled once, to look for the first layer whose numbers are not finite: see {@link traceProgram}. */
export function compileTrace(analysis: NetworkAnalysis, findLayer: FindLayer): CompiledNetwork {
  const source = { analysis, findLayer };
  const { program: predict, outputs } = predictProgram(source);
  const programs = {
    predict,
    inspect: traceProgram(source),
    train: undefined,
    accumulate: undefined,
    average: undefined,
    evaluate: undefined,
    activity: undefined,
    gradients: undefined,
  };
  return { inputs: networkInputs(analysis), outputs, targets: [], variables: allVariables(programs), adaptations: [], programs };
}

function compileChecked(
  analysis: NetworkAnalysis,
  { findLayer, training, looking, passes }: CompileOptions,
): Result<CompiledNetwork, CompileError> {
  const source = { analysis, findLayer, passes };
  const { outputs } = predictProgram(source);
  const objectives = training ? settleObjectives(training.objectives, outputs, analysis.flat.dataFormat) : ok([]);
  if (!objectives.ok) return err({ code: 'compile/objective', message: objectives.error });
  const { optimizer, predictions = false } = training ?? {};
  const adaptations = networkAdaptations(analysis, findLayer);
  const inspects = !training || looking || adaptations.some(({ input }) => input === null);
  const learning = optimizer && { objectives: objectives.value, optimizer, predictions };
  const programs = networkPrograms(source, learning, { inspect: inspects, gradients: looking ?? false });
  for (const program of listed(programs)) verifyProgram(program);
  return ok({
    inputs: networkInputs(analysis),
    outputs,
    targets: objectives.value.map(({ target }) => target),
    variables: allVariables(programs),
    adaptations,
    programs,
  });
}

/** The first reason, upstream of an output, for which the network cannot run. */
function firstBlocked(analysis: NetworkAnalysis): CompileError | undefined {
  const outputs = [...analysis.flat.nodes.values()].filter(({ type }) => type === 'output');
  if (outputs.length === 0) return { code: 'compile/no-output', message: 'The network has no output. Add an output and wire it.' };
  const needed = upstream(
    analysis,
    outputs.map(({ path }) => path),
  );
  for (const path of needed) {
    const problem = analysis.nodes.get(path)?.problems.find(({ severity }) => severity === 'error');
    if (problem) return { code: 'compile/problem', message: problem.message, node: path };
  }
  const ordered = new Set(analysis.order);
  const unknown = [...needed].find((path) => !ordered.has(path) || analysis.nodes.get(path)?.blockedBy !== undefined);
  if (unknown === undefined) return undefined;
  return { code: 'compile/problem', message: `"${analysis.flat.nodes.get(unknown)?.name ?? unknown}" has no known shape.`, node: unknown };
}

function upstream({ flat }: NetworkAnalysis, from: readonly NodePath[]): ReadonlySet<NodePath> {
  const seen = new Set(from);
  // A set's iteration also visits what is added on the way.
  for (const path of seen) for (const edge of flat.incoming.get(path) ?? []) seen.add(edge.from.node);
  return seen;
}

/** The inputs of a network whose types are known, in the order of the drawing. */
export function networkInputs({ flat, nodes }: NetworkAnalysis): readonly NetworkInput[] {
  return [...flat.nodes.values()].flatMap(({ type: layer, name, path, params }) => {
    const [type] = Object.values(nodes.get(path)?.outputs ?? {});
    const preprocessing = layer === 'input' ? preprocessingOf(params) : undefined;
    return layer === 'input' && type ? [{ name, type, ...(preprocessing ? { preprocessing } : {}) }] : [];
  });
}

function allVariables(programs: NetworkPrograms): readonly VariableSpec[] {
  const byName = new Map<string, VariableSpec>();
  for (const { variables } of listed(programs)) {
    for (const { name, shape, role, initializer } of variables) if (!byName.has(name)) byName.set(name, { name, shape, role, initializer });
  }
  return [...byName.values()];
}

/** Every program that there is; the first ones decide the order of the variables. */
export function listed({
  inspect,
  predict,
  train,
  accumulate,
  average,
  evaluate,
  activity,
  gradients,
}: NetworkPrograms): readonly Program[] {
  return [inspect, predict, train, accumulate, average, evaluate, activity, gradients].filter((program) => program !== undefined);
}
