import { NodeResizer, type NodeProps } from '@xyflow/react';
import { memo, useEffect, useState } from 'react';
import Markdown, { type Components } from 'react-markdown';
import type { Annotation } from '../../shared/graph/graph';
import { changeAnnotation } from '../commands/annotating';
import { host } from '../host/client';
import { afterFrames } from '../state/session';
import type { AnnotationFlowNode } from './flowTypes';
import { focusAll } from './focusAll';
import { resizeTo } from './FrameNode';

/** A note in Markdown; a double click edits its text. */
export const NoteNode = memo(function NoteNode({ data: { annotation }, selected }: NodeProps<AnnotationFlowNode>) {
  const isNew = annotation.kind === 'note' && annotation.text === '' && selected === true;
  const [isEditing, setEditing] = useState(false);
  // The palette or menu that made it gives the focus back first.
  useEffect(() => {
    if (isNew) afterFrames(2, () => setEditing(true));
    // oxlint-disable-next-line react/exhaustive-deps -- only when it appears
  }, []);
  if (annotation.kind !== 'note') return null;
  const { id, text } = annotation;
  return (
    <div className="note" data-selected={selected || undefined} onDoubleClick={() => setEditing(true)}>
      <NodeResizer isVisible={selected} minWidth={80} minHeight={40} onResizeEnd={resizeTo(id)} />
      {isEditing ? (
        <textarea
          ref={focusAll}
          className="nodrag nowheel"
          aria-label="Text of the note, Markdown"
          placeholder="Write in Markdown"
          defaultValue={text}
          maxLength={20_000}
          onBlur={(event) => {
            setEditing(false);
            if (event.target.value !== text) changeAnnotation(id, { text: event.target.value, size: sizeFor(event.target, annotation) });
          }}
          onKeyDown={(event) => {
            event.stopPropagation();
            if (event.key === 'Escape') event.currentTarget.blur();
          }}
        />
      ) : (
        <div className="note-text">{text === '' ? <em>Empty note</em> : <Markdown components={components}>{text}</Markdown>}</div>
      )}
    </div>
  );
});

/** High enough for the text: a note does not hide what is written in it. */
function sizeFor({ scrollHeight }: HTMLTextAreaElement, { size }: Annotation): Annotation['size'] {
  const room = 22;
  return { width: size.width, height: Math.max(size.height, Math.min(scrollHeight + room, 1200)) };
}

/** Links leave through the host, which takes only https: and mailto:; pictures would be fetched from anywhere, and are none. */
const components: Components = {
  // What was taken away as unsafe leads nowhere, and does not look as if it did.
  a: ({ href, children }) =>
    href ? (
      <a
        href={href}
        onClick={(event) => {
          event.preventDefault();
          void host.call('app.openExternal', { url: href }).catch(() => undefined);
        }}
      >
        {children}
      </a>
    ) : (
      <span>{children}</span>
    ),
  img: ({ alt }) => <span>{alt}</span>,
};
