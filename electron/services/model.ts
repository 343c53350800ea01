import { randomUUID } from 'node:crypto';
import type { Weights } from '../../shared/weights/weights';
import type { Handlers } from '../../shared/rpc/define';
import type { HostContract } from '../../shared/rpc/contract';
import { parseDocument } from '../../shared/document/parse';
import { analyze } from '../../shared/infer/analyze';
import { inARow } from '../../shared/data/images';
import { prepareImages } from '../../shared/data/prepareImage';
import { leftToPrepare, preparedShape, type ImageShape, type Preprocessing } from '../../shared/data/preprocessing';
import type { NetworkAnalysis } from '../../shared/infer/analysis';
import { imageIntake, type ImageIntake } from '../../shared/infer/imageInput';
import { networkInputs } from '../../shared/program/compile';
import { RpcError } from '../../shared/rpc/messages';
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
      const source = await data.source(summary.request.dataset, intakeIn(analysis));
      const { info } = source;
      const isThere = input.kind !== 'image' || input.index < info.counts[input.split];
      const sample = input.kind === 'image' && isThere ? await source.samples(input.split, Int32Array.of(input.index)) : undefined;
      if (!isThere)
        throw new RpcError('E_INPUT', `There is no image ${input.kind === 'image' ? input.index : ''} in this part of the data.`);
      if (sample?.images.at.length === 0) throw new RpcError('E_INPUT', `This image cannot be read: ${source.unreadable().join()}.`);
      const images = input.kind === 'pixels' ? input.pixels : inARow((sample as NonNullable<typeof sample>).images).slice();
      const ready = sample && info.resizes ? preparedSized(settings, images, info.imageShape) : null;
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
      return { classes: info.classes, probabilities, label: sample?.labels[0] ?? null, prepared, activations };
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
