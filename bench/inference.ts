import { freshWeights } from '../electron/engine/training';
import { createModels } from '../electron/engine/sessions';
import { createOnnxruntimeBackend } from '../electron/engine/onnxruntime/backend';
import type { SkipDocument } from '../shared/document/document';
import { serializeDocument } from '../shared/document/serialize';
import { compare, type Comparison } from './harness';
import { subjectOf } from './subjects';

const RUNS = 3;
const ROUNDS = 15;
/** More than the app waits for before it freezes a model and tries its engines. */
const ASKED = 10;

/**
 * Prediction of one image, as the app does it with a model that it is asked again and again and nobody chose an engine for, against
 * onnxruntime with the same network and weights as constants.
 */
export async function inference(title: string, document: SkipDocument): Promise<Comparison> {
  const { network, batch } = subjectOf(document, 1);
  const tensors = freshWeights(network, 1);
  const text = serializeDocument(document);
  const models = createModels();
  const ask = () => models.use(text, { tensors, version: 'first' }, null, (model) => model.predict(batch.inputs));
  for (let time = 0; time < ASKED; time += 1) await ask();
  await models.settled();
  const { engine, reason } = models.answering() ?? { engine: 'no engine', reason: 'nothing was tried' };
  const peer = await createOnnxruntimeBackend().freeze(network, tensors);
  const runs = (predict: () => Promise<unknown>) => async () => {
    for (let run = 0; run < RUNS; run += 1) await predict();
  };
  return compare(
    { title: `${title}, ${RUNS} predictions of one image (${reason})`, bar: { atMostTimes: 1.15 } },
    { name: `Skipwire, answering with ${engine}`, run: runs(ask), close: models.dispose },
    { name: 'onnxruntime', run: runs(() => peer.predict(batch.inputs)), close: peer.dispose },
    ROUNDS,
  );
}
