import { describe, expect, it } from 'vitest';
import type { ParamValue } from '../../shared/graph/graph';
import type { SkipDocument } from '../../shared/document/document';
import { analyze } from '../../shared/infer/analyze';
import { digits } from '../../shared/testing/digits';
import { networkOf, preparedNetwork } from '../../shared/testing/networks';
import { canMeasure, canTrain, type TrainingConditions } from './trainable';

const tensorflow = { name: 'tensorflow', title: 'TensorFlow', available: true, version: '2.15', reason: null, remedy: null } as const;
const absent = {
  ...tensorflow,
  name: 'onnxruntime',
  title: 'onnxruntime',
  available: false,
  reason: 'onnxruntime could not be loaded.',
} as const;

interface Options {
  readonly shape?: number[];
  readonly units?: number;
  readonly dataset?: string | null;
  /** How the input prepares images. */
  readonly prepare?: Readonly<Record<string, ParamValue>>;
}

function network({ shape = [8, 8, 1], units = 10, dataset = 'digits', prepare = {} }: Options = {}): SkipDocument {
  const document = networkOf(
    {
      image: ['input', { shape, ...prepare }],
      flat: ['flatten'],
      scores: ['dense', { units }],
      probabilities: ['softmax'],
      classes: ['output'],
    },
    ['image → flat → scores → probabilities → classes'],
    shape[0] === 1 ? 'channelsFirst' : 'channelsLast',
  );
  return { ...document, data: { dataset, inputs: {} } };
}
function answer(document: SkipDocument, change: Partial<TrainingConditions> = {}): true | string {
  return canTrain(conditionsOf(document, change));
}

function conditionsOf(document: SkipDocument, change: Partial<TrainingConditions> = {}): TrainingConditions {
  return {
    document,
    analysis: analyze(document),
    datasets: [digits],
    engines: [tensorflow, absent],
    engine: null,
    isConnected: true,
    hasActiveRun: false,
    ...change,
  };
}

describe('whether layers can be measured', () => {
  it('can without data, and with data of other images: the numbers are made up', () => {
    expect(canMeasure(conditionsOf(network({ dataset: null })))).toBe(true);
    expect(canMeasure(conditionsOf(network({ shape: [9, 9, 3] }), { datasets: null }))).toBe(true);
  });

  it('cannot without an engine, or beside a run', () => {
    expect(canMeasure(conditionsOf(network(), { engines: [absent] }))).toBe(absent.reason);
    expect(canMeasure(conditionsOf(network(), { hasActiveRun: true }))).toBe('A run is in progress. Stop it first.');
  });
});

describe('whether training can start', () => {
  it('can, for a network that fits its data, in either data format', () => {
    expect(answer(network())).toBe(true);
    expect(answer(network({ shape: [1, 8, 8] }))).toBe(true);
  });

  it('cannot while something is wrong with the network, and counts what', () => {
    const unwired = networkOf({ image: ['input', { shape: [8, 8, 1] }], sum: ['add'], classes: ['output'] }, ['image → sum:inputs.0']);
    const errors = analyze(unwired).problems.filter(({ severity }) => severity === 'error').length;
    expect(answer(unwired)).toBe(`${errors} ${errors === 1 ? 'problem' : 'problems'} must be repaired first.`);
    expect(answer({ ...unwired, graph: { nodes: {}, edges: {} } })).toBe('The network is empty. Add layers, or open a sample.');
  });

  it('cannot without data, or with data that is not there', () => {
    expect(answer(network({ dataset: null }))).toBe('Choose a data set first.');
    expect(answer(network(), { datasets: null })).toBe('The list of data sets is loading.');
    expect(answer(network({ dataset: 'cats' }))).toBe('The data set "cats" is not there. Choose another one.');
  });

  it('cannot where data and network differ, and says both shapes', () => {
    expect(answer(network({ shape: [28, 28, 1] }))).toBe(
      '"image" takes 28×28×1, and the images of Digits are 8×8×1. Change its shape, or choose other data.',
    );
    expect(answer(network({ units: 7 }))).toBe(
      '"classes" gives 7, and Digits has 10 classes. End with a dense layer of 10 units and softmax.',
    );
  });

  it('cannot with words where the data has images, whatever their shape; a picture can learn the images again', () => {
    const words = networkOf({ words: ['input', { shape: [64], dtype: 'int32' }], embedding: ['embedding'], classes: ['output'] }, [
      'words → embedding → classes',
    ]);
    expect(answer({ ...words, data: { dataset: 'digits', inputs: {} } })).toBe(
      '"words" takes whole numbers, such as the words of a text, and Digits has images. ' +
        'Data sets are of images so far; the time of its layers can be measured all the same.',
    );
    const mask = networkOf({ image: ['input', { shape: [8, 8, 1] }], mask: ['output'] }, ['image → mask']);
    expect(answer({ ...mask, data: { dataset: 'digits', inputs: {} } })).toMatch(
      /^"mask" gives 8×8×1, .* Or let it draw the images again: under “More” choose “image” as the target, and a loss/,
    );
  });

  it('looks at the images as they are prepared', () => {
    const prepared = preparedNetwork();
    expect(answer(prepared)).toBe(true);
    const image = (change: object): SkipDocument => {
      const { nodes, edges } = prepared.graph;
      const node = nodes['image'] as NonNullable<(typeof nodes)[string]>;
      return { ...prepared, graph: { edges, nodes: { ...nodes, image: { ...node, params: { ...node.params, ...change } } } } };
    };
    expect(answer(image({ resizeDim: 10 }))).toBe(
      '"image" takes 12×12×3, and the images of Digits become 10×10×3. Change its preprocessing or its shape, or choose other data.',
    );
    expect(answer(image({ minAspectDim: null }))).toBe(
      'The images of Digits cannot be prepared for "image": a square of 12 does not fit into an image of 8×8. Resize to 12 or more before.',
    );
  });

  it('can with images that are resized, where the network takes an image', () => {
    const folder = { datasets: [{ ...digits, imageShape: [300, 200, 3] as [number, number, number], resizes: true }] };
    expect(answer(network({ shape: [28, 28, 1] }), folder)).toBe(true);
    expect(answer(network({ shape: [1, 28, 28] }), folder)).toBe(true);
    expect(answer(network({ shape: [64] }), folder)).toMatch(/^Images need an input of known height, width/);
    expect(answer(network({ shape: [28, 28, 4] }), folder)).toMatch(/^Images need an input/);
    expect(answer(network({ shape: [28, 28, 1], prepare: { minAspectDim: 32, resizeDim: 28, colours: 'grey' } }), folder)).toBe(true);
    expect(answer(network({ shape: [28, 28, 3], prepare: { minAspectDim: 28 } }), folder)).toMatch(/Set its "Crop to" too/);
  });

  it('cannot with an engine that is not there, while a run is in progress, or without a host', () => {
    expect(answer(network(), { engine: 'onnxruntime' })).toBe('onnxruntime could not be loaded.');
    expect(answer(network(), { hasActiveRun: true })).toBe('A run is in progress. Stop it first.');
    expect(answer(network(), { isConnected: false })).toBe('The connection is lost. It is being made again.');
  });
});
