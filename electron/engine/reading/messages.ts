import type { BatchToRead, ReadBatch } from './readBatch';

/** What the thread that reads is told at its start. */
export interface ReadingThreadData {
  /** Images that are decoded at once while the engine computes, and while it waits. */
  readonly atOnce: { readonly besides: number; readonly waitedFor: number };
}

/** What it is asked. */
export type ToThread =
  | {
      readonly kind: 'read';
      readonly id: number;
      readonly wanted: BatchToRead;
      /** Memory of batches before, which nobody needs any more. */
      readonly spent: readonly ArrayBuffer[];
    }
  /** The engine waits for this one. */
  | { readonly kind: 'hurry'; readonly id: number }
  /** Nobody waits for this one any more. */
  | { readonly kind: 'drop'; readonly id: number };

/** What it answers to each batch that was not dropped. */
export type FromThread =
  | { readonly kind: 'read'; readonly id: number; readonly read: ReadBatch }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string };
