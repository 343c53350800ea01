import type { Edge, Node } from '@xyflow/react';
import type { Annotation, Position, WireRoute } from '../../shared/graph/graph';
import type { DataFormat } from '../../shared/graph/tensor';
import type { FlowDirection } from '../../shared/graph/direction';
import type { NodeFace } from '../../shared/picture/face';
import type { NodePlace } from '../../shared/picture/geometry';

/** Which of two explained paths something lies on. */
export type Tint = 'main' | 'shortcut' | 'other';

/** What edits that are only previewed would do to it. */
export type Ghost = 'added' | 'changed' | 'removed';

/** What a layer's view shows besides its problem; a new object only when something of it changed. */
export interface LayerData extends Record<string, unknown> {
  /** In the expanded network: where the layer's own view finds what is known of it. */
  readonly path: string;
  readonly name: string;
  /** The beginning of what a screen reader says of it: “conv2a, Conv2D, 32 filters”. */
  readonly words: string;
  readonly face: NodeFace;
  /** Its ports and its size. */
  readonly place: NodePlace;
  readonly direction: FlowDirection;
  /** A person put it there: arranging leaves it. */
  readonly isPlaced: boolean;
  readonly tint: Tint | undefined;
  readonly ghost: Ghost | undefined;
}
export type LayerFlowNode = Node<LayerData, 'layer'>;

export interface AnnotationData extends Record<string, unknown> {
  readonly annotation: Annotation;
}
export type AnnotationFlowNode = Node<AnnotationData, 'frame' | 'note'>;
export type CanvasFlowNode = LayerFlowNode | AnnotationFlowNode;

/** What a wire's view shows besides the shape that it carries, which it looks up itself. */
export interface WireData extends Record<string, unknown> {
  /** The layer that it comes from, in the expanded network. */
  readonly path: string;
  /** And which of its outputs. */
  readonly port: string;
  /** “conv1 to add”: the names of the layers that it joins. */
  readonly ends: string;
  readonly dataFormat: DataFormat;
  readonly lane: number | undefined;
  readonly route: WireRoute | undefined;
  readonly hops: readonly Position[] | undefined;
  readonly forks: boolean;
  /** How wide its label may be before it lies on a layer; undefined where none is near. */
  readonly clear: number | undefined;
  /** Of a wire that runs down, the side on which its label stands. */
  readonly side: 1 | -1;
  readonly direction: FlowDirection;
  /** Its shape is compared with another: said from afar, too. */
  readonly isTold: boolean;
  readonly tint: Tint | undefined;
  readonly ghost: Ghost | undefined;
}
export type WireFlowEdge = Edge<WireData, 'wire'>;
