/**
 * Writes the ten-step trainings of `shared/testing/tenSteps.ts` for other programs: first weights, a batch, and the network as
 * layers of PyTorch and of Keras.
 *
 * Run: `npx tsx interop/learning/cases.ts FOLDER`. Read by inTorch.py and inKeras.py beside it.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freshWeights } from '../../electron/engine/training';
import { kerasModel } from '../../shared/export/keras/walk';
import { encodeNpy } from '../../shared/export/npy';
import { analyze } from '../../shared/infer/analyze';
import type { CompiledNetwork } from '../../shared/program/compiled';
import { compiledSteps, SEED, tenSteps, tenStepsBatch, type TenSteps } from '../../shared/testing/tenSteps';
import type { TensorData, Weights } from '../../shared/weights/weights';
import { sourceOf, torchNetwork } from '../torchNetwork';

const parts: Float32Array[] = [];
let length = 0;

/** All numbers one after the other; a case names where its own begin. */
function written({ shape, dtype, data }: TensorData) {
  const entry = { shape, dtype, at: length };
  parts.push(Float32Array.from(data));
  length += data.length;
  return entry;
}

function allWritten(tensors: Weights) {
  return Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, written(tensor)]));
}

function batchOf(network: CompiledNetwork, batchSize: number) {
  const { inputs, targets } = tenStepsBatch(network, batchSize);
  return { batch: allWritten(inputs), target: written(Object.values(targets)[0] as TensorData) };
}

function caseOf(training: TenSteps) {
  const { name, document, batchSize, optimizer } = training;
  const analysis = analyze(document);
  const compiled = compiledSteps(training);
  const keras = kerasModel(analysis, 'Keras');
  if (!keras.ok) throw new Error(`${name}: ${keras.error.reasons.map(({ reason }) => reason).join(' ')}`);
  const nodes = [...analysis.flat.nodes.values()];
  const path = nodes.find(({ type }) => type === 'output')?.path as string;
  return {
    name,
    optimizer,
    inputs: nodes.filter(({ type }) => type === 'input').map(({ path: at, name: own }) => ({ source: `${at}:y`, name: own })),
    output: sourceOf(analysis, path),
    loss: training.loss ?? 'sparse',
    torch: torchNetwork(analysis),
    keras: keras.value,
    weights: allWritten(freshWeights(compiled, SEED)),
    ...batchOf(compiled, batchSize),
  };
}

const folder = process.argv[2];
if (folder === undefined) throw new Error('Give the folder to write to.');
const cases = Object.values(tenSteps).map((build) => caseOf(build()));
const data = new Float32Array(length);
let at = 0;
for (const part of parts) {
  data.set(part, at);
  at += part.length;
}
writeFileSync(join(folder, 'trainings.json'), JSON.stringify(cases));
writeFileSync(join(folder, 'trainings.npy'), encodeNpy({ dtype: 'float32', shape: [length], data }));
process.stdout.write(`${JSON.stringify({ cases: cases.length })}\n`);
