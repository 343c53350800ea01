import { preprocessingOf } from '../../data/preprocessing';
import { newDocument } from '../../document/create';
import type { SkipDocument } from '../../document/document';
import type { Params } from '../../graph/graph';
import type { DataFormat } from '../../graph/tensor';
import { findLayer } from '../../layers/index';
import { lossSettings, type LossKind } from '../../training/losses/index';
import type { Drawing } from '../drawing';

/** What a network to start from can be asked for; each template takes what it knows. */
export interface TemplateOptions {
  readonly layers: number;
  readonly outputSize: number;
  readonly dataFormat: DataFormat;
  /** Height and width of the input where it is an image, steps where it is a sequence. */
  readonly inputSize: number;
  /** To what the smaller side of images is resized before the square of `inputSize` is cut out; left out: as the network has it. */
  readonly minAspectDim?: number;
}

/** A published count of the trained parameters, of the network as its paper or its best known implementation has it. */
export interface PublishedCount {
  readonly parameters: number;
  /** Significant digits that were published; left out: all of them. */
  readonly digits?: number;
  readonly source: string;
  /** Where ours has more (or, below zero, fewer) parameters: by how many, and why in a sentence without its first word's capital. */
  readonly difference?: { readonly parameters: number; readonly why: string };
}

/** A network to start from, as the gallery and the terminal offer it. */
export interface Template {
  /** `resnet`, as it is typed in a terminal. */
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly paper?: { readonly title: string; readonly url: string };
  readonly defaults: TemplateOptions;
  readonly inputIs: 'image' | 'sequence';
  /** Depths that it can have; none: it has one. */
  readonly layers: readonly number[];
  readonly published: Readonly<Record<number, PublishedCount>>;
  build(options: TemplateOptions): SkipDocument;
}

type Optional = 'layers' | 'published' | 'inputIs';

export function defineTemplate(template: Omit<Template, Optional> & Partial<Pick<Template, Optional>>): Template {
  return { layers: [], published: {}, inputIs: 'image', ...template };
}

/** `ResNet (pre-activation) 50`. */
export function titleOf({ title, layers }: Template, depth: number): string {
  return layers.length > 1 ? `${title} ${depth}` : title;
}

/** The template with some of its options changed; options left out are its own. */
export function buildTemplate(template: Template, id: string, options: Partial<TemplateOptions> = {}): SkipDocument {
  return { ...template.build({ ...template.defaults, ...options }), id };
}

/** A document of a drawn network. */
export function documentOf(
  drawing: Drawing,
  dataFormat: DataFormat = 'channelsLast',
  training: Partial<SkipDocument['training']> = {},
): SkipDocument {
  const base = newDocument('template');
  const graph = drawing.graph();
  const types = [graph, ...Object.values(drawing.blocks).map((block) => block.graph)].flatMap(({ nodes }) =>
    Object.values(nodes).map(({ type }) => type),
  );
  return {
    ...base,
    layers: Object.fromEntries(
      [...new Set(types)].sort().flatMap((type) => (findLayer(type) ? [[type, findLayer(type)?.version ?? 1]] : [])),
    ),
    dataFormat,
    graph,
    blocks: { ...drawing.blocks },
    training: { ...base.training, ...training },
    data: { dataset: null, inputs: {} },
  };
}

/** What an output learns that is no list of classes: by a loss, from a column of the data. */
export function objective(output: string, kind: LossKind, column: string): Partial<SkipDocument['training']> {
  return { objectives: [{ output, loss: lossSettings.parse({ kind }), weight: 1, column }] };
}

/** The shape of a square image in a data format. */
export function imageShape(size: number, dataFormat: DataFormat, channels: number): readonly number[] {
  return dataFormat === 'channelsLast' ? [size, size, channels] : [channels, size, size];
}

/** An input of photographs as classifiers take them: resized by 256 for each 224 of the input, cut, in three colours. */
export function photographed(options: TemplateOptions): Params {
  const { inputSize, dataFormat, minAspectDim = Math.round((inputSize * 256) / 224) } = options;
  return { shape: imageShape(inputSize, dataFormat, 3), minAspectDim, resizeDim: inputSize, randomFlip: true, colours: 'rgb' };
}

/** To what a network's images are resized before a square is cut out of them; undefined where they come as they are. */
export function resizedTo({ graph }: SkipDocument): number | undefined {
  const input = Object.values(graph.nodes).find(({ type }) => type === 'input');
  return preprocessingOf(input?.params)?.minAspectDim ?? undefined;
}

/** Average over the image, scores, probabilities: how image classifiers end. */
export function classifierHead(drawing: Drawing, x: string, outputSize: number): void {
  const pool = drawing.add('pool', 'globalAveragePooling2d', {}, x);
  scores(drawing, pool, outputSize);
}

export function scores(drawing: Drawing, x: string, outputSize: number): void {
  const dense = drawing.add('scores', 'dense', { units: outputSize }, x);
  const probabilities = drawing.add('probabilities', 'softmax', {}, dense);
  drawing.add('classes', 'output', {}, probabilities);
}
