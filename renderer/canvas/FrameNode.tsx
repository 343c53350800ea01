import { NodeResizer, type NodeProps, type OnResizeEnd } from '@xyflow/react';
import { memo, useState } from 'react';
import { changeAnnotation } from '../commands/annotating';
import type { Tone } from '../../shared/graph/graph';
import type { Kind } from '../../shared/picture/face';
import type { AnnotationFlowNode } from './flowTypes';
import { focusAll } from './focusAll';

/** The kind of layer whose colour a tone has, so that each theme's colours are its own; red is the one of errors. */
const kinds = {
  gray: 'inputOutput',
  blue: 'convolution',
  green: 'normalization',
  amber: 'activation',
  red: 'unknown',
  purple: 'residual',
} as const satisfies Readonly<Record<Tone, Kind>>;

/** A titled frame behind layers; what stands in it moves with it. */
export const FrameNode = memo(function FrameNode({ data: { annotation }, selected }: NodeProps<AnnotationFlowNode>) {
  const [isEditing, setEditing] = useState(false);
  if (annotation.kind !== 'frame') return null;
  const { id, title, tone } = annotation;
  const end = (text: string, keep: boolean) => {
    setEditing(false);
    if (keep && text !== title) changeAnnotation(id, { title: text });
  };
  return (
    <div className="frame" data-tone={tone} data-kind={kinds[tone]} data-selected={selected || undefined}>
      <NodeResizer isVisible={selected} minWidth={80} minHeight={60} onResizeEnd={resizeTo(id)} />
      <div className="frame-title" onDoubleClick={() => setEditing(true)}>
        {isEditing ? (
          <input
            ref={focusAll}
            className="nodrag"
            aria-label="Title of the frame"
            defaultValue={title}
            maxLength={200}
            onBlur={(event) => end(event.target.value, true)}
            onKeyDown={(event) => {
              event.stopPropagation();
              if (event.key === 'Enter') end(event.currentTarget.value, true);
              if (event.key === 'Escape') end('', false);
            }}
          />
        ) : (
          title
        )}
      </div>
    </div>
  );
});

/** The size and place at the end of a drag on a corner, as one step. */
export function resizeTo(id: string): OnResizeEnd {
  return (_event, { x, y, width, height }) => changeAnnotation(id, { position: { x, y }, size: { width, height } });
}
