import type { EdgeChange, NodeChange } from '@xyflow/react';
import { useEffect, useState } from 'react';
import type { Edit } from '../../shared/graph/edit';
import type { NodeId, Position } from '../../shared/graph/graph';
import { shown } from '../commands/graphEdits';
import { useDocument } from '../state/document';
import { useSession } from '../state/session';
import type { LayerFlowNode, WireFlowEdge } from './flowTypes';

const nowhere: ReadonlyMap<NodeId, Position> = new Map();

/**
 * What React Flow reports, sorted: selections go to the session, a finished move is one edit of the document, positions
 * on the way stay here, measurements go nowhere – taking one for an edit would fill the history.
 */
export function useNodeChanges() {
  const [inFlight, setInFlight] = useState(nowhere);
  // One set of handlers for the life of the canvas; see Canvas.tsx for why.
  const [handlers] = useState(() => createHandlers(setInFlight));
  useEffect(() => {
    const cancel = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && handlers.cancelDrag()) event.stopPropagation();
    };
    window.addEventListener('keydown', cancel, { capture: true });
    return () => window.removeEventListener('keydown', cancel, { capture: true });
  }, [handlers]);
  return { inFlight, ...handlers };
}

function createHandlers(show: (inFlight: ReadonlyMap<NodeId, Position>) => void) {
  let drag: 'none' | 'moving' | 'cancelled' = 'none';
  let inFlight = nowhere;
  const fly = (positions: ReadonlyMap<NodeId, Position>) => {
    inFlight = positions;
    show(positions);
  };
  return {
    /** True where a drag was on its way. */
    cancelDrag(): boolean {
      if (drag !== 'moving') return false;
      drag = 'cancelled';
      fly(nowhere);
      return true;
    },
    onNodesChange(changes: NodeChange<LayerFlowNode>[]): void {
      const positions = new Map<NodeId, Position>();
      const selected = new Map<NodeId, boolean>();
      for (const change of changes) {
        if (change.type === 'select') selected.set(change.id, change.selected);
        if (change.type === 'position' && change.position) positions.set(change.id, change.position);
      }
      if (selected.size > 0) applySelection('nodes', selected);
      if (positions.size === 0 || drag === 'cancelled') return;
      if (drag === 'moving') fly(new Map([...inFlight, ...positions]));
      // Arrow keys move the selected layers without a drag.
      else move(positions, 'merge');
    },
    onEdgesChange(changes: EdgeChange<WireFlowEdge>[]): void {
      const selected = new Map(changes.flatMap((change) => (change.type === 'select' ? [[change.id, change.selected] as const] : [])));
      if (selected.size > 0) applySelection('edges', selected);
    },
    onNodeDragStart(): void {
      drag = 'moving';
    },
    onNodeDragStop(): void {
      if (drag === 'moving') move(inFlight, 'record');
      drag = 'none';
      fly(nowhere);
    },
  };
}

function move(positions: ReadonlyMap<NodeId, Position>, mode: 'record' | 'merge'): void {
  const { graph, ref } = shown();
  const edits = [...positions].flatMap(([id, position]): Edit[] => {
    const before = graph.nodes[id]?.position;
    return before && (before.x !== position.x || before.y !== position.y) ? [{ kind: 'move', id, position, graph: ref }] : [];
  });
  if (edits.length > 0) useDocument.getState().edit('Move', edits, mode);
}

function applySelection(what: 'nodes' | 'edges', changes: ReadonlyMap<string, boolean>): void {
  const { selection, select } = useSession.getState();
  const next = new Set(selection[what]);
  for (const [id, isSelected] of changes) {
    if (isSelected) next.add(id);
    else next.delete(id);
  }
  if (what === 'nodes') select(next, selection.edges);
  else select(selection.nodes, next);
}
