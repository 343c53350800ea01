import { analyze } from '../../shared/infer/analyze';
import type { NetworkAnalysis } from '../../shared/infer/analysis';
import type { DataFormat, DType, TensorType } from '../../shared/graph/tensor';
import type { AnyLayer, LayerExample } from '../../shared/layers/define';
import { findLayer } from '../../shared/layers/index';
import type { Value } from '../../shared/program/builder';
import { builderOf, type ProgramBuilder } from '../../shared/program/builderOf';
import { toOutside } from '../../shared/program/dataFormat';
import { differentiate } from '../../shared/program/differentiate';
import { lowerNetwork } from '../../shared/program/lowerNetwork';
import type { VariableSpec } from '../../shared/program/program';
import { exampleInput, exampleWeights, networkOfExample } from '../../shared/testing/exampleNetwork';
import type { NumberArray } from '../../shared/testing/reference/array';
import { evaluateProgram } from '../../shared/testing/reference/evaluate';
import type { TensorData } from '../../shared/weights/weights';

const BATCH = 2;

/** An example of a layer as a network whose shapes are known. */
export interface AnalyzedExample {
  readonly analysis: NetworkAnalysis;
  readonly params: Record<string, unknown>;
  readonly dataFormat: DataFormat;
}

/** What a layer makes of its inputs and weights, and the gradients of the sum of its outputs times their cotangents. */
export interface EvaluatedExample {
  readonly training: boolean;
  readonly inputs: readonly { name: string; port: string; dtype: DType; value: NumberArray; gradient: NumberArray | undefined }[];
  readonly weights: readonly { name: string; value: NumberArray; gradient: NumberArray | undefined }[];
  readonly outputs: readonly { port: string; value: NumberArray; cotangent: NumberArray }[];
}

export function analyzedExample(layer: AnyLayer, example: LayerExample, params: Record<string, unknown>): AnalyzedExample {
  const analysis = analyze(networkOfExample(layer, example));
  if (analysis.problems.length > 0) throw new Error(`${layer.type}: ${analysis.problems[0]?.message}`);
  return { analysis, params, dataFormat: example.dataFormat ?? 'channelsLast' };
}

/** In inference; and in training too, where that computes something else that is not random. */
export function evaluatedExample(example: AnalyzedExample): readonly EvaluatedExample[] {
  const [inference, training] = [lowered(example, false), lowered(example, true)] as const;
  const inTraining = training.program.operations.map(({ primitive }) => primitive);
  const isSame = inTraining.join() === inference.program.operations.map(({ primitive }) => primitive).join();
  const isRandom = training.program.inputs.some(({ name }) => name === 'seed');
  return isSame || isRandom ? [evaluated(inference, false)] : [evaluated(inference, false), evaluated(training, true)];
}

interface Lowered {
  readonly program: ReturnType<ProgramBuilder['build']>;
  readonly inputs: readonly { readonly name: string; readonly type: TensorType }[];
  /** All of them, also those that nothing reads (moving statistics in training). */
  readonly variables: readonly VariableSpec[];
}

function lowered({ analysis, dataFormat }: AnalyzedExample, training: boolean): Lowered {
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
  return { program: builder.build('example', { updates: false }), inputs, variables: builder.variables() };
}

function evaluated({ program, inputs, variables }: Lowered, training: boolean): EvaluatedExample {
  const weights = Object.entries(exampleWeights(variables)).map(([name, tensor]) => ({ name, value: array(tensor) }));
  const given = program.inputs.map(({ name, value: { type } }) => {
    const shape = [BATCH, ...(type.shape.slice(1) as number[])];
    return { name, type, value: array(exampleInput(name, type, shape)) };
  });
  const byName = new Map(given.map(({ name, value }) => [name, value]));
  const { outputs } = evaluateProgram(
    program,
    Object.fromEntries(byName),
    Object.fromEntries(weights.map(({ name, value }) => [name, value])),
  );
  return {
    training,
    inputs: inputs.map(({ name, type }) => ({
      name,
      port: name.split('_')[1] as string,
      dtype: type.dtype,
      // An input that nothing reads is none of the program's.
      value: byName.get(`input/${name}`) ?? array(exampleInput(`input/${name}`, type, [BATCH, ...(type.shape.slice(1) as number[])])),
      gradient: outputs[`gradient/input/${name}`],
    })),
    weights: weights.map(({ name, value }) => ({ name: name.replace('layer/', ''), value, gradient: outputs[`gradient/${name}`] })),
    outputs: Object.entries(outputs).flatMap(([name, value]) => {
      if (!name.startsWith('output/')) return [];
      const output = name.slice('output/'.length);
      return [{ port: output.slice('out_'.length), value, cotangent: byName.get(`cotangent/${output}`) as NumberArray }];
    }),
  };
}

function array({ shape, data }: TensorData): NumberArray {
  return { shape, data: Float64Array.from(data) };
}
