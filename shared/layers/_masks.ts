/**
 * What becomes of the masks of a layer's inputs. A mask says which steps of a sequence count: 1 or 0 for each, beside the value and
 * not in it, as in Keras. `loses`: it ends here, and the layer does not look at it. `reads`: the layer looks at it, and it ends, as the
 * steps do. `keeps`: the outputs have the first port's; `readsAndKeeps` both. `joins`: where all inputs have one, a step counts that
 * counts in any of them. `stacks`: they are put one after the other as the steps are. `makes`: the layer makes one from its input.
 */
export type MaskUse = 'loses' | 'reads' | 'keeps' | 'readsAndKeeps' | 'joins' | 'stacks' | 'makes';

/** The ports, of those that are wired and in order, whose masks become that of the outputs; none where they have none. */
export function leavingPorts(use: MaskUse, ports: readonly string[], isMasked: (port: string) => boolean): readonly string[] {
  switch (use) {
    case 'keeps':
    case 'readsAndKeeps':
      return ports.slice(0, 1).filter(isMasked);
    case 'joins':
      return ports.every(isMasked) ? ports : [];
    case 'stacks':
      return ports.some(isMasked) ? ports : [];
    case 'loses':
    case 'reads':
    case 'makes':
      return [];
  }
}

/** Why PyTorch has no layer that makes a mask. */
export const NO_MASKS_IN_TORCH = 'PyTorch’s layers pass no mask along: each one has to be given it in code of your own.';

/** Why TensorFlow.js cannot have a mask: its Dense, for one, takes that of a sequence for one of its classes, and its pooling looks at none. */
export const NO_MASKS_IN_TFJS = 'TensorFlow.js passes masks on wrongly. Export a SavedModel, which has them, or do without the mask.';
