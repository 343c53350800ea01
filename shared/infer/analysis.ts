import type { GraphRef } from '../graph/edit';
import type { NodeId, Params, PortRef } from '../graph/graph';
import type { Problem } from '../graph/problem';
import type { DataFormat, TensorType } from '../graph/tensor';
import type { WeightSpec } from '../layers/define';

/** Ids of block instances and a node, joined by `/`: `stage2/conv1`. The address of a node in the expanded network. */
export type NodePath = string;

/** A layer of the expanded network: blocks gone, expressions settled. */
export interface FlatNode {
  readonly path: NodePath;
  /** The path in names, for people and for weights: `stage2/block1/conv2a`. */
  readonly name: string;
  readonly type: string;
  readonly params: Params;
  /** Where it is drawn. */
  readonly source: { readonly graph: GraphRef; readonly id: NodeId };
}

/** A wire of the expanded network, from an output port to an input port of layers. */
export interface FlatEdge {
  readonly id: string;
  readonly from: PortRef;
  readonly to: PortRef;
}

/** The network with every block replaced by what is inside. */
export interface FlatGraph {
  readonly dataFormat: DataFormat;
  readonly nodes: ReadonlyMap<NodePath, FlatNode>;
  /** Wires by the path of the node that they enter; the nodes in no order. */
  readonly incoming: ReadonlyMap<NodePath, readonly FlatEdge[]>;
  readonly outgoing: ReadonlyMap<NodePath, readonly FlatEdge[]>;
  /** Inputs of layers that wait for a wire to a block, by the path of the layer. */
  readonly open: ReadonlyMap<NodePath, readonly OpenInput[]>;
}

/** An input of a layer that is wired to an input of a block to which nothing is wired. */
export interface OpenInput {
  readonly port: string;
  readonly block: NodePath;
  /** The block's own port. */
  readonly input: string;
}

/** What is known of one layer or block instance. What is known stays known, whatever is wrong elsewhere. */
export interface NodeAnalysis {
  readonly path: NodePath;
  readonly name: string;
  readonly inputs: Readonly<Record<string, TensorType>>;
  /** Empty where unknown. */
  readonly outputs: Readonly<Record<string, TensorType>>;
  readonly weights: readonly WeightSpec[];
  /** All weights' elements; undefined while unknown. */
  readonly parameters: number | undefined;
  readonly trainableParameters: number | undefined;
  /** Multiply-accumulate operations of one sample; undefined while unknown or symbolic. */
  readonly macs: number | undefined;
  readonly problems: readonly Problem[];
  /** The node with the problem because of which nothing is known here. */
  readonly blockedBy: NodePath | undefined;
  /** Of a block that is repeated: how many copies stand in a row. */
  readonly copies?: number;
  /** Of a node that is an end of a block's wires and no layer: which end. */
  readonly end?: 'input' | 'output';
}

export interface Totals {
  readonly parameters: number;
  readonly trainableParameters: number;
  readonly macs: number;
  /** Bytes of all weights as float32. */
  readonly weightBytes: number;
  /** Layers of which something is unknown and which the sums leave out. */
  readonly leftOut: number;
  /** Of these, those whose parameters are unknown: the sum is the least that it can be. */
  readonly unknownParameters: number;
  /** Of these, those whose MACs are unknown or depend on a size that is open. */
  readonly unknownMacs: number;
}

/** All that is derived from a document's graph. Held by identity: unchanged nodes keep their `NodeAnalysis` object. */
export interface NetworkAnalysis {
  readonly flat: FlatGraph;
  /** Layers and block instances by path. */
  readonly nodes: ReadonlyMap<NodePath, NodeAnalysis>;
  /** Layers in an order in which each comes after its inputs; layers of a cycle are left out. */
  readonly order: readonly NodePath[];
  readonly problems: readonly Problem[];
  /** Warnings that the document switches off. */
  readonly switchedOff: readonly Problem[];
  readonly totals: Totals;
}
