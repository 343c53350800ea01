/** Layers of a network when its blocks are expanded: a limit against files that grow without end. */
export const MAX_NODES = 50_000;
/** Blocks inside of blocks. */
export const MAX_DEPTH = 64;
/** Copies of one instance in a row. */
export const MAX_COPIES = 10_000;
