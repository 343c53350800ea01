import { create } from 'zustand';
import type { SkipDocument } from '../../shared/document/document';
import type { EdgeId, NodeId, PortRef, Position, WireRoute } from '../../shared/graph/graph';
import type { NodePath } from '../../shared/infer/analysis';
import { NODE_HEIGHT, NODE_WIDTH } from '../../shared/picture/geometry';
import { useDocument } from './document';
import { currentGraph, locate, openSteps, pathIn, prefixOf, type Step } from './location';

export interface Selection {
  readonly nodes: ReadonlySet<NodeId>;
  readonly edges: ReadonlySet<EdgeId>;
  /** Frames and notes. */
  readonly annotations: ReadonlySet<string>;
}

/** The tabs below the canvas, in their order. */
export const BOTTOM_TABS = ['problems', 'cost', 'sizes', 'training', 'tryIt', 'data', 'runs', 'history'] as const;
export type BottomTab = (typeof BOTTOM_TABS)[number];
export type LeftTab = 'palette' | 'outline';
export type PanelName = 'palette' | 'inspector' | 'bottom';

/** The floating thing that is open. `at` of `addLayer` is in graph coordinates; `from` is an output port to wire it to. */
export type OpenDialog =
  | {
      readonly kind: 'addLayer';
      readonly at: Position | null;
      readonly from?: PortRef | undefined;
      readonly into?: PortRef | undefined;
      readonly onWire?: EdgeId | undefined;
      /** A wire of which an end was taken off: it goes when a layer is chosen. */
      readonly instead?: EdgeId | undefined;
      readonly screen?: Position | undefined;
    }
  /** Which layer the selected one, or one of its ports, shall be wired to. */
  | { readonly kind: 'connect'; readonly node: NodeId; readonly port?: ConnectPort | undefined }
  /** Code of a network that was pasted; `at`: where the pointer was, in graph coordinates. */
  | { readonly kind: 'pasteCode'; readonly text: string; readonly at: Position | null }
  /** A field to paste into, where the clipboard may not be read. */
  | { readonly kind: 'pasteField' }
  /** What the selected layers shall become. */
  | { readonly kind: 'replaceLayer' }
  | { readonly kind: 'commandPalette' }
  | { readonly kind: 'openSample' }
  /** Known networks to start from. */
  | { readonly kind: 'gallery' }
  | { readonly kind: 'versions' }
  /** The graph as a figure in a file. */
  | { readonly kind: 'picture' }
  /** Two designs side by side. */
  | { readonly kind: 'compare'; readonly before: TitledDocument; readonly after: TitledDocument }
  | { readonly kind: 'browse'; readonly purpose: 'open' | 'compare' | 'images' }
  | { readonly kind: 'browse'; readonly purpose: 'save'; readonly suggestedName: string }
  | { readonly kind: 'shortcuts' }
  | { readonly kind: 'about' }
  | { readonly kind: 'log' }
  /** What computes, and the compiled network; `layer`: what the layer of that path became. */
  | { readonly kind: 'engine'; readonly layer?: NodePath | undefined }
  | { readonly kind: 'findRate' }
  | { readonly kind: 'profile' }
  /** `field`: the setting that is shown first. */
  | { readonly kind: 'settings'; readonly field?: string | undefined }
  | { readonly kind: 'bookmarks' }
  | { readonly kind: 'export'; readonly format: 'savedmodel' | 'tfjs' }
  /** Something that could not be done, in full. */
  | {
      readonly kind: 'problem';
      readonly title: string;
      readonly code: string;
      readonly message: string;
      readonly fix: string | undefined;
      readonly wayOut?: WayOut;
    }
  /** The file changed on disk since it was read. */
  | { readonly kind: 'changedOnDisk'; readonly message: string };

export interface TitledDocument {
  readonly title: string;
  readonly document: SkipDocument;
}

export interface ConnectPort {
  readonly side: 'input' | 'output';
  readonly port: string;
}

/** The next thing to do about what is told, one press away. */
export interface WayOut {
  readonly label: string;
  readonly run: () => void;
}

export interface ToastData {
  readonly id: number;
  readonly tone: 'info' | 'success' | 'error';
  readonly message: string;
  readonly detail?: string | undefined;
  readonly action?: WayOut | undefined;
}

export interface View extends Position {
  readonly zoom: number;
}

/** What the canvas offers to the rest of the window; it registers itself. Positions are in graph coordinates. */
export interface CanvasApi {
  fit(): void;
  zoomToSelection(): void;
  /** The selection in the middle, from as far as one looks now or from farther. */
  showSelection(): void;
  zoomIn(): void;
  zoomOut(): void;
  actual(): void;
  /** Brings a node of the shown graph to the middle. */
  centerOn(node: NodeId): void;
  screenToGraph(point: Position): Position;
  viewportCenter(): Position;
  /** Where the canvas looks: the middle of the view, and the zoom. */
  view(): View;
  lookAt(view: View): void;
  /** How a wire runs now, whether it was led or not. */
  routeOf(edge: EdgeId): Required<WireRoute> | undefined;
  /** What of the graph is in view, or will be where the view is on its way. */
  seen(): { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };
  /** Where the pointer is over the canvas, or null where it is elsewhere or the keyboard has taken over. */
  pointer(): { readonly graph: Position; readonly screen: Position } | null;
  /** The keyboard is used: the pointer counts again once it moves. */
  forgetPointer(): void;
  /** What has the keyboard's focus, if it is on the canvas. */
  spot(): Spot | null;
  /** Gives the focus to something on the canvas and brings it into view; left out: to the canvas itself. */
  focus(spot?: Spot): void;
  /** Gives the focus to the canvas itself, for what has it is about to go. */
  rest(): void;
}

/** A place of the canvas that can have the keyboard's focus. */
export type Spot =
  | { readonly kind: 'layer'; readonly node: NodeId }
  | { readonly kind: 'port'; readonly node: NodeId; readonly port: string; readonly side: 'input' | 'output' }
  | { readonly kind: 'wire'; readonly edge: EdgeId };

/** Something to be read out; the number tells two of the same words apart. */
export interface Announcement {
  readonly id: number;
  readonly text: string;
}

export interface SessionState {
  readonly selection: Selection;
  /** The way into blocks; empty: the network itself. */
  readonly location: readonly Step[];
  readonly bottomTab: BottomTab;
  readonly leftTab: LeftTab;
  readonly panels: Readonly<Record<PanelName, boolean>>;
  /** The problem whose paths are tinted on the canvas. */
  readonly focusedProblem: string | null;
  /** The problem whose first repair takes the keyboard as soon as it is found. */
  readonly wantsRepairs: string | null;
  /** The warning whose reason is asked for, to switch it off. */
  readonly switchingOff: string | null;
  readonly dialog: OpenDialog | null;
  readonly toasts: readonly ToastData[];
  readonly canvasApi: CanvasApi | null;
  /** What the search over the canvas finds, by path in the expanded network. */
  readonly found: ReadonlySet<NodePath>;
  /** 1 is 100 %; the canvas keeps it. */
  readonly zoom: number;

  /** The layer that the next click wires to. */
  readonly wiringFrom: NodeId | null;
  /** The layer whose name is being edited on the canvas. */
  readonly renaming: NodeId | null;
  /** What a screen reader was told last, the latest at the end. */
  readonly announcements: readonly Announcement[];

  select(nodes: Iterable<NodeId>, edges?: Iterable<EdgeId>, annotations?: Iterable<string>): void;
  setWiringFrom(node: NodeId | null): void;
  setRenaming(node: NodeId | null): void;
  announce(text: string): void;
  openBlock(instance: NodeId): void;
  /** Leaves until `depth` steps are left: 0 is the network. */
  leaveTo(depth: number): void;
  /** Looks into another copy of a repeated block on the way. */
  showCopy(depth: number, copy: number): void;
  /** Shows the graph that holds the node, selects it and brings it to the middle. */
  reveal(path: NodePath): void;
  showTab(tab: BottomTab): void;
  showLeftTab(tab: LeftTab): void;
  setPanel(panel: PanelName, isOpen: boolean): void;
  focusProblem(id: string | null): void;
  openDialog(dialog: OpenDialog): void;
  closeDialog(): void;
  toast(toast: Omit<ToastData, 'id'>): void;
  dismissToast(id: number): void;
  setCanvasApi(api: CanvasApi | null): void;
  setZoom(zoom: number): void;
  /** For another document: nothing selected, at the network. */
  reset(): void;
}

export const nothingSelected: Selection = { nodes: new Set(), edges: new Set(), annotations: new Set() };

let lastToast = 0;
let lastAnnouncement = 0;

export const useSession = create<SessionState>((set, get) => ({
  selection: nothingSelected,
  location: [],
  bottomTab: 'problems',
  leftTab: 'palette',
  panels: { palette: true, inspector: true, bottom: true },
  focusedProblem: null,
  wantsRepairs: null,
  switchingOff: null,
  dialog: null,
  toasts: [],
  canvasApi: null,
  found: new Set(),
  zoom: 1,

  wiringFrom: null,
  renaming: null,
  announcements: [],

  setWiringFrom: (wiringFrom) => set({ wiringFrom }),
  setRenaming: (renaming) => set({ renaming }),
  announce(text) {
    lastAnnouncement += 1;
    const id = lastAnnouncement;
    set(({ announcements }) => ({ announcements: [...announcements.slice(-4), { id, text }] }));
  },
  select(nodes, edges = [], annotations = []) {
    const next = { nodes: new Set(nodes), edges: new Set(edges), annotations: new Set(annotations) };
    if (!sameSelection(next, get().selection)) set({ selection: next });
  },
  openBlock(instance) {
    const { document, analysis } = useDocument.getState();
    const { graph, prefix } = currentGraph(document, get().location);
    const node = graph.nodes[instance];
    const block = node?.block === undefined ? undefined : document.blocks[node.block];
    if (!node || !block) return;
    const copies = analysis.nodes.get(pathIn(prefix, instance))?.copies ?? 1;
    const step: Step = { instance, ...(copies > 1 ? { copy: 0 } : {}), block: block.id, name: node.name };
    set(({ location }) => ({ location: [...location, step], selection: nothingSelected }));
  },
  showCopy(depth, copy) {
    set(({ location }) => ({ location: location.map((step, index) => (index === depth ? { ...step, copy } : step)) }));
  },
  leaveTo(depth) {
    const { location } = get();
    const left = location[depth];
    if (left) set({ location: location.slice(0, depth), selection: { ...nothingSelected, nodes: new Set([left.instance]) } });
  },
  reveal(path) {
    const found = locate(useDocument.getState().document, path);
    if (!found) return;
    const isElsewhere = prefixOf(found.location) !== prefixOf(get().location);
    // In one turn: between the two nothing would fit.
    if (isElsewhere) set({ location: found.location, selection: { ...nothingSelected, nodes: new Set([found.node]) } });
    else get().select([found.node]);
    const { graph } = currentGraph(useDocument.getState().document, found.location);
    const position = graph.nodes[found.node]?.position;
    // What can be seen and read stays where it is: moving it would lose the place.
    if (!isElsewhere && position && isInView(get().canvasApi, position)) return;
    // Another graph is drawn and fitted first.
    const frames = isElsewhere ? 3 : 1;
    afterFrames(frames, () => get().canvasApi?.centerOn(found.node));
  },
  showTab: (bottomTab) => set(({ panels }) => ({ bottomTab, panels: { ...panels, bottom: true } })),
  showLeftTab: (leftTab) => set(({ panels }) => ({ leftTab, panels: { ...panels, palette: true } })),
  setPanel: (panel, isOpen) => set(({ panels }) => (panels[panel] === isOpen ? {} : { panels: { ...panels, [panel]: isOpen } })),
  // A form for a reason that was left belongs to the problem that was looked at then.
  focusProblem: (focusedProblem) => set(focusedProblem === get().focusedProblem ? {} : { focusedProblem, switchingOff: null }),
  openDialog: (dialog) => set({ dialog }),
  closeDialog: () => set({ dialog: null }),
  toast(toast) {
    lastToast += 1;
    const id = lastToast;
    // More than three at once are noise: the oldest go.
    set(({ toasts }) => ({ toasts: [...toasts.slice(-2), { ...toast, id }] }));
  },
  dismissToast: (id) => set(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) })),
  setCanvasApi: (canvasApi) => set({ canvasApi }),
  setZoom: (zoom) => set({ zoom }),
  reset: () =>
    set({ selection: nothingSelected, location: [], focusedProblem: null, switchingOff: null, wiringFrom: null, renaming: null }),
}));

/** Whether a layer that stands here is wholly in the canvas' view, and large enough to be read. */
export function isInView(api: CanvasApi | null, position: Position): boolean {
  return api !== null && useSession.getState().zoom >= READABLE && isSeen(api, position);
}

/** Whether a layer that stands here is wholly in the canvas' view, however small. */
export function isSeen(api: CanvasApi, { x, y }: Position): boolean {
  const { left, top, right, bottom } = api.seen();
  return x >= left && y >= top && x + NODE_WIDTH <= right && y + NODE_HEIGHT <= bottom;
}

/** Below this zoom a layer is a speck among others. */
const READABLE = 0.3;

/** Another graph is drawn and fitted in three frames. */
export function afterFrames(count: number, act: () => void): void {
  if (count === 0) act();
  else requestAnimationFrame(() => afterFrames(count - 1, act));
}

function sameSelection(a: Selection, b: Selection): boolean {
  return sameSet(a.nodes, b.nodes) && sameSet(a.edges, b.edges) && sameSet(a.annotations, b.annotations);
}

function sameSet(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((item) => b.has(item));
}

/** What an edit, an undo or another document took away is no longer selected, open or focused. */
useDocument.subscribe(({ document, analysis }, before) => {
  if (document.graph === before.document.graph && document.blocks === before.document.blocks) return;
  const { location, selection, focusedProblem } = useSession.getState();
  const kept = openSteps(document, location);
  const { graph } = currentGraph(document, kept);
  if (kept.length !== location.length) useSession.setState({ location: kept, selection: nothingSelected });
  else
    useSession.getState().select(
      [...selection.nodes].filter((id) => graph.nodes[id]),
      [...selection.edges].filter((id) => graph.edges[id]),
      [...selection.annotations].filter((id) => graph.annotations?.[id]),
    );
  if (focusedProblem !== null && !analysis.problems.some(({ id }) => id === focusedProblem)) useSession.setState({ focusedProblem: null });
});
