import type { ParamValue } from '../graph/graph';
import type { AnyLayer, ExampleShape, LayerExample } from '../layers/define';
import { paramFields, type ParamField } from '../layers/paramFields';
import { parseParams } from '../layers/parse';
import { layerCases, type LayerCase } from './layerCases';
import { isOfWeights, isValid, layerVariants } from './layerVariants';
import { randomOf, type Random } from './plantFault';

/** How many are drawn for one that fits, at most. */
const PATIENCE = 30;
/** What sizes along the axes of a window, strides and the like are drawn from, beside those that a case has. */
const SMALL = [1, 2, 3];
/** Elements of all inputs of a sample, at most: more prove nothing more. */
const MOST = 2000;

/**
 * Uses of a layer at which all its parameters are others at once, with sizes other than the examples': at most `count`, the same ones
 * each time. None for a layer that has nothing to vary.
 */
export function layerCombinations(layer: AnyLayer, count: number): readonly LayerCase[] {
  const random = randomOf([...layer.type].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7) % 1e9);
  const cases = [...layerCases(layer), ...layerVariants(layer)];
  const known = new Set(cases.map(({ example }) => JSON.stringify([example.params ?? {}, example.inputs])));
  const fields = paramFields(layer).filter((field) => !isOfWeights(field));
  if (fields.length === 0) return [];
  const found: LayerCase[] = [];
  for (let drawn = 0; drawn < count * PATIENCE && found.length < count; drawn += 1) {
    const example = combination(layer, cases, fields, random);
    const key = JSON.stringify([example.params ?? {}, example.inputs]);
    if (known.has(key) || elements(example) > MOST || !isValid(layer, example)) continue;
    known.add(key);
    found.push({ title: `${layer.type}, drawn ${found.length + 1}: ${inWords(example)}`, layer, example, isCorner: true });
  }
  return found;
}

function combination(layer: AnyLayer, cases: readonly LayerCase[], fields: readonly ParamField[], random: Random): LayerExample {
  const { example } = pick(random, cases);
  const params = fields.map((field): readonly [string, ParamValue] => [
    field.name,
    random() < 0.5 ? valueOf(layer, pick(random, cases), field) : drawn(field, layer, cases, random),
  ]);
  return { ...example, params: { ...example.params, ...Object.fromEntries(params) }, inputs: resized(example.inputs, random) };
}

/** What a case has for a parameter. */
function valueOf(layer: AnyLayer, { example }: LayerCase, { name }: ParamField): ParamValue {
  const parsed = parseParams(layer, (example.params ?? {}) as never);
  return ((parsed.ok ? parsed.value : {}) as Readonly<Record<string, ParamValue>>)[name] ?? null;
}

function drawn(field: ParamField, layer: AnyLayer, cases: readonly LayerCase[], random: Random): ParamValue {
  const { control } = field;
  if (control.kind === 'choice') return pick(random, control.options);
  if (control.kind === 'flag') return random() < 0.5;
  const seen = valueOf(layer, pick(random, cases), field);
  return control.kind === 'pair' && Array.isArray(seen) ? seen.map(() => pick(random, SMALL)) : seen;
}

/** Up to two more along each axis, the same at all inputs. */
function resized(inputs: LayerExample['inputs'], random: Random): LayerExample['inputs'] {
  const more = Array.from({ length: 6 }, () => Math.floor(random() * 3));
  const one = ([batch, ...sizes]: ExampleShape): ExampleShape => [batch, ...sizes.map((size, axis) => size + (more[axis] ?? 0))];
  return Object.fromEntries(
    Object.entries(inputs).map(([port, shape]) => [
      port,
      Array.isArray(shape[0]) ? (shape as readonly ExampleShape[]).map(one) : one(shape as ExampleShape),
    ]),
  );
}

function elements({ inputs }: LayerExample): number {
  const shapes = Object.values(inputs).flatMap((shape) =>
    Array.isArray(shape[0]) ? (shape as readonly ExampleShape[]) : [shape as ExampleShape],
  );
  return shapes.reduce((sum, [, ...sizes]) => sum + sizes.reduce((product, size) => product * size, 1), 0);
}

function inWords({ params = {}, inputs, dataFormat }: LayerExample): string {
  return JSON.stringify({ ...params, ...inputs, ...(dataFormat ? { dataFormat } : {}) });
}

function pick<T>(random: Random, list: readonly T[]): T {
  return list[Math.floor(random() * list.length)] as T;
}
