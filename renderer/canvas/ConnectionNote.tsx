import { useConnection } from '@xyflow/react';
import type { Graph } from '../../shared/graph/graph';
import { formatShape } from '../../shared/graph/tensor';
import { useDocument } from '../state/document';
import { currentGraph, pathIn, useSession } from '../state/session';
import { whyNot } from './connecting';

/** Beside the pointer while a wire is drawn: the shape that it carries, or why the port under it cannot take it. */
export function ConnectionNote({ graph }: { readonly graph: Graph }) {
  const { inProgress, fromHandle, toHandle, to } = useConnection((connection) => connection);
  const analysis = useDocument((state) => state.analysis);
  const transform = { ...to };
  if (!inProgress || !fromHandle || !to) return null;
  const forwards = fromHandle.type === 'source';
  const refused =
    toHandle &&
    whyNot(graph, {
      source: (forwards ? fromHandle : toHandle).nodeId,
      sourceHandle: (forwards ? fromHandle : toHandle).id ?? null,
      target: (forwards ? toHandle : fromHandle).nodeId,
      targetHandle: (forwards ? toHandle : fromHandle).id ?? null,
    });
  const { prefix } = currentGraph(useDocument.getState().document, useSession.getState().location);
  const type = forwards ? analysis.nodes.get(pathIn(prefix, fromHandle.nodeId))?.outputs[fromHandle.id ?? ''] : undefined;
  const text = refused ?? (type ? formatShape(type.shape) : '');
  if (text === '') return null;
  return (
    <div
      className="connection-note"
      data-refused={refused === undefined ? undefined : true}
      style={{ left: (transform.x ?? 0) + 14, top: (transform.y ?? 0) + 14 }}
      role="status"
    >
      {text}
    </div>
  );
}
