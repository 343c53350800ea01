import type { ParamValue } from '../graph/graph';
import type { DataFormat } from '../graph/tensor';
import { analyze } from '../infer/analyze';
import type { AnyLayer, ExampleShape, LayerExample } from '../layers/define';
import { paramFields, sameValue, type ParamField } from '../layers/paramFields';
import { parseParams } from '../layers/parse';
import { FACETS, isIn } from './engineFacets';
import { networkOfExample } from './exampleNetwork';
import { layerCases, type LayerCase } from './layerCases';

/** How weights start, what they add to the loss and what they must keep to changes no value of a layer: those have tests of their own. */
export const isOfWeights = ({ name }: ParamField) => /(Initializer|Regularizer|Constraint)$/.test(name) || name === 'unitForgetBias';

/** What no case of a layer tries: words of a choice, the other side of a flag, another number than the default. */
export interface Untried {
  readonly name: string;
  readonly value: ParamValue;
}

export function untried(layer: AnyLayer, cases: readonly LayerCase[]): readonly Untried[] {
  const tried = cases.map(({ example }) => valuesOf(layer, example));
  return paramFields(layer)
    .filter((field) => !isOfWeights(field))
    .flatMap((field) => {
      const used = tried.map((values) => values[field.name]);
      if (field.control.kind === 'choice')
        return field.control.options.filter((option) => !used.includes(option)).map((value) => ({ name: field.name, value }));
      return used.some((value) => !sameValue(value, field.default)) ? [] : [{ name: field.name, value: another(field) }];
    });
}

function valuesOf(layer: AnyLayer, { params = {} }: LayerExample): Readonly<Record<string, ParamValue>> {
  const parsed = parseParams(layer, params as never);
  return parsed.ok ? (parsed.value as Readonly<Record<string, ParamValue>>) : {};
}

/** A value that is not the default and changes little: half as much again, the next size. */
function another({ default: usual = null, control }: ParamField): ParamValue {
  if (typeof usual === 'boolean') return !usual;
  if (Array.isArray(usual))
    return (usual as readonly ParamValue[]).map((size) => (control.kind === 'json' ? (size as number) / 2 : (size as number) + 1));
  if (control.kind !== 'number') return usual;
  const next = control.integer ? Number(usual ?? control.min ?? 1) + 1 : Number(usual ?? 0) * 1.5 || 0.25;
  return Math.min(next, control.max ?? next);
}

/**
 * What else is untried, in our own engines or in one of others that has it: a first example with it, one at a time, as far as it takes
 * it; and the channels-first twin of an image where no example is one. Made once for each layer.
 */
export function layerVariants(layer: AnyLayer): readonly LayerCase[] {
  const made = known.get(layer) ?? variantsOf(layer);
  known.set(layer, made);
  return made;
}

const known = new WeakMap<AnyLayer, readonly LayerCase[]>();

function variantsOf(layer: AnyLayer): readonly LayerCase[] {
  const own = [...layerCases(layer), ...untriedVariants(layer, layerCases(layer), () => true)];
  const elsewhere = FACETS.flatMap((facet) =>
    untriedVariants(
      layer,
      own.filter((one) => isIn(facet, one)),
      (one) => isIn(facet, one),
    ),
  );
  const variants = [...own.slice(layerCases(layer).length), ...elsewhere];
  return [...new Map(variants.map((one) => [one.title, one])).values(), ...channelsFirstTwin(layer)];
}

/** What no case tries, each as a case that is wanted. */
export function untriedVariants(layer: AnyLayer, cases: readonly LayerCase[], isWanted: (one: LayerCase) => boolean): readonly LayerCase[] {
  return untried(layer, cases).flatMap(({ name, value }) => {
    const fitting = lastChannels(layer)
      .map((example) => variantOf(layer, `${name} ${JSON.stringify(value)}`, { ...example, params: { ...example.params, [name]: value } }))
      .find((one) => isValid(layer, one.example) && isWanted(one));
    return fitting ? [fitting] : [];
  });
}

function lastChannels({ examples }: AnyLayer): readonly LayerExample[] {
  return examples.filter(({ dataFormat = 'channelsLast' }) => dataFormat === 'channelsLast');
}

function channelsFirstTwin(layer: AnyLayer): readonly LayerCase[] {
  if (layerCases(layer).some(({ example }) => example.dataFormat === 'channelsFirst')) return [];
  const image = lastChannels(layer).find(hasImages);
  const twin = image && turned(image);
  return twin && isValid(layer, twin) ? [variantOf(layer, 'channelsFirst', twin)] : [];
}

function variantOf(layer: AnyLayer, words: string, example: LayerExample): LayerCase {
  return { title: `${layer.type}, ${words}`, layer, example, isCorner: true };
}

/** Whether a layer takes an example's parameters and inputs without a word. */
export function isValid(layer: AnyLayer, example: LayerExample): boolean {
  return parseParams(layer, (example.params ?? {}) as never).ok && analyze(networkOfExample(layer, example)).problems.length === 0;
}

/** Whether an example is of images or volumes. */
export function hasImages({ inputs }: LayerExample): boolean {
  return shapesOf(inputs).some((shape) => shape.length > 3);
}

function shapesOf(inputs: LayerExample['inputs']): readonly ExampleShape[] {
  return Object.values(inputs).flatMap((shape) => (Array.isArray(shape[0]) ? (shape as readonly ExampleShape[]) : [shape as ExampleShape]));
}

function turned(example: LayerExample): LayerExample {
  const one = ([batch, ...sizes]: ExampleShape): ExampleShape =>
    sizes.length > 2 ? [batch, sizes.at(-1) as number, ...sizes.slice(0, -1)] : [batch, ...sizes];
  const inputs = Object.entries(example.inputs).map(([port, shape]) => [
    port,
    Array.isArray(shape[0]) ? (shape as readonly ExampleShape[]).map(one) : one(shape as ExampleShape),
  ]);
  return { ...example, inputs: Object.fromEntries(inputs) as LayerExample['inputs'], dataFormat: 'channelsFirst' satisfies DataFormat };
}
