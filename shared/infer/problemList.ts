import { withoutSwitchedOff } from '../diagnose/warnings/warnings';
import type { Checks } from '../document/document';
import { grouped } from '../graph/grouped';
import type { Problem } from '../graph/problem';
import { samePlain } from '../graph/samePlain';
import type { NodeAnalysis, NodePath } from './analysis';
import type { Flow } from './flow';
import { blocksAround } from './inside';
import type { Layers } from './walkLayers';

/** Problems that are told again are the objects they were; where all are, the list is. */
export function keptProblems(problems: readonly Problem[], before: readonly Problem[] | undefined): readonly Problem[] {
  if (!before || before === problems) return problems;
  if (problems.length === 0 && before.length === 0) return before;
  const old = new Map(before.map((problem) => [problem.id, problem]));
  const now = problems.map((problem) => {
    const same = old.get(problem.id);
    return same && samePlain(same, problem) ? same : problem;
  });
  return now.length === before.length && now.every((problem, index) => problem === before[index]) ? before : now;
}

export function errorsFirst(problems: readonly Problem[]): readonly Problem[] {
  return [...problems.filter(({ severity }) => severity === 'error'), ...problems.filter(({ severity }) => severity !== 'error')];
}

/** What layers say of themselves, in the order of the flow, without and with what is switched off. */
export function ownProblems(
  { nodes, troubled }: Layers,
  { position }: Flow,
  checks: Checks,
): { readonly shown: readonly Problem[]; readonly hidden: readonly Problem[] } {
  const paths = [...troubled].sort((a, b) => (position.get(a) ?? 0) - (position.get(b) ?? 0));
  return withoutSwitchedOff(
    paths.flatMap((path) => nodes.get(path)?.problems ?? []),
    checks,
  );
}

/** Each problem with the layers of which nothing is known because of it: a cascade is folded into its root. */
export function blockedCounts(problems: readonly Problem[], nodes: ReadonlyMap<NodePath, NodeAnalysis>): readonly Problem[] {
  if (problems.length === 0) return problems;
  const waiting = [...nodes.values()].filter(({ path, blockedBy }) => blockedBy !== undefined && blockedBy !== path);
  if (waiting.length === 0) return problems;
  const at = new Set(problems.map(({ node }) => node));
  // What is wrong with an instance leaves layers inside unknown of which nothing is told.
  const rootOf = (path: NodePath) => (at.has(path) ? path : (blocksAround(path).find((block) => at.has(block)) ?? path));
  const blocked = grouped(waiting, ({ blockedBy }) => (blockedBy === undefined ? undefined : rootOf(blockedBy)));
  return problems.map((problem) => {
    const behind = problem.severity === 'error' ? blocked.get(problem.node) : undefined;
    return behind ? { ...problem, blocked: behind.map(({ path }) => path).filter((path) => path !== problem.node) } : problem;
  });
}
