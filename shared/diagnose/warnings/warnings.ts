import type { Checks } from '../../document/document';
import type { Problem } from '../../graph/problem';
import type { Totals } from '../../infer/analysis';
import { findLayer } from '../../layers/index';
import { deadBranch } from './branches';
import type { Network, Rule } from './look';
import { biasBeforeNorm, dropoutBeforeNorm, twoLinear } from './norms';
import { noProbabilities, otherActivation, otherClasses, softmaxTwice } from './learning';
import { oddSize, transposedSize } from './oddSizes';
import { activationAfterAdd, lateProjection } from './residual';
import { smallField } from './smallField';
import { downsampledEarly, otherPadding, skippedPixels } from './windows';

/** Every rule of good practice. A new one is one entry here. */
const rules: readonly Rule[] = [
  biasBeforeNorm,
  dropoutBeforeNorm,
  twoLinear,
  deadBranch,
  lateProjection,
  activationAfterAdd,
  skippedPixels,
  downsampledEarly,
  otherPadding,
  smallField,
  transposedSize,
  oddSize,
  softmaxTwice,
  noProbabilities,
  otherActivation,
  otherClasses,
];

const byType: ReadonlyMap<string, readonly Rule[]> = (() => {
  const map = new Map<string, Rule[]>();
  for (const rule of rules) for (const type of rule.types) map.set(type, [...(map.get(type) ?? []), rule]);
  return map;
})();

/** What is likely meant otherwise, in one walk over the layers whose inputs are known. */
export function practiceWarnings(network: Network): readonly Problem[] {
  const found: Problem[] = [];
  for (const node of network.flat.nodes.values()) {
    const known = network.nodes.get(node.path);
    if (!known || known.blockedBy !== undefined || known.problems.some(({ severity }) => severity === 'error')) continue;
    for (const rule of byType.get(node.type) ?? []) {
      const finding = rule.look(network, node, known);
      if (!finding) continue;
      found.push({
        id: `${node.path}:${finding.code}`,
        code: finding.code,
        severity: 'warning',
        node: node.path,
        path: node.name,
        message: `${findLayer(node.type)?.title ?? node.type} "${node.name}": ${finding.message}`,
        ...(finding.param === undefined ? {} : { param: finding.param }),
        blocked: [],
      });
    }
  }
  return found;
}

/** More parameters than the person wants to have. */
export function budgetWarning({ maxParameters }: Checks, { parameters }: Totals): readonly Problem[] {
  if (maxParameters === undefined || parameters <= maxParameters) return [];
  const over = parameters - maxParameters;
  return [
    {
      id: 'practice/parameter-budget',
      code: 'practice/parameter-budget',
      severity: 'warning',
      node: '',
      path: '',
      message: `The network has ${parameters.toLocaleString('en')} parameters, ${over.toLocaleString('en')} more than the ${maxParameters.toLocaleString('en')} that you allow it.`,
      blocked: [],
    },
  ];
}

/** Warnings that the person has switched off, and the others. Errors cannot be switched off. */
export function withoutSwitchedOff(
  problems: readonly Problem[],
  { off }: Checks,
): { readonly shown: readonly Problem[]; readonly hidden: readonly Problem[] } {
  if (off.length === 0) return { shown: problems, hidden: [] };
  const codes = new Set(off.filter(({ node }) => node === undefined).map(({ code }) => code));
  const places = new Set(off.flatMap(({ code, node }) => (node === undefined ? [] : [`${node}:${code}`])));
  const isOff = ({ code, node, severity }: Problem) => severity === 'warning' && (codes.has(code) || places.has(`${node}:${code}`));
  return { shown: problems.filter((problem) => !isOff(problem)), hidden: problems.filter(isOff) };
}
