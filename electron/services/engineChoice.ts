import { parseDocument } from '../../shared/document/parse';
import { analyze } from '../../shared/infer/analyze';
import { structureOf } from '../../shared/infer/structure';
import type { EngineName, TrainingRequest } from '../../shared/rpc/contract';
import { ENGINE_TITLES } from '../../shared/rpc/engineTitles';
import { RpcError } from '../../shared/rpc/messages';
import { askChild } from './engineChild';
import type { EngineOwner } from './engineOwner';
import { lookForGpu, mayHaveGpu, type Gpu } from './gpu';
import type { Host } from './host';

/** Which engine trains (null: the best one on the processor), and why, in a few words. */
export interface EngineChoice {
  readonly engine: EngineName | null;
  readonly reason: string;
}

export interface EngineChooser {
  /** What is known of a GPU already; nothing is looked for. */
  known(): Gpu | undefined;
  /** Looks for a GPU, once for the program; takes about a second. */
  gpu(): Promise<Gpu>;
  /**
   * The engine that was asked for; else the GPU where a few steps of this network are quicker on it. Throws where the one asked for cannot
   * be, and where `signal` ended a trial, of which nothing is remembered then.
   */
  choose(document: string, request: TrainingRequest, signal?: AbortSignal): Promise<EngineChoice>;
  /** The GPU's driver ended the engine: it is not chosen by itself again. */
  distrust(): void;
}

/** Seconds for loading the network twice and some steps on each; compiling shaders takes some at the first time. */
const TRIAL_PATIENCE = 120;
/** Multiply-accumulates of a batch going forward under which no GPU is tried: a processor takes some hundredths of a second a step. */
const LEAST_MACS = 5e8;
/** How many trials are remembered. */
const REMEMBERED = 50;

/** Nothing looked for yet. `look` finds the GPU; `leastMacs` of a batch make a trial worth its seconds. */
export function createEngineChooser(
  host: Host,
  owner: Pick<EngineOwner, 'environment'>,
  look: (() => Promise<Gpu>) | undefined = mayHaveGpu() ? () => lookForGpu(host) : undefined,
  leastMacs = LEAST_MACS,
): EngineChooser {
  let looking: Promise<Gpu> | undefined;
  let found: Gpu | undefined;
  let isDistrusted = false;
  const trials = new Map<string, EngineChoice>();
  const gpu = () => (looking ??= (look ?? (() => lookForGpu(host)))().then((answer) => (found = answer)));

  async function best(document: string, request: TrainingRequest, signal?: AbortSignal): Promise<EngineChoice> {
    if (!look && !found) return { engine: null, reason: 'no GPU is here' };
    // Before the look, which takes a second and with a driver that hangs half a minute.
    const { macs, structure } = networkOf(document);
    if (macs * request.batchSize < leastMacs) return { engine: null, reason: 'so small a network needs no GPU' };
    const there = await gpu();
    if (there.kind === 'none') return { engine: null, reason: 'no GPU is here' };
    if (there.kind === 'software') return { engine: null, reason: 'the GPU here is only a software driver' };
    if (isDistrusted) return { engine: null, reason: 'the GPU’s driver ended the engine before' };
    // The rate is an input of the program.
    const key = JSON.stringify([structure, request.batchSize, { ...request.optimizer, learningRate: 0 }, owner.environment()]);
    const choice = trials.get(key) ?? (await tried(document, request, there.name, signal));
    trials.set(key, choice);
    for (const old of [...trials.keys()].slice(0, -REMEMBERED)) trials.delete(old);
    return choice;
  }

  /** The GPU first: where it fails, the processor needs no trial. */
  async function tried(document: string, request: TrainingRequest, name: string, signal?: AbortSignal): Promise<EngineChoice> {
    const trial = async (engine: EngineName | null) => {
      const answer = await askChild({ host, environment: owner.environment(), seconds: TRIAL_PATIENCE, signal }, (client) =>
        client.call('engine.trial', { document, request: { ...request, engine } }),
      );
      signal?.throwIfAborted();
      return answer;
    };
    const onGpu = await trial('onnxruntime-gpu');
    if (!('value' in onGpu)) return { engine: null, reason: `a trial on the GPU (${name}) failed: ${onGpu.reason}` };
    const other = await trial(null);
    if (!('value' in other)) return { engine: null, reason: `a trial without the GPU failed: ${other.reason}` };
    const [quick, slow] = [onGpu.value.milliseconds, other.value.milliseconds];
    const figures = `a step took ${words(quick)} on the GPU (${name}), ${words(slow)} with ${ENGINE_TITLES[other.value.engine]}`;
    return { engine: quick < slow ? 'onnxruntime-gpu' : null, reason: figures };
  }

  return {
    known: () => found,
    gpu,
    async choose(document, request, signal) {
      if (request.engine === null) return best(document, request, signal);
      if (request.engine === 'onnxruntime-gpu') {
        const there = await gpu();
        if (there.kind === 'none')
          throw new RpcError('E_NO_ENGINE', `There is no GPU that ONNX Runtime can use. ${there.reason}`, 'Choose another engine.');
      }
      return { engine: request.engine, reason: 'you chose it' };
    },
    distrust: () => void (isDistrusted = true),
  };
}

/** Multiply-accumulates of a sample, and what decides the time of a step. Of a document that cannot be read the trial tells what is wrong. */
function networkOf(text: string): { readonly macs: number; readonly structure: string } {
  const parsed = parseDocument(text);
  if (!parsed.ok) return { macs: Infinity, structure: text };
  const { document } = parsed.value;
  const analysis = analyze(document);
  return { macs: analysis.totals.macs, structure: structureOf(analysis, document) };
}

function words(milliseconds: number): string {
  return milliseconds < 10 ? `${milliseconds.toFixed(1)} ms` : `${Math.round(milliseconds)} ms`;
}
