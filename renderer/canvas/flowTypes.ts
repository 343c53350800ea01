import type { Edge, Node } from '@xyflow/react';
import type { NodePorts } from '../../shared/graph/ports';
import type { NodeFace } from '../state/kinds';

/** Which of two explained paths something lies on. */
export type Tint = 'main' | 'shortcut' | 'other';

/** All that a layer's view shows; a new object only when something of it changed. */
export interface LayerData extends Record<string, unknown> {
  readonly name: string;
  readonly face: NodeFace;
  readonly ports: NodePorts;
  readonly height: number;
  /** Of an error: two words under the name, and the whole sentence. */
  readonly problem: { readonly short: string; readonly message: string; readonly severity: 'error' | 'warning' } | undefined;
  readonly isBlocked: boolean;
  readonly tint: Tint | undefined;
  readonly label: string;
}
export type LayerFlowNode = Node<LayerData, 'layer'>;

export interface WireData extends Record<string, unknown> {
  /** `16×16×32`, or empty while unknown. */
  readonly shape: string;
  readonly lane: number | undefined;
  readonly tint: Tint | undefined;
}
export type WireFlowEdge = Edge<WireData, 'wire'>;
