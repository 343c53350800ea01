import { useEffect, useRef } from 'react';
import { openFrom } from '../../commands/opening';
import { refreshRecent, useRecent } from '../../state/recent';
import { useSession } from '../../state/session';
import { Dialog } from '../../ui/Dialog';
import { Spinner } from '../../ui/Spinner';
import { SamplePicture } from '../../panels/welcome/SamplePicture';

/** The networks that come with the program; each opens as a new document. */
export function SamplesDialog() {
  const samples = useRecent((state) => state.samples);
  const close = useSession((state) => state.closeDialog);
  const first = useRef<HTMLButtonElement>(null);
  useEffect(refreshRecent, []);
  return (
    <Dialog title="Open a sample" description="Each opens as a document of its own." size="medium" onClose={close} initialFocus={first}>
      {samples.length === 0 && <Spinner label="Loading the samples" />}
      <ul className="grid grid-cols-2 gap-3 pb-2">
        {samples.map(({ name, title, description }, index) => (
          <li key={name}>
            <button
              ref={index === 0 ? first : undefined}
              type="button"
              onClick={() => void openFrom({ kind: 'sample', name }, `“${title}”`).then((isOpen) => isOpen && close())}
              className="flex h-full w-full flex-col gap-1 rounded-xl border border-line p-3 text-left transition-colors duration-100 hover:border-accent-line hover:bg-accent-soft"
            >
              <SamplePicture name={name} />
              <span className="mt-1 font-semibold">{title}</span>
              <span className="font-mono text-xs text-secondary">{name}</span>
              <span className="text-sm text-secondary">{description}</span>
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
