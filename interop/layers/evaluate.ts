import type { DType } from '../../shared/graph/tensor';
import {
  examplePrograms,
  exampleValues,
  numberArray,
  type AnalyzedExample,
  type ExampleProgram,
} from '../../shared/testing/exampleProgram';
import type { NumberArray } from '../../shared/testing/reference/array';
import { evaluateProgram } from '../../shared/testing/reference/evaluate';
import { drawnNumbers } from '../../shared/testing/reference/drawn';
import { builderOf } from '../../shared/program/builderOf';
import { constrained, type Constraint } from '../../shared/program/constraint';
import type { TensorData } from '../../shared/weights/weights';

/** What a layer makes of its inputs and weights, the gradients of the sum of its outputs times their cotangents, and what constraints make of its weights. */
export interface EvaluatedExample {
  readonly training: boolean;
  readonly inputs: readonly { name: string; port: string; dtype: DType; value: NumberArray; gradient: NumberArray | undefined }[];
  readonly weights: readonly {
    name: string;
    value: NumberArray;
    gradient: NumberArray | undefined;
    constrained: NumberArray | undefined;
  }[];
  readonly outputs: readonly { port: string; value: NumberArray; cotangent: NumberArray }[];
  /** The uniform numbers that the layer drew, in their order. */
  readonly drawn: readonly NumberArray[];
}

export function evaluatedExample(example: AnalyzedExample): readonly EvaluatedExample[] {
  return examplePrograms(example).map(evaluated);
}

function evaluated(example: ExampleProgram): EvaluatedExample {
  const values = exampleValues(example);
  const arrays = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, numberArray(value)]));
  const { outputs } = evaluateProgram(example.program, arrays, arrays);
  const valueOf = (name: string) => numberArray(values[name] as TensorData);
  return {
    training: example.training,
    inputs: example.inputs.map(({ name, type }) => ({
      name,
      port: name.split('_')[1] as string,
      dtype: type.dtype,
      value: valueOf(`input/${name}`),
      gradient: outputs[`gradient/input/${name}`],
    })),
    weights: example.variables.map(({ name, constraint }) => ({
      name: name.replace('layer/', ''),
      value: valueOf(name),
      gradient: outputs[`gradient/${name}`],
      constrained: constraint && kept(valueOf(name), constraint),
    })),
    outputs: Object.entries(outputs).flatMap(([name, value]) => {
      if (!name.startsWith('output/')) return [];
      const output = name.slice('output/'.length);
      return [{ port: output.slice('out_'.length), value, cotangent: valueOf(`cotangent/${output}`) }];
    }),
    drawn: drawnNumbers(example.program, arrays),
  };
}

/** What a constraint makes of a weight. */
function kept(value: NumberArray, constraint: Constraint): NumberArray | undefined {
  const builder = builderOf();
  builder.output('w', constrained(builder, builder.input('w', { dtype: 'float32', shape: value.shape }), constraint));
  return evaluateProgram(builder.build('constraint'), { w: value }).outputs['w'];
}
