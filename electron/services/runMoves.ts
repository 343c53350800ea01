import { randomUUID } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import type { Hub } from './hub';
import { releaseLock, takeLock } from './lock';
import { errorWords } from '../../shared/rpc/messages';
import type { Log } from './log';
import { saysFull, type RunKeeper } from './runKeeping';
import { isOwn, type Run } from './runRecord';
import type { RunShelf } from './runShelf';
import { copyRun, moveRun, summaryFile } from './runStore';

interface MovesParts {
  readonly hub: Pick<Hub, 'emit'>;
  readonly shelf: RunShelf;
  readonly keeper: Pick<RunKeeper, 'write'>;
  readonly log: Pick<Log, 'add'>;
  /** In whose name runs are locked. */
  readonly holder: string;
}

/**
 * What becomes of a document's runs when it gets a file: they go along while the document is long saved, however large they are. A run
 * that cannot go along stays where it is, which is told to the document's pages, and the log says why.
 */
export function createRunMoves({ hub, shelf, keeper, log, holder }: MovesParts) {
  /** One save's after the other's: the next one may begin where the last one leads. */
  let all: Promise<void> = Promise.resolve();
  /** By the folder that runs are on their way to. */
  const coming = new Map<string, Promise<void>>();

  /** Of the runs of a folder those that this program may touch: another one writes where it began. */
  async function runsIn(folder: string): Promise<readonly Run[]> {
    await shelf.load(folder);
    return shelf.all().filter((run) => dirname(run.folder) === folder && run.summary.elsewhere === undefined);
  }

  async function logged(run: Run, target: string, fix: string, body: () => Promise<void>): Promise<void> {
    try {
      await body();
    } catch (error) {
      log.add('error', 'runs', `Run ${run.summary.id} could not go along with its document: ${String(error)}`);
      tellLeft(run.summary.documentId, target, fix, error);
    }
  }

  function tellLeft(documentId: string, target: string, fix: string, error: unknown): void {
    const message = `The document is saved, but not all of its runs went along: ${reasonWords(error, target)}.`;
    hub.emit('runs.leftBehind', { documentId, message, fix });
  }

  /** In turn with all that is written of it: what comes next of one that goes on is written in the new place. */
  async function move(run: Run, target: string): Promise<void> {
    const fix = `They are in ${dirname(run.folder)} still. Moved from there to ${target}, they are listed again.`;
    keeper.write(run, () =>
      logged(run, target, fix, async () => {
        const place = join(target, run.summary.id);
        await moveRun(run.folder, place);
        run.folder = place;
        if (!isOwn(run)) return;
        // Between two drives it was copied, and a copied lock holds nothing.
        await releaseLock(summaryFile(place));
        await takeLock(summaryFile(place), holder);
      }),
    );
    await run.writing;
  }

  /** With an identity of its own, unless it is there already. One that goes on stays with its file, and is copied when it has ended. */
  async function copy(run: Run, target: string): Promise<void> {
    if (isOwn(run)) return void run.finished.then(() => copy(run, target));
    await logged(run, target, staying(dirname(run.folder)), async () => {
      await run.writing;
      const isThere = (await runsIn(target)).some(({ summary }) => summary.startedAt === run.summary.startedAt);
      if (isThere) return;
      const summary = { ...run.summary, id: randomUUID() };
      await copyRun(run.folder, join(target, summary.id), summary);
    });
  }

  async function go(source: string, target: string, how: 'move' | 'copy'): Promise<void> {
    if (source === target) return;
    const runs = await runsIn(source);
    if (how === 'move') await Promise.all(runs.map((run) => move(run, target)));
    else for (const run of runs) await copy(run, target);
  }

  return {
    /** The first file of a document: its runs lie beside it from now on. Another file of it: both have its runs. */
    follow(documentId: string, source: string, target: string, how: 'move' | 'copy'): void {
      all = all
        .then(() => go(source, target, how))
        .catch((error: unknown) => {
          log.add('error', 'runs', `Runs could not go along: ${String(error)}`);
          tellLeft(documentId, target, staying(source), error);
        });
      const own = all;
      coming.set(target, own);
      void own.then(() => coming.get(target) === own && coming.delete(target));
    },
    /** Resolves when the runs that were on their way to a folder, or to any, are there. */
    arrived: (target?: string): Promise<void> => (target === undefined ? all : (coming.get(target) ?? Promise.resolve())),
  };
}

function staying(source: string): string {
  return `They are in ${source} still.`;
}

const READ_ONLY = new Set(['EACCES', 'EPERM', 'EROFS']);
const IN_THE_WAY = new Set(['ENOTDIR', 'EEXIST']);

/** What keeps runs from their folder, which is in that of the document. */
function reasonWords(error: unknown, target: string): string {
  const code = error instanceof Error ? ((error as NodeJS.ErrnoException).code ?? '') : '';
  const folder = basename(dirname(target));
  if (saysFull(error)) return 'the disk is full';
  if (READ_ONLY.has(code)) return `the folder “${folder}” beside it is read-only`;
  if (IN_THE_WAY.has(code)) return `“${folder}” beside it, where they would be, is no folder`;
  return errorWords(error).replace(/\.+$/, '');
}
