import { CornerLeftUp, Folder } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { HostContract } from '../../../shared/rpc/contract';
import type { CallOutput } from '../../../shared/rpc/define';
import { errorWords } from '../../../shared/rpc/messages';
import { host } from '../../host/client';
import { TextField } from '../../ui/TextField';
import { FailureNote } from '../runs/FailureNote';
import { Field } from '../training/Field';

type Listing = CallOutput<HostContract, 'project.browse'>;

interface FolderChooserProps {
  readonly name: string;
  readonly onFolder: (folder: string) => void;
  readonly onName: (name: string) => void;
}

/** Where the host writes: a folder below the one that it was started in, and the name of a new folder in it. */
export function FolderChooser({ name, onFolder, onName }: FolderChooserProps) {
  const [listing, setListing] = useState<Listing | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [asked, setAsked] = useState<string | null>(null);

  useEffect(() => {
    let isWanted = true;
    host
      .call('project.browse', { folder: asked })
      .then((next) => {
        if (!isWanted) return;
        setListing(next);
        setFailure(null);
        onFolder(next.folder);
      })
      .catch((error: unknown) => isWanted && setFailure(errorWords(error)));
    return () => {
      isWanted = false;
    };
    // A new function for the same question asks nothing new.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [asked]);

  return (
    <>
      <Field label="Folder">{() => <span className="truncate font-mono text-sm">{listing?.title ?? '…'}</span>}</Field>
      <ul aria-label="Folders" className="m-0 mr-6 ml-27 max-h-36 list-none overflow-y-auto rounded-md border border-line p-1">
        {listing?.parent && (
          <FolderItem name="One up" icon={<CornerLeftUp size="0.875rem" aria-hidden />} onOpen={() => setAsked(listing.parent)} />
        )}
        {listing?.entries
          .filter(({ kind }) => kind === 'folder')
          .map((entry) => (
            <FolderItem
              key={entry.handle}
              name={entry.name}
              icon={<Folder size="0.875rem" aria-hidden />}
              onOpen={() => setAsked(entry.handle)}
            />
          ))}
        {listing && !listing.parent && listing.entries.every(({ kind }) => kind !== 'folder') && (
          <li className="px-1.5 text-sm text-secondary">No folders in here.</li>
        )}
      </ul>
      <Field label="Name">{(id) => <TextField id={id} label="Name" value={name} check={checkName} onChange={onName} />}</Field>
      <FailureNote message={failure} />
    </>
  );
}

function FolderItem({ name, icon, onOpen }: { readonly name: string; readonly icon: React.ReactNode; readonly onOpen: () => void }) {
  return (
    <li>
      <button type="button" className="flex h-6 w-full items-center gap-1.5 rounded-sm px-1.5 text-left hover:bg-hover" onClick={onOpen}>
        <span className="text-secondary">{icon}</span>
        <span className="truncate">{name}</span>
      </button>
    </li>
  );
}

function checkName(text: string): string | undefined {
  if (text.trim() === '') return 'The new folder needs a name.';
  return /[/\\:*?"<>|]/.test(text) ? 'A name of a folder has none of / \\ : * ? " < > |' : undefined;
}
