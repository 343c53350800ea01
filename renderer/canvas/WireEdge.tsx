import { BaseEdge, type EdgeProps } from '@xyflow/react';
import { memo } from 'react';
import type { WireFlowEdge } from './flowTypes';
import { wirePath } from './wirePath';

/** Width of a character of the label's font, in pixels. */
const CHARACTER = 6.3;
const PADDING = 7;

/** A wire with the shape that it carries; dashed where that is unknown. */
export const WireEdge = memo(function WireEdge({ id, sourceX, sourceY, targetX, targetY, data, selected }: EdgeProps<WireFlowEdge>) {
  const { d, label, room } = wirePath({ x: sourceX, y: sourceY }, { x: targetX, y: targetY }, data?.lane);
  const shape = data?.shape ?? '';
  const width = shape.length * CHARACTER + PADDING * 2;
  return (
    <g className="wire" data-tint={data?.tint} data-unknown={shape === '' || undefined} data-selected={selected || undefined}>
      <BaseEdge id={id} path={d} interactionWidth={20} />
      {shape !== '' && (
        <g className="wire-label" data-tight={room < width + 8 || undefined} transform={`translate(${label.x},${label.y})`}>
          <rect x={-width / 2} y={-9} width={width} height={18} rx={4} />
          <text y={3.5} textAnchor="middle">
            {shape}
          </text>
        </g>
      )}
    </g>
  );
});
