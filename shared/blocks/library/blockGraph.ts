import type { Graph, GraphEdge, GraphNode, Params } from '../../graph/graph';
import { findLayer } from '../../layers/index';
import { defaultParams } from '../../layers/parse';

/** A node of a built-in block: its type, the values that differ from the defaults, and where it stands. */
type Sketch = readonly [type: string, params: Params, position: readonly [x: number, y: number]];
/** From which port of which node to which port of which node. */
type WireSketch = readonly [node: string, port: string, toNode: string, toPort: string];

/** The inside of a built-in block, from nodes by name and wires; ids are `n1`, `e1`, … as in files. */
export function blockGraph(nodes: Readonly<Record<string, Sketch>>, wires: readonly WireSketch[]): Graph {
  const ids = new Map(Object.keys(nodes).map((name, index) => [name, `n${index + 1}`]));
  const id = (name: string) => ids.get(name) ?? name;
  return {
    nodes: Object.fromEntries(
      Object.entries(nodes).map(([name, [type, params, [x, y]]]): [string, GraphNode] => [
        id(name),
        { id: id(name), type, name, params: withDefaults(type, params), position: { x, y } },
      ]),
    ),
    edges: Object.fromEntries(
      wires.map(([node, port, toNode, toPort], index): [string, GraphEdge] => [
        `e${index + 1}`,
        { id: `e${index + 1}`, from: { node: id(node), port }, to: { node: id(toNode), port: toPort } },
      ]),
    ),
  };
}

function withDefaults(type: string, params: Params): Params {
  const layer = findLayer(type);
  return layer ? { ...defaultParams(layer), ...params } : params;
}
