import { greatestCommonDivisor } from '../graph/integers';

/**
 * What the positions of a value depend on along one axis, in elements of the input. Position p sees what its phase p mod n sees,
 * moved on by `advance` for every n positions before it. One phase is enough until something is enlarged: then neighbours see the
 * same, and only every n-th step goes on.
 */
export interface AxisReach {
  readonly phases: readonly Ends[];
  readonly advance: number;
  /** Where the positions lie depends on a size that is not known; how far they see does not. */
  readonly floats?: boolean;
}

interface Ends {
  readonly low: number;
  readonly high: number;
}

/** One axis of a layer's window; see `WindowReach`. */
export interface AxisWindow {
  readonly size: number;
  readonly stride: number;
  readonly before: number;
  readonly enlarge: number;
  readonly floats?: boolean;
}

/** More than this many different positions come from sizes that have nothing in common; nobody reads their receptive fields. */
const MOST_PHASES = 4096;

/** Each element of the input sees itself. */
export const axisAtInput: AxisReach = { phases: [{ low: 0, high: 0 }], advance: 1 };

/** Elements that the position sees which sees most. */
export function sizeOf({ phases }: AxisReach): number {
  return Math.max(...phases.map(({ low, high }) => high - low + 1));
}

/** Elements of the input from one position to the next, on average. */
export function strideOf({ phases, advance }: AxisReach): number {
  return advance / phases.length;
}

/** Behind a window; undefined where there are too many different positions. Cost: the number of phases. */
export function seenThrough(from: AxisReach, { size, stride, before, enlarge, floats }: AxisWindow): AxisReach | undefined {
  const cycle = enlarge * from.phases.length;
  const common = greatestCommonDivisor(stride, cycle);
  const count = cycle / common;
  if (count > MOST_PHASES) return undefined;
  const phases = Array.from({ length: count }, (_, position) => {
    const last = Math.floor((position * stride - before + size - 1) / enlarge);
    // Strides larger than the kernel of a transposed convolution leave positions that see nothing; they count as the one before.
    const first = Math.min(Math.ceil((position * stride - before) / enlarge), last);
    return { low: at(from, first).low, high: at(from, last).high };
  });
  return { phases, advance: (from.advance * stride) / common, ...floating(from, { floats }) };
}

/** Of both together; undefined where they do not go on at the same pace. */
export function union(a: AxisReach, b: AxisReach): AxisReach | undefined {
  if (a.advance * b.phases.length !== b.advance * a.phases.length) return undefined;
  const count = (a.phases.length * b.phases.length) / greatestCommonDivisor(a.phases.length, b.phases.length);
  if (count > MOST_PHASES) return undefined;
  const phases = Array.from({ length: count }, (_, position) => {
    const [x, y] = [at(a, position), at(b, position)];
    return { low: Math.min(x.low, y.low), high: Math.max(x.high, y.high) };
  });
  return { phases, advance: (a.advance * count) / a.phases.length, ...floating(a, b) };
}

function floating(...ways: readonly { readonly floats?: boolean | undefined }[]): Pick<AxisReach, 'floats'> {
  return ways.some(({ floats }) => floats) ? { floats: true } : {};
}

function at({ phases, advance }: AxisReach, position: number): Ends {
  const turns = Math.floor(position / phases.length);
  const { low, high } = phases[position - turns * phases.length] as Ends;
  return { low: low + turns * advance, high: high + turns * advance };
}
