import type { FlowDirection } from './direction';
import type { Annotation, BlockId, EdgeId, GraphEdge, GraphNode, NodeId, Params, Position, WireRoute } from './graph';

/** Which graph of a document is meant: the network itself, or the inside of a block definition. */
export type GraphRef = { readonly block: BlockId } | 'network';

/** One pure change of one graph. All that commands, repairs and scripts do to a graph is a list of these. */
export type GraphEdit =
  | { readonly kind: 'addNode'; readonly node: GraphNode }
  /** Also removes the wires that touch it. */
  | { readonly kind: 'removeNode'; readonly id: NodeId }
  | { readonly kind: 'setParams'; readonly id: NodeId; readonly params: Params }
  | { readonly kind: 'rename'; readonly id: NodeId; readonly name: string }
  /** `placed`: whether a person put it there, so that arranging leaves it; left out: as before. */
  | { readonly kind: 'move'; readonly id: NodeId; readonly position: Position; readonly placed?: boolean }
  /** Replaces a wire that already ends in the same port. */
  | { readonly kind: 'connect'; readonly edge: GraphEdge }
  | { readonly kind: 'disconnect'; readonly id: EdgeId }
  /** Leads a wire along another way; without one, along that which is drawn by itself. */
  | { readonly kind: 'route'; readonly id: EdgeId; readonly route: WireRoute | undefined }
  /** Adds an annotation, or replaces the one of its id. */
  | { readonly kind: 'annotate'; readonly annotation: Annotation }
  | { readonly kind: 'removeAnnotation'; readonly id: string }
  /** Which way the graph runs; where its layers stand is told by moves. */
  | { readonly kind: 'direct'; readonly direction: FlowDirection };

export type Edit = GraphEdit & { readonly graph: GraphRef };
