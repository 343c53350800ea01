import { REPEAT } from '../../blocks/expand';
import { isExpression, type BlockDefinition } from '../../document/document';
import type { ParamValue } from '../../graph/graph';
import { findLayer } from '../../layers/index';
import { defaultParams } from '../../layers/parse';
import { draftOf, placeOf, type GraphPlace } from './draft';
import { valueInWords } from './parameters';
import type { Plan, Site } from './plan';

/** Faults of definitions and their instances: an instance less, fewer copies, a value in the place of an expression. */
export function blocks(site: Site): readonly Plan[] {
  const { code, node } = site.problem;
  const at = code.startsWith('block/') ? placeOf(site.document, node) : undefined;
  if (!at) return [];
  if (code === 'block/unknown-parameter' || code === 'block/expression') return plainValue(site, at);
  return [...(at.node.params[REPEAT] === undefined ? [] : fewerCopies(site, at)), ...without(site, at)];
}

function without(site: Site, at: GraphPlace): readonly Plan[] {
  const { node } = site.problem;
  const draft = draftOf(site.document);
  if (!draft.remove(node)) return [];
  return [
    {
      id: `remove:${node}`,
      title: `Take ${site.problem.code === 'block/too-deep' ? at.node.name : site.problem.path} out`,
      edits: draft.edits(),
      places: [{ node }],
      unfit: 1.5,
    },
  ];
}

function fewerCopies(site: Site, at: GraphPlace): readonly Plan[] {
  const { node } = site.problem;
  const value = at.node.params[REPEAT] ?? null;
  const rounded = typeof value === 'number' && value > 1 ? [Math.round(value), 100, 10] : [];
  return [...new Set([...rounded, 1])].flatMap((copies, index): Plan[] => {
    const draft = draftOf(site.document);
    if (copies === value || !draft.set(node, { [REPEAT]: copies })) return [];
    const title = `${site.problem.path}: copies ${valueInWords(value)} → ${copies}`;
    return [{ id: `copies:${copies}`, title, edits: draft.edits(), places: [{ node }], unfit: 0.5 + index / 10 }];
  });
}

/** Values that stand where an expression has none: the default of the layer or of the definition, and a parameter of nearly that name. */
function plainValue(site: Site, at: GraphPlace): readonly Plan[] {
  const { node, param } = site.problem;
  if (param === undefined) return [];
  const stored = at.node.params[param];
  const own = at.ref === 'network' ? undefined : site.document.blocks[at.ref.block];
  const name = isExpression(stored) ? stored.$ : '';
  const values: readonly ParamValue[] = [...likeNames(own, name).map((like) => ({ $: like })), ...defaultsOf(site, at, param)];
  return values.flatMap((value, index): Plan[] => {
    const draft = draftOf(site.document);
    const words = valueInWords(value);
    if (!draft.set(node, { [param]: value })) return [];
    const title = `${site.problem.path}: ${param}: ${name} → ${words}`;
    return [{ id: `value:${param}:${words}`, title, edits: draft.edits(), places: [{ node }], unfit: 0.5 + index / 4 }];
  });
}

function defaultsOf({ document }: Site, { node }: GraphPlace, param: string): readonly ParamValue[] {
  const layer = findLayer(node.type);
  const block = document.blocks[node.block ?? ''];
  const value = layer ? defaultParams(layer)[param] : block?.parameters.find(({ name }) => name === param)?.default;
  return value === undefined ? [] : [value];
}

/** Names of parameters that one wrong, missing or additional letter, or another case, makes of this one. */
function likeNames(block: BlockDefinition | undefined, name: string): readonly string[] {
  return (block?.parameters ?? [])
    .map((parameter) => parameter.name)
    .filter((other) => other !== name && isNear(other.toLowerCase(), name.toLowerCase()));
}

function isNear(a: string, b: string): boolean {
  if (a === b) return true;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  const [restA, restB] = [a.slice(start), b.slice(start)];
  return restA.slice(1) === restB.slice(1) || restA.slice(1) === restB || restA === restB.slice(1);
}
