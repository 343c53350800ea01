import { create } from 'zustand';
import { findNodes } from '../../shared/find/find';
import type { NodePath } from '../../shared/infer/analysis';
import { useDocument } from './document';
import { useSession } from './session';

export interface FindState {
  readonly isOpen: boolean;
  readonly query: string;
  /** In the order in which data meets them. */
  readonly matches: readonly NodePath[];
  /** The match that was gone to last. */
  readonly current: NodePath | null;
  /** Rises each time when the bar is asked for, so that it takes the focus again. */
  readonly asked: number;

  open(): void;
  close(): void;
  search(query: string): void;
  goTo(path: NodePath): void;
  /** To the next match or the one before, around the end. */
  step(by: 1 | -1): void;
}

export const useFind = create<FindState>((set, get) => ({
  isOpen: false,
  query: '',
  matches: [],
  current: null,
  asked: 0,

  open() {
    set(({ asked, query }) => ({ isOpen: true, asked: asked + 1, ...searched(query) }));
    show();
  },
  close() {
    set({ isOpen: false });
    show();
  },
  search(query) {
    set({ query, current: null, ...searched(query) });
    show();
  },
  goTo(path) {
    set({ current: path });
    useSession.getState().reveal(path);
  },
  step(by) {
    const { matches, current } = get();
    const at = current === null ? -1 : matches.indexOf(current);
    const next = matches.at(at < 0 ? (by > 0 ? 0 : -1) : (at + by) % matches.length);
    if (next !== undefined) get().goTo(next);
  },
}));

function searched(query: string): Pick<FindState, 'matches'> {
  return { matches: findNodes(useDocument.getState().analysis, query) };
}

const none: ReadonlySet<NodePath> = new Set();

/** What is found is lit on the canvas while the bar is open. */
function show(): void {
  const { isOpen, matches } = useFind.getState();
  useSession.setState({ found: isOpen && matches.length > 0 ? new Set(matches) : none });
}

/** What is found follows the network while the bar is open. Returns what ends it. */
export function followFind(): () => void {
  return useDocument.subscribe(({ analysis }, before) => {
    const { isOpen, query, matches } = useFind.getState();
    if (!isOpen || analysis === before.analysis) return;
    const found = searched(query);
    if (found.matches.length === matches.length && found.matches.every((path, index) => path === matches[index])) return;
    useFind.setState(found);
    show();
  });
}
