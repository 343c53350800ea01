import { integers } from '../onnx/layout';
import { definePrimitive } from '../primitive';
import { ProgramError } from '../programError';
import { expectFloat, expectRank, expectShape } from './_shapes';

/**
 * Cross-entropy of softmax(logits) with a distribution over classes, computed from the logits so that no
 * probability is rounded to 0. The gradient by the logits, softmax(logits) − labels, comes as a second result.
 */
export const softmaxCrossEntropy = definePrimitive('softmaxCrossEntropy', {
  inputs: ['logits', 'labels'],
  outputs: ['loss', 'logitsGradient'],
  infer([logits, labels]) {
    expectFloat('softmaxCrossEntropy', logits);
    expectRank('softmaxCrossEntropy', logits, 2);
    expectShape('softmaxCrossEntropy', labels, logits.shape);
    return [{ dtype: 'float32', shape: logits.shape.slice(0, 1) }, logits];
  },
  gradient(b, { outputs: [, gradient] }, [dLoss, dGradient]) {
    if (dGradient) throw new ProgramError('softmaxCrossEntropy: second derivatives are not defined.');
    if (!dLoss) return [undefined, undefined];
    return [b.mul(gradient, b.reshape(dLoss, [...dLoss.type.shape, 1])), undefined];
  },
  tensorflow: (g, [logits, labels]) => g.ops('SoftmaxCrossEntropyWithLogits', [logits, labels], { T: { type: 'float32' } }, 2),
  onnx(g, [logits, labels]) {
    const likelihood = g.op('Mul', [labels, g.op('LogSoftmax', [logits], { axis: -1 })]);
    const loss = g.op('Neg', [g.op('ReduceSum', [likelihood, integers(g, [1])], { keepdims: 0 })]);
    return [loss, g.op('Sub', [g.op('Softmax', [logits], { axis: -1 }), labels])];
  },
});
