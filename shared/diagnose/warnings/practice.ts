import type { Problem } from '../../graph/problem';
import type { FlatNode, NodeAnalysis, NodePath } from '../../infer/analysis';
import { findLayer } from '../../layers/index';
import type { Network, Rule } from './look';
import { rulesByType } from './warnings';
import { lookAgain, type Before, type LookAgain } from './lookAgain';

/** What a rule said of a layer. */
interface Found {
  readonly rule: Rule;
  readonly problem: Problem;
}

/** What the rules of good practice said of each layer of which they said something. */
export type Findings = ReadonlyMap<NodePath, readonly Found[]>;

/** All that was said, in the order of the layers. */
export function problemsIn(findings: Findings): readonly Problem[] {
  return [...findings.values()].flatMap((found) => found.map(({ problem }) => problem));
}

/**
 * What is likely meant otherwise, in one walk over the layers whose inputs are known. With `before`, rules look again only where
 * something that they see has changed; what they say again is the same object.
 */
export function practiceWarnings(network: Network, before?: Before & { readonly findings: Findings }): Findings {
  const again = before && lookAgain(network, before);
  const findings = new Map<NodePath, readonly Found[]>();
  for (const node of network.flat.nodes.values()) {
    const rules = rulesByType.get(node.type);
    const known = rules && network.nodes.get(node.path);
    if (!rules || !known || !isOpen(known)) continue;
    const found = lookAt(network, { node, known, rules }, again, before?.findings.get(node.path));
    if (found.length > 0) findings.set(node.path, found);
  }
  return findings;
}

/** Of a layer that is wrong, or whose inputs are not known, nothing more is said. */
function isOpen({ blockedBy, problems }: NodeAnalysis): boolean {
  return blockedBy === undefined && (problems.length === 0 || problems.every(({ severity }) => severity !== 'error'));
}

interface Subject {
  readonly node: FlatNode;
  readonly known: NodeAnalysis;
  readonly rules: readonly Rule[];
}

function lookAt(
  network: Network,
  { node, known, rules }: Subject,
  again: LookAgain | undefined,
  old: readonly Found[] = nothing,
): readonly Found[] {
  const sees = again?.(node.path, known);
  if (sees?.length === 0) return old;
  let found: Found[] | undefined;
  for (const rule of rules) {
    const said = saidBy(rule, old);
    const now = sees && !sees.includes(rule.sees) ? said : saying(network, node, known, rule, said);
    if (now) (found ??= []).push(now);
  }
  return found ?? nothing;
}

const nothing: readonly Found[] = [];

/** A loop: this is asked for every rule at every layer that an edit reached. */
function saidBy(rule: Rule, found: readonly Found[]): Found | undefined {
  for (const each of found) if (each.rule === rule) return each;
  return undefined;
}

function saying(network: Network, node: FlatNode, known: NodeAnalysis, rule: Rule, said: Found | undefined): Found | undefined {
  const finding = rule.look(network, node, known);
  if (!finding) return undefined;
  const message = `${findLayer(node.type)?.title ?? node.type} "${node.name}": ${finding.message}`;
  if (said?.problem.message === message && said.problem.param === finding.param) return said;
  return {
    rule,
    problem: {
      id: `${node.path}:${finding.code}`,
      code: finding.code,
      severity: finding.severity ?? 'warning',
      node: node.path,
      path: node.name,
      message,
      ...(finding.param === undefined ? {} : { param: finding.param }),
      blocked: [],
    },
  };
}
