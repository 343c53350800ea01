import type { Page } from '@playwright/test';

/** The system's clipboard, as keys reach it: the browser fires its own events, with the text of the clipboard. */
export interface ClipboardPart {
  /** Pastes a text on the canvas, as if it had been copied in another program. */
  paste(text: string): Promise<void>;
  /** What a copy of the selection puts on the clipboard. */
  copied(act: 'copy' | 'cut'): Promise<string>;
}

export function createClipboardPart(page: Page): ClipboardPart {
  return {
    // A clipboard is shared by everything on the machine: tests hand the text over in the event that the browser would fire.
    paste: (text) =>
      page.evaluate((pasted) => {
        const clipboardData = new DataTransfer();
        clipboardData.setData('text/plain', pasted);
        document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
      }, text),
    copied: (act) =>
      page.evaluate((type) => {
        const clipboardData = new DataTransfer();
        document.body.dispatchEvent(new ClipboardEvent(type, { clipboardData, bubbles: true, cancelable: true }));
        return clipboardData.getData('text/plain');
      }, act),
  };
}
