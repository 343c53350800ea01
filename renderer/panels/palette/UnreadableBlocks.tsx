import { TriangleAlert } from 'lucide-react';
import { harmlessName } from '../../../shared/blocks/library/blockFile';
import { showFailure } from '../../commands/failure';
import { useOwnBlocks, type UnreadableBlock } from '../../state/ownBlocks';
import { countOf } from '../../ui/numbers';

/** So many are told with their reasons. */
const MOST = 8;

/** Says which files of the library's folder hold no block, and why; nothing where all do. */
export function UnreadableBlocks() {
  const unreadable = useOwnBlocks((state) => state.unreadable);
  if (unreadable.length === 0) return null;
  return (
    <button
      type="button"
      onClick={() => showFailure('Files in your library of blocks that cannot be used', failureOf(unreadable))}
      className="mt-2 flex w-full items-center gap-2 rounded-md px-1.5 py-1.5 text-left text-warning-text hover:bg-hover"
    >
      <TriangleAlert size="0.875rem" aria-hidden className="shrink-0" />
      {countOf(unreadable.length, 'block')} of mine cannot be read
    </button>
  );
}

function failureOf(unreadable: readonly UnreadableBlock[]) {
  const lines = unreadable.slice(0, MOST).map(({ file, reason }) => `${shortened(file)}: ${reason}`);
  const more = unreadable.length - lines.length;
  return {
    code: 'E_BLOCK',
    message: [...lines, ...(more > 0 ? [`And ${more} more.`] : [])].join('\n'),
    fix: 'Nothing was changed, and all other blocks are there. The files lie in the folder “blocks” beside your settings: mend them, or take them away.',
  };
}

/** A file's name may be long. */
function shortened(name: string): string {
  const plain = harmlessName(name);
  return plain.length > 80 ? `${plain.slice(0, 79)}…` : plain;
}
