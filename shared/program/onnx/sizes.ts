import { formatDim, isKnown, type Dim, type DimExpression, type DimFactor } from '../../graph/dim';
import type { Shape } from '../../graph/tensor';
import type { Program } from '../program';
import { ProgramError } from '../programError';
import type { NodeList } from './nodes';

/** Sizes in a graph, as int64. */
export interface Sizes {
  /** A shape as a one-dimensional tensor. */
  shape(shape: Shape): string;
  /** One size as a scalar. */
  size(dim: Dim): string;
}

/** Sizes that are known at run time only are computed from the shapes of the program's inputs. */
export function sizesOf(list: NodeList, program: Program, nameOf: (id: number) => string): Sizes {
  const node = (type: string, inputs: readonly string[], attributes = {}) => list.add(type, inputs, attributes, 1)[0] as string;
  const binary = (type: string) => (a: string, b: string) => node(type, [a, b]);

  /** As a tensor of one element. */
  function single(dim: Dim): string {
    return isKnown(dim) ? list.constant([dim], [1], 'int64') : expression(dim);
  }
  function expression({ constant, terms }: DimExpression): string {
    const parts = terms.map(({ coefficient, factors }) => product(coefficient, factors));
    return [...parts, ...(constant === 0 ? [] : [single(constant)])].reduce(binary('Add'));
  }
  function product(coefficient: number, factors: readonly DimFactor[]): string {
    return [...(coefficient === 1 ? [] : [single(coefficient)]), ...factors.map(factor)].reduce(binary('Mul'));
  }
  // ONNX divides towards zero: the same, since no size is negative.
  function factor(part: DimFactor): string {
    return 'unknown' in part ? measure(part.unknown) : binary('Div')(single(part.floorOf), single(part.by));
  }
  function measure(name: string): string {
    for (const { value } of program.inputs) {
      const axis = value.type.shape.findIndex((dim) => !isKnown(dim) && formatDim(dim) === name);
      if (axis >= 0) return node('Shape', [nameOf(value.id)], { start: axis, end: axis + 1 });
    }
    throw new ProgramError(`Program "${program.name}": no input has the size ${name}.`);
  }

  return {
    shape: (shape) =>
      shape.every(isKnown) ? list.constant(shape, [shape.length], 'int64') : node('Concat', shape.map(single), { axis: 0 }),
    size: (dim) => (isKnown(dim) ? list.constant([dim], [], 'int64') : node('Squeeze', [single(dim)])),
  };
}
