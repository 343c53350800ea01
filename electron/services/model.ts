import type { Handlers } from '../../shared/rpc/define';
import type { HostContract } from '../../shared/rpc/contract';
import { samplesFrom } from '../../shared/data/dataset';
import { RpcError } from '../../shared/rpc/messages';
import type { DataService } from './data';
import type { EngineOwner } from './engineOwner';
import type { Host } from './host';
import { plainTensors, type RunsService } from './runs';

type ModelCalls = Pick<Handlers<HostContract>, 'model.predict' | 'model.evaluate'>;

/** Channels of a layer that are shown as tiles. */
const MAX_CHANNELS = 64;

/** Runs a kept network on one image and shows what every layer makes of it; or on a part of the data, to see what it mistakes. */
export function createModelService({ paths: { assets } }: Host, runs: RunsService, data: DataService, engine: EngineOwner): ModelCalls {
  return {
    'model.predict': async ({ runId, input }) => {
      const { summary, document, weights } = await runs.model(runId);
      const { info, splits } = await data.dataset(summary.request.dataset);
      const sample = input.kind === 'image' ? samplesFrom(splits[input.split], info, input.index, 1) : undefined;
      if (sample?.count === 0)
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
      return { classes: info.classes, probabilities, label: sample?.labels[0] ?? null, activations };
    },
    'model.evaluate': async ({ runId, split }) => {
      const { summary, document, weights } = await runs.model(runId);
      const client = await engine.client();
      const { dataset, engine: name } = summary.request;
      return client.call('model.evaluate', { document, weights: plainTensors(weights), engine: name, dataset, split, assets });
    },
  };
}
