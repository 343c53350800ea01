import { useMemo, useRef, useState } from 'react';
import { templates } from '../../../shared/blocks/templates/index';
import { buildTemplate, resizedTo, titleOf, type Template, type TemplateOptions } from '../../../shared/blocks/templates/template';
import type { SkipDocument } from '../../../shared/document/document';
import { analyze } from '../../../shared/infer/analyze';
import { openCopy } from '../../commands/loading';
import { useSession } from '../../state/session';
import { useSettings } from '../../state/settings';
import { Button } from '../../ui/Button';
import { classes } from '../../ui/classes';
import { Dialog } from '../../ui/Dialog';
import { NetworkPicture, NetworkThumbnail, type Drawn } from './NetworkPicture';
import { TemplateDetail } from './TemplateDetail';
import { useTemplateScenes } from './useTemplateScenes';

/** Networks to start from: known ones, in the depth and for the classes that are wanted. */
export function GalleryDialog() {
  const close = useSession((state) => state.closeDialog);
  const dataFormat = useSettings((state) => state.dataFormat);
  const [chosen, setChosen] = useState<Template>(templates[0] as Template);
  const [changes, setChanges] = useState<Partial<TemplateOptions>>({});
  const options = { ...chosen.defaults, dataFormat, ...changes };
  const document = useBuilt(chosen, options);
  const first = useRef<HTMLButtonElement>(null);
  const scenes = useTemplateScenes();

  const choose = (template: Template) => {
    setChosen(template);
    setChanges({});
  };
  const open = () => {
    close();
    openCopy(document, titleOf(chosen, options.layers));
  };
  return (
    <Dialog
      title="New from a known network"
      size="large"
      onClose={close}
      initialFocus={first}
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button variant="primary" onClick={open}>
            Open {titleOf(chosen, options.layers)}
          </Button>
        </>
      }
    >
      <div className="grid grid-cols-[17rem_minmax(0,1fr)] gap-4">
        <ul aria-label="Networks" className="flex max-h-[60vh] flex-col gap-0.5 overflow-y-auto pr-1">
          {templates.map((template, index) => (
            <li key={template.id}>
              <button
                ref={index === 0 ? first : undefined}
                type="button"
                aria-pressed={template === chosen}
                onClick={() => choose(template)}
                className={classes(
                  'flex w-full items-center gap-2.5 rounded-md px-2 py-1 text-left',
                  template === chosen ? 'bg-accent-soft font-semibold text-accent-text' : 'hover:bg-hover',
                )}
              >
                <Thumbnail scene={scenes.get(template)} />
                <span className="min-w-0">{template.title}</span>
              </button>
            </li>
          ))}
        </ul>
        <div className="flex min-w-0 flex-col gap-3">
          <NetworkPicture document={document} analysis={analyze(document)} />
          <TemplateDetail
            template={chosen}
            options={options}
            resizedTo={resizedTo(document)}
            analysis={analyze(document)}
            onChange={(change) => setChanges((before) => ({ ...before, ...change }))}
          />
        </div>
      </div>
    </Dialog>
  );
}

function Thumbnail({ scene }: { readonly scene: Drawn | undefined }) {
  return <span className="h-7 w-16 shrink-0 overflow-hidden rounded-sm bg-canvas">{scene && <NetworkThumbnail scene={scene} />}</span>;
}

function useBuilt(template: Template, options: TemplateOptions): SkipDocument {
  const { layers, outputSize, dataFormat, inputSize, minAspectDim } = options;
  return useMemo(() => {
    // What the images are resized to is at least what is cut out of them; else it is the network's own.
    const resize = minAspectDim !== undefined && minAspectDim >= inputSize ? { minAspectDim } : {};
    return buildTemplate(template, 'gallery', { layers, outputSize, dataFormat, inputSize, ...resize });
  }, [template, layers, outputSize, dataFormat, inputSize, minAspectDim]);
}
