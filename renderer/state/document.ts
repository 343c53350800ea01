import { create } from 'zustand';
import type { SkipDocument } from '../../shared/document/document';
import { newDocument } from '../../shared/document/create';
import { applyEdits } from '../../shared/graph/applyEdits';
import type { Edit } from '../../shared/graph/edit';
import type { NetworkAnalysis } from '../../shared/infer/analysis';
import { analyze, sameToAnalysis } from '../../shared/infer/analyze';
import { emptyHistory, isBeginning, type History, type HistoryStep } from '../../shared/history/historySteps';
import { goTo, record, seal, stepBack, stepForward } from '../../shared/history/undoStack';

/** The file behind the open document, as the host knows it. */
export interface OpenFile {
  readonly handle: string;
  readonly name: string;
  readonly folder: string | null;
  readonly readOnly: boolean;
  readonly stamp: string | null;
  readonly lockedBy: string | null;
}

export type Change = readonly Edit[] | ((document: SkipDocument) => SkipDocument);

/**
 * `record`: one step of undo. `merge`: joins the step before it, if that has the same label and is still open (typing
 * in a field). `skip`: no step and no unsaved change (where the canvas was looking).
 */
export type EditMode = 'record' | 'merge' | 'skip';

export interface DocumentState {
  readonly document: SkipDocument;
  /** Derived from the document at each edit, in the same turn. */
  readonly analysis: NetworkAnalysis;
  readonly file: OpenFile | null;
  /** Shown where there is no file: a sample's title, or "Untitled". */
  readonly title: string;
  readonly isDirty: boolean;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly undoLabel: string | undefined;
  readonly redoLabel: string | undefined;
  readonly savedAt: number | null;
  readonly history: History;

  edit(label: string, change: Change, mode: EditMode): void;
  /** Ends the step that `merge` edits join: the next one starts a new step. */
  sealStep(): void;
  /** All edits until `endGesture` are one step; a drag of 200 moves is one. */
  beginGesture(label: string): void;
  endGesture(): void;
  /** Takes back all since `beginGesture`. */
  cancelGesture(): void;
  undo(): void;
  redo(): void;
  /** To the state behind any step of the history; null: to the beginning. */
  goTo(step: HistoryStep | null): void;
  /** Gives a document that was just loaded the steps that led to it in an earlier session. */
  adoptHistory(history: History): void;
  load(opened: Opened): void;
  markSaved(document: SkipDocument, file: OpenFile): void;
  /** Shows what the window that has the file shows. */
  follow(document: SkipDocument): void;
  /** What is known anew of the file: who has it, which version it is. */
  changeFile(change: Partial<Pick<OpenFile, 'lockedBy' | 'stamp'>>): void;
  /** What is shown is in no file (any more). */
  markUnsaved(): void;
  /** Makes what is shown a document of its own, without a file. */
  makeCopy(): void;
}

export interface Opened {
  readonly document: SkipDocument;
  readonly file: OpenFile | null;
  readonly title: string;
  /** A draft, or a file that was mended on opening, has changes that no file holds. */
  readonly isDirty: boolean;
}

interface Private {
  /** What is under way between `beginGesture` and `endGesture`. */
  readonly gesture: { readonly label: string; readonly before: SkipDocument } | null;
  /** The step behind which the document is as its file has it (null: as it was opened); undefined where no file has it. */
  readonly saved: HistoryStep | null | undefined;
}

/** A fresh identity for a document that was never saved. */
export function newDocumentId(): string {
  return crypto.randomUUID();
}

/** The step behind which a document was shown, for a save that is answered after further edits. */
const stepOf = new WeakMap<SkipDocument, HistoryStep | null>();

export const useDocument = create<DocumentState & Private>((set, get) => {
  const start = newDocument(newDocumentId());

  /** Sets the document and all that is derived from it. */
  function show(document: SkipDocument, more: Partial<Private & Pick<DocumentState, 'history' | 'file' | 'title' | 'savedAt'>> = {}): void {
    const state = get();
    const next = { history: state.history, saved: state.saved, gesture: state.gesture, ...more };
    stepOf.set(document, next.history.past);
    set({
      ...next,
      document,
      analysis: sameToAnalysis(document, state.document) ? state.analysis : analyze(document, state.analysis),
      ...outward(document, next),
    });
  }

  function move(to: ReturnType<typeof stepBack>): void {
    if (to) show(to.document, { history: to.history });
  }

  return {
    document: start,
    analysis: analyze(start),
    file: null,
    title: 'Untitled',
    savedAt: null,
    history: emptyHistory,
    gesture: null,
    saved: null,
    ...outward(start, { history: emptyHistory, gesture: null, saved: null }),

    edit(label, change, mode) {
      const before = get().document;
      const changed = typeof change === 'function' ? change(before) : applyEdits(before, change);
      if (changed === before) return;
      // What another window has is only followed here: an edit makes it a document of its own.
      if (mode !== 'skip' && get().file?.lockedBy) get().makeCopy();
      const { document, history, gesture } = get();
      const next = changed.id === document.id ? changed : { ...changed, id: document.id };
      if (mode === 'skip' || gesture) show(next);
      else show(next, { history: record(history, label, document, next, mode) });
    },
    sealStep: () => set(({ history }) => ({ history: seal(history) })),
    beginGesture(label) {
      get().endGesture();
      set(({ document }) => ({ gesture: { label, before: document } }));
    },
    endGesture() {
      const { gesture, document, history } = get();
      if (!gesture) return;
      if (gesture.before === document) set({ gesture: null });
      else show(document, { gesture: null, history: record(history, gesture.label, gesture.before, document, 'record') });
    },
    cancelGesture() {
      const { gesture } = get();
      if (gesture) show(gesture.before, { gesture: null });
    },
    undo() {
      if (get().gesture) return get().cancelGesture();
      move(stepBack(get().history, get().document));
    },
    redo() {
      get().endGesture();
      move(stepForward(get().history, get().document));
    },
    goTo(step) {
      get().endGesture();
      const { history, document } = get();
      if (step !== history.past) move(goTo(history, document, step));
    },
    adoptHistory(history) {
      const { document, saved } = get();
      show(document, { history, saved: saved === null ? history.past : saved });
    },
    load({ document, file, title, isDirty }) {
      show(document, { history: emptyHistory, saved: isDirty ? undefined : null, gesture: null, file, title, savedAt: null });
    },
    markSaved(document, file) {
      const { history, document: now } = get();
      // Another document was opened while this one was being written.
      if (now.id !== document.id) return;
      const saved = stepOf.has(document) ? stepOf.get(document) : history.past;
      show(now, { history: seal(history), saved, file, title: file.name, savedAt: Date.now() });
    },
    follow: (document) => show(document),
    changeFile: (change) => set(({ file }) => ({ file: file && { ...file, ...change } })),
    markUnsaved: () => show(get().document, { saved: undefined }),
    makeCopy() {
      const { document, gesture, title } = get();
      const id = newDocumentId();
      show(
        { ...document, id },
        { file: null, title: `Copy of ${title}`, gesture: gesture && { ...gesture, before: { ...gesture.before, id } } },
      );
    },
  };
});

function outward(document: SkipDocument, { history: { past, future }, gesture, saved }: Private & Pick<DocumentState, 'history'>) {
  const canUndo = !isBeginning(past);
  return {
    isDirty: past !== saved || (gesture !== null && gesture.before !== document),
    canUndo,
    canRedo: future !== null,
    undoLabel: canUndo ? past.label : undefined,
    redoLabel: future?.step.label,
  };
}
