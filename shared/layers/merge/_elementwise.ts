import * as z from 'zod';
import { err, ok } from '../../graph/result';
import type { Builder, Value } from '../../program/builder';
import { defineLayer, Y, type LayerDefinition, type LayerExample } from '../define';
import { INPUTS, mergedType, mismatchOf } from './_merge';

/** What is its own of a merge that does the same to each element. */
interface ElementwiseMerge extends Partial<Pick<LayerDefinition, 'saves'>> {
  readonly type: string;
  readonly title: string;
  readonly icon: string;
  readonly keywords: readonly string[];
  readonly docs: LayerDefinition['docs'];
  /** Keras's class. */
  readonly className: string;
  /** PyTorch's expression of `inputs`. */
  readonly torch: string;
  apply(b: Builder, inputs: readonly Value[]): Value;
}

const examples: readonly LayerExample[] = [
  {
    inputs: {
      inputs: [
        ['batch', 4, 4, 3],
        ['batch', 4, 4, 3],
      ],
    },
    outputs: { y: ['batch', 4, 4, 3] },
  },
  {
    inputs: {
      inputs: [
        ['batch', 5],
        ['batch', 5],
        ['batch', 5],
      ],
    },
    outputs: { y: ['batch', 5] },
  },
];

/** A layer that merges inputs of one shape element by element. */
export function elementwiseMerge({ className, torch, apply, ...own }: ElementwiseMerge) {
  return defineLayer({
    version: 1,
    category: 'merge',
    params: z.strictObject({}),
    inputs: INPUTS,
    outputs: Y,
    infer({ inputs }, _p, { dataFormat }) {
      const problem = mismatchOf(own.type, inputs, dataFormat);
      return problem && problem.severity !== 'warning' ? err(problem) : ok({ y: mergedType(inputs) });
    },
    warnings({ inputs }, _p, { dataFormat }) {
      const problem = mismatchOf(own.type, inputs, dataFormat);
      return problem ? [problem] : [];
    },
    masks: () => 'joins',
    lower: (b, { inputs }) => ({ y: apply(b, inputs) }),
    keras: () => ({ className, config: {} }),
    torch: () => ({ forward: torch }),
    examples,
    ...own,
  });
}

/** Two at a time, from the first on. */
export function folded(inputs: readonly Value[], step: (a: Value, b: Value) => Value): Value {
  return inputs.slice(1).reduce<Value>(step, inputs[0] as Value);
}
