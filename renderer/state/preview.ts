import { create } from 'zustand';
import type { SkipDocument } from '../../shared/document/document';
import { applyEdits } from '../../shared/graph/applyEdits';
import type { Edit } from '../../shared/graph/edit';
import type { NetworkAnalysis } from '../../shared/infer/analysis';
import { analyze } from '../../shared/infer/analyze';
import { useDocument } from './document';

/** What the network would be after edits that nobody has made yet. */
export interface Preview {
  readonly document: SkipDocument;
  readonly analysis: NetworkAnalysis;
}

interface PreviewState {
  readonly shown: Preview | null;
  /** Shows the edits on the canvas; the document stays as it is. */
  show(edits: readonly Edit[]): void;
  hide(): void;
}

export const usePreview = create<PreviewState>((set, get) => ({
  shown: null,
  show(edits) {
    const { document, analysis } = useDocument.getState();
    const after = applyEdits(document, edits);
    set({ shown: { document: after, analysis: analyze(after, analysis) } });
  },
  hide: () => get().shown && set({ shown: null }),
}));

/** A preview of another document than the open one would lie. */
useDocument.subscribe(({ document }, before) => {
  if (document.graph !== before.document.graph || document.blocks !== before.document.blocks) usePreview.getState().hide();
});

const nothing = Symbol('no preview');

/** Something of the document's own analysis and of the one that the canvas shows, which is the preview's while there is one. */
export function useBothAnalyses<T>(select: (analysis: NetworkAnalysis) => T): { readonly live: T; readonly shown: T } {
  const previewed = usePreview(({ shown }) => (shown ? select(shown.analysis) : nothing));
  const live = useDocument(({ analysis }) => select(analysis));
  return { live, shown: previewed === nothing ? live : previewed };
}

/** Something of the analysis that the canvas shows. */
export function useShownAnalysis<T>(select: (analysis: NetworkAnalysis) => T): T {
  return useBothAnalyses(select).shown;
}
