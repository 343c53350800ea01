import { elementwiseMerge, folded } from './_elementwise';

export const minimum = elementwiseMerge({
  type: 'minimum',
  title: 'Minimum',
  icon: 'chevrons-down',
  keywords: ['min', 'merge'],
  docs: {
    summary: 'The smallest of its inputs, element by element. All of them have the same shape.',
    formula: 'y = min(x₁, x₂, …)',
    url: 'https://keras.io/api/layers/merging_layers/minimum/',
    torchName: 'torch.minimum',
  },
  className: 'Minimum',
  torch: 'functools.reduce(torch.minimum, inputs)',
  apply: (b, inputs) => folded(inputs, (x, y) => b.minimum(x, y)),
});
