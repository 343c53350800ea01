import type { BlockId, Graph, ParamValue } from '../graph/graph';
import type { DataFormat } from '../graph/tensor';
import type { LossSettings } from '../training/losses/index';
import type { MetricSettings } from '../training/metrics/index';
import type { OptimizerSettings } from '../training/optimizers/index';
import type { ScheduleSettings } from '../training/schedules/index';

export const DOCUMENT_FORMAT = 'skipwire';
/** Rises by one with each change of the envelope; see migrations.ts. */
export const DOCUMENT_VERSION = 3;

/**
 * A parameter inside a block definition may be an expression of the definition's parameters: `{ "$": "filters" }`.
 * Here the expression is a parameter's name; the field is text so that it can grow into a small language.
 */
export function isExpression(value: unknown): value is { readonly $: string } {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && typeof (value as { $?: unknown }).$ === 'string';
}

export interface BlockParameter {
  readonly name: string;
  readonly default: ParamValue;
  readonly description?: string;
}

/** A network with named inputs and outputs (its `blockInput` and `blockOutput` nodes) and parameters, used by instances. */
export interface BlockDefinition {
  readonly id: BlockId;
  readonly name: string;
  readonly description?: string;
  readonly parameters: readonly BlockParameter[];
  readonly graph: Graph;
}

/** What one output of the network learns: its loss, its weight in the sum, and the column of the data it is held against. */
export interface OutputObjective {
  /** Name of the `output` node. */
  readonly output: string;
  readonly loss: LossSettings;
  readonly weight: number;
  readonly column: string;
}

export interface TrainingSettings {
  readonly epochs: number;
  readonly batchSize: number;
  readonly optimizer: OptimizerSettings;
  /** How the learning rate goes. */
  readonly schedule: ScheduleSettings;
  readonly seed: number;
  /** Empty: each output against the data's only label column. */
  readonly objectives: readonly OutputObjective[];
  /** What is measured beside the loss, of each output that it can be measured of. */
  readonly metrics: readonly MetricSettings[];
}

/** Which data set feeds which input: `id` of a data set, and its column for each `input` node by name. */
export interface DataBinding {
  readonly dataset: string | null;
  readonly inputs: Readonly<Record<string, string>>;
}

/** A warning that shall not be told, and why. */
export interface SwitchedOff {
  readonly code: string;
  /** Only at this layer, by its path of ids; left out: anywhere in the document. */
  readonly node?: string;
  readonly reason: string;
}

/** What the person wants checked. */
export interface Checks {
  readonly off: readonly SwitchedOff[];
  /** The network shall have no more weights than this. */
  readonly maxParameters?: number;
}

export const noChecks: Checks = { off: [] };

/** What a reader of the file sees where; not part of the network. */
export interface ViewSettings {
  readonly viewport?: { readonly x: number; readonly y: number; readonly zoom: number };
  readonly bookmarks?: readonly Bookmark[];
}

/** A place in the network to come back to. */
export interface Bookmark {
  readonly name: string;
  /** Block instances from the network inwards, by id; empty: the network itself. */
  readonly inside: readonly string[];
  /** The middle of the view, in the graph's coordinates. */
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

/** A `*.skip.json` file. Nothing derived is stored: shapes, counts and problems are computed. */
export interface SkipDocument {
  readonly format: typeof DOCUMENT_FORMAT;
  readonly version: typeof DOCUMENT_VERSION;
  /** Stays with the document through renames: runs are kept under it. */
  readonly id: string;
  /** Version of each layer type's parameters in this file. */
  readonly layers: Readonly<Record<string, number>>;
  readonly dataFormat: DataFormat;
  readonly graph: Graph;
  readonly blocks: Readonly<Record<BlockId, BlockDefinition>>;
  readonly training: TrainingSettings;
  readonly data: DataBinding;
  /** Left out: everything, with no budget. */
  readonly checks?: Checks;
  readonly view: ViewSettings;
}

export const defaultTraining: TrainingSettings = {
  epochs: 20,
  batchSize: 32,
  optimizer: { kind: 'adam', learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
  schedule: { kind: 'constant' },
  seed: 1,
  objectives: [],
  metrics: [{ kind: 'accuracy' }],
};
