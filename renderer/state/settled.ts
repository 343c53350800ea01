import { create } from 'zustand';
import type { NetworkAnalysis } from '../../shared/infer/analysis';
import { useDocument } from './document';

/** Milliseconds without another edit. */
const QUIET = 250;
let timer: ReturnType<typeof setTimeout> | undefined;

/** The analysis as it was once nothing had been edited for a while: for figures that depend on the whole network. */
export const useSettled = create<{ readonly analysis: NetworkAnalysis }>(() => ({ analysis: useDocument.getState().analysis }));

/** From boot on. What another document says is of no use, not even for a moment. */
export function followAnalysis(): void {
  useDocument.subscribe((now, before) => {
    if (now.analysis === before.analysis) return;
    clearTimeout(timer);
    const { analysis } = now;
    if (now.document.id !== before.document.id) useSettled.setState({ analysis });
    else timer = setTimeout(() => useSettled.setState({ analysis }), QUIET);
  });
}
