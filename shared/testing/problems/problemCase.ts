import type { SkipDocument } from '../../document/document';
import type { Params } from '../../graph/graph';
import { networkOf, type Sketch } from '../networks';

/** A network that has a problem, and what mends it. */
export interface ProblemCase {
  readonly code: string;
  readonly document: SkipDocument;
  /** The title of a repair that must be offered. */
  readonly mendedBy: string;
}

/** Codes for which nothing is offered, and why. */
export const unmended: Readonly<Record<string, string>> = {
  'shape/impossible': 'A net below all layers: the rules of each of them tell first why nothing would be left.',
  'practice/parameter-budget': 'Whatever makes a network smaller changes what it can learn: a person chooses, or sets another budget.',
  'practice/mask-lost':
    'What ends a sequence whose steps do not all count – a mean, a recurrent layer, attention – is what the network is about: a person chooses.',
  'shape/masked-steps': 'Whether steps are left out or all of them count is what the data is about: a person chooses.',
  'limit/parameters': 'As the budget; told by `skipwire check` only, whose repairs are of the document.',
  'limit/macs': 'As the budget; told by `skipwire check` only, whose repairs are of the document.',
};

export const end: Sketch = ['output'];
export const bn: Sketch = ['batchNormalization'];
export const relu: Sketch = ['relu'];
export const input = (...shape: (number | string)[]): Sketch => ['input', { shape }];
export const conv = (filters: number, strides = 1, more: Params = {}): Sketch => [
  'conv2d',
  { filters, strides: [strides, strides], padding: 'consistent', useBias: false, ...more },
];

/** Layers and wires of a case as a table is written: the code, what mends it, the network. */
export function mended(
  code: string,
  mendedBy: string,
  layers: Readonly<Record<string, Sketch>>,
  wires: readonly string[],
  more: Partial<SkipDocument> = {},
): ProblemCase {
  return { code, mendedBy, document: { ...networkOf(layers, wires), ...more } };
}

/** One layer between an input and an output. */
export function alone(code: string, mendedBy: string, given: Sketch, layer: Sketch): ProblemCase {
  return mended(code, mendedBy, { input: given, layer, end }, ['input → layer → end']);
}
