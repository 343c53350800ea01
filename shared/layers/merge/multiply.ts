import { elementwiseMerge, folded } from './_elementwise';

export const multiply = elementwiseMerge({
  type: 'multiply',
  title: 'Multiply',
  icon: 'x',
  keywords: ['product', 'gate', 'merge'],
  docs: {
    summary: 'Multiplies its inputs, element by element. All of them have the same shape.',
    formula: 'y = x₁ · x₂ · …',
    url: 'https://keras.io/api/layers/merging_layers/multiply/',
    torchName: 'torch.mul',
  },
  className: 'Multiply',
  torch: 'math.prod(inputs)',
  apply: (b, inputs) => folded(inputs, (x, y) => b.mul(x, y)),
});
