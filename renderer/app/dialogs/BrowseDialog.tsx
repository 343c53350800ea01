import { CornerLeftUp, FileText, Folder } from 'lucide-react';
import { useEffect, useState, type FormEvent, type ReactNode } from 'react';
import type { HostContract } from '../../../shared/rpc/contract';
import type { CallOutput } from '../../../shared/rpc/define';
import { failureOf } from '../../commands/failure';
import { compareWithHandle } from '../../commands/comparing';
import { openFrom } from '../../commands/opening';
import { saveTo } from '../../commands/saving';
import { host } from '../../host/client';
import { useSession } from '../../state/session';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { TextField } from '../../ui/TextField';

type Listing = CallOutput<HostContract, 'project.browse'>;

interface BrowseDialogProps {
  readonly purpose: 'open' | 'save' | 'compare';
  readonly suggestedName: string;
}

const titles = { save: 'Save as', open: 'Open', compare: 'Compare with' } as const;

/** Our own file dialog, for a host that has none: the folders and documents below where it was started. */
export function BrowseDialog({ purpose, suggestedName }: BrowseDialogProps) {
  const close = useSession((state) => state.closeDialog);
  const { listing, failure, show } = useListing();
  const [name, setName] = useState(suggestedName);
  const isSave = purpose === 'save';
  const nameError = name.trim() === '' ? 'A name is needed.' : /[/\\]/.test(name) ? 'A name has no slashes.' : undefined;

  function open(handle: string, title: string) {
    close();
    if (purpose === 'compare') void compareWithHandle(handle, title);
    else void openFrom({ kind: 'handle', handle }, `“${title}”`);
  }

  function save(event: FormEvent) {
    event.preventDefault();
    if (!listing || nameError) return;
    close();
    void saveTo({ folder: listing.folder, name: name.trim() }, name.trim());
  }

  return (
    <Dialog title={titles[purpose]} description={listing?.title} size="medium" onClose={close}>
      {failure && <p className="text-error-text">{failure}</p>}
      <ul aria-label="Files" className="h-72 overflow-y-auto rounded-lg border border-line p-1">
        {listing?.parent && <Row icon={<CornerLeftUp size={15} aria-hidden />} name="Up one folder" onOpen={() => show(listing.parent)} />}
        {listing?.entries.map(({ kind, handle, name: entry }) =>
          kind === 'folder' ? (
            <Row key={handle} icon={<Folder size={15} aria-hidden />} name={entry} onOpen={() => show(handle)} />
          ) : (
            <Row
              key={handle}
              icon={<FileText size={15} aria-hidden />}
              name={entry}
              onOpen={() => (isSave ? setName(entry) : open(handle, entry))}
            />
          ),
        )}
        {listing?.entries.length === 0 && <li className="p-3 text-center text-secondary">No documents here.</li>}
      </ul>
      {isSave && (
        <form onSubmit={save} className="mt-3 mb-2 flex items-start gap-2">
          <TextField label="File name" value={name} onChange={setName} error={nameError} focusOnOpen />
          <Button type="submit" variant="primary" disabled={!listing || nameError !== undefined}>
            Save
          </Button>
        </form>
      )}
    </Dialog>
  );
}

function Row({ icon, name, onOpen }: { readonly icon: ReactNode; readonly name: string; readonly onOpen: () => void }) {
  return (
    <li>
      <button type="button" onClick={onOpen} className="flex h-7 w-full items-center gap-2.5 rounded-md px-2 text-left hover:bg-hover">
        <span className="text-secondary">{icon}</span>
        <span className="truncate">{name}</span>
      </button>
    </li>
  );
}

function useListing() {
  const [folder, show] = useState<string | null>(null);
  const [listing, setListing] = useState<Listing | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  useEffect(() => {
    let isCurrent = true;
    host.call('project.browse', { folder }).then(
      (next) => {
        if (!isCurrent) return;
        setListing(next);
        setFailure(null);
      },
      (error: unknown) => isCurrent && setFailure(failureOf(error).message),
    );
    return () => {
      isCurrent = false;
    };
  }, [folder]);
  return { listing, failure, show };
}
