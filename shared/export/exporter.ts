import type { SkipDocument } from '../document/document';
import type { Result } from '../graph/result';
import type { NetworkAnalysis } from '../infer/analysis';
import type { Weights } from '../weights/weights';

/** A trained network, ready to leave: the document, what is derived of it, and its weights by path of names. */
export interface TrainedNetwork {
  /** The document's name without its extension; names the model. */
  readonly name: string;
  readonly document: SkipDocument;
  readonly analysis: NetworkAnalysis;
  readonly weights: Weights;
}

export interface ExportedFile {
  /** Relative to the export's folder, with `/`; never leaves it. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Why a network cannot be written in a format: every reason at once, each with the layer's name. */
export interface ExportRefusal {
  readonly code: 'E_EXPORT';
  readonly message: string;
  readonly reasons: readonly { readonly layer: string; readonly reason: string }[];
}

/** A format that a trained network can be written in. Pure: files in memory, written by the host all or nothing. */
export interface Exporter {
  readonly title: string;
  /** One sentence on what reads it. */
  readonly description: string;
  /** Five lines for the README beside the files: what it is and how to load it. */
  readme(network: TrainedNetwork): string;
  files(network: TrainedNetwork): Result<readonly ExportedFile[], ExportRefusal>;
}

export function refusal(format: string, reasons: ExportRefusal['reasons']): ExportRefusal {
  const list = reasons.map(({ layer, reason }) => `${layer}: ${reason}`).join('\n');
  return { code: 'E_EXPORT', message: `This network cannot be exported as ${format}.\n${list}`, reasons };
}
