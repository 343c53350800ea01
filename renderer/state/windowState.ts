import type { WindowState } from '../../shared/rpc/contract';
import { host } from '../host/client';
import { useDocument } from './document';
import { currentGraph, type Step } from './location';
import { afterFrames, BOTTOM_TABS, nothingSelected, useSession } from './session';

/** Where a window looks need not be kept to the last moment; what it shows is kept at once. */
const DELAY = 600;
let timer: ReturnType<typeof setTimeout> | undefined;
let kept = '';

/** Keeps with the host where this window is, from when it has its first document on. */
export function followWindowState(): void {
  useDocument.subscribe((now, before) => {
    if (now.document.id !== before.document.id || now.file?.handle !== before.file?.handle) keepNow();
  });
  useSession.subscribe((now, before) => {
    if (
      now.selection !== before.selection ||
      now.location !== before.location ||
      now.bottomTab !== before.bottomTab ||
      now.zoom !== before.zoom
    )
      keepSoon();
  });
  // Where the canvas looks is the canvas' own; it moves by these.
  for (const moved of ['pointerup', 'wheel', 'keyup']) window.addEventListener(moved, keepSoon, { passive: true, capture: true });
  keepNow();
}

/** What is shown; where it is looked at only once the canvas has drawn it: until then the view is that of what was shown before. */
function keepNow(): void {
  void keep({ ...windowState(), view: null });
  keepSoon();
}

function keepSoon(): void {
  timer ??= setTimeout(() => {
    timer = undefined;
    void keep(windowState());
  }, DELAY);
}

async function keep(state: WindowState): Promise<void> {
  const text = JSON.stringify(state);
  if (text === kept) return;
  kept = text;
  await host.call('window.keep', state).catch(() => (kept = ''));
}

function windowState(): WindowState {
  const { document, file, title } = useDocument.getState();
  const { location, selection, bottomTab, canvasApi } = useSession.getState();
  const view = canvasApi?.view();
  return {
    documentId: document.id,
    handle: file?.handle ?? null,
    name: title.slice(0, 1000),
    inside: location.map(({ instance }) => instance),
    selected: [...selection.nodes, ...selection.edges, ...selection.annotations],
    tab: bottomTab,
    view: view ? { x: Math.round(view.x), y: Math.round(view.y), zoom: view.zoom } : null,
  };
}

/** Shows the place where the window was, as far as the document still has it. */
export function showWindowState({ inside, selected, tab, view }: WindowState): void {
  const { document } = useDocument.getState();
  const location = stepsInto(inside);
  const { graph } = currentGraph(document, location);
  const kindOf = (among: Readonly<Record<string, unknown>> | undefined) =>
    new Set(selected.filter((id) => among && Object.hasOwn(among, id)));
  useSession.setState({
    location,
    selection: { ...nothingSelected, nodes: kindOf(graph.nodes), edges: kindOf(graph.edges), annotations: kindOf(graph.annotations) },
    bottomTab: BOTTOM_TABS.find((known) => known === tab) ?? 'problems',
  });
  // The canvas draws the graph and fits it into its view first.
  if (view) afterFrames(5, () => useSession.getState().canvasApi?.lookAt(view));
}

function stepsInto(inside: readonly string[]): readonly Step[] {
  const { document } = useDocument.getState();
  const steps: Step[] = [];
  for (const instance of inside) {
    const node = currentGraph(document, steps).graph.nodes[instance];
    if (node?.block === undefined) break;
    steps.push({ instance, block: node.block, name: node.name });
  }
  return steps;
}
