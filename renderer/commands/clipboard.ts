import type { CommandId } from '../../shared/commands/commands';
import { serializeDocument } from '../../shared/document/serialize';
import { clipOf } from '../../shared/edits/clip';
import { copyText } from '../host/copyText';
import { useDocument } from '../state/document';
import { useSession } from '../state/session';
import { countOf } from '../ui/numbers';
import { removeSelection, shown } from './graphEdits';

/** The keys of the system, by command: with them the browser itself opens the clipboard, and asks nobody. */
const KEYS: Readonly<Partial<Record<CommandId, string>>> = { 'edit.cut': 'x', 'edit.copy': 'c', 'edit.paste': 'v' };

/** Whether a key press is left to the browser, which answers with an event of its clipboard. */
export function belongsToBrowser(id: CommandId, { key, ctrlKey, metaKey, shiftKey, altKey }: KeyboardEvent): boolean {
  return (ctrlKey || metaKey) && !shiftKey && !altKey && KEYS[id] === key.toLowerCase();
}

/** What is selected, as the text of a document: it can be pasted here, in another window, and in any editor. Empty: nothing. */
export function selectionText(): string {
  const { document, ref, selection } = shown();
  if (selection.nodes.size + selection.annotations.size === 0) return '';
  return serializeDocument(clipOf(document, ref, selection.nodes, selection.annotations));
}

export async function copySelection(): Promise<boolean> {
  if (await copyText(selectionText())) return true;
  useSession.getState().toast({ tone: 'error', message: 'The clipboard refused it.', detail: 'Press Ctrl+C on the canvas instead.' });
  return false;
}

export async function cutSelection(): Promise<void> {
  if (await copySelection()) removeCut();
}

/** Takes away what was copied, wires included. */
export function removeCut(): void {
  const now = shown();
  const count = now.selection.nodes.size;
  useDocument.getState().edit(count > 0 ? `Cut ${countOf(count, 'layer')}` : 'Cut', removeSelection(now), 'record');
}
