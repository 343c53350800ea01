import type { OutputObjective } from '../../document/document';
import { factsOf } from '../../infer/facts';
import type { FlatNode, NetworkAnalysis, NodeAnalysis, NodePath } from '../../infer/analysis';

/** The network as a rule of good practice looks at it. */
export type Network = Pick<NetworkAnalysis, 'flat' | 'nodes' | 'order'> & { readonly learning?: Learning };

/** What the network shall learn, as far as the document says it. */
export interface Learning {
  /** Empty: each output by the usual loss. */
  readonly objectives: readonly OutputObjective[];
  /** A loss or data was chosen: before that nobody knows what the network is for. */
  readonly isMeant: boolean;
  /** Classes of the data; undefined where no data is chosen, or only its file tells. */
  readonly classes: number | undefined;
}

/** What a rule finds at one layer. */
export interface Finding {
  /** `practice/…`, stable; of an error what it is about. */
  readonly code: string;
  /** Only where no engine can compute it. */
  readonly severity?: 'error';
  /** What it is, why it matters and how to mend it, without the layer's name. */
  readonly message: string;
  readonly param?: string;
}

/**
 * What a rule looks at, and so when it looks again.
 *
 * `near`: kinds, names, parameters and wires of layers at most `NEAR` wires away, whether the layer itself has weights and problems,
 * and the `Whole`. `own`: also what arrives at the layer and leaves it. `before`: also all that comes before it.
 */
export type Sees = 'near' | 'own' | 'before';

/** Wires between a layer and the farthest that a rule that sees what is near may look at. */
export const NEAR = 3;

/** One rule: the kinds of layers that it begins at, and what it says of one of them whose inputs are known. */
export interface Rule {
  readonly code: string;
  readonly types: readonly string[];
  readonly sees: Sees;
  look(network: Network, node: FlatNode, known: NodeAnalysis): Finding | undefined;
}

/** The layer that feeds the first input. */
export function before({ flat }: Network, path: NodePath): FlatNode | undefined {
  const edge = flat.incoming.get(path)?.[0];
  return edge && flat.nodes.get(edge.from.node);
}

/** The layers that read an output. */
export function after({ flat }: Network, path: NodePath): readonly FlatNode[] {
  return (flat.outgoing.get(path) ?? []).flatMap(({ to }) => flat.nodes.get(to.node) ?? []);
}

/** The only layer that reads it; undefined where none or several do. */
export function onlyAfter(network: Network, path: NodePath): FlatNode | undefined {
  let only: FlatNode | undefined;
  for (const { to } of network.flat.outgoing.get(path) ?? []) {
    const node = network.flat.nodes.get(to.node);
    if (node && only) return undefined;
    only ??= node;
  }
  return only;
}

/** A pair of numbers as parameters store it; a single number is both. */
export function pairOf(value: unknown): readonly [number, number] {
  if (typeof value === 'number') return [value, value];
  const list: readonly unknown[] = Array.isArray(value) ? value : [];
  return [Number(list[0] ?? 1), Number(list[1] ?? 1)];
}

/** Convolutions that look at more than one position. */
export const LOOKING: ReadonlySet<string> = new Set(['conv2d', 'depthwiseConv2d', 'separableConv2d']);

/** A sketch of fewer convolutions is on its way to be a network. */
const FEW = 8;

/** All that a rule may ask of the network as a whole: where one of these is another, every rule looks again. */
export interface Whole {
  readonly hasOutput: boolean;
  /** Some convolution with strides pads alike for every size of its input. */
  readonly padsConsistently: boolean;
  /** Its blocks normalise and activate before their convolutions, by layers made for it. */
  readonly isPreActivated: boolean;
  /** It has so many convolutions that one may speak of what it sees. */
  readonly isGrown: boolean;
}

/** The network as a whole. Cost: one walk over the layers, the first time. */
export function wholeOf({ flat }: Pick<Network, 'flat'>): Whole {
  const { kinds, padsConsistently } = factsOf(flat.nodes);
  let convolutions = 0;
  for (const type of LOOKING) convolutions += kinds.get(type) ?? 0;
  return {
    hasOutput: kinds.has('output'),
    padsConsistently,
    isPreActivated: kinds.has('shortcut') || kinds.has('preActivation'),
    isGrown: convolutions >= FEW,
  };
}
