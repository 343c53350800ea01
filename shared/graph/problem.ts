import type { Edit } from './edit';
import type { NodeId } from './graph';
import type { Shape } from './tensor';

export type Severity = 'error' | 'warning';

/** What a layer says is wrong with its inputs or parameters; the walk over the graph adds where. */
export interface LayerProblem {
  /** Stable, `area/what`: `shape/kernel-larger-than-input`. */
  readonly code: string;
  /** Received, expected and how to mend it, without the node's name. */
  readonly message: string;
  readonly severity?: Severity;
  readonly port?: string;
  readonly param?: string;
  /** For a merge whose inputs disagree. */
  readonly mismatch?: Mismatch;
}

/** The inputs of a merge, axis by axis. */
export interface Mismatch {
  readonly axes: readonly string[];
  readonly rows: readonly MismatchRow[];
  /** Indices into `axes` that differ; of a row with axes of its own, those. */
  readonly differing: readonly number[];
}

/** One input of a merge. */
export interface MismatchRow {
  readonly port: string;
  readonly shape: Shape;
  /** The axes of this input that are in question, where they are other ones than those of another input (dot). */
  readonly axes?: readonly number[];
}

/** A problem at a place in the expanded network. Plain data: the same in editor, terminal and JSON. */
export interface Problem {
  readonly id: string;
  readonly code: string;
  readonly severity: Severity;
  /** Path of the node in the expanded network, by ids (`stage2id/conv1id`). */
  readonly node: NodeId;
  /** Path by names, for people. */
  readonly path: string;
  /** The whole sentence, with names. */
  readonly message: string;
  readonly port?: string;
  readonly param?: string;
  readonly mismatch?: MismatchReport;
  /** Nodes of which nothing is known because of this, by path of ids. */
  readonly blocked: readonly NodeId[];
  /** The other places of the same layer of a block definition where the same is wrong. */
  readonly instances?: readonly { readonly node: NodeId; readonly path: string }[];
}

/** Where two paths of a merge parted, and what each met on its way. */
export interface MismatchReport extends Mismatch {
  /** For each row: the node whose output arrives there, the nodes from fork to merge, and the ratio to the first row in words. */
  readonly paths: readonly MismatchPath[];
  readonly fork?: { readonly node: NodeId; readonly path: string; readonly shape: Shape };
  /** In words: which layer on which path made the difference. */
  readonly cause: string;
}

export interface MismatchPath {
  readonly port: string;
  readonly from: NodeId;
  readonly fromPath: string;
  /** Where there is no fork: the one input of the network that this path comes from; where it comes from several, its last layer. */
  readonly start?: NodeId;
  readonly nodes: readonly NodeId[];
  readonly edges: readonly string[];
  /** It has only what shortcuts have: 1×1 convolutions, norms, poolings and the like. */
  readonly isLight: boolean;
  /** The first node on this path at which the sizes parted from the other's. */
  readonly parted?: NodeId;
  /** Each layer after the fork that changes an axis in question, and how, in words; of many the first and the last. */
  readonly parts: readonly PartedAxis[];
}

export interface PartedAxis {
  /** `height and width`. */
  readonly axes: string;
  readonly node: NodeId;
  readonly path: string;
  /** `56 → ⌊(56 + 2·1 − 3)/2⌋ + 1 = 28` */
  readonly arithmetic: string;
}

/** What a repair does to the whole network; of layers that were unknown before, nothing is counted. */
export interface RepairCost {
  readonly parameters: number;
  /** Multiply-accumulate operations of one sample. */
  readonly macs: number;
  /** Bytes of all outputs of one sample as they are kept for training. */
  readonly bytes: number;
}

/**
 * A plan that mends a problem, proven by inference on a copy: pure edits, so that editor and terminal can preview, cost
 * and apply the same ones.
 */
export interface Repair {
  /** Stable within the problem, of kind and layer: `parameter:conv2a:strides`. */
  readonly id: string;
  /** In words, with numbers: `Project the shortcut: 1×1 conv, 128 filters, strides 2`. */
  readonly title: string;
  readonly edits: readonly Edit[];
  readonly cost: RepairCost;
  /** What the literature says of it, where known. */
  readonly note?: string;
  /** Codes of problems below that were hidden by this one and come to light once it is mended. */
  readonly reveals: readonly string[];
}
