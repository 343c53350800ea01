import type { FlatGraph } from './analysis';

/** What the layers of a network are, all together: asked at many layers, and looked for once. */
export interface Facts {
  /** How many layers there are of each kind. */
  readonly kinds: ReadonlyMap<string, number>;
  /** Some convolution with strides pads alike for every size of its input. */
  readonly padsConsistently: boolean;
}

const known = new WeakMap<FlatGraph['nodes'], Facts>();

/** Cost: one walk over the layers, the first time. */
export function factsOf(nodes: FlatGraph['nodes']): Facts {
  const before = known.get(nodes);
  if (before) return before;
  const kinds = new Map<string, number>();
  let padsConsistently = false;
  for (const { type, params } of nodes.values()) {
    kinds.set(type, (kinds.get(type) ?? 0) + 1);
    if (type === 'conv2d' && params['padding'] === 'consistent' && hasStrides(params['strides'])) padsConsistently = true;
  }
  const facts = { kinds, padsConsistently };
  known.set(nodes, facts);
  return facts;
}

/** Strides as parameters store them: one number, or one for each axis. */
function hasStrides(strides: unknown): boolean {
  const list: readonly unknown[] = Array.isArray(strides) ? strides : [strides ?? 1];
  return list.some((stride) => typeof stride === 'number' && stride > 1);
}
