import type { CompiledNetwork } from '../../shared/program/compiled';
import type { ActivityReport, LayerActivity } from '../../shared/rpc/contract';
import type { Batch, Session, StepSettings, TensorData, Tensors } from './backend';

/** As many samples of a batch are looked at: enough for a norm's statistics, few enough to cost little. */
const SAMPLES = 16;
/** The first look is to take about so many milliseconds, without what makes the program ready; on so many samples at least. */
const FIRST_LOOK = 250;
const FEWEST = 2;
/** Milliseconds of training before the first look, and at least between two. */
const FIRST = 500;
const BETWEEN = 1000;
/** The share of the time that looks may take: after each comes the rest of it, so that a pause saves none up. The first one, in which the program is made ready, is not counted. */
const SHARE = 0.0025;
/** Of a step's time what goes forward through as many samples takes about: the guess before a look was timed. */
const FORWARD = 1 / 3;

/** Looks now and then at what layers give in a training step. */
export interface ActivityWatch {
  /** After a step: looks where it is time to. */
  step(session: Session, batch: Pick<Batch, 'inputs'>, at: { readonly step: number; readonly seed: StepSettings['seed'] }): Promise<void>;
  /** After the last step of all: looks where the training was too short for a look before. */
  end(session: Session): Promise<void>;
  /** How many looks there were, and their milliseconds without the first. */
  readonly cost: { readonly looks: number; readonly milliseconds: number };
}

/** A watch over a training; without a program for it, or somebody to tell, it never looks. */
export function createActivityWatch(
  { programs }: CompiledNetwork,
  report: ((activity: ActivityReport) => void) | undefined,
  now: () => number = () => performance.now(),
): ActivityWatch {
  let began: number | undefined;
  let looked = -Infinity;
  let ended: number | undefined;
  let [looks, milliseconds, last] = [0, 0, 0];
  let hasFailed = false;
  const isDue = (time: number, since: number) => {
    if (looks === 0) return time - since >= FIRST;
    return time - looked >= Math.max(BETWEEN, last / SHARE);
  };
  /** The last step, as long as no look was tried. */
  let latest: Step | undefined;
  const look = async (session: Session, { inputs, step, seed }: Step, most: number): Promise<void> => {
    latest = undefined;
    const start = now();
    const taken = firstSamples(inputs, most);
    // A training never ends for a look's sake: where one fails (there is no memory for it), there is no other.
    const figures = await session.activity(taken, seed).catch(() => undefined);
    hasFailed = figures === undefined;
    if (!figures) return;
    looked = now();
    ended = looked;
    if (looks > 0) {
      last = looked - start;
      milliseconds += last;
    }
    looks += 1;
    report?.({ step, samples: samplesOf(taken), layers: Object.entries(figures).map(([path, tensor]) => activityOf(path, tensor)) });
  };
  return {
    get cost() {
      return { looks, milliseconds };
    },
    async step(session, { inputs }, { step, seed }) {
      if (!report || !programs.activity || hasFailed) return;
      const start = now();
      const samples = samplesOf(inputs);
      // What a look would take for each sample, by the step that has just ended.
      const perSample = ((start - (ended ?? start)) * FORWARD) / Math.max(1, samples);
      if (looks === 1) last = perSample * Math.min(SAMPLES, samples);
      ended = start;
      began ??= start;
      if (looks === 0) latest = { inputs, step, seed };
      if (!isDue(start, began)) return;
      const most = looks > 0 ? SAMPLES : Math.max(FEWEST, Math.min(SAMPLES, Math.floor(FIRST_LOOK / perSample)));
      await look(session, { inputs, step, seed }, most);
    },
    async end(session) {
      if (latest) await look(session, latest, SAMPLES);
    },
  };
}

/** What a look is taken with. */
interface Step {
  readonly inputs: Tensors;
  readonly step: number;
  readonly seed: StepSettings['seed'];
}

function activityOf(path: string, { data: [rms = 0, zeros = 0, silent = 0] }: TensorData): LayerActivity {
  const share = (value: number) => Math.min(1, Math.max(0, value));
  // Of what is no number there are no shares either.
  return Number.isFinite(rms) ? { path, rms, zeros: share(zeros), silent: share(silent) } : { path, rms: null, zeros: 0, silent: 0 };
}

function samplesOf(inputs: Tensors): number {
  return Object.values(inputs)[0]?.shape[0] ?? 0;
}

/** The first samples of every input; the numbers are not copied. */
export function firstSamples(inputs: Tensors, most: number): Tensors {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, { dtype, shape, data }]): [string, TensorData] => {
      const [count = 0, ...rest] = shape;
      const taken = Math.min(count, most);
      const size = rest.reduce((product, each) => product * each, 1);
      return [name, { dtype, shape: [taken, ...rest], data: data.subarray(0, taken * size) }];
    }),
  );
}
