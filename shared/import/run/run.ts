import type { Params } from '../../graph/graph';
import type { DataFormat } from '../../graph/tensor';
import type { Framework } from '../forms/forms';
import { PythonError, type Statement } from '../python/syntax';
import type { CallArgument, ChainValue, Data, LayerValue, Source, Value } from './values';

/** A layer that the text makes and uses, in the order of use. */
export interface PlacedLayer {
  readonly type: string;
  readonly params: Params;
  readonly name: string | undefined;
  readonly line: number;
  /** Undefined: fed by nothing that the text says. */
  readonly inputs: readonly (Source | undefined)[];
  readonly expects: number | undefined;
  /** The name in the code, for one that is not known here. */
  readonly unknown: string | undefined;
}

/** Something to tell about a line. */
export interface Note {
  readonly line: number;
  readonly text: string;
}

/** What is known while a text is followed. */
export interface Run {
  readonly framework: Framework;
  readonly dataFormat: DataFormat;
  readonly layers: PlacedLayer[];
  readonly notes: Note[];
  /** Layers and chains in the order in which they were made, for those that nothing uses. */
  readonly made: Set<LayerValue | ChainValue>;
  /** Sources of what the network gives, where the text says so. */
  readonly ends: Source[];
  /** What names stood for, also those that stand for something else now. */
  readonly named: Set<Value>;
  /** Functions that were called, by their statements. */
  readonly called: Set<readonly Statement[]>;
  /** Sizes of one sample that the text tries its network with: `model(torch.randn(1, 3, 224, 224))`. */
  tried: readonly Data[] | undefined;
  /** Models that the text prints or sums up. */
  readonly shown: Value[];
  /** Whether a function is being followed. */
  readonly isInside: boolean;
  /** Whether a model is being made or fed: what is called is a part of it. */
  readonly isInModel: boolean;
  /** What a call gives; here, because calls run statements and statements call. */
  readonly call: (run: Run, callee: Value, args: readonly CallArgument[], line: number) => Value;
  /** Counts steps, and the items or characters that one copies; throws where a text runs on for too long. */
  step(line: number, copied?: number): void;
  /** One call deeper; throws where that is too deep. */
  inside<T>(line: number, act: () => T): T;
  /** The same, in a model. */
  insideModel<T>(line: number, act: () => T): T;
}

/** `copied`: so many items or characters take as long as a step. */
const MOST = { steps: 200_000, copied: 20, depth: 60, layers: 5_000, notes: 200 } as const;

export function startRun(framework: Framework, dataFormat: DataFormat, call: Run['call']): Run {
  let steps = 0;
  let depth = 0;
  let models = 0;
  const run: Run = {
    framework,
    dataFormat,
    layers: [],
    notes: [],
    made: new Set(),
    ends: [],
    named: new Set(),
    called: new Set(),
    tried: undefined,
    shown: [],
    get isInside() {
      return depth > 0;
    },
    get isInModel() {
      return models > 0;
    },
    call,
    step(line, copied = 0) {
      steps += 1 + copied / MOST.copied;
      if (steps > MOST.steps) throw new PythonError(line, 'This runs on for too long.');
    },
    inside(line, act) {
      if (depth >= MOST.depth) throw new PythonError(line, 'The calls are nested too deeply.');
      depth += 1;
      const result = act();
      depth -= 1;
      return result;
    },
    insideModel(line, act) {
      models += 1;
      const result = run.inside(line, act);
      models -= 1;
      return result;
    },
  };
  return run;
}

export function note(run: Run, line: number, text: string): void {
  const isTold = run.notes.some((told) => told.line === line && told.text === text);
  if (!isTold && run.notes.length < MOST.notes) run.notes.push({ line, text });
}

/** Puts a layer into the network and gives its first output. */
export function place(run: Run, layer: PlacedLayer): Value {
  if (run.layers.length >= MOST.layers) throw new PythonError(layer.line, `These are more than ${MOST.layers} layers.`);
  run.layers.push(layer);
  return { kind: 'tensor', of: { layer: run.layers.length - 1, port: 'y' } };
}
