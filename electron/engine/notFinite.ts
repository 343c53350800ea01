import type { CompiledNetwork } from '../../shared/program/compiled';
import type { BrokenBy } from '../../shared/rpc/contract';
import type { Backend, Batch, Session, StepSettings, TensorData } from './backend';

interface Search {
  readonly backend: Backend;
  readonly network: CompiledNetwork;
  /** The network as {@link compileTrace} gives it, and the names of its layers by path. */
  readonly trace?: (() => { readonly network: CompiledNetwork; nameOf(path: string): string }) | undefined;
}

/** What broke a step: where, as a part of a sentence. */
export interface Finding {
  readonly where: string;
  readonly brokenBy: BrokenBy;
}

/** What may help: parts of sentences. */
export const FIXES: Readonly<Record<BrokenBy, string>> = { learningRate: 'Use a smaller learning rate', data: 'Mend the data' };

/**
 * Why a step's loss was not finite, in words: a weight that a step before broke, an input, or the first layer whose output is not
 * finite in the step that was not taken. Undefined where nothing is found.
 */
export async function whereNotFinite(
  { backend, network, trace }: Search,
  session: Session,
  batch: Batch,
  seed: StepSettings['seed'],
): Promise<Finding | undefined> {
  const weights = await session.read();
  const broken = network.variables.find(({ name, role }) => role !== 'optimizer' && !isFinite(weights[name]));
  if (broken) return { where: `the weight "${broken.name}" is no finite number since the step before`, brokenBy: 'learningRate' };
  const input = Object.entries(batch.inputs).find(([, tensor]) => !isFinite(tensor));
  if (input) return { where: `the data for "${input[0]}" holds a number that is not finite`, brokenBy: 'data' };
  if (!trace) return undefined;
  const traced = trace();
  const looking = await backend.load(traced.network);
  try {
    await looking.initialize(
      Object.fromEntries(traced.network.variables.flatMap(({ name }) => (weights[name] ? [[name, weights[name]]] : []))),
    );
    const means = Object.entries(await looking.inspect(batch.inputs, seed));
    const first = means.find(([, mean]) => !isFinite(mean))?.[0];
    if (first === undefined) return undefined;
    const layer = traced.nameOf(first.slice(0, first.lastIndexOf(':')));
    return { where: `the output of "${layer}" is the first that is not finite`, brokenBy: 'learningRate' };
  } finally {
    looking.dispose();
  }
}

function isFinite(tensor: TensorData | undefined): boolean {
  return tensor === undefined || tensor.dtype !== 'float32' || tensor.data.every(Number.isFinite);
}
