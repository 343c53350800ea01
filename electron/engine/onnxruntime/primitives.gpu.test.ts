import { describe, it } from 'vitest';
import { BATCH } from '../../../shared/graph/dim';
import { builderOf } from '../../../shared/program/builderOf';
import { differentiate } from '../../../shared/program/differentiate';
import type { Value } from '../../../shared/program/builder';
import { gradientCases } from '../../../shared/testing/gradientCases';
import { spread } from '../../../shared/testing/gradientProgram';
import { primitiveSuite, primitiveTools } from '../testing/primitiveTools';

const tools = primitiveTools('gpu');
const { load, expectEqual } = tools;

/** What onnxruntime's provider is known not to do, or to do wrong (see shared/program/onnx/webgpu.ts), and what is padded. */
const SPECIAL = /^depthwise conv .×.×2|^(maxPool|avgPool|conv) 3×3, padded unevenly, strides 2,2|^batchNorm/;

/** Each operation once where the cases have many windows: a shader of its own is compiled for each, which takes its time. */
const chosen = gradientCases.filter(
  ({ name }, index) => gradientCases.findIndex((other) => kindOf(other.name) === kindOf(name)) === index || SPECIAL.test(name),
);

function kindOf(name: string): string {
  return name.split(/[ ,:]/)[0] as string;
}

primitiveSuite('primitives in onnxruntime on the GPU', tools, chosen, 15);

describe('parts in onnxruntime on the GPU', () => {
  it('a split into more parts than a shader has buffers agrees with the reference', async () => {
    const builder = builderOf();
    const x = builder.input('x', { dtype: 'float32', shape: [BATCH, 12, 2] });
    const parts = builder.split(x, 1, [1, 2, 1, 1, 1, 1, 1, 1, 1, 2]);
    const squares = parts.map((part, index) => builder.reduceSum(builder.mul(builder.mul(part, part), builder.scalar(index)), [0, 1, 2]));
    const loss = squares.reduce((sum, square) => builder.add(sum, square));
    parts.forEach((part, index) => builder.output(`part ${index}`, part));
    differentiate(builder, loss, [x]).forEach((gradient, index) => builder.output(`gradient ${index}`, gradient as Value));
    const program = builder.build('parts');
    await expectEqual(await load(program), program, { x: spread([3, 12, 2], 'x') });
  });
});
