import { create } from 'zustand';
import type { NetworkAnalysis } from '../../shared/infer/analysis';
import { useDocument } from './document';
import { useSession } from './session';

/** Milliseconds without another edit. */
const QUIET = 250;

/** The analysis as it was once nothing had been edited for a while: for figures that depend on the whole network. */
export const useSettled = create<{ readonly analysis: NetworkAnalysis }>(() => ({ analysis: useDocument.getState().analysis }));

/** That analysis, and how a figure of it is told: the network may have been edited since, and what was must not pass for what is. */
export function useSettledFigures(): { readonly network: NetworkAnalysis; readonly told: (figure: string) => string } {
  const network = useSettled(({ analysis }) => analysis);
  const isNow = useDocument(({ analysis }) => analysis === network);
  return { network, told: (figure) => (isNow ? figure : '…') };
}

/**
 * From boot on. What another document says is of no use, not even for a moment; and a layer that is chosen is looked at, so that its
 * figures are settled at once – but not where an edit chose it, which would pay for them.
 */
export function followAnalysis(): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isEdit = false;
  const settle = () => {
    clearTimeout(timer);
    useSettled.setState({ analysis: useDocument.getState().analysis });
  };
  useDocument.subscribe((now, before) => {
    if (now.analysis === before.analysis) return;
    isEdit = true;
    queueMicrotask(() => (isEdit = false));
    clearTimeout(timer);
    if (now.document.id !== before.document.id) settle();
    else timer = setTimeout(settle, QUIET);
  });
  useSession.subscribe(({ selection }, before) => {
    if (selection !== before.selection && !isEdit) settle();
  });
}
