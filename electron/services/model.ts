import { randomUUID } from 'node:crypto';
import type { Weights } from '../../shared/weights/weights';
import type { CallInput, Handlers } from '../../shared/rpc/define';
import type { HostContract } from '../../shared/rpc/contract';
import { parseDocument } from '../../shared/document/parse';
import { analyze } from '../../shared/infer/analyze';
import type { ImageSource } from '../../shared/data/dataset';
import { inARow } from '../../shared/data/images';
import { prepareImages } from '../../shared/data/prepareImage';
import { leftToPrepare, preparedShape, type ImageShape, type Preprocessing } from '../../shared/data/preprocessing';
import type { NetworkAnalysis } from '../../shared/infer/analysis';
import { imageIntake, type ImageIntake } from '../../shared/infer/imageInput';
import { networkInputs } from '../../shared/program/compile';
import { RpcError } from '../../shared/rpc/messages';
import { readImage } from '../images/readImages';
import type { DataService } from './data';
import type { EngineOwner } from './engineOwner';
import { plainTensors, type RunsService } from './runs';

type ModelCalls = Pick<Handlers<HostContract>, 'model.predict' | 'model.evaluate'>;

/** Channels of a layer that are shown as tiles. */
const MAX_CHANNELS = 64;

/** Runs a kept network on one image and shows what every layer makes of it; or on a part of the data, to see what it mistakes. */
export function createModelService(runs: RunsService, data: DataService, engine: EngineOwner): ModelCalls {
  return {
    'model.predict': async ({ runId, input }) => {
      const { summary, document, weights } = await runs.model(runId);
      // Asked for at each stroke that is drawn: the document is read once.
      const analysis = analysisOf(document);
      const settings = analysis && networkInputs(analysis)[0]?.preprocessing;
      const intake = intakeIn(analysis);
      const source = await data.source(summary.request.dataset, intake);
      const { info } = source;
      const { pixels: images, label } = await lookedAt(input, source, intake);
      const ready = input.kind !== 'pixels' && info.resizes ? preparedSized(settings, images, info.imageShape) : null;
      const client = await engine.client();
      const ask = (tensors: Weights | null) =>
        client.call('model.inspect', {
          document,
          weights: tensors && plainTensors(tensors),
          version: versionOf(weights),
          engine: summary.request.engine,
          images: ready ?? images,
          imageShape: ready ? null : info.imageShape,
          maxChannels: MAX_CHANNELS,
        });
      // At each stroke of a pen all weights would take longer to send than the prediction takes.
      const { probabilities, activations } = await ask(null).catch((error: unknown) => {
        if (error instanceof RpcError && error.code === 'E_NO_WEIGHTS') return ask(weights);
        throw error;
      });
      // Images of files are brought to their size as they are read: there is no shape that they had.
      const prepared = info.resizes || !settings ? null : preparedFor(settings, info.imageShape);
      return { classes: info.classes, probabilities, label, prepared, activations };
    },
    'model.evaluate': async ({ runId, split }) => {
      const { summary, document, weights } = await runs.model(runId);
      const client = await engine.client();
      const { dataset, engine: name } = summary.request;
      return client.call('model.evaluate', {
        document,
        weights: plainTensors(weights),
        engine: name,
        dataset,
        split,
        data: await data.place(dataset),
      });
    },
  };
}

/** The image that is asked about, and its class where that is known. */
async function lookedAt(
  input: CallInput<HostContract, 'model.predict'>['input'],
  source: ImageSource,
  intake: ImageIntake | undefined,
): Promise<{ readonly pixels: Float32Array; readonly label: number | null }> {
  const { info } = source;
  switch (input.kind) {
    case 'pixels':
      return { pixels: input.pixels, label: null };
    case 'file':
      return { pixels: await pixelsOf(input, info.resizes && intake ? intake : { shape: info.imageShape }), label: null };
    case 'image': {
      if (input.index >= info.counts[input.split])
        throw new RpcError('E_INPUT', `There is no image ${input.index} in this part of the data.`);
      const { images, labels } = await source.samples(input.split, Int32Array.of(input.index));
      if (images.at.length === 0) throw new RpcError('E_INPUT', `This image cannot be read: ${source.unreadable().join()}.`);
      return { pixels: inARow(images).slice(), label: labels[0] ?? null };
    }
  }
}

async function pixelsOf(
  { name, bytes }: { readonly name: string; readonly bytes: Uint8Array },
  intake: ImageIntake,
): Promise<Float32Array> {
  try {
    return await readImage(bytes, intake);
  } catch (error) {
    throw new RpcError(
      'E_IMAGE',
      `“${name}” cannot be read as an image: ${error instanceof Error ? error.message : String(error)}.`,
      'Use a whole PNG, JPEG or WebP file.',
    );
  }
}

const versions = new WeakMap<Weights, string>();

/** A name for weights as they are: a checkpoint brings others, which have another name. */
function versionOf(weights: Weights): string {
  const version = versions.get(weights) ?? randomUUID();
  versions.set(weights, version);
  return version;
}

/** What images of this shape become; null where they cannot be prepared. */
function preparedFor(settings: Preprocessing, shape: ImageShape): number[] | null {
  const made = preparedShape(settings, shape);
  return made.ok ? [...made.value] : null;
}

/** Images that have their size already, prepared in all else. */
function preparedSized(settings: Preprocessing | undefined, images: Float32Array, shape: ImageShape): Float32Array {
  return settings ? prepareImages(leftToPrepare(settings, { resizes: true }), images, shape) : images;
}

function analysisOf(document: string): NetworkAnalysis | undefined {
  const parsed = parseDocument(document);
  return parsed.ok ? analyze(parsed.value.document) : undefined;
}

/** How the network of a document wants images of files; undefined where it takes none. */
export function intakeOf(document: string): ImageIntake | undefined {
  return intakeIn(analysisOf(document));
}

function intakeIn(analysis: NetworkAnalysis | undefined): ImageIntake | undefined {
  const intake = analysis && imageIntake(analysis);
  return intake?.ok ? intake.value : undefined;
}
