import { BaseEdge, type EdgeProps } from '@xyflow/react';
import { memo } from 'react';
import { turned } from '../../shared/graph/direction';
import { PORT } from './deriveNodes';
import { useGestures } from './gestures';
import type { WireData, WireFlowEdge } from './flowTypes';
import { LABEL_HEIGHT, labelFits, labelMiddle, labelWidth } from '../../shared/picture/labelPlace';
import { wireCorners, wirePath } from '../../shared/picture/wirePath';
import { WireGrips } from './WireGrips';

/** Memoised: another shape on a wire is no other line. */
const Line = memo(BaseEdge);

/** A wire with the shape that it carries; dashed where that is unknown. */
export const WireEdge = memo(function WireEdge({ id, sourceX, sourceY, targetX, targetY, data, selected }: EdgeProps<WireFlowEdge>) {
  const { direction = 'right' } = data ?? {};
  // React Flow speaks of a port's outer end, and a wire begins at the layer's edge, in the port's middle.
  const outward = turned({ x: PORT / 2, y: 0 }, direction);
  const source = { x: sourceX - outward.x, y: sourceY - outward.y };
  const target = { x: targetX + outward.x, y: targetY + outward.y };
  const { d, label, room } = wirePath(source, target, data);
  const takesDrop = useGestures(({ dropWire }) => dropWire === id);
  const shape = data?.shape ?? '';
  const width = labelWidth(shape);
  const isTight = !labelFits(room, data ?? {}, width, direction);
  const middle = labelMiddle(label, width, data ?? {}, direction);
  return (
    <g
      className="wire"
      data-tint={data?.tint}
      data-told={data?.isTold || undefined}
      data-ghost={data?.ghost}
      data-unknown={shape === '' || undefined}
      data-selected={selected || undefined}
      data-takes-drop={takesDrop || undefined}
      data-carries={data?.weight?.kind}
      style={weightStyle(data)}
    >
      <Line id={id} path={d} interactionWidth={20} />
      {selected && <WireGrips id={id} corners={wireCorners(source, target, data ?? {})} direction={direction} />}
      {shape !== '' && (
        <g className="wire-label" data-tight={isTight || undefined} transform={`translate(${middle.x},${middle.y})`}>
          <g className="wire-label-face" data-beside={direction === 'down' ? (data?.side ?? 1) : undefined}>
            <rect x={-width / 2} y={-LABEL_HEIGHT / 2} width={width} height={LABEL_HEIGHT} rx={4} />
            <text y={3.5} textAnchor="middle">
              {shape}
            </text>
          </g>
        </g>
      )}
    </g>
  );
});

/** Width of the line by channels, where the person wants it: 1 channel is 1.25 pixels, 1,024 are 6.25. */
function weightStyle(data: WireData | undefined): { readonly [name: `--${string}`]: string } {
  const channels = data?.weight?.channels ?? 1;
  return { '--wire-weight': String(1.25 + Math.log2(Math.max(1, channels)) / 2) };
}
