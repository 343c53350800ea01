import { comparisonOf, type Bar, type Comparison } from './harness';

/** Milliseconds, by the clock and of the processor in all threads of this process. */
export interface Cost {
  readonly clock: number;
  readonly processor: number;
}

/** One round of both, one right after the other. */
export interface Round {
  readonly ours: Cost;
  readonly peer: Cost;
}

/** What some work in this process costs. */
export async function costOf(work: () => Promise<void> | void): Promise<Cost> {
  const before = costNow();
  await work();
  const after = costNow();
  return { clock: after.clock - before.clock, processor: after.processor - before.processor };
}

/** What this process has cost so far. */
export function costNow(): Cost {
  const { user, system } = process.cpuUsage();
  return { clock: performance.now(), processor: (user + system) / 1000 };
}

/**
 * Compares by the clock, and tells on the error stream what both cost of the processor's time, which other load does not change much: for
 * contestants that are threads of this process.
 */
export function comparisonOfCosts(
  subject: { readonly title: string; readonly bar: Bar },
  names: Names,
  rounds: readonly Round[],
): Comparison {
  const total = (side: keyof Round, what: keyof Cost) => rounds.reduce((sum, round) => sum + round[side][what], 0);
  const times = (what: keyof Cost) => (total('ours', what) / total('peer', what)).toFixed(3);
  console.error(`${names.ours}: in all ${times('clock')} times as long, ${times('processor')} times the processor's time.`);
  return comparisonOf(
    subject,
    names,
    rounds.map(({ ours, peer }) => ({ ours: ours.clock, peer: peer.clock })),
  );
}

type Names = Readonly<Record<keyof Round, string>>;
