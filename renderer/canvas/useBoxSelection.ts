import { useStoreApi } from '@xyflow/react';
import { useEffect, useState } from 'react';
import { shown } from '../commands/graphEdits';
import { useSession } from '../state/session';
import { useGestures } from './gestures';
import { touchedBy } from './scene';
import { showing } from './showing';

/** A box that is drawn over the canvas selects all that it touches, painted or not; React Flow would find only its own elements. */
export function useBoxSelection() {
  const store = useStoreApi();
  useEffect(
    () =>
      store.subscribe(({ userSelectionRect: rect, transform: [x, y, zoom] }, before) => {
        if (!rect || rect === before.userSelectionRect || !useGestures.getState().isBoxing) return;
        const box = { x: (rect.x - x) / zoom, y: (rect.y - y) / zoom, width: rect.width / zoom, height: rect.height / zoom };
        const { nodes, edges, annotations } = touchedBy(box, showing.scene, shown().graph.annotations);
        useSession.getState().select(nodes, edges, annotations);
      }),
    [store],
  );
  const [handlers] = useState(() => ({
    onSelectionStart(): void {
      useGestures.setState({ isBoxing: true });
      useSession.getState().select([]);
    },
    onSelectionEnd(): void {
      useGestures.setState({ isBoxing: false });
      // React Flow's frame around the selection would be one around its few elements.
      if (showing.stage.isPainted) queueMicrotask(() => store.setState({ nodesSelectionActive: false }));
    },
  }));
  return handlers;
}
