import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import { releaseLock, takeLock } from './lock';
import type { Log } from './log';
import type { RunKeeper } from './runKeeping';
import { isOwn, type Run } from './runRecord';
import type { RunShelf } from './runShelf';
import { copyRun, moveRun, summaryFile } from './runStore';

interface MovesParts {
  readonly shelf: RunShelf;
  readonly keeper: Pick<RunKeeper, 'write'>;
  readonly log: Pick<Log, 'add'>;
  /** In whose name runs are locked. */
  readonly holder: string;
}

/** What becomes of a document's runs when it gets a file. A run that cannot go along stays where it is, and the log says why. */
export function createRunMoves({ shelf, keeper, log, holder }: MovesParts) {
  /** Of the runs of a folder those that this program may touch: another one writes where it began. */
  async function runsIn(folder: string): Promise<readonly Run[]> {
    await shelf.load(folder);
    return shelf.all().filter((run) => dirname(run.folder) === folder && run.summary.elsewhere === undefined);
  }

  async function logged(run: Run, body: () => Promise<void>): Promise<void> {
    try {
      await body();
    } catch (error) {
      log.add('error', 'runs', `Run ${run.summary.id} could not go along with its document: ${String(error)}`);
    }
  }

  /** In turn with all that is written of it: what comes next of one that goes on is written in the new place. */
  async function move(run: Run, target: string): Promise<void> {
    keeper.write(run, () =>
      logged(run, async () => {
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
    await logged(run, async () => {
      await run.writing;
      const isThere = (await runsIn(target)).some(({ summary }) => summary.startedAt === run.summary.startedAt);
      if (isThere) return;
      const summary = { ...run.summary, id: randomUUID() };
      await copyRun(run.folder, join(target, summary.id), summary);
    });
  }

  return {
    /** The first file of a document: its runs lie beside it from now on. */
    async moveAll(from: string, to: string): Promise<void> {
      await Promise.all((await runsIn(from)).map((run) => move(run, to)));
    },
    /** Another file of a document: both have its runs. */
    async copyAll(from: string, to: string): Promise<void> {
      if (from !== to) for (const run of await runsIn(from)) await copy(run, to);
    },
  };
}
