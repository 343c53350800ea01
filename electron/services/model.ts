import type { Handlers } from '../../shared/rpc/define';
import type { HostContract } from '../../shared/rpc/contract';
import { samplesFrom } from '../../shared/data/dataset';
import { RpcError } from '../../shared/rpc/messages';
import type { DataService } from './data';
import type { EngineOwner } from './engineOwner';
import { plainTensors, type RunsService } from './runs';

type ModelCalls = Pick<Handlers<HostContract>, 'model.predict'>;

/** Channels of a layer that are shown as tiles. */
const MAX_CHANNELS = 64;

/** Runs a kept network on one image and shows what every layer makes of it. */
export function createModelService(runs: RunsService, data: DataService, engine: EngineOwner): ModelCalls {
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
        maxChannels: MAX_CHANNELS,
      });
      return { classes: info.classes, probabilities, label: sample?.labels[0] ?? null, activations };
    },
  };
}
