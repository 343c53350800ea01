import { useMemo, useState } from 'react';
import { svgText } from '../../../shared/picture/svg';
import { exportPicture, pictureNow, type PictureFormat, type PictureWish } from '../../commands/picturing';
import { useSession } from '../../state/session';
import { useSettings } from '../../state/settings';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { countOf } from '../../ui/numbers';
import { RadioSegments } from '../../ui/RadioSegments';
import { Switch } from '../../ui/Switch';
import { Field } from '../training/Field';

const FORMATS = [
  { value: 'svg', label: 'SVG' },
  { value: 'pdf', label: 'PDF' },
  { value: 'png', label: 'PNG' },
] as const;

const WORDS: Readonly<Record<PictureFormat, string>> = {
  svg: 'Vectors with text that can still be edited, for Inkscape, Illustrator or a page.',
  pdf: 'Vectors with embedded fonts, one page of the picture’s size, for LaTeX.',
  png: 'Pixels, for slides and chats.',
};

/** The graph on the canvas, or what is selected, as a figure in a file; what it will be is shown. */
export function PictureDialog() {
  const close = useSession((state) => state.closeDialog);
  const selected = useSession((state) => state.selection.nodes.size);
  const [wish, setWish] = useState<PictureWish>({
    format: 'svg',
    selectionOnly: selected > 1,
    shapes: true,
    ground: true,
    // As on the canvas.
    ribbons: useSettings.getState().streams === 'ribbons',
    scale: 3,
  });
  const change = (part: Partial<PictureWish>) => setWish((before) => ({ ...before, ...part }));
  const write = () => {
    close();
    void exportPicture(wish);
  };
  return (
    <Dialog
      title="Export a picture"
      size="large"
      onClose={close}
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button variant="primary" onClick={write}>
            Export {wish.format.toUpperCase()}
          </Button>
        </>
      }
    >
      <Preview wish={wish} />
      <div className="mt-3 flex flex-col gap-2">
        <Field label="Format">
          {() => (
            <RadioSegments
              label="Format"
              value={wish.format}
              options={FORMATS}
              onChange={(value) => change({ format: value as PictureFormat })}
            />
          )}
        </Field>
        <p className="pr-6 pl-27 text-sm text-secondary">{WORDS[wish.format]}</p>
        {selected > 0 && (
          <Field label="Of">
            {() => (
              <RadioSegments
                label="What is drawn"
                value={wish.selectionOnly ? 'selection' : 'all'}
                options={[
                  { value: 'all', label: 'All' },
                  { value: 'selection', label: countOf(selected, 'selected layer') },
                ]}
                onChange={(value) => change({ selectionOnly: value === 'selection' })}
              />
            )}
          </Field>
        )}
        <Field label="Shapes">
          {(id) => <Switch id={id} label="Shapes beside the wires" checked={wish.shapes} onChange={(shapes) => change({ shapes })} />}
        </Field>
        <Field label="Ribbons">
          {(id) => (
            <Switch id={id} label="Ribbons along residual streams" checked={wish.ribbons} onChange={(ribbons) => change({ ribbons })} />
          )}
        </Field>
        {wish.format !== 'pdf' && (
          <Field label="White ground">
            {(id) => <Switch id={id} label="White ground" checked={wish.ground} onChange={(ground) => change({ ground })} />}
          </Field>
        )}
        {wish.format === 'png' && (
          <Field label="Resolution">
            {() => (
              <RadioSegments
                label="Resolution"
                value={String(wish.scale)}
                options={[1, 2, 3, 4].map((scale) => ({ value: String(scale), label: `${scale}×` }))}
                onChange={(scale) => change({ scale: Number(scale) })}
              />
            )}
          </Field>
        )}
      </div>
    </Dialog>
  );
}

function Preview({ wish: { selectionOnly, shapes, ground, ribbons } }: { readonly wish: PictureWish }) {
  const source = useMemo(
    () => `data:image/svg+xml,${encodeURIComponent(svgText(pictureNow({ selectionOnly, shapes, ground, ribbons })))}`,
    [selectionOnly, shapes, ground, ribbons],
  );
  return (
    <div className="flex h-64 items-center justify-center rounded-lg border border-line bg-white p-2">
      <img src={source} alt="As it will be" className="max-h-full max-w-full" />
    </div>
  );
}
