import type { Graph, GraphNode, NodeId, Params, ParamValue, PortRef } from '../graph/graph';
import { wiresAlong } from '../graph/walk';
import type { AnyLayer } from '../layers/define';
import { defaultParams } from '../layers/parse';

/** What a network settles once for all its layers of a kind; sizes of windows and strides are each layer's own. */
const HABITS = ['filters', 'padding', 'useBias', 'kernelInitializer', 'momentum', 'epsilon'] as const;
/** Layers that are looked at on the way back: a block is shorter. */
const REACH = 48;

/**
 * The values with which a new layer behind another one starts: its defaults, but the habits of the nearest layer of its
 * kind before it; and in an open residual block (He et al. 2016, “Identity Mappings”) the filters and strides that its
 * shortcut needs, so that they are typed once. `channels`: of what enters the block, where known.
 */
export function startingValues(graph: Graph, behind: NodeId | undefined, layer: AnyLayer, channels?: number): Params {
  const way = behind === undefined ? [] : wayBack(graph, behind);
  const defaults = defaultParams(layer);
  const twin = way.find(({ type }) => type === layer.type);
  const habits = twin ? HABITS.filter((name) => Object.hasOwn(defaults, name) && Object.hasOwn(twin.params, name)) : [];
  const params = { ...defaults, ...Object.fromEntries(habits.map((name) => [name, twin?.params[name] as ParamValue])) };
  if (layer.type !== 'conv2d') return params;
  const opened = openedBy(way);
  return opened ? { ...params, ...inBlock(opened.shortcut, opened.inside, channels) } : params;
}

/** The shortcut of the block that is still open before a new add: nothing takes its second output yet. */
export function openShortcut(graph: Graph, behind: NodeId): PortRef | undefined {
  const opened = openedBy(wayBack(graph, behind));
  if (!opened || opened.shortcut.id === behind) return undefined;
  const isTaken = wiresAlong(graph, opened.shortcut.id, 'forward').some(({ from }) => from.port === 'shortcut');
  return isTaken ? undefined : { node: opened.shortcut.id, port: 'shortcut' };
}

interface Opened {
  readonly shortcut: GraphNode;
  /** What stands between it and here, the nearest first. */
  readonly inside: readonly GraphNode[];
}

/** The nearest shortcut before any add: behind an add its block is closed. */
function openedBy(way: readonly GraphNode[]): Opened | undefined {
  const at = way.findIndex(({ type }) => type === 'shortcut' || type === 'add');
  const shortcut = way[at];
  return shortcut?.type === 'shortcut' ? { shortcut, inside: way.slice(0, at) } : undefined;
}

function inBlock({ params }: GraphNode, inside: readonly GraphNode[], channels: number | undefined): Params {
  const filters = params['filters'] ?? channels;
  const isFirst = !inside.some(({ type }) => type === 'conv2d');
  return {
    padding: 'consistent',
    useBias: false,
    ...(filters === undefined ? {} : { filters }),
    ...(isFirst && params['strides'] !== undefined ? { strides: params['strides'] } : {}),
  };
}

/** A list of what can be added asks once for each of its entries. */
const known = new WeakMap<Graph, Map<NodeId, readonly GraphNode[]>>();

function wayBack(graph: Graph, from: NodeId): readonly GraphNode[] {
  const ways = known.get(graph) ?? new Map<NodeId, readonly GraphNode[]>();
  known.set(graph, ways);
  const way = ways.get(from) ?? walkBack(graph, from);
  ways.set(from, way);
  return way;
}

/** The layer and what feeds it, each by its first wire. */
function walkBack(graph: Graph, from: NodeId): readonly GraphNode[] {
  const way: GraphNode[] = [];
  for (let id: NodeId | undefined = from; id !== undefined && way.length < REACH; id = wiresAlong(graph, id, 'back')[0]?.from.node) {
    const node: GraphNode | undefined = graph.nodes[id];
    if (!node || way.includes(node)) break;
    way.push(node);
  }
  return way;
}
