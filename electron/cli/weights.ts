import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { RpcError } from '../../shared/rpc/messages';
import type { Weights } from '../../shared/weights/weights';
import { weightsIn } from '../services/checkpointFile';
import { readRegularFile } from '../services/readFile';
import { listRuns, readWeights, runsFolder } from '../services/runStore';

/** Weights of any size that a file system holds; the format has its own checks. */
const MAX_WEIGHTS = 8 * 1024 * 1024 * 1024;

/** From `--weights` (a safetensors file, a run's folder or the folder given to `train --out`), else the newest run beside the document. */
export async function findWeights(document: string, given: string | undefined): Promise<Weights> {
  if (given === undefined) return newest(runsFolder('', '', document), `"${document}" has no trained run beside it.`);
  const kind = await stat(given).catch(() => undefined);
  if (!kind) throw new RpcError('E_GONE', `"${given}" is not there.`);
  if (kind.isFile()) return weightsIn(new Uint8Array((await readRegularFile(given, MAX_WEIGHTS)).bytes));
  if (await stat(join(given, 'weights.safetensors')).catch(() => undefined)) return readWeights(given);
  return newest(given, `"${given}" holds no trained run.`);
}

async function newest(folder: string, otherwise: string): Promise<Weights> {
  for (const run of await listRuns(folder)) {
    const weights = await readWeights(run.folder).catch(() => undefined);
    if (weights) return weights;
  }
  throw new RpcError('E_NO_WEIGHTS', otherwise, 'Train it first ("skipwire train"), or name the weights with --weights.');
}
