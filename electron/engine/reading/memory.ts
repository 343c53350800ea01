import type { Memory } from '../../../shared/data/images';
import type { Batch } from '../backend';

/** Pieces that are kept; whoever lets more lie has no use for them. */
const MOST = 8;

/** Memory to be used again: new memory of a batch costs more than to fill it, and the collector's time besides. */
export interface SpareMemory {
  readonly take: Memory;
  give(pieces: Iterable<ArrayBuffer>): void;
}

export function spareMemory(): SpareMemory {
  const spare: ArrayBuffer[] = [];
  return {
    take(length) {
      const bytes = length * Float32Array.BYTES_PER_ELEMENT;
      // Not of what is much larger: a large batch may come.
      const at = spare.findIndex(({ byteLength }) => byteLength >= bytes && byteLength <= 2 * bytes);
      const [piece = new ArrayBuffer(bytes)] = at < 0 ? [] : spare.splice(at, 1);
      return new Float32Array(piece, 0, length);
    },
    give(pieces) {
      spare.push(...pieces);
      spare.splice(0, spare.length - MOST);
    },
  };
}

/** The pieces of memory that a batch is in, each once. */
export function memoryOf({ inputs, targets }: Batch): Set<ArrayBuffer> {
  const tensors = [...Object.values(inputs), ...Object.values(targets)];
  return new Set(tensors.map(({ data }) => data.buffer as ArrayBuffer));
}
