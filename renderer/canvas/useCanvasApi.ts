import { useReactFlow, useStoreApi, type Viewport } from '@xyflow/react';
import { useEffect, type RefObject } from 'react';
import type { NodeId } from '../../shared/graph/graph';
import { useSession } from '../state/session';
import { isMotionReduced } from '../state/settings';
import { NODE_WIDTH } from '../../shared/picture/geometry';
import { routeAlong } from '../../shared/picture/wirePath';
import { focusedSpot, focusSpot, keepFocus, restFocus } from './keyboardFocus';
import { fitInView } from './seeing';
import { showing } from './showing';

/** Milliseconds that the view takes to another place. */
const MOVE = 140;

/** Registers what the rest of the window may ask of the canvas. */
export function useCanvasApi(container: RefObject<HTMLDivElement | null>): void {
  const flow = useReactFlow();
  const store = useStoreApi();
  useEffect(() => {
    const pointer: { screen: { x: number; y: number } | null } = { screen: null };
    const element = container.current;
    const last = { x: Number.NaN, y: Number.NaN };
    const track = ({ clientX: x, clientY: y }: PointerEvent) => {
      // A browser tells of a pointer that rests when what is under it moves; that is no use of the mouse.
      if (x === last.x && y === last.y) return;
      Object.assign(last, { x, y });
      pointer.screen = { x, y };
    };
    const press = ({ clientX: x, clientY: y }: PointerEvent) => (pointer.screen = { x, y });
    const forget = () => (pointer.screen = null);
    element?.addEventListener('pointermove', track);
    element?.addEventListener('pointerdown', press);
    element?.addEventListener('pointerleave', forget);
    element?.addEventListener('focusout', keepFocus);
    const duration = () => (isMotionReduced() ? 0 : MOVE);
    let going: { readonly viewport: Viewport; readonly until: number } | null = null;
    const center = (x: number, y: number, zoom: number) => {
      const { width, height } = element?.getBoundingClientRect() ?? { width: 0, height: 0 };
      going = { viewport: { x: width / 2 - x * zoom, y: height / 2 - y * zoom, zoom }, until: performance.now() + duration() };
      void flow.setCenter(x, y, { zoom, duration: duration() });
    };
    const selected = () => useSession.getState().selection.nodes;
    const fit = (padding: number, maxZoom: number, only?: Iterable<NodeId>) =>
      void fitInView(flow, store.getState(), { padding, maxZoom, duration: duration(), ...(only ? { only } : {}) });
    useSession.getState().setCanvasApi({
      fit: () => fit(0.12, 1),
      zoomToSelection: () => fit(0.3, 1.5, selected()),
      // Nearer than one looks now would take away what is around it.
      showSelection: () => fit(0.3, flow.getZoom(), selected()),
      zoomIn: () => void flow.zoomIn({ duration: duration() }),
      zoomOut: () => void flow.zoomOut({ duration: duration() }),
      actual: () => void flow.zoomTo(1, { duration: duration() }),
      centerOn(id) {
        const node = showing.scene.byId.get(id);
        if (node) center(node.position.x + node.data.width / 2, node.position.y + node.data.height / 2, Math.max(flow.getZoom(), 0.8));
      },
      screenToGraph: (point) => flow.screenToFlowPosition(point),
      viewportCenter() {
        const box = element?.getBoundingClientRect();
        return flow.screenToFlowPosition({
          x: (box?.left ?? 0) + (box?.width ?? 0) / 2 - NODE_WIDTH / 2,
          y: (box?.top ?? 0) + (box?.height ?? 0) / 2 - 32,
        });
      },
      view() {
        const box = element?.getBoundingClientRect();
        const middle = { x: (box?.left ?? 0) + (box?.width ?? 0) / 2, y: (box?.top ?? 0) + (box?.height ?? 0) / 2 };
        return { ...flow.screenToFlowPosition(middle, { snapToGrid: false }), zoom: flow.getZoom() };
      },
      lookAt: ({ x, y, zoom }) => center(x, y, zoom),
      routeOf: (edge) => routeAlong(showing.scene.ways.courses.get(edge)?.corners ?? [], showing.scene.direction),
      seen() {
        const { width, height } = store.getState();
        const { x, y, zoom } = going && performance.now() < going.until ? going.viewport : flow.getViewport();
        return { left: -x / zoom, top: -y / zoom, right: (width - x) / zoom, bottom: (height - y) / zoom };
      },
      pointer: () => pointer.screen && { screen: pointer.screen, graph: flow.screenToFlowPosition(pointer.screen) },
      forgetPointer: forget,
      spot: () => focusedSpot(element),
      focus: (spot) => focusSpot(element, spot),
      rest: () => restFocus(element),
    });
    return () => {
      element?.removeEventListener('pointermove', track);
      element?.removeEventListener('pointerdown', press);
      element?.removeEventListener('pointerleave', forget);
      element?.removeEventListener('focusout', keepFocus);
      useSession.getState().setCanvasApi(null);
    };
  }, [flow, store, container]);
}
