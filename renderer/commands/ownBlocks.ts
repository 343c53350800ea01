import { blockFile, readBlockFile } from '../../shared/blocks/library/blockFile';
import type { BlockId } from '../../shared/graph/graph';
import { host } from '../host/client';
import { chooseTextFile } from '../host/chooseFile';
import { download } from '../host/download';
import type { OwnBlock } from '../state/ownBlocks';
import { useSession } from '../state/session';
import { defineCommand } from './command';
import { showFailure } from './failure';
import { shown } from './graphEdits';
import { fileName } from './saving';
import { onlySelected } from './wiring';

const LARGEST = 1024 * 1024;

/** The block that is meant: the selected instance's, else the one that is open. */
function meantBlock(): BlockId | undefined {
  const { ref } = shown();
  return onlySelected(shown())?.block ?? (ref === 'network' ? undefined : ref.block);
}

const blockMeant = () => meantBlock() !== undefined || 'Select a block, or open one, first.';

function withFile(act: (text: string, name: string) => void): void {
  const { document } = shown();
  const id = meantBlock();
  const text = id === undefined ? undefined : blockFile(document, id);
  if (id !== undefined && text !== undefined) act(text, document.blocks[id]?.name ?? 'block');
}

function keep(text: string, name: string): void {
  const told = () =>
    useSession.getState().toast({ tone: 'info', message: `“${name}” is in your library: it is offered in every document.` });
  host.call('blocks.keep', { text }).then(told, (error: unknown) => showFailure(`“${name}” was not kept`, error));
}

async function load(): Promise<void> {
  const title = 'The block was not taken';
  try {
    const file = await chooseTextFile('.json', LARGEST);
    if (!file) return;
    const read = readBlockFile(file.text);
    if (read.ok) keep(file.text, read.value.name);
    else showFailure(title, { ...read.error, message: `"${file.name}": ${read.error.message}` });
  } catch (error) {
    showFailure(title, error);
  }
}

/** Takes a block out of the library; a press puts it back. Documents that have it keep it. */
export function forgetOwnBlock({ file, text, block }: OwnBlock): void {
  const back = { label: 'Put it back', run: () => keep(text, block.name) };
  const told = () => useSession.getState().toast({ tone: 'info', message: `“${block.name}” is no longer in your library.`, action: back });
  host.call('blocks.remove', { name: file }).then(told, (error: unknown) => showFailure(`“${block.name}” was not removed`, error));
}

export const ownBlockCommands = [
  defineCommand('graph.keepBlock', { enabled: blockMeant, run: () => withFile(keep) }),
  defineCommand('graph.saveBlock', {
    enabled: blockMeant,
    run: () => withFile((text, name) => download(text, fileName('skip.json', name), 'application/json')),
  }),
  defineCommand('graph.loadBlock', { run: () => void load() }),
] as const;
