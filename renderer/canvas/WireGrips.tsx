import { useReactFlow } from '@xyflow/react';
import type { PointerEvent } from 'react';
import { turned, type FlowDirection } from '../../shared/graph/direction';
import type { EdgeId, Position, WireRoute } from '../../shared/graph/graph';
import { isStraight } from '../../shared/picture/geometry';
import { shown } from '../commands/graphEdits';
import { useDocument } from '../state/document';

interface WireGripsProps {
  readonly id: EdgeId;
  readonly corners: readonly Position[];
  readonly direction: FlowDirection;
}

/** The pieces of a selected wire that can be dragged: level ones up and down, upright ones sideways. */
export function WireGrips({ id, corners, direction }: WireGripsProps) {
  const { screenToFlowPosition } = useReactFlow();
  const origin = corners[0];
  if (!origin) return null;
  const lead = (sets: keyof WireRoute) => (event: PointerEvent<SVGLineElement>) => {
    if (event.button !== 0) return;
    event.stopPropagation();
    const line: SVGLineElement = event.currentTarget;
    line.setPointerCapture(event.pointerId);
    const end = new AbortController();
    useDocument.getState().beginGesture('Lead a wire');
    const options = { signal: end.signal };
    line.addEventListener(
      'pointermove',
      (move) => {
        const at = screenToFlowPosition({ x: move.clientX, y: move.clientY });
        const off = turned({ x: at.x - origin.x, y: at.y - origin.y }, direction);
        routeWire(id, { [sets]: Math.round(sets === 'lane' ? off.y : off.x) });
      },
      options,
    );
    const finish = (keep: boolean) => {
      end.abort();
      if (keep) useDocument.getState().endGesture();
      else useDocument.getState().cancelGesture();
    };
    line.addEventListener('pointerup', () => finish(true), options);
    line.addEventListener('pointercancel', () => finish(false), options);
  };
  return corners.slice(1).map((to, index) => {
    const from = corners[index] as Position;
    const isLevel = isStraight(from.y, to.y);
    if (Math.abs(from.x - to.x) + Math.abs(from.y - to.y) < 16) return null;
    return (
      <line
        key={index}
        className="wire-grip nopan nodrag"
        data-level={isLevel || undefined}
        x1={from.x}
        y1={from.y}
        x2={to.x}
        y2={to.y}
        onPointerDown={lead(isLevel === (direction === 'right') ? 'lane' : 'turn')}
      />
    );
  });
}

function routeWire(id: EdgeId, change: WireRoute): void {
  const { graph, ref } = shown();
  const route = { ...graph.edges[id]?.route, ...change };
  useDocument.getState().edit('Lead a wire', [{ kind: 'route', id, route, graph: ref }], 'merge');
}
