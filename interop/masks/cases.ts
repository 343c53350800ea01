/**
 * Writes the networks of `shared/testing/maskedNetworks.ts` for Keras: as its layers, with first weights and a batch.
 *
 * Run: `npx tsx interop/masks/cases.ts FOLDER`. Read by inKeras.py beside it.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freshWeights } from '../../electron/engine/training';
import type { SkipDocument } from '../../shared/document/document';
import { kerasModel } from '../../shared/export/keras/walk';
import { analyze } from '../../shared/infer/analyze';
import { compiledMasked, maskedBatch, maskedNetworks, maskOptimizer, MASK_SEED } from '../../shared/testing/maskedNetworks';
import type { TensorData, Weights } from '../../shared/weights/weights';

function written({ shape, dtype, data }: TensorData) {
  return { shape, dtype, data: Array.from(data) };
}

function allWritten(tensors: Weights) {
  return Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, written(tensor)]));
}

function caseOf([name, network]: readonly [string, SkipDocument]) {
  const compiled = compiledMasked(network);
  const keras = kerasModel(analyze(network), 'Keras');
  if (!keras.ok) throw new Error(`${name}: ${keras.error.reasons.map(({ reason }) => reason).join(' ')}`);
  const { inputs, targets } = maskedBatch(compiled);
  return {
    name,
    keras: keras.value,
    learningRate: maskOptimizer.learningRate,
    weights: allWritten(freshWeights(compiled, MASK_SEED)),
    inputs: Object.values(inputs).map(written),
    target: written(Object.values(targets)[0] as TensorData),
  };
}

const folder = process.argv[2];
if (folder === undefined) throw new Error('Give the folder to write to.');
writeFileSync(join(folder, 'masks.json'), JSON.stringify(Object.entries(maskedNetworks).map(caseOf)));
