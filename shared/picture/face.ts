import type { SkipDocument } from '../document/document';
import { carriesStream } from '../graph/blockStreams';
import type { GraphNode, Params } from '../graph/graph';
import { summaryOf } from '../infer/analyzeLayer';
import type { Category } from '../layers/define';
import { findLayer } from '../layers/index';
import { shownSkips } from './skipArcs';

/** What colours a node: its layer's category, or that it is a block, or a layer that this version does not know. */
export type Kind = Category | 'blocks' | 'unknown';

export const kindTitles: Readonly<Record<Kind, string>> = {
  inputOutput: 'Input & output',
  core: 'Core',
  convolution: 'Convolution',
  resampling: 'Padding & resampling',
  pooling: 'Pooling',
  normalization: 'Normalisation',
  activation: 'Activation',
  regularization: 'Regularisation',
  merge: 'Merge',
  residual: 'Residual',
  attention: 'Attention & sequence',
  preprocessing: 'Preprocessing',
  blocks: 'Blocks',
  unknown: 'Unknown',
};

/** How a node looks anywhere in the window. */
export interface NodeFace {
  readonly kind: Kind;
  readonly icon: string;
  /** `Conv2D`, or a block's name. */
  readonly title: string;
  /** The line of key parameters: `3×3 · 128 · /2`. */
  readonly summary: string;
  /** Arcs over a block that is residual: the skip wires of its copies. */
  readonly skips: number;
}

export function faceOf(node: GraphNode, document: Pick<SkipDocument, 'blocks'>): NodeFace {
  const kind = kindOf(node);
  const skips = skipsOf(node, document.blocks, 1);
  if (node.type === 'block')
    return { kind, icon: 'layers', title: document.blocks[node.block ?? '']?.name ?? 'Missing block', summary: 'block', skips };
  if (node.type === 'blockInput') return { kind, icon: 'log-in', title: 'Block input', summary: '', skips };
  if (node.type === 'blockOutput') return { kind, icon: 'log-out', title: 'Block output', summary: '', skips };
  const layer = findLayer(node.type);
  if (!layer) return { kind, icon: 'box', title: node.type, summary: 'unknown layer', skips };
  return { kind, icon: layer.icon, title: layer.title, summary: summaryOf(node), skips };
}

/** How many skip wires a node shows over itself: those of the copies of a residual block. */
export function skipsOf({ type, block }: GraphNode, blocks: SkipDocument['blocks'], copies: number): number {
  return type === 'block' && block !== undefined && carriesStream(blocks, block) ? shownSkips(copies) : 0;
}

/** What colours a node; of a thousand nodes it costs nothing. */
export function kindOf({ type }: GraphNode): Kind {
  if (type === 'block') return 'blocks';
  if (type === 'blockInput' || type === 'blockOutput') return 'inputOutput';
  return findLayer(type)?.category ?? 'unknown';
}

/** The same with its parameters as the analysis has them: inside a block those of the instance that is looked at. */
export function withResolved(face: NodeFace, { type }: GraphNode, params: Params | undefined, copies: number | undefined): NodeFace {
  if (type === 'block' && copies !== undefined)
    return { ...face, summary: `${face.title} ×${copies}`, skips: face.skips && shownSkips(copies) };
  if (type === 'block') return { ...face, summary: face.title };
  return params === undefined ? face : { ...face, summary: summaryOf({ type, params }) };
}
