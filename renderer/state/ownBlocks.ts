import { create } from 'zustand';
import { readBlockFile } from '../../shared/blocks/library/blockFile';
import type { WithUses } from '../../shared/blocks/drawing';
import { libraryBlocks } from '../../shared/blocks/library/index';
import { host } from '../host/client';

/** A block of the person's own library. */
export interface OwnBlock {
  /** The name of its file. */
  readonly file: string;
  readonly text: string;
  readonly block: WithUses;
}

/** A file of the library's folder that holds no block. */
export interface UnreadableBlock {
  readonly file: string;
  readonly reason: string;
}

interface OwnBlocks {
  readonly blocks: readonly OwnBlock[];
  readonly unreadable: readonly UnreadableBlock[];
}

export const useOwnBlocks = create<OwnBlocks>(() => ({ blocks: [], unreadable: [] }));

/** Asks the host now and whenever a window kept or removed one. Without an answer the list stays: nothing depends on it. */
export function followOwnBlocks(): void {
  host.on('blocks.changed', refresh);
  refresh();
}

function refresh(): void {
  host.call('blocks.list', {}).then(
    ({ blocks, unreadable }) =>
      useOwnBlocks.setState({
        unreadable,
        blocks: blocks.flatMap(({ name, text }) => {
          const read = readBlockFile(text);
          return read.ok ? [{ file: name, text, block: read.value }] : [];
        }),
      }),
    () => undefined,
  );
}

const OWN = 'own:';

/** The id of a person's own block among those of the library. */
export function ownId({ file }: OwnBlock): string {
  return `${OWN}${file}`;
}

/** A block that is not in the document yet: of the program's library, or of the person's own. */
export function libraryBlock(id: string): WithUses | undefined {
  if (!id.startsWith(OWN)) return libraryBlocks.find((block) => block.id === id);
  return useOwnBlocks.getState().blocks.find((own) => ownId(own) === id)?.block;
}
