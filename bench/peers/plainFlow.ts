import { applyNodeChanges, Position, ReactFlow, type Edge, type Node } from '@xyflow/react';
import { createElement, useState } from 'react';
import { createRoot } from 'react-dom/client';

/** A network for the page of the peer, which is React Flow with its own nodes and wires and nothing else. */
export interface PlainGraph {
  readonly nodes: readonly { readonly id: string; readonly label: string; readonly position: { readonly x: number; readonly y: number } }[];
  readonly edges: readonly { readonly id: string; readonly source: string; readonly target: string }[];
}

function Plain({ graph }: { readonly graph: PlainGraph }) {
  const [nodes, setNodes] = useState<Node[]>(() =>
    graph.nodes.map(({ id, label, position }) => ({
      id,
      position,
      data: { label },
      width: 152,
      height: 64,
      sourcePosition: Position.Right,
      targetPosition: Position.Left,
    })),
  );
  const [edges] = useState<Edge[]>(() => graph.edges.map((edge) => ({ ...edge })));
  return createElement(ReactFlow, {
    nodes,
    edges,
    onNodesChange: (changes) => setNodes((before) => applyNodeChanges(changes, before)),
    panOnScroll: true,
    minZoom: 0.01,
    maxZoom: 3,
    fitView: true,
    proOptions: { hideAttribution: true },
  });
}

const { graph } = globalThis as unknown as { graph: PlainGraph };
createRoot(document.querySelector('#root') as Element).render(createElement(Plain, { graph }));
