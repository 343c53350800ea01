import type { SkipDocument } from '../../shared/document/document';
import { host } from '../host/client';
import { logNote } from '../host/pageLog';
import { useDocument } from './document';
import { historyText, parseHistory } from './historyFile';
import { emptyHistory, type History } from '../../shared/history/historySteps';

/** Puts the steps of a document away, beside its draft or its save. Losing them loses no work, only the way back. */
export function keepHistory(document: SkipDocument, history: History): void {
  host.call('history.put', { id: document.id, text: historyText(history, document) }).catch(() => undefined);
}

/** The same for the open document as it is now. */
export function keepHistoryNow(): void {
  const { document, history } = useDocument.getState();
  keepHistory(document, history);
}

/** Gives the document that was just opened its steps back, if they lead to it as it is. */
export async function restoreHistory(): Promise<void> {
  const { document } = useDocument.getState();
  const { text } = await host.call('history.get', { id: document.id }).catch(() => ({ text: null }));
  const now = useDocument.getState();
  // Edited meanwhile, or another one by now.
  if (text === null || now.document.id !== document.id || now.history !== emptyHistory) return;
  const history = parseHistory(text, now.document);
  if (typeof history === 'string') logNote(`The history of this document was left out: ${history}.`);
  else now.adoptHistory(history);
}
