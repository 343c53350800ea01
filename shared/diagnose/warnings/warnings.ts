import type { Checks } from '../../document/document';
import type { Problem } from '../../graph/problem';
import type { Totals } from '../../infer/analysis';
import { deadBranch } from './branches';
import { channelsOrder } from './channelsOrder';
import type { Rule } from './look';
import { biasBeforeNorm, dropoutBeforeNorm, twoLinear } from './norms';
import { maskedSteps } from './maskedSteps';
import { maskLost } from './masks';
import { noProbabilities, otherActivation, otherClasses, softmaxTwice } from './learning';
import { oddSize, transposedSize } from './oddSizes';
import { activationAfterAdd, lateProjection } from './residual';
import { smallField } from './smallField';
import { downsampledEarly, otherPadding, skippedPixels } from './windows';

/** Every rule that looks at more than one layer. A new one is one entry here. */
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
  channelsOrder,
  softmaxTwice,
  noProbabilities,
  otherActivation,
  otherClasses,
  maskLost,
  maskedSteps,
];

/** The rules that begin at each kind of layer. */
export const rulesByType: ReadonlyMap<string, readonly Rule[]> = (() => {
  const map = new Map<string, Rule[]>();
  for (const rule of rules) for (const type of rule.types) map.set(type, [...(map.get(type) ?? []), rule]);
  return map;
})();

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
