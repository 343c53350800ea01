import { analyze } from '../infer/analyze';
import type { NetworkAnalysis } from '../infer/analysis';
import type { DataFormat, TensorType } from '../graph/tensor';
import type { AnyLayer, LayerExample } from '../layers/define';
import { findLayer } from '../layers/index';
import type { Value } from '../program/builder';
import { builderOf, SEED } from '../program/builderOf';
import { toOutside } from '../program/dataFormat';
import { differentiate } from '../program/differentiate';
import { lowerNetwork } from '../program/lowerNetwork';
import type { Program, VariableSpec } from '../program/program';
import { exampleInput, exampleWeights, networkOfExample } from './exampleNetwork';
import type { NumberArray } from './reference/array';
import type { TensorData } from '../weights/weights';

const BATCH = 2;

/** An example of a layer as a network whose shapes are known. */
export interface AnalyzedExample {
  readonly analysis: NetworkAnalysis;
  readonly dataFormat: DataFormat;
}

export function analyzedExample(layer: AnyLayer, example: LayerExample): AnalyzedExample {
  const analysis = analyze(networkOfExample(layer, example));
  if (analysis.problems.length > 0) throw new Error(`${layer.type}: ${analysis.problems[0]?.message}`);
  return { analysis, dataFormat: example.dataFormat ?? 'channelsLast' };
}

/**
 * An example as a program: inputs `input/…` and a cotangent for each output, `cotangent/…`; outputs `output/…` and the
 * gradients of the sum of outputs times cotangents by inputs, `gradient/input/…`, and by weights, `gradient/layer/…`.
 */
export interface ExampleProgram {
  readonly program: Program;
  readonly training: boolean;
  /** Its numbers depend on the seed: TensorFlow's are others than those of ONNX and of the reference. */
  readonly isRandom: boolean;
  readonly inputs: readonly { readonly name: string; readonly type: TensorType }[];
  /** All of them, also those that nothing reads (moving statistics in training). */
  readonly variables: readonly VariableSpec[];
}

/** In inference; and in training too, where that computes something else. */
export function examplePrograms(example: AnalyzedExample): readonly ExampleProgram[] {
  const [inference, training] = [lowered(example, false), lowered(example, true)] as const;
  const primitives = ({ program }: ExampleProgram) => program.operations.map(({ primitive }) => primitive).join();
  return primitives(training) === primitives(inference) ? [inference] : [inference, training];
}

function lowered({ analysis, dataFormat }: AnalyzedExample, training: boolean): ExampleProgram {
  const builder = builderOf();
  const { outputs } = lowerNetwork(builder, analysis, { findLayer, training });
  const parts = [...outputs].map(([name, inside]): Value => {
    const y = toOutside(builder, inside, dataFormat);
    builder.output(`output/${name}`, y);
    const product = builder.mul(y, builder.input(`cotangent/${name}`, y.type));
    return builder.reduceSum(
      product,
      y.type.shape.map((_, axis) => axis),
    );
  });
  const inputs = [...analysis.flat.nodes.values()].flatMap(({ type: kind, name, path }) =>
    kind === 'input' ? [{ name, type: analysis.nodes.get(path)?.outputs['y'] as TensorType }] : [],
  );
  const wanted: [string, Value][] = [
    ...inputs.flatMap(({ name, type }): [string, Value][] =>
      type.dtype === 'float32' ? [[`input/${name}`, builder.input(`input/${name}`, type)]] : [],
    ),
    ...builder.variables().flatMap(({ name, role, value }): [string, Value][] => (role === 'weight' ? [[name, value]] : [])),
  ];
  const gradients = differentiate(
    builder,
    parts.reduce((sum, part) => builder.add(sum, part)),
    wanted.map(([, value]) => value),
  );
  wanted.forEach(([name], index) => {
    const gradient = gradients[index];
    if (gradient) builder.output(`gradient/${name}`, gradient);
  });
  const program = builder.build('example', { updates: false });
  const isRandom = program.inputs.some(({ name }) => name === SEED);
  return { program, training, isRandom, inputs, variables: builder.variables() };
}

/** Values of all inputs, cotangents and variables, by name. */
export function exampleValues({ program, inputs, variables }: ExampleProgram, batch = BATCH): Readonly<Record<string, TensorData>> {
  const given = [...program.inputs.map(({ name, value }) => ({ name, type: value.type })), ...inputs.map(asInput)];
  const fed = given.map(({ name, type }) => {
    const sizes = name === SEED ? [2] : [batch, ...(type.shape.slice(1) as number[])];
    return [name, exampleInput(name, type, sizes)] as const;
  });
  return { ...Object.fromEntries(fed), ...exampleWeights(variables) };
}

/** An input that nothing reads is none of the program's. */
function asInput({ name, type }: { readonly name: string; readonly type: TensorType }) {
  return { name: `input/${name}`, type };
}

/** For the reference. */
export function numberArray({ shape, data }: TensorData): NumberArray {
  return { shape, data: Float64Array.from(data) };
}
