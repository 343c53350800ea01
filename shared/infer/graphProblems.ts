import { sourceAt, type Expansion } from '../blocks/expand';
import type { ExpansionProblem } from '../blocks/place';
import { grouped } from '../graph/grouped';
import type { Problem } from '../graph/problem';
import { factsOf } from './facts';
import type { Flow } from './flow';
import type { FlatGraph, NodePath } from './analysis';

/** A problem of blocks as it is shown. */
export function expansionProblem({ path, name, code, message, param, port }: ExpansionProblem): Problem {
  return {
    id: `${path}:${code}${(param ?? port) === undefined ? '' : `:${param ?? port}`}`,
    code,
    severity: 'error',
    node: path,
    path: name,
    message: `"${name}": ${message}`,
    blocked: [],
    ...(param === undefined ? {} : { param }),
    ...(port === undefined ? {} : { port }),
  };
}

/** What is wrong with the wiring as a whole: cycles, two wires in one port, nothing to begin or to end with. */
export function graphProblems(flat: FlatGraph, { cyclic, doublyWired }: Flow): Problem[] {
  return [...cycleProblems(flat, cyclic), ...doublyWired.map((path) => doubleWire(flat, path)), ...noEnds(flat)];
}

function cycleProblems(flat: FlatGraph, cyclic: readonly NodePath[]): Problem[] {
  const left = new Set(cyclic);
  const problems: Problem[] = [];
  for (const start of cyclic) {
    const cycle = left.has(start) ? cycleFrom(flat, start, left) : undefined;
    if (!cycle) continue;
    for (const path of cycle) left.delete(path);
    const names = cycle.map((path) => flat.nodes.get(path)?.name ?? path);
    problems.push(
      wiring(
        flat,
        cycle[0] as NodePath,
        'graph/cycle',
        `these layers feed each other in a circle: ${[...names, names[0]].join(' → ')}. Remove one of the wires between them.`,
      ),
    );
  }
  return problems;
}

/** Walks back along wires that are on or below a cycle until a layer comes again. */
function cycleFrom(flat: FlatGraph, start: NodePath, left: ReadonlySet<NodePath>): NodePath[] | undefined {
  const seen = new Map<NodePath, number>();
  const way: NodePath[] = [];
  for (let at: NodePath | undefined = start; at !== undefined;) {
    const before = seen.get(at);
    if (before !== undefined) return way.slice(before).reverse();
    seen.set(at, way.length);
    way.push(at);
    at = flat.incoming.get(at)?.find((edge) => left.has(edge.from.node))?.from.node;
  }
  return undefined;
}

function doubleWire(flat: FlatGraph, path: NodePath): Problem {
  const edges = flat.incoming.get(path) ?? [];
  const ports = edges.map((edge) => edge.to.port);
  const twice = ports.find((port, index) => ports.indexOf(port) !== index) ?? '';
  const sources = edges.filter((edge) => edge.to.port === twice).map((edge) => flat.nodes.get(edge.from.node)?.name ?? edge.from.node);
  return {
    ...wiring(flat, path, 'graph/two-wires', `two wires enter its port "${twice}", from ${sources.join(' and ')}. Remove one of them.`),
    port: twice,
  };
}

function noEnds(flat: FlatGraph): Problem[] {
  if (flat.nodes.size === 0) return [];
  const { kinds } = factsOf(flat.nodes);
  const general = (code: string, message: string): Problem => ({
    id: code,
    code,
    severity: 'warning',
    node: '',
    path: '',
    message,
    blocked: [],
  });
  return [
    ...(kinds.has('input') ? [] : [general('graph/no-input', 'The network has no input. Add an input and wire it to the first layer.')]),
    ...(kinds.has('output') ? [] : [general('graph/no-output', 'The network has no output. Add an output and wire the last layer to it.')]),
  ];
}

function wiring(flat: FlatGraph, path: NodePath, code: string, message: string): Problem {
  const name = flat.nodes.get(path)?.name ?? path;
  return {
    id: `${path}:${code}`,
    code,
    severity: 'error',
    node: path,
    path: name,
    message: `"${name}": ${message}`,
    blocked: [],
  };
}

/** What is wrong with a layer, a block or a wire of a definition in all its instances is one problem, told where it comes first. */
export function oncePerDefinition(problems: readonly Problem[], expansion: Expansion): readonly Problem[] {
  if (problems.length < 2) return problems;
  const groups = grouped(problems, ({ node, code, param, port }) => {
    const source = sourceAt(expansion, node);
    const place = source && source.graph !== 'network' ? `${source.graph.block}\n${source.id}` : node;
    return `${place}\n${code}\n${param ?? ''}\n${port ?? ''}`;
  });
  return [...groups.values()].map(([first, ...others]) =>
    others.length === 0
      ? (first as Problem)
      : {
          ...(first as Problem),
          blocked: [...new Set([first as Problem, ...others].flatMap(({ blocked }) => blocked))],
          instances: others.map(({ node, path }) => ({ node, path })),
        },
  );
}
