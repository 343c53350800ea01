import type { TensorType } from '../graph/tensor';

/** An empty table of types by port. It inherits nothing: a wire may name any port, `constructor` as well, and find no type there. */
export function typeTable(): Record<string, TensorType> {
  return Object.create(null) as Record<string, TensorType>;
}
