import { pathRoles } from '../../shared/diagnose/mismatch';
import type { Problem } from '../../shared/graph/problem';
import type { Skip } from '../../shared/graph/skip';
import { pathIn } from '../state/location';
import type { Tint } from './flowTypes';

export interface Tints {
  readonly nodes: ReadonlyMap<string, Tint>;
  readonly edges: ReadonlyMap<string, Tint>;
}

export const noTints: Tints = { nodes: new Map(), edges: new Map() };

/** The paths of a mismatch that is looked at, by path of nodes and wires. */
export function tintsOf(problem: Problem | undefined): Tints {
  if (!problem?.mismatch) return noTints;
  const { paths } = problem.mismatch;
  const roles = pathRoles(paths);
  const nodes = new Map<string, Tint>();
  const edges = new Map<string, Tint>();
  paths.forEach((path, index) => {
    const tint = roles[index] ?? 'other';
    for (const node of path.nodes) nodes.set(node, tint);
    for (const edge of path.edges) edges.set(edge, tint);
  });
  return { nodes, edges };
}

/** A skip that is looked at: its ends and its way in one colour, what it goes around in the other. */
export function skipTints({ fork, merge, around, main }: Skip, prefix: string): Tints {
  const nodes = new Map<string, Tint>();
  const edges = new Map<string, Tint>();
  for (const node of main.nodes) nodes.set(pathIn(prefix, node), 'main');
  for (const edge of main.edges) edges.set(pathIn(prefix, edge), 'main');
  for (const node of [fork, merge, ...around.nodes]) nodes.set(pathIn(prefix, node), 'shortcut');
  for (const edge of around.edges) edges.set(pathIn(prefix, edge), 'shortcut');
  return { nodes, edges };
}
