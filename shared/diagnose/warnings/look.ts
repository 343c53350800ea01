import type { OutputObjective } from '../../document/document';
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
  /** `practice/…`, stable. */
  readonly code: string;
  /** What it is, why it matters and how to mend it, without the layer's name. */
  readonly message: string;
  readonly param?: string;
}

/** One rule: the kinds of layers that it begins at, and what it says of one of them whose inputs are known. */
export interface Rule {
  readonly code: string;
  readonly types: readonly string[];
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
  const found = after(network, path);
  return found.length === 1 ? found[0] : undefined;
}

/** A pair of numbers as parameters store it; a single number is both. */
export function pairOf(value: unknown): readonly [number, number] {
  if (typeof value === 'number') return [value, value];
  const list: readonly unknown[] = Array.isArray(value) ? value : [];
  return [Number(list[0] ?? 1), Number(list[1] ?? 1)];
}

/** Whether the network's blocks normalise and activate before their convolutions by layers made for it. */
export function isPreActivated({ flat }: Network): boolean {
  for (const node of flat.nodes.values()) if (node.type === 'shortcut' || node.type === 'preActivation') return true;
  return false;
}
