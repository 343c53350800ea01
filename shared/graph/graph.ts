import type { FlowDirection } from './direction';

/** Ids are opaque strings; a path through blocks joins them with `/` (`stage2/block1/conv2a` by names). */
export type NodeId = string;
export type EdgeId = string;
export type BlockId = string;

/** A parameter as it is stored: JSON, or inside a block definition an expression of the definition's parameters. */
export type ParamValue = null | boolean | number | string | readonly ParamValue[] | { readonly [key: string]: ParamValue };
export type Params = Readonly<Record<string, ParamValue>>;

export interface Position {
  readonly x: number;
  readonly y: number;
}

/**
 * A box on the canvas. `type` names a layer of the registry, or is one of the structural types: `block` (an instance
 * of the definition `block`), `blockInput` and `blockOutput` (the ports of a definition; their name is the port's).
 * A type that the registry does not know is kept as it is and shown as a placeholder.
 */
export interface GraphNode {
  readonly id: NodeId;
  readonly type: string;
  /** Unique within its graph; what the user reads in messages and paths. */
  readonly name: string;
  readonly params: Params;
  readonly position: Position;
  /** A person put it there: arranging leaves it where it is. Left out: its place may be found anew. */
  readonly placed?: true;
  /** The definition of an instance, where `type` is `block`. */
  readonly block?: BlockId;
}

/** One end of a wire. The n-th input of a variadic port `inputs` is `inputs.0`, `inputs.1`, … */
export interface PortRef {
  readonly node: NodeId;
  readonly port: string;
}

export interface GraphEdge {
  readonly id: EdgeId;
  readonly from: PortRef;
  readonly to: PortRef;
  /** Where a person led it; left out: the way that is drawn by itself. */
  readonly route?: WireRoute;
}

/** A wire's way as a person set it, relative to the port where it begins, so that it moves along; for a graph that runs down, turned. */
export interface WireRoute {
  /** Height of its long level piece. */
  readonly lane?: number;
  /** How far it runs before its upright piece. */
  readonly turn?: number;
}

/** Something on the canvas that is not part of the network: a frame around layers, or a note in Markdown. */
export type Annotation = AnnotationBox & (FrameContent | NoteContent);

interface AnnotationBox {
  readonly id: string;
  readonly position: Position;
  readonly size: { readonly width: number; readonly height: number };
}

interface FrameContent {
  readonly kind: 'frame';
  readonly title: string;
  readonly tone: Tone;
}

interface NoteContent {
  readonly kind: 'note';
  readonly text: string;
}

/** Tones of frames; each theme has its own colours for them. */
export const TONES = ['gray', 'blue', 'green', 'amber', 'red', 'purple'] as const;
export type Tone = (typeof TONES)[number];

/** A network or the inside of a block: boxes and wires by id. Insertion order is the order of drawing and of the file. */
export interface Graph {
  readonly nodes: Readonly<Record<NodeId, GraphNode>>;
  readonly edges: Readonly<Record<EdgeId, GraphEdge>>;
  readonly annotations?: Readonly<Record<string, Annotation>>;
  /** Which way it runs on the canvas; left out: to the right. */
  readonly direction?: FlowDirection;
}

export const emptyGraph: Graph = { nodes: {}, edges: {} };

/** A port that a layer offers. */
export interface PortSpec {
  readonly name: string;
  /** Takes any number of wires from `min` on, in order: `inputs.0`, `inputs.1`, … */
  readonly variadic?: { readonly min: number };
  readonly description?: string;
}

/** Port id of the `index`-th wire of a variadic port. */
export function variadicPort(name: string, index: number): string {
  return `${name}.${index}`;
}

/** Splits `inputs.1` into its port and index, which is 9,999 at most; a plain port has index undefined. */
export function parsePort(port: string): ParsedPort {
  const known = parsed.get(port);
  if (known) return known;
  // A file may write any number: a larger one is no place of a merge, of which all those before it would have to be shown.
  const match = /^(.*)\.(\d{1,4})$/.exec(port);
  const fresh = match ? { name: match[1] as string, index: Number(match[2]) } : { name: port, index: undefined };
  // Networks have few kinds of ports; a file that names no end of them is no reason to remember all.
  if (parsed.size < MOST_PARSED) parsed.set(port, fresh);
  return fresh;
}

interface ParsedPort {
  readonly name: string;
  readonly index: number | undefined;
}

/** Asked for every wire at every edit. */
const parsed = new Map<string, ParsedPort>();
const MOST_PARSED = 4096;
