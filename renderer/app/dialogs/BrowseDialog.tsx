import { CornerLeftUp, FileText, Folder } from 'lucide-react';
import { useEffect, useRef, useState, type FormEvent, type KeyboardEvent, type ReactNode } from 'react';
import { withExtension } from '../../../shared/document/extension';
import type { HostContract } from '../../../shared/rpc/contract';
import type { CallOutput } from '../../../shared/rpc/define';
import { failureOf } from '../../commands/failure';
import { compareWithHandle } from '../../commands/comparing';
import { addFolder } from '../../commands/dataCommands';
import { openFrom } from '../../commands/opening';
import { saveTo } from '../../commands/saving';
import { host, useConnection } from '../../host/client';
import { useDocument } from '../../state/document';
import { useSession } from '../../state/session';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { moveAmongRows } from '../../ui/listKeys';
import { TextField } from '../../ui/TextField';
import { endsWord, isLetter, nameBeginningWith, useTypedWord } from '../../ui/typeAhead';

type Listing = CallOutput<HostContract, 'project.browse'>;

interface BrowseDialogProps {
  readonly purpose: 'open' | 'save' | 'compare' | 'images';
  readonly suggestedName: string;
}

const titles = { save: 'Save as', open: 'Open', compare: 'Compare with', images: 'Add a folder of images' } as const;

/** Our own file dialog, for a host that has none: the folders and documents below where it was started. */
export function BrowseDialog({ purpose, suggestedName }: BrowseDialogProps) {
  const close = useSession((state) => state.closeDialog);
  const { listing, failure, show } = useListing();
  const isSave = purpose === 'save';
  const isFolder = purpose === 'images';
  const list = useRef<HTMLUListElement>(null);
  // Each folder begins at its first row; of a file that is saved the name is typed.
  useEffect(() => {
    if (!isSave) list.current?.querySelector('button')?.focus();
  }, [listing, isSave]);
  const onKeyDown = useListKeys();
  const [name, setName] = useState(suggestedName);
  const entries = listing?.entries.filter(({ kind }) => !isFolder || kind === 'folder');

  function open(handle: string, title: string) {
    close();
    if (purpose === 'compare') void compareWithHandle(handle, title);
    else void openFrom({ kind: 'handle', handle }, `“${title}”`);
  }

  function add(folder: string) {
    close();
    void addFolder(folder);
  }

  return (
    <Dialog title={titles[purpose]} description={listing && endOf(listing.title)} size="medium" onClose={close}>
      {failure && <p className="text-error-text">{failure}</p>}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- arrow keys move among the buttons inside */}
      <ul
        ref={list}
        aria-label={isFolder ? 'Folders' : 'Files'}
        onKeyDown={onKeyDown}
        className="h-72 overflow-y-auto rounded-lg border border-line p-1"
      >
        {listing?.parent && (
          <Row icon={<CornerLeftUp size="0.9375rem" aria-hidden />} name="Up one folder" onOpen={() => show(listing.parent)} />
        )}
        {entries?.map(({ kind, handle, name: entry }) =>
          kind === 'folder' ? (
            <Row key={handle} icon={<Folder size="0.9375rem" aria-hidden />} name={entry} onOpen={() => show(handle)} />
          ) : (
            <Row
              key={handle}
              icon={<FileText size="0.9375rem" aria-hidden />}
              name={entry}
              onOpen={() => (isSave ? setName(entry) : open(handle, entry))}
            />
          ),
        )}
        {entries?.length === 0 && (
          <li className="p-3 text-center text-secondary">
            {isFolder ? 'No folders in here.' : 'No documents here.'}
            {!listing?.parent && (
              <span className="block text-sm">A browser reaches what is in the folder that “skipwire serve” was started with.</span>
            )}
          </li>
        )}
      </ul>
      {isFolder && <FolderChoice listing={listing} onAdd={add} />}
      {isSave && <SaveForm listing={listing} name={name} onName={setName} onDone={close} />}
    </Dialog>
  );
}

/** Arrows move among the rows, letters go to the one whose name begins with them. */
function useListKeys() {
  const word = useTypedWord();
  return (event: KeyboardEvent<HTMLElement>) => {
    moveAmongRows(event);
    const isCommand = event.ctrlKey || event.metaKey || event.altKey;
    if (isCommand || endsWord(event.key)) return word.end();
    if (!isLetter(event.key)) return;
    const rows = [...event.currentTarget.querySelectorAll('button')];
    const at = rows.findIndex((row) => row === document.activeElement);
    const names = rows.map((row) => row.textContent ?? '');
    rows[nameBeginningWith(names, at, word.with(event.key, event.timeStamp))]?.focus();
  };
}

/** Of a path that is longer than anybody reads, the end: it tells where one is. */
function endOf(path: string): string {
  const letters = [...path];
  return letters.length > PATH ? `…${letters.slice(-PATH).join('')}` : path;
}

const PATH = 120;

interface SaveFormProps {
  readonly listing: Listing | null;
  readonly name: string;
  readonly onName: (name: string) => void;
  readonly onDone: () => void;
}

/** The name under which to save. What is replaced is in no undo: it is asked about, here as in the system's own dialogs. */
function SaveForm({ listing, name, onName, onDone }: SaveFormProps) {
  const [asked, setAsked] = useState<string | null>(null);
  const chosen = name.trim();
  const nameError = chosen === '' ? 'A name is needed.' : /[/\\]/.test(chosen) ? 'A name has no slashes.' : undefined;
  const taken = listing ? otherNamed(listing, chosen) : undefined;
  const isAsked = taken !== undefined && taken.handle === asked;

  function save(event: FormEvent) {
    event.preventDefault();
    if (!listing || nameError) return;
    if (taken && !isAsked) return setAsked(taken.handle);
    onDone();
    void saveTo({ folder: listing.folder, name: chosen }, chosen);
  }

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- a key that is held down answers no question
    <form onSubmit={save} onKeyDown={(event) => event.key === 'Enter' && event.repeat && event.preventDefault()} className="mt-3 mb-2">
      <div className="flex items-start gap-2">
        <TextField label="File name" value={name} onChange={onName} error={nameError} focusOnOpen />
        <Button type="submit" variant={isAsked ? 'danger' : 'primary'} disabled={!listing || nameError !== undefined}>
          {isAsked ? 'Replace' : 'Save'}
        </Button>
      </div>
      <p role="status" className="mt-1 text-sm wrap-anywhere text-warning-text empty:hidden">
        {isAsked && `“${taken.name}” is there already. Press again to replace it.`}
      </p>
    </form>
  );
}

/** Another document that a file of this name would replace; to save over the open one is what saving is. */
function otherNamed({ entries }: Listing, name: string) {
  const there = entries.find((entry) => entry.kind === 'document' && asFile(entry.name) === asFile(withExtension(name)));
  return there?.handle === useDocument.getState().file?.handle ? undefined : there;
}

/** A file's name as the host's file system tells it from others: on these two, capitals are the same letters. */
function asFile(name: string): string {
  const platform = useConnection.getState().info?.platform;
  return platform === 'darwin' || platform === 'win32' ? name.toLowerCase() : name;
}

/** The folder that is open is the one to add: its folders are the classes. */
function FolderChoice({ listing, onAdd }: { readonly listing: Listing | null; readonly onAdd: (folder: string) => void }) {
  return (
    <div className="mt-3 mb-2 flex items-center gap-3">
      <p className="min-w-0 flex-1 text-sm text-secondary">Open the folder that holds a folder of images for each class, then add it.</p>
      <Button variant="primary" disabled={!listing} onClick={() => listing && onAdd(listing.folder)}>
        Add this folder
      </Button>
    </div>
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
