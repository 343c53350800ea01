import { create } from 'zustand';
import type { NodeId } from '../../shared/graph/graph';
import { useDocument } from './document';
import { currentGraph, openSteps, prefixOf, type Step } from './location';
import { afterFrames, isInView, nothingSelected, useSession, type SessionState, type View } from './session';

/** Where a person looked: which graph, what was selected, and the view. */
interface Place {
  readonly location: readonly Step[];
  readonly nodes: readonly NodeId[];
  /** Known once the place is left. */
  readonly view: View | null;
}

interface PlacesState {
  readonly past: readonly Place[];
  readonly here: Place;
  readonly future: readonly Place[];
  back(): void;
  forward(): void;
}

const start: Place = { location: [], nodes: [], view: null };
/** As many as anybody goes back. */
const KEPT = 50;

/** True while a place is shown again: that is no new place. */
let isGoing = false;

export const usePlaces = create<PlacesState>((set, get) => ({
  past: [],
  here: start,
  future: [],
  back() {
    const { past, here, future } = get();
    const to = past.at(-1);
    if (!to) return;
    set({ past: past.slice(0, -1), here: to, future: [left(here), ...future] });
    show(to, () => get().back());
  },
  forward() {
    const { past, here, future } = get();
    const [to, ...rest] = future;
    if (!to) return;
    set({ past: [...past, left(here)], here: to, future: rest });
    show(to, () => get().forward());
  },
}));

function left(place: Place): Place {
  return { ...place, view: useSession.getState().canvasApi?.view() ?? place.view };
}

/** A place whose block is gone is passed over. */
function show({ location, nodes, view }: Place, passOver: () => void): void {
  const { document } = useDocument.getState();
  if (openSteps(document, location).length < location.length) return passOver();
  const { graph } = currentGraph(document, location);
  const isElsewhere = !sameWay(location, useSession.getState().location);
  isGoing = true;
  useSession.setState({ location, selection: { ...nothingSelected, nodes: new Set(nodes.filter((id) => graph.nodes[id])) } });
  isGoing = false;
  if (view) afterFrames(isElsewhere ? 3 : 0, () => useSession.getState().canvasApi?.lookAt(view));
}

/** Keeps the history of places in step with what is opened and selected. Returns what ends it. */
export function followPlaces(): () => void {
  const endSession = useSession.subscribe((now, before) => {
    if (isGoing || (now.location === before.location && now.selection === before.selection)) return;
    visit(now);
  });
  const endDocument = useDocument.subscribe(({ document }, before) => {
    if (document.id !== before.document.id) usePlaces.setState({ past: [], here: start, future: [] });
  });
  return () => {
    endSession();
    endDocument();
  };
}

function visit({ location, selection }: Pick<SessionState, 'location' | 'selection'>): void {
  const { past, here } = usePlaces.getState();
  const next: Place = { location, nodes: [...selection.nodes], view: null };
  if (sameWay(location, here.location) && isSeen(next)) {
    // What is selected last is where one comes back to; nothing selected is no place.
    if (next.nodes.length > 0) usePlaces.setState({ here: next });
    return;
  }
  usePlaces.setState({ past: [...past, left(here)].slice(-KEPT), here: next, future: [] });
}

/** A layer that is seen where it is was pressed, not jumped to: that is the same place still. */
function isSeen({ location, nodes }: Place): boolean {
  const { graph } = currentGraph(useDocument.getState().document, location);
  const { canvasApi } = useSession.getState();
  return nodes.every((id) => {
    const position = graph.nodes[id]?.position;
    return position === undefined || isInView(canvasApi, position);
  });
}

function sameWay(a: readonly Step[], b: readonly Step[]): boolean {
  return prefixOf(a) === prefixOf(b);
}
