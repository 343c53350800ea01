import type { SkipDocument } from '../shared/document/document';
import type { EngineName } from '../shared/rpc/contract';
import { freshWeights } from '../electron/engine/training';
import { compare, type Comparison, type Contestant } from './harness';
import { sessionIn, subjectOf } from './subjects';

const RUNS = 3;

/** Prediction of one image, as the app does it with a model that it is asked again and again, against onnxruntime: the same network and weights. */
export async function inference(title: string, document: SkipDocument): Promise<Comparison> {
  const subject = subjectOf(document, 1);
  const weights = freshWeights(subject.network, 1);
  const contestant = async (engine: EngineName): Promise<Contestant> => {
    const session = await sessionIn(engine, subject, weights);
    await session.freeze();
    return {
      name: engine,
      async run() {
        for (let run = 0; run < RUNS; run += 1) await session.predict(subject.batch.inputs);
      },
    };
  };
  const ours = await contestant('tensorflow');
  return compare(
    { title: `${title}, ${RUNS} predictions of one image`, bar: { atMostTimes: 1.15 } },
    ours,
    await contestant('onnxruntime'),
    9,
  );
}
