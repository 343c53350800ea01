import type { AnyLayer } from '../../layers/define';
import { allLayers } from '../../layers/index';
import { paramFields } from '../../layers/paramFields';
import { snakeCase } from '../../layers/snakeCase';
import { parsePython } from '../python/statements';
import type { Expression } from '../python/syntax';
import type { Data } from '../run/values';

export type Framework = 'keras' | 'torch';

/** How a framework's code makes a layer: the class, and its arguments in their order. */
export interface Form {
  readonly layer: AnyLayer;
  readonly className: string;
  readonly args: readonly FormArgument[];
}

interface FormArgument {
  readonly name: string;
  /** Undefined: it has none, and must be given. */
  readonly default: Data | undefined;
}

const tables = new Map<Framework, ReadonlyMap<string, Form>>();

/** The forms of a framework by class name, read off the layers' own definitions; made once. */
export function formsOf(framework: Framework): ReadonlyMap<string, Form> {
  const known = tables.get(framework);
  if (known) return known;
  const made = new Map<string, Form>();
  for (const layer of allLayers)
    for (const form of framework === 'torch' ? torchForms(layer) : kerasForms(layer))
      if (!made.has(form.className)) made.set(form.className, form);
  tables.set(framework, made);
  return made;
}

/** The form behind a function: `F.max_pool2d` is `MaxPool2d`, `x.relu()` is `ReLU`. */
export function formOfFunction(framework: Framework, name: string): Form | undefined {
  const wanted = name.replaceAll('_', '').toLowerCase();
  for (const form of formsOf(framework).values()) if (form.className.toLowerCase() === wanted) return form;
  return undefined;
}

/** `docs.torchCalls`; a layer that has none is known by its class, and by the arguments that its parameters name. */
function torchForms(layer: AnyLayer): readonly Form[] {
  const { torchCalls, torchName } = layer.docs;
  if (torchCalls) return torchCalls.map((call) => formOf(layer, call));
  const className = /^nn\.(\w+)$/.exec(torchName ?? '')?.[1];
  return className === undefined ? [] : [{ layer, className, args: [] }];
}

/** Keras's arguments are the layer's own parameters, in their order, unless `docs.kerasCalls` says otherwise. */
function kerasForms(layer: AnyLayer): readonly Form[] {
  if (layer.docs.kerasCalls) return layer.docs.kerasCalls.map((call) => formOf(layer, call));
  const args = paramFields(layer).map((field) => ({ name: snakeCase(field.name), default: undefined }));
  return [{ layer, className: layer.title, args }];
}

/** Reads `nn.Conv2d(in_channels, out_channels, stride=1)`. */
function formOf(layer: AnyLayer, call: string): Form {
  const [statement] = parsePython(call);
  if (statement?.kind !== 'expression' || statement.value.kind !== 'call') throw new Error(`“${call}” is not a call.`);
  const { callee, args } = statement.value;
  return {
    layer,
    className: callee.kind === 'attribute' || callee.kind === 'name' ? callee.name : '',
    args: args.map(({ name, value }) =>
      name === undefined ? { name: value.kind === 'name' ? value.name : '', default: undefined } : { name, default: literalOf(value) },
    ),
  };
}

function literalOf(expression: Expression): Data | undefined {
  if (expression.kind === 'literal') return expression.value;
  return expression.kind === 'list' ? expression.items.map((item) => literalOf(item) ?? null) : undefined;
}

/** `he_normal` is `heNormal` here. */
export function camelCase(name: string): string {
  return name.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
