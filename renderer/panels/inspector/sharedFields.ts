import type { SkipDocument } from '../../../shared/document/document';
import type { GraphNode, ParamValue } from '../../../shared/graph/graph';
import { findLayer } from '../../../shared/layers/index';
import { controlForValue, labelOf, paramFields, sameValue, type ParamControl, type ParamField } from '../../../shared/layers/paramFields';

/** One parameter of several layers at once. */
export interface SharedField {
  readonly field: ParamField;
  readonly nodes: readonly GraphNode[];
  /** Undefined where they differ. */
  readonly value: ParamValue | undefined;
}

interface Owned {
  readonly node: GraphNode;
  readonly field: ParamField;
}

/** The parameters that at least two of the layers have, those of most layers first. */
export function sharedFields(nodes: readonly GraphNode[], document: SkipDocument): readonly SharedField[] {
  const byName = new Map<string, Owned[]>();
  for (const node of nodes)
    for (const field of fieldsOf(node, document)) {
      // A number in one layer and a choice in another have only their name in common.
      const key = `${field.name} ${kindOf(field.control)}`;
      byName.set(key, [...(byName.get(key) ?? []), { node, field }]);
    }
  const shared = [...byName.values()].filter((owned) => owned.length > 1).flatMap((owned) => sharedField(owned) ?? []);
  return shared.toSorted((a, b) => b.nodes.length - a.nodes.length);
}

function fieldsOf(node: GraphNode, document: SkipDocument): readonly ParamField[] {
  if (node.type === 'block') return blockFields(document, node);
  const layer = findLayer(node.type);
  return layer ? paramFields(layer) : [];
}

function blockFields({ blocks }: SkipDocument, { block }: GraphNode): readonly ParamField[] {
  return (blocks[block ?? '']?.parameters ?? []).map((parameter) => ({
    name: parameter.name,
    label: labelOf(parameter.name),
    description: parameter.description,
    default: parameter.default,
    control: controlForValue(parameter.default),
  }));
}

function kindOf(control: ParamControl): string {
  return control.kind === 'number' ? `number ${control.integer} ${control.nullable}` : control.kind;
}

function sharedField(owned: readonly Owned[]): SharedField | undefined {
  const [first] = owned;
  const control = owned
    .map(({ field }) => field.control)
    .reduce<ParamControl | undefined>((a, b) => a && narrower(a, b), first?.field.control);
  if (!first || !control) return undefined;
  const fields = owned.map(({ field }) => field);
  return {
    field: {
      ...first.field,
      control,
      isAdvanced: fields.every(({ isAdvanced }) => isAdvanced),
      description: common(fields, ({ description }) => description),
      default: common(fields, (field) => field.default),
      torch: common(fields, ({ torch }) => torch),
      torchNote: common(fields, ({ torchNote }) => torchNote),
      unit: common(fields, ({ unit }) => unit),
    },
    nodes: owned.map(({ node }) => node),
    value: common(owned, valueOf),
  };
}

function valueOf({ node, field }: Owned): ParamValue | undefined {
  return Object.hasOwn(node.params, field.name) ? node.params[field.name] : field.default;
}

function common<T, V extends ParamValue | undefined>(items: readonly T[], read: (item: T) => V): V | undefined {
  const [first, ...others] = items.map(read);
  return others.every((other) => sameValue(other, first)) ? first : undefined;
}

/** What both can take; undefined where nothing is left. */
function narrower(a: ParamControl, b: ParamControl): ParamControl | undefined {
  if (a.kind === 'choice' && b.kind === 'choice') {
    const options = a.options.filter((option) => b.options.includes(option));
    return options.length === 0 ? undefined : { kind: 'choice', options };
  }
  if ((a.kind === 'number' && b.kind === 'number') || (a.kind === 'pair' && b.kind === 'pair'))
    return { ...a, min: tightest(Math.max, a.min, b.min), max: tightest(Math.min, a.max, b.max) };
  return a;
}

function tightest(of: (...values: number[]) => number, ...bounds: readonly (number | undefined)[]): number | undefined {
  const known = bounds.filter((bound) => bound !== undefined);
  return known.length === 0 ? undefined : of(...known);
}
