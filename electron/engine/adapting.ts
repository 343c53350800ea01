import type { Adaptation } from '../../shared/program/compiled';
import type { Batch, Session, TensorData, Tensors } from './backend';

/** Samples that are sent through the network for a layer inside of it; what reads an input is given all of them. */
const MOST_SAMPLES_INSIDE = 4096;

/**
 * Sets the statistics of layers such as `normalization` to those of the training data, one layer after another, for one
 * below another sees what the upper one gives. Ends early where `goesOn` says no.
 */
export async function adapt(
  session: Session,
  adaptations: readonly Adaptation[],
  batches: () => AsyncIterable<Batch>,
  goesOn: () => Promise<boolean>,
): Promise<void> {
  for (const adaptation of adaptations) {
    const moments = createMoments();
    for await (const { inputs } of batches()) {
      if (!(await goesOn())) return;
      addUp(moments, await valuesOf(session, adaptation, inputs), adaptation.channelAxis);
      if (adaptation.input === null && moments.samples >= MOST_SAMPLES_INSIDE) break;
    }
    await session.initialize({ ...(await session.read()), ...statistics(moments, adaptation) });
  }
}

async function valuesOf(session: Session, { input, activation }: Adaptation, inputs: Tensors): Promise<TensorData> {
  const values = input === null ? (await session.inspect(inputs))[activation] : inputs[input];
  if (!values) throw new Error(`There is nothing at ${input ?? activation} to take statistics from.`);
  return values;
}

/** Sums of each channel, about its first value so that large offsets cost no digits. */
interface Moments {
  samples: number;
  count: number;
  readonly origin: number[];
  readonly sums: number[];
  readonly squares: number[];
}

function createMoments(): Moments {
  return { samples: 0, count: 0, origin: [], sums: [], squares: [] };
}

function addUp(moments: Moments, { shape, data }: TensorData, channelAxis: number): void {
  const channels = shape[channelAxis] as number;
  const inner = shape.slice(channelAxis + 1).reduce((product, size) => product * size, 1);
  for (let index = 0; index < data.length; index++) {
    const channel = Math.floor(index / inner) % channels;
    const value = data[index] as number;
    moments.origin[channel] ??= value;
    const moved = value - moments.origin[channel];
    moments.sums[channel] = (moments.sums[channel] ?? 0) + moved;
    moments.squares[channel] = (moments.squares[channel] ?? 0) + moved * moved;
  }
  moments.samples += shape[0] ?? 0;
  moments.count += data.length / channels;
}

function statistics({ count, origin, sums, squares }: Moments, { mean, variance }: Adaptation): Tensors {
  const means = sums.map((sum) => sum / count);
  const float = (values: readonly number[]): TensorData => ({ dtype: 'float32', shape: [values.length], data: Float32Array.from(values) });
  return {
    [mean]: float(means.map((value, channel) => value + (origin[channel] as number))),
    [variance]: float(squares.map((square, channel) => square / count - (means[channel] as number) ** 2)),
  };
}
