import type { Handlers } from '../../shared/rpc/define';
import type { HostContract } from '../../shared/rpc/contract';
import { parseDocument } from '../../shared/document/parse';
import { analyze } from '../../shared/infer/analyze';
import { preparedShape, preprocessingOf, type ImageShape } from '../../shared/data/preprocessing';
import { imageInput } from '../../shared/infer/imageInput';
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
      const source = await data.source(summary.request.dataset, inputOf(document));
      const { info } = source;
      const isThere = input.kind !== 'image' || input.index < info.counts[input.split];
      const sample = input.kind === 'image' && isThere ? await source.samples(input.split, Int32Array.of(input.index)) : undefined;
      if (!isThere || sample?.count === 0)
        throw new RpcError('E_INPUT', `There is no image ${input.kind === 'image' ? input.index : ''} in this part of the data.`);
      const images = input.kind === 'pixels' ? input.pixels : (sample as NonNullable<typeof sample>).pixels.slice();
      const client = await engine.client();
      const { probabilities, activations } = await client.call('model.inspect', {
        document,
        weights: plainTensors(weights),
        engine: summary.request.engine,
        images,
        imageShape: info.imageShape,
        maxChannels: MAX_CHANNELS,
      });
      const prepared = preparedFor(document, info.imageShape);
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

/** What the first input of a document's network makes of images of this shape; null: it takes them as they are. */
function preparedFor(document: string, shape: ImageShape): number[] | null {
  const parsed = parseDocument(document);
  const nodes = parsed.ok ? [...analyze(parsed.value.document).flat.nodes.values()] : [];
  const settings = preprocessingOf(nodes.find(({ type }) => type === 'input')?.params);
  const made = settings && preparedShape(settings, shape);
  return made?.ok ? [...made.value] : null;
}

/** The image that the network of a document takes. */
export function inputOf(document: string): ImageShape | undefined {
  const parsed = parseDocument(document);
  return parsed.ok ? imageInput(analyze(parsed.value.document)) : undefined;
}
