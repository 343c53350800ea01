import { BaseEdge, type EdgeProps } from '@xyflow/react';
import { memo, useMemo, useRef } from 'react';
import { turned } from '../../shared/graph/direction';
import type { Position } from '../../shared/graph/graph';
import { channelAxis, formatShape, type DataFormat, type TensorType } from '../../shared/graph/tensor';
import type { NetworkAnalysis } from '../../shared/infer/analysis';
import { useBothAnalyses } from '../state/preview';
import { spokenCarried, spokenId } from '../state/spoken';
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
  // Whatever it carries, it runs the same way.
  const { source, target, d, label, room } = useMemo(() => {
    // React Flow speaks of a port's outer end, and a wire begins at the layer's edge, in the port's middle.
    const outward = turned({ x: PORT / 2, y: 0 }, data?.direction ?? 'right');
    const ends = {
      source: { x: sourceX - outward.x, y: sourceY - outward.y },
      target: { x: targetX + outward.x, y: targetY + outward.y },
    };
    return { ...ends, ...wirePath(ends.source, ends.target, data) };
  }, [sourceX, sourceY, targetX, targetY, data]);
  const takesDrop = useGestures(({ dropWire }) => dropWire === id);
  const { type, last, isReshaped } = useCarried(data);
  return (
    <g
      className="wire"
      data-tint={data?.tint}
      data-told={data?.isTold || undefined}
      data-ghost={data?.ghost ?? (isReshaped ? 'reshaped' : undefined)}
      data-unknown={!type || undefined}
      data-selected={selected || undefined}
      data-takes-drop={takesDrop || undefined}
      data-carries={last && kindOf(last)}
      style={weightStyle(last, data?.dataFormat)}
    >
      <desc id={spokenId('wire', id)}>{`Wire from ${data?.ends ?? ''}${spokenCarried(type)}`}</desc>
      <Line id={id} path={d} interactionWidth={20} />
      {selected && <WireGrips id={id} corners={wireCorners(source, target, data ?? {})} direction={data?.direction ?? 'right'} />}
      {data && last && <Label shape={formatShape(last.shape)} isKnown={type !== undefined} at={label} room={room} data={data} />}
    </g>
  );
});

/** What a wire carries: looked up here and not given by React Flow, which another shape then concerns as little as the line. */
function useCarried(data: WireData | undefined) {
  const { live, shown: type } = useBothAnalyses((analysis) => carriedIn(analysis, data));
  // A label that is only hidden while nothing is known costs less than one that is made anew: a wrong layer has many behind it.
  const last = useRef(type);
  if (type) last.current = type;
  return { type, last: last.current, isReshaped: live !== type && shapeOf(live) !== shapeOf(type) };
}

function carriedIn(analysis: NetworkAnalysis, data: WireData | undefined): TensorType | undefined {
  return data && analysis.nodes.get(data.path)?.outputs[data.port];
}

function shapeOf(type: TensorType | undefined): string {
  return type ? formatShape(type.shape) : '';
}

interface LabelProps {
  readonly shape: string;
  readonly isKnown: boolean;
  readonly at: Position;
  readonly room: number;
  readonly data: WireData;
}

function Label({ shape, isKnown, at, room, data }: LabelProps) {
  const { direction, side } = data;
  const width = labelWidth(shape);
  const isTight = !labelFits(room, data, width, direction);
  const middle = labelMiddle(at, width, data, direction);
  return (
    <g className="wire-label" data-tight={isTight || undefined} transform={`translate(${middle.x},${middle.y})`}>
      <g className="wire-label-face" data-beside={direction === 'down' ? side : undefined}>
        <rect x={-width / 2} y={-LABEL_HEIGHT / 2} width={width} height={LABEL_HEIGHT} rx={4} />
        <text y={3.5} textAnchor="middle">
          {isKnown ? shape : ''}
        </text>
      </g>
    </g>
  );
}

/** Whether images, rows or numbers: for those who want to see it in the line. */
function kindOf({ shape, dtype }: TensorType): 'image' | 'row' | 'numbers' {
  return dtype === 'float32' ? (shape.length > 3 ? 'image' : 'row') : 'numbers';
}

/** Width of the line by channels, where the person wants it: 1 channel is 1.25 pixels, 1,024 are 6.25. */
function weightStyle(type: TensorType | undefined, dataFormat: DataFormat = 'channelsLast'): { readonly [name: `--${string}`]: string } {
  const channels = type?.shape[channelAxis(type.shape.length, dataFormat)];
  return { '--wire-weight': String(1.25 + Math.log2(Math.max(1, typeof channels === 'number' ? channels : 1)) / 2) };
}
