import { useMemo } from 'react';
import type { SkipDocument } from '../../../shared/document/document';
import type { NetworkAnalysis } from '../../../shared/infer/analysis';
import { sceneOf } from '../../../shared/picture/scene';

const MARGIN = 40;

interface NetworkPictureProps {
  readonly document: SkipDocument;
  readonly analysis: NetworkAnalysis;
}

/** A network as one sees it from far: its layers by colour of their kind, and its wires on their ways. */
export function NetworkPicture({ document, analysis }: NetworkPictureProps) {
  const { nodes, wires, box } = useMemo(() => sceneOf({ document, analysis, graph: document.graph, prefix: '' }), [document, analysis]);
  if (nodes.length === 0) return null;
  return (
    <svg
      viewBox={`${box.x - MARGIN} ${box.y - MARGIN} ${box.width + 2 * MARGIN} ${box.height + 2 * MARGIN}`}
      role="img"
      aria-label={`Picture of the network: ${nodes.length} layers and blocks`}
      className="h-40 w-full rounded-lg border border-line bg-canvas"
    >
      {wires.map(({ id, d }) => (
        <path key={id} d={d} fill="none" className="stroke-line-strong" strokeWidth="5" />
      ))}
      {nodes.map(({ id, x, y, width, height, kind, isBlock }) => (
        <g key={id} data-kind={kind}>
          {isBlock && <rect x={x + 8} y={y + 10} width={width} height={height} rx="14" className="fill-kind-9" opacity="0.4" />}
          <rect x={x} y={y} width={width} height={height} rx="14" className="fill-kind-9" />
        </g>
      ))}
    </svg>
  );
}
