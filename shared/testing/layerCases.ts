import type { ParamValue } from '../graph/graph';
import type { DataFormat } from '../graph/tensor';
import type { AnyLayer, ExampleShape, LayerExample } from '../layers/define';
import { paramFields, type ParamControl, type ParamField } from '../layers/paramFields';

/** A use of a layer that its numbers are checked at. */
export interface LayerCase {
  readonly title: string;
  readonly layer: AnyLayer;
  /** Outputs are those that it shall have; of a corner only their ports are known beforehand. */
  readonly example: LayerExample;
  readonly isCorner: boolean;
}

/** The examples of a layer, and where it looks through a window every corner of that. */
export function layerCases(layer: AnyLayer): readonly LayerCase[] {
  const examples = layer.examples.map((example, index): LayerCase => {
    const title = `${layer.type} ${index + 1}${example.dataFormat ? ` (${example.dataFormat})` : ''}`;
    return { title, layer, example, isCorner: false };
  });
  return [...examples, ...windowCorners(layer)];
}

/** Odd and even sizes along each axis, with windows odd and even. */
const SIDES = [7, 6, 5];
const WINDOW = [3, 2, 2];
/** Channels and filters: two groups, or each channel twice, would fit them too. */
const CHANNELS = 2;

/** Strides × padding × dilation × data format × ceil mode, as far as the layer has them; strides and dilation are not both above 1. */
export function windowCorners(layer: AnyLayer): readonly LayerCase[] {
  const fields = paramFields(layer);
  const window = fields.find(({ name }) => name === 'kernelSize' || name === 'poolSize');
  if (!window || !fields.some(({ name }) => name === 'strides')) return [];
  const axes = axesOf(window.default);
  const along = (size: number): Choice => (axes === 1 ? size : Array<number>(axes).fill(size));
  const sides = SIDES.slice(0, axes);
  const choices = {
    strides: [1, 2].map(along),
    padding: fields.flatMap(({ name, control }) => (name === 'padding' ? optionsOf(control) : [])),
    dilationRate: has(fields, 'dilationRate') ? [1, 2].map(along) : [],
    ceilMode: has(fields, 'ceilMode') ? [false, true] : [],
  };
  const fixed = { [window.name]: axes === 1 ? 3 : WINDOW.slice(0, axes), ...(has(fields, 'filters') ? { filters: 3 } : {}) };
  const formats: readonly DataFormat[] = axes === 1 ? ['channelsLast'] : ['channelsLast', 'channelsFirst'];
  return products(choices)
    .filter(({ strides, dilationRate }) => dilationRate === undefined || largest(strides) === 1 || largest(dilationRate) === 1)
    .flatMap((corner) =>
      formats.map((dataFormat): LayerCase => {
        const x = ['batch', ...(dataFormat === 'channelsFirst' ? [CHANNELS, ...sides] : [...sides, CHANNELS])] as unknown as ExampleShape;
        const example = { params: { ...fixed, ...corner }, inputs: { x }, outputs: { y: x }, dataFormat };
        return { title: `${layer.type}, ${inWords(corner)}, ${dataFormat}`, layer, example, isCorner: true };
      }),
    );
}

type Choice = string | boolean | number | readonly number[];
type Corner = Readonly<Record<string, Choice>>;

/** One of each list, in every combination; an empty list has no say. */
function products(choices: Readonly<Record<string, readonly Choice[]>>): readonly Corner[] {
  return Object.entries(choices).reduce<readonly Corner[]>(
    (corners, [name, values]) =>
      values.length === 0 ? corners : corners.flatMap((corner) => values.map((value) => ({ ...corner, [name]: value }))),
    [{}],
  );
}

function axesOf(size: ParamValue | undefined): number {
  return Array.isArray(size) ? size.length : 1;
}

function optionsOf(control: ParamControl): readonly string[] {
  return control.kind === 'choice' ? control.options : [];
}

function has(fields: readonly ParamField[], wanted: string): boolean {
  return fields.some(({ name }) => name === wanted);
}

function largest(sizes: Choice | undefined): number {
  return Math.max(...[sizes].flat().map(Number));
}

function inWords(corner: Corner): string {
  return Object.entries(corner)
    .map(([name, value]) => `${name} ${[value].flat().join('×')}`)
    .join(', ');
}
