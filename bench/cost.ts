import { comparisonOf, inTurns, type Bar, type Comparison, type Contestant } from './harness';

/** Milliseconds, by the clock and of the processor in all threads of this process. */
interface Cost {
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
  const [started, before] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(before);
  return { clock: performance.now() - started, processor: (user + system) / 1000 };
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

/** Runs both in turns. */
export async function compareCosts(
  subject: { readonly title: string; readonly bar: Bar },
  ours: Contestant,
  peer: Contestant,
  count: number,
): Promise<Comparison> {
  const rounds = await inTurns(ours, peer, count, (contestant) => costOf(() => contestant.run()));
  return comparisonOfCosts(subject, { ours: ours.name, peer: peer.name }, rounds);
}
