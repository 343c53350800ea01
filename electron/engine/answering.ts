import { ENGINE_TITLES } from '../../shared/rpc/engineTitles';
import type { AnsweringEngine, EngineName } from '../../shared/rpc/contract';
import type { CompiledNetwork } from '../../shared/program/compiled';
import { errorWords } from '../../shared/rpc/messages';
import { freeMemory } from '../system/freeMemory';
import type { Backend, Predictor, Tensors } from './backend';
import { leastInTurns } from './inTurns';
import { largestDifference } from './tensorDifference';

/** What was asked, and what the model's session answered. */
export interface Answered {
  readonly inputs: Tensors;
  readonly outputs: Tensors;
}

/** The predictors of a model with these weights, of one engine or of several. */
export interface Answering {
  /** What answers for inputs of these shapes; undefined where the session does. */
  of(inputs: Tensors): Predictor | undefined;
  /** The engine that was chosen last. */
  chosen(): AnsweringEngine | undefined;
  /**
   * Makes the model's predictors and chooses the one that answers for inputs of these shapes: of engines whose numbers are the session's,
   * the quickest. The others' memory is given back. In steps: making one, or a few predictions.
   */
  choose(answered: Answered): AsyncGenerator<void, void>;
  dispose(): void;
}

interface AnsweringParts {
  readonly network: CompiledNetwork;
  readonly weights: Tensors;
  readonly own: Backend;
  /** Engines that may answer instead; none where the person chose the own one. */
  readonly rivals: readonly Backend[];
}

/** Largest difference to the session's numbers, relative to the largest of an output, that rounding in another order makes. */
const TOLERANCE = 1e-4;

/** Share of the own engine's time that a rival must do with: measured again, times differ by some hundredths. */
const CLEARLY_LESS = 0.95;

/** Copies of the weights that a predictor takes in an engine, with what it takes to make one. */
const COPIES = 4;

type Candidate = readonly [Backend, Predictor];

/** No predictor yet. */
export function createAnswering({ network, weights, own, rivals }: AnsweringParts): Answering {
  const predictors = new Map<EngineName, Predictor>();
  /** By shapes of inputs: how much quicker one engine is than another depends on the batch. */
  const choices = new Map<string, AnsweringEngine>();
  let chosen: AnsweringEngine | undefined;
  let isOpen = true;

  function decide(shapes: string, engine: EngineName, reason: string): void {
    chosen = { engine, reason };
    choices.set(shapes, chosen);
  }
  function giveBack(): void {
    const used = new Set([...choices.values()].map(({ engine }) => engine));
    for (const [engine, predictor] of predictors) {
      if (isOpen && used.has(engine)) continue;
      predictor.dispose();
      predictors.delete(engine);
    }
  }
  async function made(backend: Backend): Promise<Predictor> {
    const predictor = predictors.get(backend.name) ?? (await backend.freeze(network, weights));
    predictors.set(backend.name, predictor);
    return predictor;
  }
  /** Its predictor, where it gives the session's numbers; else what keeps it from answering, in words. */
  async function candidate(backend: Backend, { inputs, outputs }: Answered): Promise<Candidate | string> {
    const title = ENGINE_TITLES[backend.name];
    if (!predictors.has(backend.name) && !hasRoom(weights)) return `there is no memory to try ${title}`;
    try {
      const predictor = await made(backend);
      const difference = largestDifference(await predictor.predict(inputs), outputs);
      return difference <= TOLERANCE ? [backend, predictor] : `the numbers of ${title} differ by ${difference.toExponential(0)}`;
    } catch (error) {
      return `${title} cannot: ${errorWords(error)}`;
    }
  }
  async function* choose(answered: Answered): AsyncGenerator<void, void> {
    const shapes = shapesOf(answered.inputs);
    try {
      if (!isOpen) return;
      const first = await candidate(own, answered);
      if (typeof first === 'string') return;
      const alone = rivals.length === 0 ? 'it was asked for, or is the only one here' : 'others are not tried yet';
      if (!choices.has(shapes)) decide(shapes, own.name, alone);
      const candidates = [first];
      const refused: string[] = [];
      for (const rival of rivals) {
        yield;
        if (!isOpen) return;
        const next = await candidate(rival, answered);
        if (typeof next === 'string') refused.push(next);
        else candidates.push(next);
      }
      if (candidates.length === 1) {
        if (refused.length > 0) decide(shapes, own.name, refused.join('; '));
        return;
      }
      const trial = leastInTurns(
        candidates.map(
          ([, predictor]) =>
            () =>
              predictor.predict(answered.inputs),
        ),
      );
      for (let step = await trial.next(); ; step = await trial.next()) {
        if (step.done) {
          const names = candidates.map(([{ name }]) => name);
          decide(shapes, names[quickest(step.value)] as EngineName, figures(names, step.value, samplesOf(answered.inputs), refused));
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
    of(inputs) {
      const engine = (choices.get(shapesOf(inputs)) ?? chosen)?.engine;
      return engine && predictors.get(engine);
    },
    chosen: () => chosen,
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

function figures(names: readonly EngineName[], times: readonly number[], samples: number, refused: readonly string[]): string {
  const each = names.map((name, index) => `${milliseconds(times[index] as number)} with ${ENGINE_TITLES[name]}`);
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
