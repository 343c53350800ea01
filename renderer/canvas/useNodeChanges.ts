import type { EdgeChange, NodeChange } from '@xyflow/react';
import { useEffect, useRef, useState } from 'react';
import type { Edit } from '../../shared/graph/edit';
import type { NodeId, Position } from '../../shared/graph/graph';
import { useDocument } from '../state/document';
import { useSession, type CurrentGraph } from '../state/session';
import type { LayerFlowNode, WireFlowEdge } from './flowTypes';

const nowhere: ReadonlyMap<NodeId, Position> = new Map();

/**
 * What React Flow reports, sorted: selections go to the session, a finished move is one edit of the document, positions
 * on the way stay here, measurements go nowhere – taking one for an edit would fill the history.
 */
export function useNodeChanges(current: CurrentGraph) {
  const [inFlight, setInFlight] = useState(nowhere);
  const drag = useRef<'none' | 'moving' | 'cancelled'>('none');

  useEffect(() => {
    const cancel = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || drag.current !== 'moving') return;
      event.stopPropagation();
      drag.current = 'cancelled';
      setInFlight(nowhere);
    };
    window.addEventListener('keydown', cancel, { capture: true });
    return () => window.removeEventListener('keydown', cancel, { capture: true });
  }, []);

  function move(positions: ReadonlyMap<NodeId, Position>, mode: 'record' | 'merge'): void {
    const edits = [...positions].flatMap(([id, position]): Edit[] => {
      const before = current.graph.nodes[id]?.position;
      return before && (before.x !== position.x || before.y !== position.y) ? [{ kind: 'move', id, position, graph: current.ref }] : [];
    });
    if (edits.length > 0) useDocument.getState().edit('Move', edits, mode);
  }

  function onNodesChange(changes: NodeChange<LayerFlowNode>[]): void {
    const positions = new Map<NodeId, Position>();
    const selected = new Map<NodeId, boolean>();
    for (const change of changes) {
      if (change.type === 'select') selected.set(change.id, change.selected);
      if (change.type === 'position' && change.position) positions.set(change.id, change.position);
    }
    if (selected.size > 0) applySelection('nodes', selected);
    if (positions.size === 0 || drag.current === 'cancelled') return;
    if (drag.current === 'moving') setInFlight((before) => new Map([...before, ...positions]));
    // Arrow keys move the selected layers without a drag.
    else move(positions, 'merge');
  }

  function onEdgesChange(changes: EdgeChange<WireFlowEdge>[]): void {
    const selected = new Map(changes.flatMap((change) => (change.type === 'select' ? [[change.id, change.selected] as const] : [])));
    if (selected.size > 0) applySelection('edges', selected);
  }

  return {
    inFlight,
    onNodesChange,
    onEdgesChange,
    onNodeDragStart() {
      drag.current = 'moving';
    },
    onNodeDragStop() {
      if (drag.current === 'moving') move(inFlight, 'record');
      drag.current = 'none';
      setInFlight(nowhere);
    },
  };
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
