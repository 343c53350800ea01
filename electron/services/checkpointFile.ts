import { averagedWeights } from '../../shared/program/optimizers';
import { trainingPosition, type TrainingPosition } from '../../shared/rpc/contract';
import { decodeSafetensors, encodeSafetensors, safetensorsMetadata } from '../../shared/weights/safetensors';
import type { TensorData, Weights } from '../../shared/weights/weights';

/** Weights with the optimizer's slots, and where the training was when they were these. */
export interface Checkpoint {
  readonly weights: Weights;
  readonly position: TrainingPosition;
}

const POSITION = 'position';
/** What metrics have kept goes beside the weights, under names that none of them can have: node names hold no colon. */
const METRIC = 'metric:';

/** One file, so that weights and position are of the same moment whatever happens. */
export function encodeCheckpoint({ weights, position }: Checkpoint): Uint8Array {
  const { rest, tensors } = parted(position);
  return encodeSafetensors({ ...weights, ...tensors }, { [POSITION]: JSON.stringify(rest) });
}

/** Null where the file does not say where the training was. Throws `SafetensorsError` where it is damaged. */
export function decodeCheckpoint(file: Uint8Array): Checkpoint | null {
  const position = positionIn(file);
  if (!position) return null;
  const { weights, metrics } = partedTensors(decodeSafetensors(file));
  return { weights, position: joined(position, metrics) };
}

/** The weights of a file that a run is evaluated with and exported: where it averages them, the averages. */
export function weightsIn(file: Uint8Array): Weights {
  return averagedWeights(partedTensors(decodeSafetensors(file)).weights);
}

/** Where the training was, by the head of the file alone: without the scores that metrics have kept. */
export function positionIn(head: Uint8Array): TrainingPosition | undefined {
  return trainingPosition.safeParse(parsedJson(safetensorsMetadata(head)[POSITION] ?? '')).data;
}

type Meters = NonNullable<NonNullable<TrainingPosition['sums']>['meters']>;

/** A position without what only tensors hold, and these. */
function parted(position: TrainingPosition): { readonly rest: TrainingPosition; readonly tensors: Weights } {
  const { meters } = position.sums ?? {};
  if (!position.sums || !meters) return { rest: position, tensors: {} };
  const numbers = Object.entries(meters).map(([name, meter]) => [name, { numbers: meter.numbers }] as const);
  const tensors = Object.entries(meters).flatMap(([name, { scores, targets }]): (readonly [string, TensorData])[] => [
    ...(scores ? [[`${METRIC}scores/${name}`, { dtype: 'float32', shape: [scores.length], data: scores }] as const] : []),
    ...(targets ? [[`${METRIC}targets/${name}`, { dtype: 'int32', shape: [targets.length], data: targets }] as const] : []),
  ]);
  return { rest: { ...position, sums: { ...position.sums, meters: Object.fromEntries(numbers) } }, tensors: Object.fromEntries(tensors) };
}

function partedTensors(tensors: Weights): { readonly weights: Weights; readonly metrics: Weights } {
  const all = Object.entries(tensors);
  const isMetric = ([name]: readonly [string, TensorData]) => name.startsWith(METRIC);
  return { weights: Object.fromEntries(all.filter((entry) => !isMetric(entry))), metrics: Object.fromEntries(all.filter(isMetric)) };
}

function joined(position: TrainingPosition, metrics: Weights): TrainingPosition {
  const { meters } = position.sums ?? {};
  if (!position.sums || !meters) return position;
  const whole = Object.entries(meters).map(([name, meter]): [string, Meters[string]] => {
    const scores = metrics[`${METRIC}scores/${name}`]?.data;
    const targets = metrics[`${METRIC}targets/${name}`]?.data;
    const isThere = scores instanceof Float32Array && targets instanceof Int32Array;
    return [name, isThere ? { ...meter, scores, targets } : meter];
  });
  return { ...position, sums: { ...position.sums, meters: Object.fromEntries(whole) } };
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
