import { create } from 'zustand';
import type { SkipDocument } from '../../shared/document/document';
import { newDocument } from '../../shared/document/create';
import { applyEdits } from '../../shared/graph/applyEdits';
import type { Edit } from '../../shared/graph/edit';
import { diff } from '../../shared/history/patches';
import type { NetworkAnalysis } from '../../shared/infer/analysis';
import { analyze } from '../../shared/infer/analyze';
import { emptyHistory, record, seal, stepBack, stepForward, type History } from './undoStack';

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
  load(opened: Opened): void;
  markSaved(document: SkipDocument, file: OpenFile): void;
  /** Facts about the file that changed without a save (locked, read-only, stamp). */
  setFile(file: OpenFile | null): void;
}

export interface Opened {
  readonly document: SkipDocument;
  readonly file: OpenFile | null;
  readonly title: string;
  /** A draft, or a file that was mended on opening, has changes that no file holds. */
  readonly isDirty: boolean;
}

interface Private {
  readonly history: History;
  readonly gesture: { readonly label: string; readonly before: SkipDocument } | null;
  /** The document that the file holds; undefined where none does. */
  readonly saved: SkipDocument | undefined;
}

/** A fresh identity for a document that was never saved. */
export function newDocumentId(): string {
  return crypto.randomUUID();
}

export const useDocument = create<DocumentState & Private>((set, get) => {
  const start = newDocument(newDocumentId());

  /** Sets the document and all that is derived from it. */
  function show(document: SkipDocument, more: Partial<Private> = {}): void {
    const state = get();
    const saved = 'saved' in more ? more.saved : state.saved;
    const history = more.history ?? state.history;
    set({
      ...more,
      document,
      analysis: sameNetwork(document, state.document) ? state.analysis : analyze(document, state.analysis),
      ...outward(document, saved, history),
    });
  }

  return {
    document: start,
    analysis: analyze(start),
    file: null,
    title: 'Untitled',
    savedAt: null,
    history: emptyHistory,
    gesture: null,
    saved: start,
    ...outward(start, start, emptyHistory),

    edit(label, change, mode) {
      const { document, history, gesture, saved } = get();
      const next = typeof change === 'function' ? change(document) : applyEdits(document, change);
      if (next === document) return;
      if (mode === 'skip') show(next, { saved: saved === document ? next : saved, history });
      else if (gesture) show(next);
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
      set({ gesture: null });
      if (gesture.before !== document) show(document, { history: record(history, gesture.label, gesture.before, document, 'record') });
    },
    cancelGesture() {
      const { gesture } = get();
      if (!gesture) return;
      set({ gesture: null });
      show(gesture.before);
    },
    undo() {
      if (get().gesture) return get().cancelGesture();
      const step = stepBack(get().history, get().document);
      if (step) show(step.document, { history: step.history });
    },
    redo() {
      get().endGesture();
      const step = stepForward(get().history, get().document);
      if (step) show(step.document, { history: step.history });
    },
    load({ document, file, title, isDirty }) {
      set({ gesture: null, file, title, savedAt: null });
      show(document, { history: emptyHistory, saved: isDirty ? undefined : document });
    },
    markSaved(document, file) {
      set({ file, title: file.name, savedAt: Date.now(), history: seal(get().history) });
      show(get().document, { saved: document });
    },
    setFile: (file) => set({ file }),
  };
});

function outward(document: SkipDocument, saved: SkipDocument | undefined, history: History) {
  const back = history.past.at(-1);
  const forward = history.future.at(-1);
  return {
    isDirty: !holdsTheSame(saved, document),
    canUndo: back !== undefined,
    canRedo: forward !== undefined,
    undoLabel: back?.label,
    redoLabel: forward?.label,
  };
}

/** Whether the file holds what is shown; where the canvas looks is nothing that a file is saved for. */
function holdsTheSame(saved: SkipDocument | undefined, document: SkipDocument): boolean {
  return saved !== undefined && diff(saved, document).every(({ path }) => path[0] === 'view');
}

/** Settings of training and view change nothing that inference looks at. */
function sameNetwork(a: SkipDocument, b: SkipDocument): boolean {
  return a.graph === b.graph && a.blocks === b.blocks && a.dataFormat === b.dataFormat;
}
