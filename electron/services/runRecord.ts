import type { ActivityReport, EpochRow, RunSummary, StepPoint, TrainingPosition, TrainingRequest } from '../../shared/rpc/contract';
import { errorWords } from '../../shared/rpc/messages';
import type { Weights } from '../../shared/weights/weights';
import type { Unkept } from './runKeeping';

/** Whole epochs and steps in all. */
export type Place = Pick<TrainingPosition, 'epoch' | 'step'>;

/** A run that was seen in this session, running or not. */
export interface Run {
  folder: string;
  summary: RunSummary;
  points: StepPoint[];
  epochs: EpochRow[];
  /** Its curve is here; of one that was only listed it is not. */
  isRead: boolean;
  /** Up to where its events were read, in bytes; of a run of this program that is nowhere. */
  readTo: number;
  /** What was last told of its layers. */
  activity: ActivityReport | undefined;
  weights: Weights | undefined;
  /** Where the training was at its last checkpoint. */
  checkpointAt: Place | undefined;
  /** The same of the one on disk. */
  keptAt: Place | undefined;
  unkept: Unkept | undefined;
  /** What there is to say of writes that failed; null where the last checkpoint is on disk. */
  unkeptWords: string | null;
  /** Why it ended, in the words of what ended it. */
  endWords: string | null;
  /** Of one that was broken off what is kept, where all of it is on disk. */
  keptWords: string | null;
  /** Writes take turns, and whoever waits for the end waits for them. */
  writing: Promise<void>;
  /** When the engine was last heard of, and the longest that it was not. */
  heardAt: number;
  longestSilence: number;
  /** Ends what is done before the engine has the work: until then the engine's fate is not the run's. */
  starting: AbortController | undefined;
  finish: (summary: RunSummary) => void;
  finished: Promise<RunSummary>;
}

const ACTIVE = new Set<RunSummary['status']>(['preparing', 'running', 'pausing', 'paused', 'stopping']);
/** Whether it goes on, or is about to. */
export function isActive({ summary }: Pick<Run, 'summary'>): boolean {
  return ACTIVE.has(summary.status);
}

/** Whether it goes on here. */
export function isOwn(run: Pick<Run, 'summary'>): boolean {
  return isActive(run) && run.summary.elsewhere === undefined;
}

/** What was asked for shows until the engine has done it. */
export function shownStatus(shown: RunSummary['status'], reported: 'preparing' | 'running' | 'paused' | 'stopping'): RunSummary['status'] {
  if (shown === 'stopping') return 'stopping';
  return shown === 'pausing' && reported === 'running' ? 'pausing' : reported;
}

/** A run of which nothing is known but its summary. */
export function newRun(folder: string, summary: RunSummary): Run {
  return {
    folder,
    summary,
    points: [],
    epochs: [],
    activity: undefined,
    weights: undefined,
    isRead: true,
    readTo: 0,
    checkpointAt: undefined,
    keptAt: undefined,
    unkept: undefined,
    unkeptWords: null,
    endWords: null,
    keptWords: null,
    writing: Promise.resolve(),
    heardAt: Date.now(),
    longestSilence: 0,
    starting: undefined,
    ...ending(),
  };
}

/** Without what metrics have kept, which may be large. */
export function placeOf({ epoch, step }: TrainingPosition): Place {
  return { epoch, step };
}

/** `epoch 3`, or of a training that has no whole epoch behind it `step 17`. */
export function placeWords({ epoch, step }: Place): string {
  return epoch > 0 ? `epoch ${epoch}` : `step ${step}`;
}

/** What there is to say of a run: why it ended, and what of it is kept, or could not be. */
export function messageOf({ endWords, keptWords, unkeptWords }: Pick<Run, 'endWords' | 'keptWords' | 'unkeptWords'>): string | null {
  return [endWords, unkeptWords ?? keptWords].filter((words) => words !== null).join(' ') || null;
}

/** Of a run that failed: what of it is kept, and whether that is a place to go on from. */
export function keptAtEnd({ checkpointAt }: Pick<Run, 'checkpointAt'>, { brokenBy }: Pick<Outcome, 'brokenBy'>): string | null {
  if (!checkpointAt) return null;
  return `The weights after ${placeWords(checkpointAt)} are kept.${brokenBy === undefined ? ' It can go on from there.' : ''}`;
}

/** What a run ends with. */
export type Outcome = Pick<RunSummary, 'status' | 'message' | 'brokenBy' | 'testAccuracy' | 'test'>;

export function failedWith(error: unknown): Outcome {
  return { status: 'failed', message: errorWords(error), testAccuracy: null };
}

/** A promise of a run's end, and what keeps it. */
export function ending(): Pick<Run, 'finish' | 'finished'> {
  let finish: Run['finish'] = () => undefined;
  const finished = new Promise<RunSummary>((resolve) => (finish = resolve));
  return { finish, finished };
}

/** Of a run that begins now. */
export function newSummary(id: string, documentId: string, documentName: string, request: TrainingRequest): RunSummary {
  return {
    id,
    documentId,
    documentName,
    status: 'preparing',
    message: null,
    engine: null,
    startedAt: Date.now(),
    endedAt: null,
    request,
    epoch: 0,
    step: 0,
    totalSteps: 0,
    secondsLeft: null,
    imagesPerSecond: null,
    hasWeights: false,
    best: null,
    testAccuracy: null,
  };
}

/** The epoch of the highest validation accuracy, the first of those that are alike; null where none was measured. */
export function bestOf(epochs: readonly EpochRow[]): RunSummary['best'] {
  let best: RunSummary['best'] = null;
  for (const { epoch, validationAccuracy } of epochs) {
    if (validationAccuracy !== null && validationAccuracy > (best?.validationAccuracy ?? -1)) best = { epoch, validationAccuracy };
  }
  return best;
}
