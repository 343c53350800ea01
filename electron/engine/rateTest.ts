import { hasDiverged, rateOfStep, RATE_STEPS, type RatePoint } from '../../shared/training/rateTest';
import { shuffledBatches } from './batches';
import { feedingFor } from './feeding';
import { adaptTo, freshWeights, yieldToMessages, type TrainingJob } from './training';

type RateTestJob = Pick<TrainingJob, 'network' | 'dataset' | 'request' | 'columns' | 'backend' | 'control'>;

/**
 * The loss at each rate of a range test, in a session of its own: from the first weights that a run with this seed would have, which the
 * test changes for nobody. Ends where the loss is lost, or where it is stopped. Each is told when its step has ended.
 */
export async function testRates(job: RateTestJob, tell: (point: RatePoint) => void = () => undefined): Promise<readonly RatePoint[]> {
  const { network, dataset, request, columns, backend, control } = job;
  const feeding = feedingFor(network, dataset.info, columns);
  const session = await backend.load(network);
  const points: RatePoint[] = [];
  try {
    await session.initialize(freshWeights(network, request.seed));
    await adaptTo(job, session, feeding);
    for (let epoch = 0; points.length < RATE_STEPS; epoch += 1) {
      for await (const batch of shuffledBatches(dataset, feeding, { batchSize: request.batchSize, seed: request.seed, epoch })) {
        const step = points.length;
        if (step === RATE_STEPS || control.state === 'stopping') return points;
        const rate = rateOfStep(step);
        const { loss } = await session.train(batch, { learningRate: rate, seed: [request.seed, step] });
        if (!Number.isFinite(loss)) return points;
        const point = { rate, loss };
        points.push(point);
        tell(point);
        if (hasDiverged(points)) return points;
        await yieldToMessages();
      }
    }
    return points;
  } finally {
    session.dispose();
  }
}
