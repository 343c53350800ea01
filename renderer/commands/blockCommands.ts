import { instanceCount, makeUnique, removeUnused, unusedBlocks } from '../../shared/edits/blocks/definitions';
import { groupIntoBlock } from '../../shared/edits/blocks/group';
import { freeBlockName } from '../../shared/blocks/names';
import { unpackBlock } from '../../shared/edits/blocks/unpack';
import type { GraphNode } from '../../shared/graph/graph';
import { useDocument } from '../state/document';
import { useSession } from '../state/session';
import { countOf } from '../ui/numbers';
import { defineCommand } from './command';
import { shown } from './graphEdits';
import { onlySelected } from './wiring';

/** The only selected layer, if it is an instance of a block. */
export function selectedBlock(): GraphNode | undefined {
  const node = onlySelected(shown());
  return node?.block === undefined ? undefined : node;
}

const blockSelected = () => selectedBlock() !== undefined || 'Select a block first.';
const sorry = (message: string) => useSession.getState().toast({ tone: 'info', message });

/** Makes a block of the selected layers; an instance of it takes their place. */
function group(): void {
  const { document, ref, selection } = shown();
  const result = groupIntoBlock(document, ref, selection.nodes, freeBlockName(document, 'block'));
  if (!result.ok) return sorry(result.error);
  const { document: grouped, instance } = result.value;
  useDocument.getState().edit(`Group ${countOf(selection.nodes.size, 'layer')} into a block`, () => grouped, 'record');
  useSession.getState().select([instance]);
}

function unpack(): void {
  const { document, ref } = shown();
  const block = selectedBlock();
  if (!block) return;
  const result = unpackBlock(document, ref, block.id);
  if (!result.ok) return sorry(result.error);
  const { document: unpacked, nodes } = result.value;
  useDocument.getState().edit(`Unpack ${block.name}`, () => unpacked, 'record');
  useSession.getState().select(nodes);
}

export const blockCommands = [
  defineCommand('graph.group', {
    enabled: () => useSession.getState().selection.nodes.size > 0 || 'Select the layers of the block first.',
    run: group,
  }),
  defineCommand('graph.unpack', { enabled: blockSelected, run: unpack }),
  defineCommand('graph.makeUnique', {
    enabled() {
      const block = selectedBlock()?.block;
      if (block === undefined) return 'Select a block first.';
      return instanceCount(shown().document, block) > 1 || 'This is the only instance of its block.';
    },
    run() {
      const { document, ref } = shown();
      const block = selectedBlock();
      if (block) useDocument.getState().edit(`Make ${block.name} unique`, () => makeUnique(document, ref, block.id), 'record');
    },
  }),
  defineCommand('graph.removeUnused', {
    enabled: () => unusedBlocks(shown().document).length > 0 || 'Every block of this document is used.',
    run() {
      const gone = unusedBlocks(shown().document).length;
      useDocument.getState().edit(`Remove ${countOf(gone, 'unused block')}`, removeUnused, 'record');
    },
  }),
] as const;
