import { elementwiseMerge, folded } from './_elementwise';

export const maximum = elementwiseMerge({
  type: 'maximum',
  title: 'Maximum',
  icon: 'chevrons-up',
  keywords: ['max', 'merge'],
  docs: {
    summary: 'The largest of its inputs, element by element. All of them have the same shape.',
    formula: 'y = max(x₁, x₂, …)',
    url: 'https://keras.io/api/layers/merging_layers/maximum/',
    torchName: 'torch.maximum',
  },
  className: 'Maximum',
  torch: 'functools.reduce(torch.maximum, inputs)',
  apply: (b, inputs) => folded(inputs, (x, y) => b.maximum(x, y)),
});
