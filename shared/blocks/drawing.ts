import type { BlockDefinition, BlockParameter } from '../document/document';
import { variadicPort, type Graph, type GraphEdge, type GraphNode, type ParamValue, type Params } from '../graph/graph';
import { findLayer } from '../layers/index';
import { defaultParams } from '../layers/parse';
import { arranged, placedAt } from '../layout/arrange';

/** Builds a graph layer by layer: each one names what it reads, and gets a place of its own. */
export interface Drawing {
  /** Adds a layer that reads these outputs (`name`, or `name:port`) through its inputs in their order. Gives its name. */
  add(name: string, type: string, params: Params, ...sources: readonly string[]): string;
  /** Adds an instance of a block. */
  block(name: string, definition: WithUses, params: Params, ...sources: readonly string[]): string;
  /** The graph, with its layers in the places that the layout gives them. */
  graph(): Graph;
  /** Definitions of the instances, and those inside of them. */
  readonly blocks: Readonly<Record<string, BlockDefinition>>;
}

/** A value that is computed from the parameters of the block around it. */
export function computed(source: string): ParamValue {
  return { $: source };
}

export function drawing(): Drawing {
  const drawn = new Map<string, GraphNode>();
  const edges: GraphEdge[] = [];
  const blocks: Record<string, BlockDefinition> = {};
  const known = (name: string): GraphNode => {
    const found = drawn.get(name);
    if (!found) throw new Error(`There is no layer "${name}" yet.`);
    return found;
  };
  function put(
    name: string,
    rest: Pick<GraphNode, 'type' | 'params' | 'block'>,
    ports: (index: number) => string,
    sources: readonly string[],
  ) {
    if (drawn.has(name)) throw new Error(`There is a layer "${name}" already.`);
    const id = `n${drawn.size + 1}`;
    const ends = sources.map((source) => {
      const [from = '', port = outputOf(known(source.split(':')[0] ?? ''), blocks)] = source.split(':');
      return { from: known(from), port };
    });
    ends.forEach(({ from, port }, index) =>
      edges.push({ id: `e${edges.length + 1}`, from: { node: from.id, port }, to: { node: id, port: ports(index) } }),
    );
    drawn.set(name, { id, name, position: { x: 0, y: 0 }, ...rest });
    return name;
  }
  return {
    blocks,
    add(name, type, params, ...sources) {
      const layer = findLayer(type);
      const all = layer ? { ...defaultParams(layer), ...params } : params;
      return put(name, { type, params: all }, (index) => layerInput(type, index), sources);
    },
    block(name, definition, params, ...sources) {
      Object.assign(blocks, definition.uses, { [definition.id]: bare(definition) });
      const inputs = Object.values(definition.graph.nodes).filter(({ type }) => type === 'blockInput');
      return put(name, { type: 'block', block: definition.id, params }, (index) => inputs[index]?.name ?? 'x', sources);
    },
    graph() {
      const graph = {
        nodes: Object.fromEntries([...drawn.values()].map((node) => [node.id, node])),
        edges: Object.fromEntries(edges.map((edge) => [edge.id, edge])),
      };
      return placedAt(graph, arranged(graph, blocks));
    },
  };
}

/** A definition that is built of others, with all of them, and words under which it is found. */
export type WithUses = BlockDefinition & {
  readonly uses?: Readonly<Record<string, BlockDefinition>>;
  readonly keywords?: readonly string[];
};

function bare({ uses: _uses, keywords: _keywords, ...definition }: WithUses): BlockDefinition {
  return definition;
}

function layerInput(type: string, index: number): string {
  const inputs = findLayer(type)?.inputs ?? [];
  const [first] = inputs;
  if (first?.variadic) return variadicPort(first.name, index);
  return inputs[index]?.name ?? 'x';
}

/** Most layers and blocks have one output. */
function outputOf(node: GraphNode, blocks: Readonly<Record<string, BlockDefinition>>): string {
  if (node.type !== 'block') return findLayer(node.type)?.outputs[0]?.name ?? 'y';
  const inside = Object.values(blocks[node.block ?? '']?.graph.nodes ?? {});
  return inside.find(({ type }) => type === 'blockOutput')?.name ?? 'y';
}

interface BlockText {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly parameters?: readonly BlockParameter[];
  readonly keywords?: readonly string[];
  /** Names of the inputs; left out: one, `x`. */
  readonly inputs?: readonly string[];
}

/** A definition of one output from what is drawn between its inputs and there. */
export function blockOf(
  { id, name, description, parameters = [], keywords = [], inputs = ['x'] }: BlockText,
  inside: (d: Drawing, ...inputs: readonly [string, ...string[]]) => string,
): WithUses {
  const d = drawing();
  const y = inside(d, ...(inputs.map((input) => d.add(input, 'blockInput', {})) as [string, ...string[]]));
  d.add('y', 'blockOutput', {}, y);
  const uses = d.blocks;
  return { id, name, description, parameters, keywords, graph: d.graph(), ...(Object.keys(uses).length > 0 ? { uses } : {}) };
}
