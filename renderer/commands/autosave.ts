import { useDocument } from '../state/document';
import { useSettings } from '../state/settings';
import { saveQuietly } from './saving';

/** After the last edit: a pause in which nobody is in the middle of something. */
const PAUSE = 1000;
let timer: ReturnType<typeof setTimeout> | undefined;
/** A save that failed was said once; it is tried again when the person saves by hand or opens something else. */
let hasFailed = false;

/** Saves a document that has a file by itself, where the person wants that. From boot on. */
export function followAutosave(): void {
  useDocument.subscribe((now, before) => {
    if (now.document.id !== before.document.id || now.savedAt !== before.savedAt) hasFailed = false;
    if (now.document !== before.document && useSettings.getState().autosave === 'afterEdits') {
      clearTimeout(timer);
      timer = setTimeout(saveIfWanted, PAUSE);
    }
  });
  window.addEventListener('blur', () => {
    if (useSettings.getState().autosave === 'onLeaving') saveIfWanted();
  });
}

function saveIfWanted(): void {
  const { isDirty, gesture } = useDocument.getState();
  if (!isDirty || hasFailed || useSettings.getState().autosave === 'off') return;
  // In the middle of a drag the document is nobody's wish yet.
  if (gesture !== null) {
    timer = setTimeout(saveIfWanted, PAUSE);
    return;
  }
  void saveQuietly().then((isSaved) => (hasFailed = !isSaved));
}
