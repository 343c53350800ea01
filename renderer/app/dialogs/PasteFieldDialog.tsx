import { useRef } from 'react';
import { pasteText } from '../../commands/pasting';
import { useSession } from '../../state/session';
import { Dialog } from '../../ui/Dialog';

/** Where a page may not read the clipboard by itself, the person pastes into a field. */
export function PasteFieldDialog() {
  const close = useSession((state) => state.closeDialog);
  const field = useRef<HTMLTextAreaElement>(null);
  const take = (text: string) => {
    if (text.trim() === '') return;
    close();
    pasteText(text);
  };
  return (
    <Dialog
      title="Paste"
      description="Layers that were copied here or as JSON, or code of Keras or PyTorch."
      onClose={close}
      initialFocus={field}
    >
      <textarea
        ref={field}
        aria-label="Paste here"
        placeholder="Press Ctrl+V"
        className="mb-3 h-32 w-full resize-none rounded-md border border-line bg-field p-2 font-mono text-sm"
        onPaste={(event) => {
          event.preventDefault();
          take(event.clipboardData.getData('text/plain'));
        }}
        onChange={(event) => take(event.target.value)}
      />
    </Dialog>
  );
}
