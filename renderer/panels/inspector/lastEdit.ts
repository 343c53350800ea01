import { create } from 'zustand';
import type { NetworkAnalysis } from '../../../shared/infer/analysis';
import { useDocument } from '../../state/document';

interface LastEdit {
  /** The network before the intention that was carried out last; null where the last act was no edit. */
  readonly before: NetworkAnalysis | null;
  /** A drag changes the document at each move, and is a step only at its end. */
  readonly isOpen: boolean;
}

/** What the network was before the last step, however many edits the step has. */
export const useLastEdit = create<LastEdit>(() => ({ before: null, isOpen: false }));

useDocument.subscribe((now, was) => {
  const step = stepBetween(now, was);
  if (step === 'none') return;
  const { before, isOpen } = useLastEdit.getState();
  if (step === 'elsewhere') useLastEdit.setState({ before: null, isOpen: false });
  else if (step === 'grown') return;
  else if (step === 'new') useLastEdit.setState({ before: isOpen ? before : was.analysis, isOpen: false });
  else useLastEdit.setState({ before: isOpen ? before : was.analysis, isOpen: true });
});

type State = ReturnType<typeof useDocument.getState>;

/** `drawn`: changed without a step, as in the middle of a drag. `elsewhere`: undone, or another document, also where it has the same id. */
function stepBetween(now: State, was: State): 'none' | 'new' | 'grown' | 'drawn' | 'elsewhere' {
  if (now.document.id !== was.document.id) return 'elsewhere';
  const [past, before] = [now.history.past, was.history.past];
  if (past === before) return now.analysis === was.analysis ? 'none' : now.gesture ? 'drawn' : 'elsewhere';
  if (past !== null && past.previous === before) return 'new';
  return past !== null && before !== null && past.previous === before.previous && past.label === before.label ? 'grown' : 'elsewhere';
}
