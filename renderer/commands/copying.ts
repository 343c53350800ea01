import { copyText } from '../host/copyText';
import { useSession } from '../state/session';

/** Copies a text and says so. True where it was copied. */
export async function copyAndTell(text: string, what: string): Promise<boolean> {
  const isCopied = await copyText(text);
  useSession
    .getState()
    .toast(
      isCopied
        ? { tone: 'success', message: `${what} copied.` }
        : { tone: 'error', message: 'The clipboard refused it.', detail: 'Select the text and copy it by hand.' },
    );
  return isCopied;
}
