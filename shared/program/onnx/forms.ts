import { composed, inverse, isIdentity } from './layout';
import type { NodeList } from './nodes';
import type { Permutation } from './writer';

/** Which permuted forms of a graph's values are there; makes others when they are asked for. */
export interface Forms {
  /** The name under which the value itself is in the graph. */
  plain(value: string): string;
  permuted(value: string, permutation: Permutation): string;
  fromPermuted(permuted: string, permutation: Permutation): string;
  formOf(value: string): Permutation | undefined;
}

interface Source {
  readonly name: string;
  readonly permutation: Permutation;
}

/** Forms of the values of a graph under construction. */
export function formsOf(list: NodeList): Forms {
  /** Values that are there in another form only: what they are made from. */
  const sources = new Map<string, Source>();
  let count = 0;

  const transposed = (name: string, permutation: Permutation) =>
    isIdentity(permutation) ? name : (list.add('Transpose', [name], { perm: permutation }, 1)[0] as string);

  function plain(value: string): string {
    const source = sources.get(value);
    return source ? transposed(source.name, inverse(source.permutation)) : value;
  }

  return {
    plain,
    permuted(value, permutation) {
      const source = sources.get(value);
      if (!source) return transposed(value, permutation);
      return transposed(source.name, composed(inverse(source.permutation), permutation));
    },
    fromPermuted(permuted, permutation) {
      const name = `(permuted ${count++})`;
      // A form of a form is one of the value that is in the graph.
      const below = sources.get(permuted);
      sources.set(
        name,
        below ? { name: below.name, permutation: composed(permutation, below.permutation) } : { name: permuted, permutation },
      );
      return name;
    },
    formOf: (value) => sources.get(value)?.permutation,
  };
}
