import { create } from 'zustand';
import type { NodePath } from '../../shared/infer/analysis';
import { useDocument } from './document';

interface FansState {
  /** Stacks whose copies are shown one by one, by the path of the instance. A view only: the document has one repeat. */
  readonly open: ReadonlySet<NodePath>;
  toggle(path: NodePath): void;
}

export const useFans = create<FansState>((set) => ({
  open: new Set(),
  toggle: (path) =>
    set(({ open }) => ({ open: open.has(path) ? new Set([...open].filter((other) => other !== path)) : new Set([...open, path]) })),
}));

/** Another document has other stacks; one that stands once has nothing to fan out. */
useDocument.subscribe(({ document, analysis }, before) => {
  const { open } = useFans.getState();
  if (open.size === 0 || (document.id === before.document.id && analysis === before.analysis)) return;
  const kept = [...open].filter((path) => document.id === before.document.id && (analysis.nodes.get(path)?.copies ?? 1) > 1);
  if (kept.length < open.size) useFans.setState({ open: new Set(kept) });
});
