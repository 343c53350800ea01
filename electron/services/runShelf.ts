import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { RunSummary } from '../../shared/rpc/contract';
import { RpcError } from '../../shared/rpc/messages';
import type { Weights } from '../../shared/weights/weights';
import type { Hub } from './hub';
import { isActive, isOwn, newRun, type Run } from './runRecord';
import { lookElsewhere } from './runsElsewhere';
import { listRuns, lookAtCheckpoint, readEvents, readSummary } from './runStore';

/** Milliseconds between two looks at what another program trains. */
const LOOK_AGAIN = 2000;

/** The weights of so many runs stay in memory. */
const HELD = 3;

/** The runs that are known: this program's own, and those that it found in folders, another program's among them. */
export interface RunShelf {
  all(): readonly Run[];
  get(runId: string): Run | undefined;
  /** Throws E_NO_RUN where it is not known. */
  find(runId: string): Run;
  put(run: Run): void;
  remove(run: Run): void;
  /** Makes the runs of a folder known; these, and of the others those that `also` wants, the newest first. */
  load(folder: string, also?: (run: Run) => boolean): Promise<RunSummary[]>;
  /** The curve of a run that was only listed. */
  read(run: Run): Promise<void>;
  /** The weights of the runs that were used last stay in memory, and those that are nowhere else. */
  hold(run: Run, weights: Weights): void;
}

export function createRunShelf(hub: Hub): RunShelf {
  const runs = new Map<string, Run>();
  let held: readonly Run[] = [];
  const looking = new Set<Run>();

  /** What another program trains is looked at as long as it does. */
  const look = setInterval(() => {
    for (const run of runs.values()) {
      if (run.summary.elsewhere === undefined || looking.has(run)) continue;
      looking.add(run);
      void lookElsewhere(run)
        .then(({ summary, points, epochs }) => hub.emit('runs.progress', { summary, points: [...points], epochs: [...epochs] }))
        .finally(() => looking.delete(run));
    }
  }, LOOK_AGAIN);
  look.unref();

  async function load(folder: string, also: (run: Run) => boolean = () => false): Promise<RunSummary[]> {
    for (const { summary, folder: own } of await listRuns(folder)) {
      const known = await knownIn(own, summary.id);
      if (known && isActive({ summary })) await lookAgain(known);
      if (known) continue;
      const { isWhole, position } = await lookAtCheckpoint(own);
      const id = idIn(own, summary.id);
      const run: Run = { ...newRun(own, { ...summary, id, hasWeights: isWhole }), isRead: false, checkpointAt: position, keptAt: position };
      run.finished = Promise.resolve(run.summary);
      // It goes on in another program, or went on when its program ended.
      if (isActive(run)) {
        await lookElsewhere(run);
        run.isRead = true;
      }
      if (!runs.has(run.summary.id)) runs.set(run.summary.id, run);
    }
    const found = [...runs.values()].filter((run) => dirname(run.folder) === folder || also(run)).map((run) => run.summary);
    return found.sort((a, b) => b.startedAt - a.startedAt);
  }

  /** The run of a folder where it is known, also under the name that the folder had before. */
  async function knownIn(folder: string, id: string): Promise<Run | undefined> {
    const there = [...runs.values()].find((run) => run.folder === folder);
    const namesake = runs.get(id);
    if (there || !namesake || isOwn(namesake) || (await isThere(namesake.folder))) return there;
    namesake.folder = folder;
    return namesake;
  }

  /** Whoever copies a document with its folder copies the ids of its runs: here each is to have its own. */
  function idIn(folder: string, id: string): string {
    const namesake = runs.get(id);
    return namesake && namesake.folder !== folder
      ? `${id.slice(0, 100)}-${createHash('sha256').update(folder).digest('hex').slice(0, 12)}`
      : id;
  }

  /** Another program goes on with what has ended here. What could not be written here is not read there: what is in memory is newer. */
  async function lookAgain(run: Run): Promise<void> {
    if (isActive(run) || looking.has(run)) return;
    looking.add(run);
    try {
      await run.writing;
      const stored = await readSummary(run.folder);
      if (!stored || !isActive({ summary: stored }) || isActive(run) || run.unkeptWords !== null) return;
      Object.assign(run, { points: [], epochs: [], readTo: 0, isRead: true });
      await lookElsewhere(run);
    } finally {
      looking.delete(run);
    }
  }

  return {
    all: () => [...runs.values()],
    get: (runId) => runs.get(runId),
    find(runId) {
      const run = runs.get(runId);
      if (!run) throw new RpcError('E_NO_RUN', 'This run is not known any more.', 'Open its document again.');
      return run;
    },
    put: (run) => void runs.set(run.summary.id, run),
    remove: (run) => void runs.delete(run.summary.id),
    load,
    async read(run) {
      if (run.isRead) return;
      const { points, epochs } = await readEvents(run.folder);
      if (!run.isRead) Object.assign(run, { points, epochs, isRead: true });
    },
    hold(run, weights) {
      run.weights = weights;
      const others = held.filter((other) => other !== run);
      held = [run, ...others.slice(0, HELD - 1)];
      for (const other of others.slice(HELD - 1)) if (other.unkeptWords === null && !isActive(other)) other.weights = undefined;
    },
  };
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
