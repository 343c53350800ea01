import { NotebookPen, SquareDashed } from 'lucide-react';
import { TONES, type Annotation, type Tone } from '../../../shared/graph/graph';
import { changeAnnotation } from '../../commands/annotating';
import { runCommand } from '../../commands/commands';
import { useDocument } from '../../state/document';
import { currentGraph } from '../../state/location';
import { useSession } from '../../state/session';
import { Button } from '../../ui/Button';
import { RadioSegments } from '../../ui/RadioSegments';
import { TextField } from '../../ui/TextField';

/** A frame or a note: its text and its colour, to be changed without the mouse. */
export function AnnotationInspector({ id }: { readonly id: string }) {
  const document = useDocument((state) => state.document);
  const location = useSession((state) => state.location);
  const annotation = currentGraph(document, location).graph.annotations?.[id];
  if (!annotation) return null;
  const Icon = annotation.kind === 'frame' ? SquareDashed : NotebookPen;
  return (
    <div className="flex flex-col gap-3.5 px-3.5 py-3">
      <header className="flex items-center gap-2.5">
        <Icon size="1.125rem" aria-hidden className="text-secondary" />
        <h2 className="text-lg font-semibold">{annotation.kind === 'frame' ? 'Frame' : 'Note'}</h2>
      </header>
      <div data-values className="flex flex-col gap-3">
        {annotation.kind === 'frame' ? <FrameFields frame={annotation} /> : <NoteText key={`${id} ${annotation.text}`} note={annotation} />}
      </div>
      <div className="flex gap-2">
        <Button onClick={() => runCommand('edit.duplicate')}>Duplicate</Button>
        <Button onClick={() => runCommand('edit.delete')}>Delete</Button>
      </div>
    </div>
  );
}

const tones: Readonly<Record<Tone, string>> = {
  gray: 'Grey',
  blue: 'Blue',
  green: 'Green',
  amber: 'Amber',
  red: 'Red',
  purple: 'Purple',
};

function FrameFields({ frame: { id, title, tone } }: { readonly frame: Annotation & { readonly kind: 'frame' } }) {
  return (
    <>
      <div className="flex items-start gap-2">
        <span aria-hidden className="w-16 shrink-0 pt-1 text-secondary">
          Title
        </span>
        <TextField
          key={id}
          label="Title"
          value={title}
          check={(text) => (text.length > 200 ? 'At most 200 characters.' : undefined)}
          onChange={(text) => changeAnnotation(id, { title: text })}
          commitOnly
        />
      </div>
      <div className="flex items-start gap-2">
        <span aria-hidden className="w-16 shrink-0 pt-1.5 text-secondary">
          Colour
        </span>
        <RadioSegments
          label="Colour"
          value={tone}
          options={TONES.map((value) => ({ value, label: tones[value] }))}
          onChange={(value) => {
            const chosen = TONES.find((each) => each === value);
            if (chosen) changeAnnotation(id, { tone: chosen });
          }}
        />
      </div>
    </>
  );
}

function NoteText({ note: { id, text } }: { readonly note: Annotation & { readonly kind: 'note' } }) {
  return (
    <label className="flex flex-col gap-1.5">
      <span className="text-secondary">Text, in Markdown</span>
      <textarea
        defaultValue={text}
        rows={8}
        maxLength={20_000}
        onBlur={({ target }) => target.value !== text && changeAnnotation(id, { text: target.value })}
        className="w-full resize-y rounded-md border border-line bg-field px-2 py-1.5 font-mono text-sm outline-none focus-visible:outline-2 focus-visible:-outline-offset-1 focus-visible:outline-(--focus)"
      />
    </label>
  );
}
