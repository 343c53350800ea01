import { allLayers } from '../layers/index';

/** These end a network: what they give are probabilities, not what the next layer works on. */
const ENDS = new Set(['softmax', 'logSoftmax']);

/** Layer types that bring a nonlinearity between two others, read off the list of layers. */
export const ACTIVATIONS: ReadonlySet<string> = new Set(
  allLayers.filter(({ category, type }) => category === 'activation' && !ENDS.has(type)).map(({ type }) => type),
);
