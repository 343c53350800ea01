import { drawing, type Drawing } from '../drawing';
import { postNormEncoder, transformerEncoder } from '../library/transformer';
import { defineTemplate, documentOf, objective, photographed, scores } from './template';

const PATCH = 16;
const start = { kernelInitializer: { kind: 'truncatedNormal', mean: 0, stddev: 0.02 } } as const;

export const vitTiny = defineTemplate({
  id: 'vit-tiny',
  title: 'ViT-Tiny',
  summary: 'An image as a sequence of 16×16 patches, read by twelve transformer encoders; a class token gathers what they see.',
  paper: { title: 'An Image is Worth 16x16 Words: Transformers for Image Recognition at Scale', url: 'https://arxiv.org/abs/2010.11929' },
  defaults: { layers: 12, outputSize: 1000, dataFormat: 'channelsLast', inputSize: 224 },
  published: { 12: { parameters: 5_717_416, source: 'DeiT-Tiny, Touvron et al. 2021, and timm' } },
  build(options) {
    const { inputSize, outputSize, dataFormat } = options;
    const d = drawing();
    const width = 192;
    const image = d.add('image', 'input', photographed(options));
    const patches = d.add('patches', 'patchEmbedding', { patchSize: [PATCH, PATCH], outputDim: width, ...start }, image);
    const token = { tokenInitializer: start.kernelInitializer };
    const position = { embeddingsInitializer: start.kernelInitializer };
    const placed = d.add('positions', 'positionEmbedding', position, d.add('classToken', 'classToken', token, patches));
    const encoder = { repeat: 12, width, heads: 3, hidden: 4 * width, dropout: 0 };
    const read = d.add('norm', 'layerNormalization', { epsilon: 1e-6 }, d.block('encoders', transformerEncoder, encoder, placed));
    const behind = Math.floor(inputSize / PATCH) ** 2;
    scores(d, d.add('flatten', 'flatten', {}, d.add('firstStep', 'cropping1d', { before: 0, after: behind }, read)), outputSize);
    return documentOf(d, dataFormat);
  },
});

const VOCABULARY = 20_000;

/** Words by their rank among the most frequent ones, as a sequence of so many steps. */
function embedded(d: Drawing, steps: number, width: number): string {
  const words = d.add('words', 'input', { shape: [steps], dtype: 'int32' });
  return d.add('embedding', 'embedding', { inputDim: VOCABULARY, outputDim: width }, words);
}

export const textTransformer = defineTemplate({
  id: 'text-transformer',
  title: 'Text transformer',
  summary: 'A small transformer that reads 200 words and says of which kind the text is.',
  paper: { title: 'Attention Is All You Need', url: 'https://arxiv.org/abs/1706.03762' },
  defaults: { layers: 1, outputSize: 2, dataFormat: 'channelsLast', inputSize: 200 },
  inputIs: 'sequence',
  published: { 1: { parameters: 657_758, source: 'Keras’s example of text classification with a transformer' } },
  build({ inputSize, outputSize, dataFormat }) {
    const d = drawing();
    const width = 32;
    const placed = d.add('positions', 'positionEmbedding', { embeddingsInitializer: 'randomUniform' }, embedded(d, inputSize, width));
    const read = d.block('encoder', postNormEncoder, { width, heads: 2, keyDim: width, hidden: 32 }, placed);
    const pooled = d.add('dropout1', 'dropout', { rate: 0.1 }, d.add('pool', 'globalAveragePooling1d', {}, read));
    const hidden = d.add('hidden_relu', 'relu', {}, d.add('hidden', 'dense', { units: 20 }, pooled));
    scores(d, d.add('dropout2', 'dropout', { rate: 0.1 }, hidden), outputSize);
    return documentOf(d, dataFormat);
  },
});

export const lstmClassifier = defineTemplate({
  id: 'lstm',
  title: 'LSTM classifier',
  summary: 'Reads a text word by word in both directions, twice, and says whether it is meant well.',
  paper: { title: 'Long Short-Term Memory', url: 'https://doi.org/10.1162/neco.1997.9.8.1735' },
  defaults: { layers: 2, outputSize: 1, dataFormat: 'channelsLast', inputSize: 80 },
  inputIs: 'sequence',
  published: { 2: { parameters: 2_757_761, source: 'Keras’s example of a bidirectional LSTM on film reviews' } },
  build({ inputSize, outputSize, dataFormat }) {
    const d = drawing();
    const first = d.add('lstm1', 'bidirectional', { layer: 'lstm', units: 64, returnSequences: true }, embedded(d, inputSize, 128));
    const last = d.add('lstm2', 'bidirectional', { layer: 'lstm', units: 64 }, first);
    if (outputSize > 1) {
      scores(d, last, outputSize);
      return documentOf(d, dataFormat);
    }
    d.add('positive', 'output', {}, d.add('probability', 'sigmoid', {}, d.add('score', 'dense', { units: 1 }, last)));
    return documentOf(d, dataFormat, objective('positive', 'binaryCrossentropy', 'label'));
  },
});
