import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { newDocument } from '../../shared/document/create';
import { parseDocument } from '../../shared/document/parse';
import { serializeDocument } from '../../shared/document/serialize';
import type { Edit } from '../../shared/graph/edit';
import { memoryPipes } from '../../shared/rpc/memoryPipe';
import { restoreDraft } from '../commands/loading';
import { openFrom } from '../commands/opening';
import { save, saveTo } from '../commands/saving';
import { attachPipe, forgetConnection } from '../host/client';
import { useDocument, type OpenFile } from './document';
import { followDrafts, hasUnkeptChanges, refreshDrafts, useDrafts, type Draft } from './drafts';
import { useSession } from './session';

/** A host that keeps drafts and one file, as the real ones do, and can be slow or refuse. */
function startHost(file: { text: string; stamp: string; lockedBy?: string }) {
  const drafts = new Map<string, Draft>();
  const calls: string[] = [];
  const [page, host] = memoryPipes();
  const refusals = new Map<string, { code: string; message: string }>();
  const answers: Record<string, (input: never) => unknown> = {
    'window.attach': ({ window }: { window: string | null }) => ({ window: window ?? 'w' }),
    'app.info': () => ({ version: '1', host: 'web', platform: 'test', nativeDialogs: false, engines: [], versions: {} }),
    'drafts.put': (draft: Draft) => (drafts.set(draft.id, { ...draft, savedAt: Date.now() }), {}),
    'drafts.list': () => [...drafts.values()],
    'drafts.drop': ({ id }: { id: string }) => (drafts.delete(id), {}),
    'project.save': ({ text }: { text: string }) => ((file.text = text), (file.stamp = `${file.stamp}+`), { stamp: file.stamp }),
    'project.open': () => ({
      handle: 'h',
      name: 'a.skip.json',
      folder: '/f',
      text: file.text,
      stamp: file.stamp,
      readOnly: false,
      lockedBy: file.lockedBy ?? null,
    }),
    'project.saveAs': ({ suggestedName }: { suggestedName: string }) => ({
      handle: suggestedName,
      name: suggestedName,
      folder: '/f',
      stamp: 'n',
    }),
    'project.close': () => ({}),
    'project.recent': () => [],
    'project.samples': () => [],
  };
  host.onMessage((message) => {
    const { id, name, input } = message as { id: number; name: string; input: never };
    calls.push(name);
    const refusal = refusals.get(name);
    host.send(refusal ? { kind: 'error', id, error: refusal } : { kind: 'result', id, output: answers[name]?.(input) });
  });
  void attachPipe(page);
  return { drafts, calls, refusals };
}

const addRelu = (id: string): Edit => ({
  kind: 'addNode',
  graph: 'network',
  node: { id, type: 'relu', name: id, params: {}, position: { x: 0, y: 0 } },
});
const edit = (id: string) => useDocument.getState().edit('Add', [addRelu(id)], 'record');
const file: OpenFile = { handle: 'h', name: 'a.skip.json', folder: '/f', readOnly: false, stamp: 's', lockedBy: null };
const settle = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

followDrafts();
let host: ReturnType<typeof startHost>;

beforeEach(async () => {
  vi.useFakeTimers();
  forgetConnection();
  vi.stubGlobal('requestAnimationFrame', () => 0);
  host = startHost({ text: '', stamp: 's' });
  await settle(1);
  useDocument.getState().load({ document: newDocument('d'), file, title: 'a', isDirty: false });
  useSession.setState({ dialog: null, toasts: [] });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('a file', () => {
  const text = serializeDocument(newDocument('d'));
  const open = async (had?: string) => {
    const shown = openFrom({ kind: 'handle', handle: 'h' }, 'The file', undefined, had);
    await settle(10);
    return shown;
  };

  it('that has unsaved changes is opened with them', async () => {
    host = startHost({ text, stamp: 's' });
    await settle(1);
    edit('n1');
    useDocument.getState().load({ document: newDocument('e'), file: null, title: 'e', isDirty: false });
    await settle(10);
    expect(await open()).toBe(true);
    expect(useDocument.getState()).toMatchObject({
      file: { handle: 'h' },
      isDirty: true,
      document: { id: 'd', graph: { nodes: { n1: {} } } },
    });
  });

  it('that is the copy of another is a document of its own: neither takes the other’s unsaved changes', async () => {
    host = startHost({ text, stamp: 's' });
    await settle(1);
    useDocument.getState().load({ document: newDocument('d'), file: { ...file, handle: 'original' }, title: 'a', isDirty: false });
    edit('n1');
    expect(await open()).toBe(true);
    const { document } = useDocument.getState();
    expect(document.id).not.toBe('d');
    // Once more, while the changes wait and nothing of that name is open.
    useDocument.getState().load({ document: newDocument('e'), file: null, title: 'e', isDirty: false });
    await settle(10);
    expect(await open()).toBe(true);
    edit('n2');
    await settle(1000);
    expect(host.drafts.get('d')).toMatchObject({ handle: 'original', text: expect.stringContaining('n1') as string });
    expect(host.drafts.size).toBe(2);
  });

  it('that is opened twice at once stays this window’s', async () => {
    host = startHost({ text, stamp: 's' });
    await settle(1);
    useDocument.getState().load({ document: newDocument('e'), file: null, title: 'e', isDirty: false });
    expect(await Promise.all([open(), open()])).toEqual([false, true]);
    expect(useDocument.getState().file?.handle).toBe('h');
    expect(host.calls).not.toContain('project.close');
  });

  it('that cannot be read is free for other windows', async () => {
    host = startHost({ text: '{"format":', stamp: 's' });
    await settle(1);
    useDocument.getState().load({ document: newDocument('e'), file: null, title: 'e', isDirty: false });
    expect(await open()).toBe(false);
    expect(useDocument.getState().document.id).toBe('e');
    expect(host.calls).toContain('project.close');
  });

  it('that is followed takes no unsaved changes of the one it was copied from', async () => {
    host = startHost({ text, stamp: 's', lockedBy: 'another window' });
    await settle(1);
    useDocument.getState().load({ document: newDocument('d'), file: { ...file, handle: 'original' }, title: 'a', isDirty: false });
    edit('n1');
    await settle(1000);
    expect(await open()).toBe(true);
    await settle(1000);
    expect(useDocument.getState()).toMatchObject({ file: { handle: 'h', lockedBy: 'another window' }, isDirty: false });
    expect(host.drafts.get('d')).toMatchObject({ handle: 'original', text: expect.stringContaining('n1') as string });
  });

  it('that changed on disk is not read over the changes to it that are shown', async () => {
    host = startHost({ text, stamp: 'newer' });
    await settle(1);
    edit('n1');
    await settle(1000);
    expect(await open()).toBe(true);
    expect(useSession.getState().dialog?.kind).toBe('changedOnDisk');
    expect(useDocument.getState()).toMatchObject({ isDirty: true, document: { graph: { nodes: { n1: {} } } } });
    expect(host.drafts.has('d')).toBe(true);
    expect(host.calls).not.toContain('project.close');
  });

  it('keeps its id where nothing is unsaved, and the one that it had before the page was loaded anew', async () => {
    host = startHost({ text, stamp: 's' });
    await settle(1);
    useDocument.getState().load({ document: newDocument('d'), file: { ...file, handle: 'original' }, title: 'a', isDirty: false });
    expect(await open()).toBe(true);
    expect(useDocument.getState()).toMatchObject({ document: { id: 'd' }, file: { handle: 'h' } });
    useDocument.getState().load({ document: newDocument('e'), file: null, title: 'e', isDirty: false });
    expect(await open('had')).toBe(true);
    expect(useDocument.getState().document.id).toBe('had');
  });
});

describe('unsaved changes', () => {
  it('are with the host within a second, however fast the edits follow', async () => {
    for (let count = 0; count < 20; count += 1) {
      edit(`n${count}`);
      await settle(100);
    }
    expect(host.drafts.size).toBe(1);
    const kept = parseDocument(host.drafts.get('d')?.text ?? '');
    expect(kept.ok && Object.keys(kept.value.document.graph.nodes).length).toBeGreaterThanOrEqual(20 - 10);
    await settle(1000);
    expect(hasUnkeptChanges()).toBe(false);
    expect(host.calls.filter((name) => name === 'drafts.put').length).toBeLessThan(8);
  });

  it('are no draft any more once they are saved', async () => {
    edit('n1');
    await settle(1000);
    await Promise.all([save(), settle(10)]);
    expect(useDocument.getState().isDirty).toBe(false);
    await settle(2000);
    expect(host.drafts.size).toBe(0);
  });

  it('made while the file was being written are kept as changes to the file as it is now', async () => {
    edit('n1');
    await settle(1000);
    const saving = save();
    // A save takes its turn first.
    while (!host.calls.includes('project.save')) await Promise.resolve();
    edit('n2');
    await Promise.all([saving, settle(2000)]);
    const { isDirty, file } = useDocument.getState();
    expect(isDirty).toBe(true);
    expect(host.drafts.get('d')?.stamp).toBe(file?.stamp);
    expect(Object.keys(useDocument.getState().document.graph.nodes)).toEqual(['n1', 'n2']);
    expect(host.drafts.get('d')?.text).toBe(serializeDocument(useDocument.getState().document));
    expect(hasUnkeptChanges()).toBe(false);
  });

  it('stay theirs where another document is opened while the file is being written', async () => {
    edit('n1');
    const saving = save();
    while (!host.calls.includes('project.save')) await Promise.resolve();
    useDocument.getState().load({ document: newDocument('e'), file: null, title: 'e', isDirty: false });
    await Promise.all([saving, settle(2000)]);
    expect(useDocument.getState()).toMatchObject({ document: { id: 'e' }, file: null, title: 'e' });
  });

  it('are no draft any more once they are undone', async () => {
    edit('n1');
    await settle(1000);
    useDocument.getState().undo();
    await settle(2000);
    expect(host.drafts.size).toBe(0);
  });

  it('are tried again where the host refused', async () => {
    host.refusals.set('drafts.put', { code: 'E_DISK_FULL', message: 'The disk is full.' });
    edit('n1');
    await settle(1000);
    expect(hasUnkeptChanges()).toBe(true);
    host.refusals.clear();
    edit('n2');
    await settle(1000);
    expect(hasUnkeptChanges()).toBe(false);
  });

  it('stay when another document is opened the next moment', async () => {
    edit('n1');
    useDocument.getState().load({ document: newDocument('e'), file: null, title: 'e', isDirty: false });
    await settle(10);
    expect(host.drafts.get('d')).toMatchObject({ name: 'a', handle: 'h', stamp: 's' });
    expect(parseDocument(host.drafts.get('d')?.text ?? '')).toMatchObject({
      ok: true,
      value: { document: { graph: { nodes: { n1: { name: 'n1' } } } } },
    });
  });
});

describe('a draft that is opened again', () => {
  async function leaveDraft(): Promise<Draft> {
    edit('n1');
    await settle(1000);
    const draft = host.drafts.get('d') as Draft;
    useDocument.getState().load({ document: newDocument('other'), file: null, title: 'other', isDirty: false });
    await settle(1);
    return draft;
  }

  it('has its changes, its file and its unsaved mark', async () => {
    const draft = await leaveDraft();
    await Promise.all([restoreDraft(draft), settle(10)]);
    const { document, file: opened, isDirty } = useDocument.getState();
    expect(Object.keys(document.graph.nodes)).toEqual(['n1']);
    expect(opened?.handle).toBe('h');
    expect(isDirty).toBe(true);
    expect(useSession.getState().dialog).toBeNull();
  });

  it('gives way to what was asked for while its file was read', async () => {
    const draft = await leaveDraft();
    const [isShown] = await Promise.all([
      restoreDraft(draft),
      // Another is chosen before the host has answered.
      restoreDraft({ id: 'y', name: 'y', handle: null, stamp: null, text: serializeDocument(newDocument('y')), savedAt: 0 }),
      settle(10),
    ]);
    expect(isShown).toBe(false);
    expect(useDocument.getState().document.id).toBe('y');
    expect(host.drafts.has('d')).toBe(true);
  });

  it('says so where the file changed on disk meanwhile, and loses neither', async () => {
    const draft = await leaveDraft();
    await Promise.all([restoreDraft({ ...draft, stamp: 'older' }), settle(10)]);
    expect(useSession.getState().dialog?.kind).toBe('changedOnDisk');
    expect(Object.keys(useDocument.getState().document.graph.nodes)).toEqual(['n1']);
    expect(host.drafts.has('d')).toBe(true);
  });

  it('is not shown over what was done since, where it is open already', async () => {
    const draft = await leaveDraft();
    await Promise.all([restoreDraft(draft), settle(10)]);
    edit('n2');
    await Promise.all([restoreDraft(draft), settle(10)]);
    expect(Object.keys(useDocument.getState().document.graph.nodes)).toEqual(['n1', 'n2']);
  });

  it('that is damaged is named, and the open document stays', async () => {
    await Promise.all([restoreDraft({ id: 'x', name: 'x', handle: null, stamp: null, text: '{"format":', savedAt: 0 }), settle(10)]);
    expect(useSession.getState().dialog).toMatchObject({ kind: 'problem', title: 'The unsaved changes of “x” could not be opened' });
    expect(useDocument.getState().document.id).toBe('d');
  });

  it('is listed, the latest first', async () => {
    for (const [id, savedAt] of [
      ['a', 1],
      ['b', 3],
      ['c', 2],
    ] as const)
      host.drafts.set(id, { id, name: id, handle: null, stamp: null, text: '', savedAt });
    await Promise.all([refreshDrafts(), settle(10)]);
    expect(useDrafts.getState().drafts.map(({ id }) => id)).toEqual(['b', 'c', 'a']);
  });
});

describe('saving', () => {
  it('is not said of a copy of the file that was opened meanwhile', async () => {
    const saving = save();
    while (!host.calls.includes('project.save')) await Promise.resolve();
    const copy = { ...file, handle: 'copy', name: 'copy.skip.json' };
    useDocument.getState().load({ document: newDocument('d'), file: copy, title: 'copy', isDirty: false });
    await Promise.all([saving, settle(10)]);
    expect(useDocument.getState()).toMatchObject({ file: { handle: 'copy' }, title: 'copy' });
  });

  it('under another name frees what is not shown any more: the old file, and the new one where another was opened meanwhile', async () => {
    const closed = () => host.calls.filter((call) => call === 'project.close').length;
    await Promise.all([saveTo(null, 'new'), settle(10)]);
    expect(useDocument.getState().file?.handle).toBe('new');
    expect(closed()).toBe(1);
    const saving = saveTo(null, 'newer');
    useDocument.getState().load({ document: newDocument('e'), file, title: 'a', isDirty: false });
    await Promise.all([saving, settle(10)]);
    expect(useDocument.getState()).toMatchObject({ file: { handle: 'h' }, document: { id: 'e' } });
    expect(closed()).toBe(3);
  });

  it('a file that changed on disk asks what to do', async () => {
    host.refusals.set('project.save', { code: 'E_CHANGED', message: 'It was changed on disk.' });
    edit('n1');
    await Promise.all([save(), settle(10)]);
    expect(useSession.getState().dialog).toEqual({ kind: 'changedOnDisk', message: 'It was changed on disk.' });
    expect(useDocument.getState().isDirty).toBe(true);
  });

  it('that fails names the file and keeps the changes unsaved', async () => {
    host.refusals.set('project.save', { code: 'E_DISK_FULL', message: 'The disk is full: 4 MB are needed.' });
    edit('n1');
    await Promise.all([save(), settle(10)]);
    expect(useSession.getState().dialog).toMatchObject({ kind: 'problem', title: '“a.skip.json” could not be saved', code: 'E_DISK_FULL' });
    expect(useDocument.getState().isDirty).toBe(true);
  });
});
