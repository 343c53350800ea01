import type { ParamValue } from '../graph/graph';
import type { DataFormat } from '../graph/tensor';
import { analyze } from '../infer/analyze';
import type { AnyLayer, ExampleShape, LayerExample } from '../layers/define';
import { paramFields, sameValue, type ParamField } from '../layers/paramFields';
import { parseParams } from '../layers/parse';
import { networkOfExample } from './exampleNetwork';
import { layerCases, type LayerCase } from './layerCases';

/** How weights start, what they add to the loss and what they must keep to changes no value of a layer: those have tests of their own. */
const ofWeights = ({ name }: ParamField) => /(Initializer|Regularizer|Constraint)$/.test(name) || name === 'unitForgetBias';

/** What no case of a layer tries: words of a choice, the other side of a flag, another number than the default. */
export interface Untried {
  readonly name: string;
  readonly value: ParamValue;
}

export function untried(layer: AnyLayer, cases: readonly LayerCase[]): readonly Untried[] {
  const tried = cases.map(({ example }) => valuesOf(layer, example));
  return paramFields(layer)
    .filter((field) => !ofWeights(field))
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

/** A first example with what else is untried, one at a time, as far as it takes it; and its channels-first twin where no example is one. */
export function layerVariants(layer: AnyLayer): readonly LayerCase[] {
  const cases = layerCases(layer);
  const given = layer.examples.filter(({ dataFormat = 'channelsLast' }) => dataFormat === 'channelsLast');
  const variants = untried(layer, cases).flatMap(({ name, value }) => {
    const fitting = given
      .map((example) => ({ ...example, params: { ...example.params, [name]: value } }))
      .find((example) => isValid(layer, example));
    return fitting ? [variantOf(layer, `${name} ${JSON.stringify(value)}`, fitting)] : [];
  });
  const isFirst = ({ example }: LayerCase) => example.dataFormat === 'channelsFirst';
  const image = cases.some(isFirst) ? undefined : given.find(hasImages);
  const twin = image && turned(image);
  return [...variants, ...(twin && isValid(layer, twin) ? [variantOf(layer, 'channelsFirst', twin)] : [])];
}

function variantOf(layer: AnyLayer, words: string, example: LayerExample): LayerCase {
  return { title: `${layer.type}, ${words}`, layer, example, isCorner: true };
}

function isValid(layer: AnyLayer, example: LayerExample): boolean {
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
