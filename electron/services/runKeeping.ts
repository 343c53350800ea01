import type { EpochRow, StepPoint } from '../../shared/rpc/contract';
import { placeOf, placeWords, type Run } from './runRecord';
import type { Checkpoint } from './checkpointFile';
import { appendEvents, saveCheckpoint, saveSummary } from './runStore';

/** What a run told that is not on disk yet. Of checkpoints only the newest counts. */
export interface Unkept {
  readonly points: StepPoint[];
  readonly epochs: EpochRow[];
  checkpoint: Checkpoint | undefined;
}

export interface News {
  readonly points?: readonly StepPoint[];
  readonly epochs?: readonly EpochRow[];
  readonly checkpoint?: Checkpoint;
}

export type RunKeeper = ReturnType<typeof createRunKeeper>;

/**
 * Keeps what runs tell in their folders. Writes take turns; what comes during one goes into the next one, so that a slow disk holds up
 * neither the training nor its memory. `told` hears when what there is to say of a run's writes (`run.unkeptWords`) has changed.
 */
export function createRunKeeper(told: (run: Run) => void) {
  function say(run: Run, words: string | null): void {
    if (run.unkeptWords === words) return;
    run.unkeptWords = words;
    told(run);
  }

  /** A full disk must not end a training: it is told in the run, and the next write tries again. */
  function write(run: Run, body: () => Promise<void>): void {
    run.writing = run.writing.then(body).catch((error: unknown) => say(run, unkeptWords(run, error)));
  }

  async function writeNews(run: Run, { points, epochs, checkpoint }: Unkept): Promise<void> {
    // Without its curve a checkpoint is still worth keeping.
    const [events] = await Promise.allSettled([appendEvents(run.folder, points, epochs)]);
    if (checkpoint) {
      await saveCheckpoint(run.folder, checkpoint);
      run.keptAt = placeOf(checkpoint.position);
      // What is read of it when the program, or the machine, ends without a word.
      await saveSummary(run.folder, run.summary);
    }
    if (events.status === 'rejected') throw events.reason;
    // Points that got lost before are less than a checkpoint that is there again.
    if (checkpoint) say(run, null);
  }

  return {
    write,
    keep(run: Run, { points = [], epochs = [], checkpoint }: News): void {
      const waiting = run.unkept;
      const unkept: Unkept = waiting ?? { points: [], epochs: [], checkpoint: undefined };
      unkept.points.push(...points);
      unkept.epochs.push(...epochs);
      unkept.checkpoint = checkpoint ?? unkept.checkpoint;
      if (waiting) return;
      run.unkept = unkept;
      write(run, async () => {
        run.unkept = undefined;
        await writeNews(run, unkept);
      });
    },
  };
}

/** What of an error says that there is no room: the system's codes, and that of a save. */
const FULL = new Set(['ENOSPC', 'EDQUOT', 'E_NO_SPACE']);

export function saysFull(error: unknown): boolean {
  return error instanceof Error && FULL.has((error as NodeJS.ErrnoException).code ?? '');
}

function unkeptWords({ keptAt }: Run, error: unknown): string {
  const reason = saysFull(error) ? 'the disk is full' : error instanceof Error ? error.message : String(error);
  const kept = keptAt ? `The weights on disk are those after ${placeWords(keptAt)}.` : 'No weights are on disk.';
  return `Part of this run could not be kept: ${reason.replace(/\.+$/, '')}. ${kept}`;
}
