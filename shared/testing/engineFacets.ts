import { groupInputs } from '../infer/groupInputs';
import { parseParams } from '../layers/parse';
import { analyzedExample } from './exampleProgram';
import type { LayerCase } from './layerCases';

/** Engines of others, by the facet of a layer that says how they have it. */
export const FACETS = ['keras', 'torch'] as const;
export type Facet = (typeof FACETS)[number];

/** Whether an engine of others has what a case uses, by the layer's own record of it. */
export function isIn(facet: Facet, { layer, example }: Pick<LayerCase, 'layer' | 'example'>): boolean {
  const { analysis, dataFormat } = analyzedExample(layer, example);
  const inputs = groupInputs(layer, analysis.nodes.get('layer')?.inputs ?? {}) as never;
  const params = parseParams(layer, (example.params ?? {}) as never);
  return params.ok && !('unsupported' in layer[facet](params.value, inputs, { dataFormat }));
}
