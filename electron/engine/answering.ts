import { ENGINE_TITLES } from '../../shared/rpc/engineTitles';
import type { AnsweringEngine, EngineName } from '../../shared/rpc/contract';
import type { CompiledNetwork } from '../../shared/program/compiled';
import { errorWords } from '../../shared/rpc/messages';
import { freeMemory } from '../system/freeMemory';
import type { FreezingBackend, Predictor, Tensors } from './backend';
import { leastInTurns } from './inTurns';
import { largestDifference } from './tensorDifference';

/** What was asked, and what the model's session answered. */
export interface Answered {
  readonly inputs: Tensors;
  readonly outputs: Tensors;
}

/** What answers for a model with these weights: its session, or a predictor of one of several engines. */
export interface Answering {
  /** What answers for inputs of these shapes; undefined where the session does. */
  of(inputs: Tensors): Predictor | undefined;
  /** The engine that was chosen last. */
  chosen(): AnsweringEngine | undefined;
  /**
   * Makes predictors and chooses what answers for inputs of these shapes: of those whose numbers are the session's, and the session, the
   * quickest. The others' memory is given back. In steps: making one, its first answer, or a round of predictions.
   */
  choose(answered: Answered): AsyncGenerator<void, void>;
  dispose(): void;
}

interface AnsweringParts {
  readonly network: CompiledNetwork;
  readonly weights: Tensors;
  readonly session: Pick<Predictor, 'predict'>;
  /** The session's. */
  readonly engine: EngineName;
  /** Engines whose predictors may answer instead. */
  readonly rivals: readonly FreezingBackend[];
}

/** Largest difference to the session's numbers, relative to the largest of an output, that rounding in another order makes. */
const TOLERANCE = 1e-4;

/** Share of the session's time that a predictor must do with: measured again, times differ by some hundredths. */
const CLEARLY_LESS = 0.95;

/** Copies of the weights that a predictor takes in an engine, with what it takes to make one. */
const COPIES = 4;

interface Candidate extends Pick<Predictor, 'predict'> {
  readonly engine: EngineName;
  readonly title: string;
  /** None of the session. */
  readonly predictor?: Predictor;
}

interface Choice extends AnsweringEngine {
  readonly predictor: Predictor | undefined;
}

/** No predictor yet. */
export function createAnswering({ network, weights, session, engine, rivals }: AnsweringParts): Answering {
  const predictors = new Map<EngineName, Predictor>();
  /** By shapes of inputs: how much quicker one engine is than another depends on the batch. */
  const choices = new Map<string, Choice>();
  let last: Choice | undefined;
  let isOpen = true;

  function decide(shapes: string, choice: Choice): void {
    last = choice;
    choices.set(shapes, choice);
  }
  function giveBack(): void {
    const used = new Set([...choices.values()].map(({ predictor }) => predictor));
    for (const [name, predictor] of predictors) {
      if (isOpen && used.has(predictor)) continue;
      predictor.dispose();
      predictors.delete(name);
    }
  }
  /** An engine's predictor, where it gives the session's numbers; else what keeps it from answering, in words. */
  async function* candidate(rival: FreezingBackend, { inputs, outputs }: Answered): AsyncGenerator<void, Candidate | string> {
    const title = ENGINE_TITLES[rival.name];
    if (!predictors.has(rival.name) && !hasRoom(weights)) return `there is no memory to try ${title}`;
    try {
      const predictor = predictors.get(rival.name) ?? (await rival.freeze(network, weights));
      predictors.set(rival.name, predictor);
      yield;
      if (!isOpen) return '';
      const difference = largestDifference(await predictor.predict(inputs), outputs);
      if (difference > TOLERANCE || Number.isNaN(difference)) return `the numbers of ${title} differ by ${difference.toExponential(0)}`;
      const own = rival.name === engine ? `${title} and constant weights` : title;
      return { engine: rival.name, title: own, predictor, predict: (asked) => predictor.predict(asked) };
    } catch (error) {
      return `${title} cannot: ${errorWords(error)}`;
    }
  }
  async function* choose(answered: Answered): AsyncGenerator<void, void> {
    const shapes = shapesOf(answered.inputs);
    const candidates: Candidate[] = [{ engine, title: ENGINE_TITLES[engine], predict: (asked) => session.predict(asked) }];
    const refused: string[] = [];
    try {
      if (!isOpen) return;
      for (const rival of rivals) {
        const next = yield* candidate(rival, answered);
        if (!isOpen) return;
        if (typeof next === 'string') refused.push(next);
        else candidates.push(next);
        yield;
        if (!isOpen) return;
      }
      if (candidates.length === 1) {
        decide(shapes, { engine, predictor: undefined, reason: refused.join('; ') || 'it was asked for, or is the only one here' });
        return;
      }
      const trial = leastInTurns(
        candidates.map(
          ({ predict }) =>
            () =>
              predict(answered.inputs),
        ),
      );
      for (let step = await trial.next(); ; step = await trial.next()) {
        if (step.done) {
          const { engine: best, predictor } = candidates[quickest(step.value)] as Candidate;
          const titles = candidates.map(({ title }) => title);
          decide(shapes, { engine: best, predictor, reason: figures(titles, step.value, samplesOf(answered.inputs), refused) });
          return;
        }
        yield;
        if (!isOpen) return;
      }
    } finally {
      giveBack();
    }
  }

  return {
    of: (inputs) => (choices.get(shapesOf(inputs)) ?? last)?.predictor,
    chosen: () => last && { engine: last.engine, reason: last.reason },
    choose,
    dispose() {
      isOpen = false;
      giveBack();
    },
  };
}

/** The place of the least; the first one's where no other is clearly less. */
function quickest(times: readonly number[]): number {
  const least = Math.min(...times);
  return least < CLEARLY_LESS * (times[0] as number) ? times.indexOf(least) : 0;
}

function figures(titles: readonly string[], times: readonly number[], samples: number, refused: readonly string[]): string {
  const each = titles.map((title, index) => `${milliseconds(times[index] as number)} with ${title}`);
  return [`a prediction of ${samples === 1 ? '1 sample' : `${samples} samples`} took ${each.join(', ')}`, ...refused].join('; ');
}

function milliseconds(value: number): string {
  return `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ms`;
}

/** The shapes of inputs, as a key. */
export function shapesOf(inputs: Tensors): string {
  return JSON.stringify(Object.entries(inputs).map(([name, { shape }]) => [name, shape]));
}

function samplesOf(inputs: Tensors): number {
  return Object.values(inputs)[0]?.shape[0] ?? 1;
}

/** Whether a predictor of these weights fits into what the process does not have yet. */
function hasRoom(weights: Tensors): boolean {
  const bytes = Object.values(weights).reduce((sum, { data }) => sum + data.byteLength, 0);
  return COPIES * bytes <= freeMemory() - process.memoryUsage.rss();
}
