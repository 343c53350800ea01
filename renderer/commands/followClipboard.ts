import { removeCut, selectionText } from './clipboard';
import { placeOf } from './keyboard';
import { pasteText } from './pasting';

/** Answers the browser's own copy, cut and paste on the canvas; fields, dialogs and selected text keep theirs. Returns what ends it. */
export function followClipboard(): () => void {
  const copy = (event: ClipboardEvent) => {
    if (!isOurs(event) || !document.getSelection()?.isCollapsed) return;
    const text = selectionText();
    if (text === '') return;
    event.preventDefault();
    event.clipboardData?.setData('text/plain', text);
    if (event.type === 'cut') removeCut();
  };
  const paste = (event: ClipboardEvent) => {
    if (!isOurs(event)) return;
    event.preventDefault();
    pasteText(event.clipboardData?.getData('text/plain') ?? '');
  };
  window.addEventListener('copy', copy);
  window.addEventListener('cut', copy);
  window.addEventListener('paste', paste);
  return () => {
    window.removeEventListener('copy', copy);
    window.removeEventListener('cut', copy);
    window.removeEventListener('paste', paste);
  };
}

function isOurs({ target, defaultPrevented }: ClipboardEvent): boolean {
  const place = placeOf(target);
  return !defaultPrevented && (place === 'canvas' || place === 'panel');
}
