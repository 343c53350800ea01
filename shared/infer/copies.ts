import { copySegment } from '../blocks/expand';
import type { Problem } from '../graph/problem';
import type { TensorType } from '../graph/tensor';
import type { NetworkAnalysis, NodePath } from './analysis';

/** One copy of a repeated block, as far as it is known. */
export interface Copy {
  /** `stage2[3]`: what stands before the ids of its layers. */
  readonly path: NodePath;
  readonly input: TensorType | undefined;
  readonly output: TensorType | undefined;
  /** Undefined where a layer of it is unknown. */
  readonly parameters: number | undefined;
  readonly macs: number | undefined;
  readonly problems: readonly Problem[];
}

type Draft = { -readonly [K in keyof Copy]: Copy[K] };

/** The copies of a repeated block, the first first; none where it stands once. Cost: one walk over the layers. */
export function copiesAt({ nodes, order }: NetworkAnalysis, block: NodePath): readonly Copy[] {
  const count = nodes.get(block)?.copies ?? 0;
  const copies = Array.from({ length: count }, (_, copy): Draft => ({
    path: `${block}${copySegment(copy)}`,
    input: undefined,
    output: undefined,
    parameters: 0,
    macs: 0,
    problems: [],
  }));
  for (const path of order) {
    const own = copies[copyOf(path, block)];
    const known = nodes.get(path);
    if (!own || !known) continue;
    own.parameters = plus(own.parameters, known.parameters);
    own.macs = plus(own.macs, known.macs);
    if (known.problems.length > 0) own.problems = [...own.problems, ...known.problems];
  }
  for (const [path, { end, inputs, outputs }] of nodes) {
    const own = end && copies[copyOf(path, block)];
    // Blocks inside have ends of their own.
    if (!own || path.includes('/', own.path.length + 1)) continue;
    if (end === 'input') own.input = Object.values(outputs)[0];
    else own.output = Object.values(inputs)[0];
  }
  return copies;
}

/** Index of the copy that a layer is in; −1 where it is in none. */
function copyOf(path: NodePath, block: NodePath): number {
  if (!path.startsWith(block) || path[block.length] !== '[') return -1;
  return Number(path.slice(block.length + 1, path.indexOf(']', block.length))) - 1;
}

function plus(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : a + b;
}
