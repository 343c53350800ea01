import { useMemo } from 'react';
import type { SkipDocument } from '../../../shared/document/document';
import type { NetworkAnalysis } from '../../../shared/infer/analysis';
import { sceneOf, type Scene } from '../../../shared/picture/scene';

const MARGIN = 40;

/** Of a scene what is drawn here. */
export type Drawn = Pick<Scene, 'nodes' | 'wires' | 'box'>;

interface NetworkPictureProps {
  readonly document: SkipDocument;
  readonly analysis: NetworkAnalysis;
}

/** A network as one sees it from far: its layers by colour of their kind, and its wires on their ways. */
export function NetworkPicture({ document, analysis }: NetworkPictureProps) {
  const scene = useMemo(() => sceneOf({ document, analysis, graph: document.graph, prefix: '' }), [document, analysis]);
  if (scene.nodes.length === 0) return null;
  return (
    <div
      role="img"
      aria-label={`Picture of the network: ${scene.nodes.length} layers and blocks`}
      className="h-40 w-full overflow-hidden rounded-lg border border-line bg-canvas"
    >
      <NetworkDrawing scene={scene} />
    </div>
  );
}

/** As large as what it is in. */
export function NetworkDrawing({ scene: { nodes, wires, box } }: { readonly scene: Drawn }) {
  return (
    <svg
      viewBox={`${box.x - MARGIN} ${box.y - MARGIN} ${box.width + 2 * MARGIN} ${box.height + 2 * MARGIN}`}
      aria-hidden="true"
      className="size-full"
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

/** So many times higher than it is long may a row of layers be drawn where it would be a hair. */
const STRETCH = 6;
const THUMBNAIL = { width: 64, height: 28 } as const;

/** A network as a mark in a list: what is long is pressed together, so that its kinds and its branches are still seen. */
export function NetworkThumbnail({ scene: { nodes, wires, box } }: { readonly scene: Drawn }) {
  const width = box.width + 2 * MARGIN;
  const height = Math.max(box.height + 2 * MARGIN, (width * THUMBNAIL.height) / THUMBNAIL.width / STRETCH);
  return (
    <svg
      {...THUMBNAIL}
      viewBox={`${box.x - MARGIN} ${box.y + box.height / 2 - height / 2} ${width} ${height}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {wires.map(({ id, d }) => (
        <path key={id} d={d} fill="none" className="stroke-line-strong" strokeWidth="1" vectorEffect="non-scaling-stroke" />
      ))}
      {nodes.map(({ id, x, y, width: length, height: breadth, kind }) => (
        <rect key={id} data-kind={kind} x={x} y={y} width={length} height={breadth} className="fill-kind-9" />
      ))}
    </svg>
  );
}
