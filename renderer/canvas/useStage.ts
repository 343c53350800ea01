import { useStoreApi, type ReactFlowState } from '@xyflow/react';
import { useEffect, useLayoutEffect, useMemo, useState } from 'react';
import type { Spot } from '../state/session';
import { useGestures } from './gestures';
import type { Hit, Scene } from './scene';
import { showing, useAtHand } from './showing';
import { createStager, isOutdated, type Held, type Stage, type View } from './stage';

/** Milliseconds after the last move until the view is at rest. */
const REST = 150;

/** What of a scene React Flow is given: follows the view, the pointer and the focus, and changes as seldom as it can. */
export function useStage(scene: Scene): Stage {
  const store = useStoreApi();
  const [stageOf] = useState(createStager);
  const [{ view, isMoving }, setSeen] = useState(() => ({ view: viewOf(store.getState()), isMoving: false }));
  const held = useHeld();
  const stage = useMemo(() => stageOf(scene, view, held, isMoving), [stageOf, scene, view, held, isMoving]);
  useLayoutEffect(() => {
    showing.scene = scene;
    showing.stage = stage;
  }, [scene, stage]);
  useEffect(() => {
    if (!stage.isLeaving && !stage.isComing) return;
    const frame = requestAnimationFrame(() => setSeen((seen) => ({ ...seen, view: viewOf(store.getState()) })));
    return () => cancelAnimationFrame(frame);
  }, [store, stage]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const look = (state: ReactFlowState, moves: boolean) => {
      const seen = viewOf(state);
      if (isOutdated(showing.stage, showing.scene, seen, moves)) setSeen({ view: seen, isMoving: moves });
    };
    const rest = () => {
      look(store.getState(), false);
      // Otherwise an edit would be held against what may be drawn in the midst of a move.
      setSeen((seen) => (seen.isMoving ? { view: viewOf(store.getState()), isMoving: false } : seen));
    };
    const stop = followView(store, (state) => {
      clearTimeout(timer);
      timer = setTimeout(rest, REST);
      look(state, true);
    });
    look(store.getState(), false);
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [store]);
  return stage;
}

/** Tells whenever the canvas shows another part of the graph. Returns what ends it. */
export function followView(store: ReturnType<typeof useStoreApi>, tell: (state: ReactFlowState) => void): () => void {
  return store.subscribe((state, before) => {
    if (state.transform !== before.transform || state.width !== before.width || state.height !== before.height) tell(state);
  });
}

/** The part of the graph that the canvas shows. */
export function viewOf({ transform: [x, y, zoom], width, height }: Pick<ReactFlowState, 'transform' | 'width' | 'height'>): View {
  return { x: -x / zoom, y: -y / zoom, width: width / zoom, height: height / zoom, zoom };
}

function useHeld(): Held {
  const pointer = useAtHand((state) => state.pointer);
  const spot = useAtHand((state) => state.spot);
  const from = useGestures(({ drawing }) => drawing?.node);
  const dragged = useGestures((state) => state.dragged);
  return useMemo(() => {
    const places = [pointer, spot].filter((place) => place !== undefined);
    return {
      nodes: new Set([...places.flatMap(nodesAt), ...(from === undefined ? [] : [from]), ...dragged]),
      edges: new Set(places.flatMap((place) => (place.kind === 'wire' ? [place.edge] : []))),
    };
  }, [pointer, spot, from, dragged]);
}

function nodesAt(place: Hit | Spot): string[] {
  return place.kind === 'wire' ? [] : [place.node];
}
