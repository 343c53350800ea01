import { parseDocument } from '../../shared/document/parse';
import { serializeDocument } from '../../shared/document/serialize';
import { applyPatches, diff } from '../../shared/history/patches';
import type { HostContract } from '../../shared/rpc/contract';
import type { EventPayload } from '../../shared/rpc/define';
import { host, useConnection } from '../host/client';
import { useDocument, type OpenFile } from '../state/document';
import { restoreHistory } from '../state/histories';
import { useSession } from '../state/session';
import { changedMessage } from './loading';
import { readAgain, reloadFromDisk } from './reloading';

/** What follows sees an edit this much later at most; typing is not told letter by letter. */
const DELAY = 120;
/** How often it is asked whether another program has left a file. */
const LEFT = 3000;

/** The file of this window that another window follows. */
let followed: string | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;

/**
 * One file in several windows: the first has it, the others show what it shows. An edit in one of those makes a copy
 * (see `edit` in state/document). When the first window goes, the next one has the file. From boot on.
 */
export function followFiles(): void {
  host.on('project.followed', ({ handle }) => {
    if (ownFile(handle)) followed = handle;
    tellSoon();
  });
  host.on('project.told', takeOver);
  host.on('project.free', ({ handle }) => void (followedFile(handle) && claim(handle)));
  host.on('project.changed', ({ handle, stamp }) => void changedOnDisk(handle, stamp));
  useDocument.subscribe((now, before) => {
    if (now.document !== before.document || now.isDirty !== before.isDirty || now.file?.stamp !== before.file?.stamp) tellSoon();
  });
  // Another program says nothing when it leaves a file.
  setInterval(() => void claimIfLeft(), LEFT);
  useConnection.subscribe((now, before) => {
    if (now.status === 'connected' && before.status === 'reconnecting') void claimAgain();
  });
}

async function claimIfLeft(): Promise<void> {
  const { file } = useDocument.getState();
  if (file?.lockedBy && useConnection.getState().status === 'connected') await claim(file.handle);
}

function openFile(handle: string): OpenFile | null {
  const { file } = useDocument.getState();
  return file?.handle === handle ? file : null;
}

const ownFile = (handle: string): OpenFile | null => (openFile(handle)?.lockedBy ? null : openFile(handle));
const followedFile = (handle: string): OpenFile | null => (openFile(handle)?.lockedBy ? openFile(handle) : null);

function tellSoon(): void {
  if (followed !== null) timer ??= setTimeout(tell, DELAY);
}

function tell(): void {
  timer = undefined;
  const { document, file, isDirty } = useDocument.getState();
  if (!file || file.handle !== followed) return void (followed = null);
  host.call('project.tell', { handle: file.handle, text: serializeDocument(document), stamp: file.stamp, isDirty }).catch(() => undefined);
}

/** Whether the window that is followed has changes that its file has not. */
let isAheadOfFile = false;

function takeOver({ handle, text, stamp, isDirty }: EventPayload<HostContract, 'project.told'>): void {
  const parsed = parseDocument(text);
  if (!followedFile(handle) || !parsed.ok) return;
  const { document, follow, changeFile } = useDocument.getState();
  isAheadOfFile = isDirty;
  // Only what differs is new: the canvas and the inference keep the rest.
  follow(applyPatches(document, diff(document, parsed.value.document), 'forward'));
  changeFile({ stamp });
}

/** The window that had the file has gone: this one has it now, with what was not saved there. */
async function claim(handle: string): Promise<void> {
  const claimed = await host.call('project.claim', { handle }).catch(() => null);
  const file = openFile(handle);
  if (!claimed || !file) return;
  const { changeFile, markUnsaved, title } = useDocument.getState();
  if (claimed.lockedBy !== file.lockedBy) changeFile({ lockedBy: claimed.lockedBy });
  if (claimed.lockedBy !== null) return;
  if (isAheadOfFile) markUnsaved();
  else void changedOnDisk(handle, claimed.stamp);
  isAheadOfFile = false;
  void restoreHistory();
  useSession.getState().toast({ tone: 'info', message: `“${title}” is this window’s now.`, detail: 'The other one has left it.' });
}

/** After a lost connection the host has forgotten whose the file is; another window may have taken it. */
async function claimAgain(): Promise<void> {
  const before = useDocument.getState().file;
  if (!before || before.lockedBy) return;
  const claimed = await host.call('project.claim', { handle: before.handle }).catch(() => null);
  const { file, isDirty, changeFile, makeCopy } = useDocument.getState();
  if (!claimed || file?.handle !== before.handle) return;
  if (claimed.lockedBy === null) return void changedOnDisk(before.handle, claimed.stamp);
  if (isDirty) makeCopy();
  else changeFile({ lockedBy: claimed.lockedBy });
}

/** Another program wrote the file, or it is gone. What was done here is never given up for it. */
async function changedOnDisk(handle: string, stamp: string | null): Promise<void> {
  const file = openFile(handle);
  if (!file || file.stamp === stamp) return;
  const { isDirty, markUnsaved, title } = useDocument.getState();
  const { toast, openDialog } = useSession.getState();
  if (stamp === null) {
    if (!file.lockedBy) markUnsaved();
    return toast({
      tone: 'info',
      message: `The file “${title}” is not there any more.`,
      detail: 'It was moved or deleted, or its drive is gone. The network is kept here; Save writes it again.',
    });
  }
  if (file.lockedBy) return readAgain(file, 'follow');
  if (!isDirty) {
    await reloadFromDisk();
    return toast({ tone: 'info', message: `“${title}” was changed by another program and read again.`, detail: 'Undo takes that back.' });
  }
  const message = changedMessage(title);
  toast({
    tone: 'info',
    message: `“${title}” was changed by another program.`,
    action: { label: 'Compare', run: () => openDialog({ kind: 'changedOnDisk', message }) },
  });
}
