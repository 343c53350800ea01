import { describe, expect, it } from 'vitest';
import { defaultLoss } from '../training/losses/index';
import { analyze } from '../infer/analyze';
import { findLayer } from '../layers/index';
import type { SkipDocument } from '../document/document';
import { relativeDifference } from '../testing/closeTo';
import { spread } from '../testing/gradientProgram';
import { networkOf, residualNetwork, twoOutputs } from '../testing/networks';
import { array, filled, type NumberArray } from '../testing/reference/array';
import { evaluateProgram, type NumberArrays } from '../testing/reference/evaluate';
import { compileNetwork, type CompileOptions } from './compile';
import type { CompiledNetwork } from './compiled';
import { initialValues } from './initialize';
import type { Program } from './program';

const training = {
  optimizer: { kind: 'sgd', momentum: 0.9, nesterov: false },
  objectives: [],
} as const satisfies CompileOptions['training'];

function compiled(document: SkipDocument, options: Partial<CompileOptions> = { training }): CompiledNetwork {
  const result = compileNetwork(analyze(document), { findLayer, looking: true, ...options });
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

function refusal(document: SkipDocument, options: Partial<CompileOptions> = { training }): unknown {
  const result = compileNetwork(analyze(document), { findLayer, looking: true, ...options });
  return result.ok ? undefined : result.error;
}

/** Weights that are nowhere 0 or alike, so that every one of them matters. */
function weightsOf({ variables }: CompiledNetwork): NumberArrays {
  return Object.fromEntries(
    variables.map(({ name, shape, role }) => {
      const values = spread(shape, name);
      const scaled = values.data.map((value) => (/variance/i.test(name) ? 1 + Math.abs(value) : value / 3));
      return [name, role === 'optimizer' ? array(shape, new Float64Array(values.data.length)) : { shape, data: scaled }];
    }),
  );
}

function primitivesOf({ operations }: Program): readonly string[] {
  return operations.map(({ primitive }) => primitive);
}

function toChannelsFirst(image: NumberArray): NumberArray {
  const [n = 0, h = 0, w = 0, c = 0] = image.shape;
  return filled(
    [n, c, h, w],
    ([sample = 0, channel = 0, row = 0, column = 0]) => image.data[((sample * h + row) * w + column) * c + channel] as number,
  );
}

const image = spread([2, 8, 8, 1], 'image');
const digits = array([2], [2, 0]);

describe('a compiled network', () => {
  const network = compiled(residualNetwork());

  it('says what it takes, gives and learns from', () => {
    const { inputs, outputs, targets } = network;
    expect({ inputs: inputs.map(({ name }) => name), outputs, targets }).toEqual({
      inputs: ['image'],
      outputs: [{ name: 'digit', type: { dtype: 'float32', shape: [inputs[0]?.type.shape[0], 3] }, isProbabilities: true }],
      targets: [
        { name: 'digit', type: { dtype: 'int32', shape: [inputs[0]?.type.shape[0]] }, form: 'classes', classes: 3, accuracy: 'class' },
      ],
    });
  });

  it('names its weights by the paths of its layers, in the order of the network, then the optimizer’s slots', () => {
    const names = network.variables.map(({ name, role }) => `${role} ${name}`);
    expect(names.slice(0, 7)).toEqual([
      'weight stem/kernel',
      'weight shortcut1/gamma',
      'weight shortcut1/beta',
      'state shortcut1/movingMean',
      'state shortcut1/movingVariance',
      'weight shortcut1/kernel',
      'weight conv1a/kernel',
    ]);
    expect(names.filter((name) => name.startsWith('optimizer'))).toContain('optimizer optimizer:velocity/stem/kernel');
  });

  it('trains on the logits where it ends in softmax', () => {
    const { train, evaluate, predict } = network.programs;
    expect(primitivesOf(train as Program)).toContain('softmaxCrossEntropy');
    expect(primitivesOf(train as Program)).not.toContain('softmax');
    expect((evaluate as Program).outputs.map(({ name }) => name)).toContain('prediction/digit');
    expect((train as Program).outputs.map(({ name }) => name)).not.toContain('prediction/digit');
    expect(primitivesOf(predict)).toContain('softmax');
  });

  it('uses batch statistics in training and moving ones in inference', () => {
    expect(primitivesOf(network.programs.train as Program)).not.toContain('batchNormInfer');
    expect(primitivesOf(network.programs.evaluate as Program)).not.toContain('batchNormTrain');
  });

  it('has no gradient of its input and nothing that is not used', () => {
    const { train } = network.programs;
    const inputGradients = primitivesOf(train as Program).filter((name) => name === 'convInputGrad');
    const convolutions = primitivesOf(train as Program).filter((name) => name === 'conv');
    expect(inputGradients).toHaveLength(convolutions.length - 1);
  });

  it('has weight gradients that agree with central differences of its loss', () => {
    const weights = weightsOf(network);
    const inputs = { 'input/image': image, 'target/digit': digits };
    const program = network.programs.gradients as Program;
    const { outputs } = evaluateProgram(program, inputs, weights);
    const lossAt = (name: string, offset: number, delta: number) => {
      const weight = weights[name] as NumberArray;
      const moved = { ...weight, data: weight.data.with(offset, (weight.data[offset] as number) + delta) };
      return evaluateProgram(program, inputs, { ...weights, [name]: moved }).outputs['loss']?.data[0] as number;
    };
    for (const name of ['stem/kernel', 'shortcut1/kernel', 'conv1a/kernel', 'shortcut2/gamma', 'scores/bias']) {
      const gradient = outputs[`gradient/${name}`] as NumberArray;
      for (const offset of [0, gradient.data.length - 1]) {
        const expected = (lossAt(name, offset, 1e-6) - lossAt(name, offset, -1e-6)) / 2e-6;
        expect(Math.abs((gradient.data[offset] as number) - expected)).toBeLessThan(1e-6);
      }
    }
  });

  it('shows every output port of every layer', () => {
    const names = (network.programs.inspect as Program).outputs.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining([
        'activation/image:y',
        'activation/shortcut1:preActivated',
        'activation/shortcut1:shortcut',
        'activation/softmax:y',
      ]),
    );
  });
});

describe('a channels-first network', () => {
  const last = compiled(residualNetwork('channelsLast'));
  const first = compiled(residualNetwork('channelsFirst'));
  const weights = weightsOf(last);
  const turned = toChannelsFirst(image);

  it('has the same weights, predictions and gradients as its channels-last twin', () => {
    expect(first.variables).toEqual(last.variables);
    const run = (network: CompiledNetwork, input: NumberArray, program: 'predict' | 'gradients') =>
      evaluateProgram(network.programs[program] as Program, { 'input/image': input, 'target/digit': digits }, weights).outputs;
    expect(run(first, turned, 'predict')).toEqual(run(last, image, 'predict'));
    expect(run(first, turned, 'gradients')).toEqual(run(last, image, 'gradients'));
  });

  it('shows its activations channels-first', () => {
    const activation = (network: CompiledNetwork, input: NumberArray) =>
      evaluateProgram(network.programs.inspect as Program, { 'input/image': input }, weights).outputs['activation/add1:y'] as NumberArray;
    expect(activation(first, turned)).toEqual(toChannelsFirst(activation(last, image)));
  });

  it('is turned at its rim only', () => {
    expect(primitivesOf(first.programs.train as Program).filter((name) => name === 'transpose')).toHaveLength(1);
  });
});

describe('a network with several inputs and outputs', () => {
  const objectives = [
    { output: 'kindOut', loss: defaultLoss, weight: 1 },
    { output: 'mapOut', loss: defaultLoss, weight: 0.25 },
  ] as const;
  const network = compiled(twoOutputs(), { training: { ...training, objectives } });
  const inputs: NumberArrays = {
    'input/image': spread([2, 4, 4, 2], 'image'),
    'input/tokens': array([2, 3], [5, 6, 7, 8, 9, 10]),
    'target/kindOut': array([2], [3, 1]),
    'target/mapOut': array(
      [2, 3, 3],
      Array.from({ length: 18 }, (_, index) => index % 2),
    ),
  };

  it('takes each input with its own type and holds each output against its own target', () => {
    const N = network.inputs[0]?.type.shape[0];
    expect(network.inputs.map(({ name, type }) => ({ name, ...type }))).toEqual([
      { name: 'image', dtype: 'float32', shape: [N, 4, 4, 2] },
      { name: 'tokens', dtype: 'int32', shape: [N, 3] },
    ]);
    expect(network.targets.map(({ name, type, classes }) => ({ name, classes, ...type }))).toEqual([
      { name: 'kindOut', classes: 4, dtype: 'int32', shape: [N] },
      { name: 'mapOut', classes: 2, dtype: 'int32', shape: [N, 3, 3] },
    ]);
    expect(network.outputs.map(({ name, isProbabilities }) => [name, isProbabilities])).toEqual([
      ['kindOut', true],
      ['mapOut', false],
      ['echoOut', false],
    ]);
  });

  it('descends the weighted sum of the outputs’ losses', () => {
    const weights = weightsOf(network);
    const total = evaluateProgram(network.programs.evaluate as Program, inputs, weights).outputs;
    const [loss = 0, kind = 0, map = 0] = ['loss', 'loss/kindOut', 'loss/mapOut'].map((name) => total[name]?.data[0]);
    expect(loss).toBeCloseTo(kind + 0.25 * map, 12);
    const alone = (objective: (typeof objectives)[number]) => {
      const part = compiled(twoOutputs(), { training: { ...training, objectives: [{ ...objective, weight: 1 }] } });
      return evaluateProgram(part.programs.gradients as Program, inputs, weights).outputs['gradient/conv/kernel']?.data as Float64Array;
    };
    const both = evaluateProgram(network.programs.gradients as Program, inputs, weights).outputs['gradient/conv/kernel']
      ?.data as Float64Array;
    const fromMap = alone(objectives[1]);
    const expected = alone(objectives[0]).map((value, index) => value + 0.25 * (fromMap[index] as number));
    expect(relativeDifference(both, expected)).toBeLessThan(1e-12);
  });

  it('hands integers through', () => {
    const { outputs } = evaluateProgram(network.programs.predict, inputs, weightsOf(network));
    expect(Array.from(outputs['output/echoOut']?.data ?? [])).toEqual([5, 6, 7, 8, 9, 10]);
  });
});

describe('initial weights of a network', () => {
  it('stay the same for every layer when another is added', () => {
    const before = compiled(residualNetwork());
    const after = compiled(twoOutputs(), { training: undefined as never });
    const values = initialValues([...after.variables, ...before.variables], 1);
    expect(initialValues(before.variables, 1)).toEqual(Object.fromEntries(before.variables.map(({ name }) => [name, values[name]])));
  });
});

describe('a network that cannot be compiled', () => {
  it('without an output is refused', () => {
    expect(refusal(networkOf({ image: ['input', { shape: [4] }] }, []))).toMatchObject({ code: 'compile/no-output' });
  });

  it('with a problem on the way to an output is refused with that problem', () => {
    const document = networkOf({ image: ['input', { shape: [2, 2, 1] }], conv: ['conv2d', { kernelSize: [5, 5] }], out: ['output'] }, [
      'image → conv → out',
    ]);
    expect(refusal(document)).toMatchObject({ code: 'compile/problem', node: 'conv' });
  });

  it('is compiled where the problem is on no way to an output', () => {
    const document = networkOf({ image: ['input', { shape: [4] }], dense: ['dense', { units: 2 }], out: ['output'], loose: ['add'] }, [
      'image → dense → out',
    ]);
    expect(compiled(document).outputs).toHaveLength(1);
  });

  it('whose objective names no output is refused, naming those that there are', () => {
    const objectives = [{ output: 'nowhere', loss: defaultLoss, weight: 1 }] as const;
    expect(refusal(residualNetwork(), { training: { ...training, objectives } })).toMatchObject({
      code: 'compile/objective',
      message: 'An objective names the output "nowhere". There is: digit.',
    });
  });

  it('because a layer cannot become primitives is refused with the layer’s name', () => {
    const document = networkOf(
      { image: ['input', { shape: ['H', 8, 1] }], conv: ['conv2d', { strides: [2, 2], padding: 'same' }], out: ['output'] },
      ['image → conv → out'],
    );
    expect(refusal(document)).toMatchObject({
      code: 'compile/fault',
      message: 'conv2d "conv": A network is compiled for known image sizes.',
    });
  });

  it('can still be run where it is not to be trained', () => {
    const { programs, targets } = compiled(residualNetwork(), {});
    expect([programs.train, programs.evaluate, targets]).toEqual([undefined, undefined, []]);
  });
});
