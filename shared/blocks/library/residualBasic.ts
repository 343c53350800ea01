import type { BlockDefinition } from '../../document/document';
import { blockGraph } from './blockGraph';

const conv = {
  filters: { $: 'filters' },
  kernelSize: [3, 3],
  padding: 'consistent',
  useBias: false,
  kernelInitializer: 'heNormal',
} as const;

/** The block of pre-activation ResNet-18 and 34 (He et al. 2016, “Identity Mappings in Deep Residual Networks”, figure 1b). */
export const residualBasic: BlockDefinition = {
  id: 'residualBasic',
  name: 'residual',
  description: 'Residual block (pre-activation, basic): two 3×3 convolutions, and a shortcut that is the identity or a 1×1 projection.',
  parameters: [
    { name: 'filters', default: 64, description: 'Filters of both convolutions, and of the projection.' },
    { name: 'strides', default: [1, 1], description: 'Strides of the first convolution and of the projection.' },
    { name: 'project', default: false, description: 'A projection on the shortcut: needed where strides or channels change.' },
  ],
  graph: blockGraph(
    {
      x: ['blockInput', {}, [0, 96]],
      shortcut: ['shortcut', { filters: { $: 'project ? filters : none' }, strides: { $: 'strides' } }, [240, 96]],
      conv1: ['conv2d', { ...conv, strides: { $: 'strides' } }, [480, 0]],
      preActivation: ['preActivation', {}, [720, 0]],
      conv2: ['conv2d', conv, [960, 0]],
      add: ['add', {}, [1200, 96]],
      y: ['blockOutput', {}, [1440, 96]],
    },
    [
      ['x', 'y', 'shortcut', 'x'],
      ['shortcut', 'preActivated', 'conv1', 'x'],
      ['conv1', 'y', 'preActivation', 'x'],
      ['preActivation', 'y', 'conv2', 'x'],
      ['conv2', 'y', 'add', 'inputs.0'],
      ['shortcut', 'shortcut', 'add', 'inputs.1'],
      ['add', 'y', 'y', 'x'],
    ],
  ),
};
