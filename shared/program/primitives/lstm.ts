import type { Dim } from '../../graph/dim';
import type { TensorType } from '../../graph/tensor';
import { lstmBackward, lstmForward, type LstmSizes } from '../onnx/lstm';
import { definePrimitive, type NoAttributes } from '../primitive';
import { ProgramError } from '../programError';
import type { TensorFlowGraph } from '../tensorflow/writer';
import { expectFloat, expectRank, expectShape, known } from './_shapes';

const FLOAT = { type: 'float32' } as const;

/** Of a sequence `[steps, batch, channels]` and a kernel `[channels + units, 4 · units]`. Throws where they do not fit. */
function sizesOf(x: TensorType, kernel: TensorType): LstmSizes {
  for (const type of [x, kernel]) expectFloat('lstm', type);
  expectRank('lstm', x, 3);
  expectRank('lstm', kernel, 2);
  const [steps, batch, channels] = x.shape as readonly [Dim, Dim, Dim];
  const units = known('lstm: width of the kernel', kernel.shape[1]) / 4;
  if (!Number.isInteger(units)) throw new ProgramError(`lstm: a kernel of ${4 * units} columns has no four gates.`);
  const sizes = { steps: known('lstm: steps', steps), batch, channels: known('lstm: channels', channels), units };
  expectShape('lstm', kernel, [sizes.channels + units, 4 * units]);
  return sizes;
}

/**
 * An LSTM with sigmoid gates and tanh over a whole sequence `[steps, batch, channels]`, from a state of zeros. Rows of the kernel are of
 * the input, then of the state; its columns, as those of the bias, of the gates in Keras's order: input, forget, cell, output. Gives of
 * every step, `[steps, batch, units]` each, what the gradient needs, and last the output.
 */
export const lstm = definePrimitive('lstm', {
  inputs: ['x', 'kernel', 'bias'],
  outputs: ['input', 'memory', 'forget', 'opening', 'candidate', 'activated', 'y'],
  infer([x, kernel, bias]) {
    const { steps, batch, units } = sizesOf(x, kernel);
    expectShape('lstm', bias, [4 * units]);
    const each = { dtype: 'float32', shape: [steps, batch, units] } as const;
    return [each, each, each, each, each, each, each];
  },
  gradient(b, { inputs: [x, kernel, bias], outputs }, gradients) {
    const dy = gradients[6];
    if (gradients.slice(0, 6).some((gradient) => gradient)) throw new ProgramError('lstm: only its output has a gradient.');
    return dy ? b.lstmGrad(x, kernel, bias, outputs, dy) : [undefined, undefined, undefined];
  },
  tensorflow(g, [x, kernel, bias], _attributes: NoAttributes, { inputs: [xType, kernelType] }) {
    const attributes = { T: FLOAT, cell_clip: { float: 0 }, use_peephole: false };
    return g.ops('BlockLSTMV2', beginning(g, x, kernel, bias, sizesOf(xType, kernelType)), attributes, 7);
  },
  onnx: (g, operands, _attributes, { inputs: [x, kernel] }) => lstmForward(g, operands, sizesOf(x, kernel)),
});

/** The gradients of {@link lstm} by sequence, kernel and bias, from its operands, its results and the gradient by its output. */
export const lstmGrad = definePrimitive('lstmGrad', {
  inputs: ['x', 'kernel', 'bias', 'input', 'memory', 'forget', 'opening', 'candidate', 'activated', 'y', 'dy'],
  outputs: ['dx', 'dKernel', 'dBias'],
  infer([x, kernel, bias, ...ofSteps]) {
    const { steps, batch, units } = sizesOf(x, kernel);
    expectShape('lstmGrad', bias, [4 * units]);
    for (const type of ofSteps) expectShape('lstmGrad', type, [steps, batch, units]);
    return [x, kernel, bias];
  },
  tensorflow(g, [x, kernel, bias, ...ofSteps], _attributes: NoAttributes, { inputs: [xType, kernelType] }) {
    const sizes = sizesOf(xType, kernelType);
    const dy = ofSteps.at(-1) as string;
    const noMemory = filled(g, [sizes.steps, sizes.batch, sizes.units]);
    const operands = [...beginning(g, x, kernel, bias, sizes), ...ofSteps.slice(0, -1), noMemory, dy];
    const made = g.ops('BlockLSTMGradV2', operands, { T: FLOAT, use_peephole: false }, 8);
    return [made[0], made[3], made[7]] as string[];
  },
  onnx(g, operands, _attributes, { inputs: [xType, kernelType] }) {
    const [x, kernel, , input, memory, forget, opening, candidate, activated, y, dy] = operands;
    const forth = { x, kernel, input, memory, forget, opening, candidate, activated, y, dy };
    return lstmBackward(g, forth, sizesOf(xType, kernelType));
  },
});

/** The first operands of TensorFlow's operations: how many steps, the sequence, the first state, and weights; peepholes are not looked through. */
function beginning(g: TensorFlowGraph, x: string, kernel: string, bias: string, { steps, batch, units }: LstmSizes): readonly string[] {
  const state = filled(g, [batch, units]);
  const peephole = filled(g, [units]);
  return [g.constant([steps], [], 'int64'), x, state, state, kernel, peephole, peephole, peephole, bias];
}

function filled(g: TensorFlowGraph, shape: readonly Dim[]): string {
  return g.op('Fill', [g.shape(shape), g.constant([0], [], 'float32')], { T: FLOAT, index_type: { type: 'int32' } });
}
