import { useConnection, useReactFlow } from '@xyflow/react';
import { useMemo } from 'react';
import { applyEdits } from '../../shared/graph/applyEdits';
import type { EdgeId, Graph, NodeId, Position } from '../../shared/graph/graph';
import { formatShape } from '../../shared/graph/tensor';
import { analyze } from '../../shared/infer/analyze';
import { shown } from '../commands/graphEdits';
import { useDocument } from '../state/document';
import { currentGraph, pathIn } from '../state/location';
import { useSession } from '../state/session';
import { endsOnLayer, wireEdits, whyNot, withoutWire, type Ends } from './connecting';
import { consequence, type Consequence } from './consequence';
import { useGestures } from './gestures';
import { layerAt } from './hitTest';

/** Beside the pointer while a wire is drawn: the shape that it carries, and over a port what would follow or why it cannot be. */
export function ConnectionNote({ graph }: { readonly graph: Graph }) {
  const { inProgress, fromHandle, toHandle, to } = useConnection((connection) => connection);
  const analysis = useDocument((state) => state.analysis);
  const moved = useGestures((state) => state.moved);
  const { flowToScreenPosition } = useReactFlow();
  const forwards = fromHandle?.type === 'source';
  const [source, target] = forwards ? [fromHandle, toHandle] : [toHandle, fromHandle];
  // Over a layer, away from its ports: where a drop would lead.
  const layer = inProgress && fromHandle && !toHandle && to ? layerAt(flowToScreenPosition(to)) : undefined;
  const ends =
    endsOf(source, target) ?? (fromHandle && layer !== undefined ? endsOver(withoutWire(graph, moved), fromHandle, layer) : undefined);
  const key = ends && JSON.stringify(ends);
  // One analysis for each port that is met, not for each move of the pointer.
  const preview = useMemo(
    () => (key === undefined ? undefined : previewOf(graph, JSON.parse(key) as Ends | string, moved)),
    [graph, key, moved],
  );
  if (!inProgress || !fromHandle || !to) return null;
  const { prefix } = currentGraph(useDocument.getState().document, useSession.getState().location);
  const type = forwards ? analysis.nodes.get(pathIn(prefix, fromHandle.nodeId))?.outputs[fromHandle.id ?? ''] : undefined;
  const carried = type ? formatShape(type.shape) : '';
  if (carried === '' && !preview) return null;
  const refused = typeof preview === 'string';
  return (
    <div className="connection-note" data-refused={refused || undefined} style={besidePointer(flowToScreenPosition(to))} role="status">
      {refused ? preview : <Carried carried={carried} preview={preview} />}
    </div>
  );
}

/** The widest and the highest note, which grow with the size of text, and what is left beside it. */
const WIDTH = '20.5rem';
const HEIGHT = '7rem';

/** Never over the edge of the window. */
function besidePointer({ x, y }: Position) {
  return { left: `min(${x + 16}px, 100vw - ${WIDTH})`, top: `min(${y + 16}px, 100vh - ${HEIGHT})` };
}

function Carried({ carried, preview }: { readonly carried: string; readonly preview: Preview | undefined }) {
  return (
    <>
      {carried !== '' && <div className="font-mono">{carried}</div>}
      {preview && preview.gives !== '' && (
        <div className="text-secondary">
          gives <span className="font-mono">{preview.gives}</span>
        </div>
      )}
      {preview?.replaces !== undefined && <div className="text-secondary">in place of the wire from {preview.replaces}</div>}
      {preview?.mended ? <div className="text-success-text">mends {count(preview.mended)}</div> : null}
      {preview?.problem && (
        <div className="connection-problem">
          {preview.added > 1 ? `${count(preview.added)}: ` : ''}
          {preview.problem}
        </div>
      )}
    </>
  );
}

function count(problems: number): string {
  return problems === 1 ? '1 problem' : `${problems} problems`;
}

type End = { readonly nodeId: string; readonly id?: string | null } | null | undefined;

function endsOf(source: End, target: End): Ends | undefined {
  if (!source || !target) return undefined;
  return { source: source.nodeId, sourceHandle: source.id ?? null, target: target.nodeId, targetHandle: target.id ?? null };
}

function endsOver(graph: Graph, from: NonNullable<End> & { readonly type: 'source' | 'target' }, layer: NodeId): Ends | string | undefined {
  if (layer === from.nodeId || !from.id) return undefined;
  return endsOnLayer(graph, shown().document.blocks, { node: from.nodeId, port: from.id }, from.type, layer);
}

interface Preview extends Consequence {
  /** The layer whose wire leads to the port now, and makes room. */
  readonly replaces: string | undefined;
}

/** What the wire would do, or why it cannot be. */
function previewOf(graph: Graph, ends: Ends | string, moved: EdgeId | null): Preview | string {
  if (typeof ends === 'string') return ends;
  const refused = whyNot(withoutWire(graph, moved), ends);
  if (refused !== undefined) return refused;
  const { document, ref } = shown();
  const { analysis } = useDocument.getState();
  const { prefix } = currentGraph(document, useSession.getState().location);
  const after = analyze(applyEdits(document, wireEdits(graph, ref, ends, moved ?? undefined)), analysis);
  return { ...consequence(analysis, after, pathIn(prefix, ends.target)), replaces: replacedBy(graph, ends, moved) };
}

function replacedBy({ nodes, edges }: Graph, { target, targetHandle }: Ends, moved: EdgeId | null): string | undefined {
  const there = Object.values(edges).find(({ id, to }) => id !== moved && to.node === target && to.port === targetHandle);
  return there && (nodes[there.from.node]?.name ?? '');
}
