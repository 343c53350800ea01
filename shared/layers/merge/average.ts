import { elementwiseMerge, folded } from './_elementwise';

export const average = elementwiseMerge({
  type: 'average',
  title: 'Average',
  icon: 'divide',
  keywords: ['mean', 'merge'],
  docs: {
    summary: 'The mean of its inputs, element by element. All of them have the same shape.',
    formula: 'y = (x₁ + x₂ + …) / n',
    url: 'https://keras.io/api/layers/merging_layers/average/',
    torchName: 'torch.mean',
  },
  saves: 'nothing',
  className: 'Average',
  torch: 'sum(inputs) / len(inputs)',
  apply: (b, inputs) =>
    b.mul(
      folded(inputs, (x, y) => b.add(x, y)),
      b.scalar(1 / inputs.length),
    ),
});
