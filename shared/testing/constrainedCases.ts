import type { ParamValue } from '../graph/graph';
import type { AnyLayer } from '../layers/define';
import { paramFields } from '../layers/paramFields';
import type { LayerCase } from './layerCases';
import { isValid } from './layerVariants';

/** A constraint of each kind, along axes that the weight has: a bias, a scale or slopes may have one alone. */
const KINDS: readonly ((axis: readonly number[]) => ParamValue)[] = [
  (axis) => ({ kind: 'maxNorm', maxValue: 0.3, axis }),
  () => ({ kind: 'nonNeg' }),
  (axis) => ({ kind: 'unitNorm', axis }),
  (axis) => ({ kind: 'minMaxNorm', minValue: 0.5, maxValue: 0.8, rate: 0.3, axis }),
];

const isVector = (name: string) => /^(bias|gamma|beta|alpha)/.test(name);

/** An example of a layer with a constraint on each of its weights, as often as there are kinds of them; none where it has no such parameter. */
export function constrainedCases(layer: AnyLayer): readonly LayerCase[] {
  const names = paramFields(layer).flatMap(({ name }) => (name.endsWith('Constraint') ? [name] : []));
  if (names.length === 0) return [];
  return KINDS.flatMap((_, first) => {
    const constraints = names.map((name, index) => [name, KINDS[(first + index) % KINDS.length]?.(isVector(name) ? [0] : [0, 1])] as const);
    const given = layer.examples
      .map((example) => ({ ...example, params: { ...example.params, ...Object.fromEntries(constraints) } }))
      .find((example) => isValid(layer, example));
    return given ? [{ title: `${layer.type}, constraints ${first + 1}`, layer, example: given, isCorner: true }] : [];
  });
}
