import { join } from 'node:path';
import type { Client } from '../../shared/rpc/define';
import type { EngineName, ExportFormat, ExportReport } from '../../shared/rpc/contract';
import type { EngineContract } from '../../shared/rpc/engineContract';
import { parseDocument } from '../../shared/document/parse';
import type { ImageSource } from '../../shared/data/dataset';
import { inARow } from '../../shared/data/images';
import { prepareImages, toChannelsFirst } from '../../shared/data/prepareImage';
import { leftToPrepare, preparedShape, type Preprocessing } from '../../shared/data/preprocessing';
import { imageFiles } from '../../shared/export/images';
import type { ExportedFile } from '../../shared/export/exporter';
import { exporters } from '../../shared/export/exporters';
import { encodeNpy } from '../../shared/export/npy';
import { encodeUtf8 } from '../../shared/export/encode';
import type { NetworkAnalysis } from '../../shared/infer/analysis';
import { analyze } from '../../shared/infer/analyze';
import { networkInputs } from '../../shared/program/compile';
import type { NetworkInput } from '../../shared/program/compiled';
import { RpcError } from '../../shared/rpc/messages';
import type { TensorData, Weights } from '../../shared/weights/weights';
import { plainTensors } from './runs';
import { writeFolder } from './writeFolder';

export interface ExportJob {
  readonly name: string;
  readonly document: string;
  readonly weights: Weights;
  readonly engine: EngineName | null;
  readonly format: ExportFormat;
  readonly folder: string;
  readonly source: ImageSource;
  readonly client: Client<EngineContract>;
  /** Called between steps; throws where the job was cancelled. */
  step(progress: number, detail: string): void;
}

/** Samples that an export is compared on, and the largest difference of probabilities that counts as the same. */
const SAMPLES = 32;
const BAR = 1e-5;

/** Writes a trained network in a format, has a foreign program read it again, and says how far the numbers differ. */
export async function exportModel(job: ExportJob): Promise<ExportReport> {
  const parsed = parseDocument(job.document);
  if (!parsed.ok) throw new RpcError(parsed.error.code, parsed.error.message, parsed.error.fix);
  const exporter = exporters[job.format];
  const { document } = parsed.value;
  const network = { name: job.name, document, analysis: analyze(document), weights: job.weights };
  job.step(0.1, `Writing ${exporter.title}`);
  const files = exporter.files(network);
  if (!files.ok) throw new RpcError(files.error.code, files.error.message);
  job.step(0.3, 'Running the network on 32 samples');
  const parity = await paritySamples(job, network.analysis);
  const all: ExportedFile[] = [
    ...files.value,
    ...imageFiles(network),
    ...parity.files,
    { name: 'README.md', bytes: encodeUtf8(exporter.readme(network)) },
  ];
  await writeFolder(job.folder, all);
  job.step(0.6, 'Reading it again');
  const verification = await verify(job, files.value, parity);
  return { format: job.format, folder: job.folder, files: all.map(({ name, bytes }) => ({ name, bytes: bytes.length })), verification };
}

interface Parity {
  readonly inputs: TensorData;
  readonly expected: TensorData;
  readonly files: readonly ExportedFile[];
}

function onlyInput(analysis: NetworkAnalysis): NetworkInput & { readonly sizes: readonly number[] } {
  const [input] = networkInputs(analysis);
  const sizes = input?.type.shape.slice(1);
  if (!input || !sizes?.every((size): size is number => typeof size === 'number'))
    throw new RpcError('E_EXPORT', 'The network has no input of known size.');
  return { ...input, sizes };
}

/** Test images and what the program itself makes of them, as NumPy files: anyone can check again. */
async function paritySamples({ source, document, weights, engine, client }: ExportJob, analysis: NetworkAnalysis): Promise<Parity> {
  const { preprocessing, sizes } = onlyInput(analysis);
  const split = source.info.counts.test > 0 ? 'test' : 'train';
  const places = Int32Array.from({ length: Math.min(SAMPLES, source.info.counts[split]) }, (_, index) => index);
  const samples = await source.samples(split, places);
  const pixels = inARow(samples.images);
  const images = preprocessing ? prepared(preprocessing, pixels, source) : pixels.slice();
  const { values, classes } = await client.call('model.predict', {
    document,
    weights: plainTensors(weights),
    engine,
    images,
    imageShape: null,
  });
  const [channels, height, width] = sizes as [number, number, number];
  const isTurned = analysis.flat.dataFormat === 'channelsFirst' && sizes.length === 3;
  const inputs: TensorData = {
    dtype: 'float32',
    shape: [samples.labels.length, ...sizes],
    data: isTurned ? toChannelsFirst(images, [height, width, channels]) : images,
  };
  const expected: TensorData = { dtype: 'float32', shape: [samples.labels.length, classes], data: values };
  return {
    inputs,
    expected,
    files: [
      { name: 'parity/inputs.npy', bytes: encodeNpy(inputs) },
      { name: 'parity/expected.npy', bytes: encodeNpy(expected) },
    ],
  };
}

function prepared(preprocessing: Preprocessing, pixels: Float32Array, { info }: ImageSource): Float32Array {
  const left = leftToPrepare(preprocessing, info);
  const made = preparedShape(left, info.imageShape);
  if (!made.ok) throw new RpcError('E_EXPORT', `The images of ${info.title} cannot be prepared for the network: ${made.error}`);
  return prepareImages(left, pixels, info.imageShape);
}

async function verify(job: ExportJob, files: readonly ExportedFile[], { inputs, expected }: Parity): Promise<ExportReport['verification']> {
  const tensor = { ...inputs, shape: [...inputs.shape] };
  const read =
    job.format === 'tfjs'
      ? await job.client.call('verify.tfjs', { files: files.map(({ name, bytes }) => ({ name, bytes })), inputs: tensor })
      : await job.client.call('verify.savedModel', { folder: join(job.folder), inputs: tensor });
  if (!read)
    return {
      kind: 'notVerified',
      reason: 'TensorFlow is not installed here, so nothing could read it again. Python’s TensorFlow can: see README.md.',
    };
  const largestDifference = largest(read.values, expected.data);
  return {
    kind: 'verified',
    reader: read.reader,
    samples: inputs.shape[0] ?? 0,
    largestDifference,
    bar: BAR,
    passed: largestDifference <= BAR,
  };
}

function largest(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) throw new RpcError('E_EXPORT', `The export gives ${a.length} values where ${b.length} are expected.`);
  let difference = 0;
  for (let index = 0; index < a.length; index += 1) {
    const distance = Math.abs((a[index] as number) - (b[index] as number));
    // Not a number must not pass for "no difference".
    if (!(distance <= difference)) difference = distance;
  }
  return difference;
}
