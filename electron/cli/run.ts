import { resolve } from 'node:path';
import colors from 'picocolors';
import { MOST_IMAGE_BYTES } from '../../shared/data/imageFile';
import { prepareImage } from '../../shared/data/prepareImage';
import { preparedShape } from '../../shared/data/preprocessing';
import { serializeDocument } from '../../shared/document/serialize';
import { imageTaken } from '../../shared/export/images';
import { networkInputs } from '../../shared/program/compile';
import type { EngineName, ExportFormat, Split } from '../../shared/rpc/contract';
import { RpcError } from '../../shared/rpc/messages';
import { dataNotes } from '../../shared/training/dataNotes';
import { exportModel } from '../services/exportModel';
import { plainTensors } from '../services/runs';
import { readRegularFile } from '../services/readFile';
import { intakeOf } from '../services/model';
import { decodedImage } from '../images/decode';
import { loadDocument, type LoadedDocument } from './documents';
import { withEngine } from './engines';
import { metricWords } from './metricWords';
import { print, printJson, table, type ExitCode } from './output';
import { datasetNamed } from './datasetNamed';
import { percent } from './trainingReport';
import { withOptions } from './trainingOptions';
import { findWeights } from './weights';

export interface ModelOptions {
  readonly weights?: string;
  readonly engine?: EngineName;
  readonly data?: string;
  readonly json?: boolean;
}

/** `skipwire evaluate FILE`: loss and accuracy over a split of the data. */
export async function evaluate(path: string, options: ModelOptions & { split?: Split; metrics?: string }): Promise<ExitCode> {
  const loaded = await loadDocument(path);
  const training = withOptions(loaded.document, loaded.analysis, options.metrics === undefined ? {} : { metrics: options.metrics });
  const weights = plainTensors(await findWeights(resolve(path), options.weights));
  return withEngine(async ({ engine, data }) => {
    const dataset = await datasetNamed(data, options.data, loaded.document);
    const split = options.split ?? 'test';
    const result = await (
      await engine.client()
    ).call('model.evaluate', {
      document: serializeDocument({ ...loaded.document, training }),
      weights,
      engine: options.engine ?? null,
      dataset,
      split,
      data: await data.place(dataset),
    });
    if (options.json)
      printJson({ file: path, dataset, split, ...result, confusions: result.confusions.map(({ output, counts }) => ({ output, counts })) });
    else {
      const accuracy = result.accuracy === null ? [] : [`accuracy ${percent(result.accuracy)}`];
      const figures = [...accuracy, `loss ${result.loss.toFixed(4)}`, ...metricWords(result.metrics)];
      print(`${dataset}, ${split}: ${figures.join(', ')} over ${result.count} images`);
      const { info } = await data.source(dataset);
      for (const { output, counts } of result.confusions) print(confusionTable(output, counts, info.classes));
      for (const note of dataNotes(result)) print(colors.yellow(note));
    }
    return 0;
  });
}

/** A row for each right class, a column for each predicted one. */
function confusionTable(output: string, counts: readonly (readonly number[])[], classes: readonly string[]): string {
  const names = counts.map((_, index) => classes[index] ?? String(index));
  const rows = counts.map((row, index) => [names[index] ?? '', ...row]);
  return `\n${output}: right class below, predicted class across\n${table([['', ...names], ...rows])}`;
}

/** `skipwire predict FILE --image PNG`: class probabilities of one image. */
export async function predict(path: string, options: ModelOptions & { image: string }): Promise<ExitCode> {
  const loaded = await loadDocument(path);
  const images = await readImage(options.image, loaded);
  const weights = plainTensors(await findWeights(resolve(path), options.weights));
  return withEngine(async ({ engine, data }) => {
    const { values } = await (
      await engine.client()
    ).call('model.predict', { document: loaded.text, weights, engine: options.engine ?? null, images, imageShape: null });
    const { info } = await data.source(await datasetNamed(data, options.data, loaded.document));
    const classes = [...values]
      .map((probability, index) => ({ class: info.classes[index] ?? String(index), probability }))
      .sort((a, b) => b.probability - a.probability);
    if (options.json) printJson({ file: path, image: options.image, classes });
    else for (const entry of classes.slice(0, 5)) print(`${entry.class.padEnd(12)} ${percent(entry.probability)}`);
    return 0;
  });
}

/**
 * An image file as the network takes it: prepared as its input says, or else fitted into its size on a black background, grey or
 * colour, from 0 to 1.
 */
async function readImage(path: string, { analysis }: LoadedDocument): Promise<Float32Array> {
  const taken = imageTaken({ analysis });
  if (!taken) throw new RpcError('E_NETWORK', 'The network’s input is not an image of known size.');
  const [height, width, channels] = taken;
  if (channels !== 1 && channels !== 3)
    throw new RpcError('E_NETWORK', `The network’s input has ${channels} channels; images have 1 or 3.`);
  const preprocessing = networkInputs(analysis)[0]?.preprocessing;
  // Its own colours: from grey to colours and back is the preprocessing's.
  if (!preprocessing) return (await pixelsOf(path, channels, [height, width])).pixels;
  const { pixels, shape } = await pixelsOf(path, preprocessing.colours === 'asTheyAre' ? channels : 3);
  const made = preparedShape(preprocessing, shape);
  if (!made.ok) throw new RpcError('E_IMAGE', `"${path}" cannot be prepared for the network: ${made.error}`);
  if (made.value.join() !== taken.join())
    throw new RpcError(
      'E_IMAGE',
      `"${path}" is ${made.value.join('×')} when it is prepared; the network takes ${taken.join('×')}.`,
      'Let the input crop images to its own size.',
    );
  return prepareImage(preprocessing, pixels, shape);
}

async function pixelsOf(path: string, channels: 1 | 3, size?: readonly [number, number]) {
  const { bytes } = await readRegularFile(path, MOST_IMAGE_BYTES);
  try {
    return await decodedImage(bytes, channels, size);
  } catch (error) {
    throw new RpcError(
      'E_IMAGE',
      `"${path}" is not an image that can be read: ${error instanceof Error ? error.message : String(error)}.`,
      'Use a whole PNG, JPEG or WebP file.',
    );
  }
}

/** `skipwire export FILE --to FORMAT --out DIR`: writes, reads again with a foreign program, says how far the numbers differ. */
export async function exportTo(path: string, options: ModelOptions & { to: ExportFormat; out: string }): Promise<ExitCode> {
  const loaded = await loadDocument(path);
  const weights = await findWeights(resolve(path), options.weights);
  return withEngine(async ({ engine, data }) => {
    const source = await data.source(await datasetNamed(data, options.data, loaded.document), intakeOf(loaded.text));
    const client = await engine.client();
    const report = await exportModel({
      name: loaded.name,
      document: loaded.text,
      weights,
      engine: options.engine ?? null,
      format: options.to,
      folder: resolve(options.out),
      source,
      client,
      step: () => undefined,
    });
    const { verification } = report;
    if (options.json) printJson(report);
    else {
      print(`Wrote ${report.files.length} files to ${report.folder}`);
      print(
        verification.kind === 'verified'
          ? `Largest difference ${verification.largestDifference.toExponential(1)} over ${verification.samples} samples, read by ${verification.reader} just now (bar ${verification.bar})`
          : `Not verified: ${verification.reason}`,
      );
    }
    return verification.kind === 'verified' && !verification.passed ? 1 : 0;
  });
}
