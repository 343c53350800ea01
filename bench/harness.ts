/** One contestant: does its work once; what it does before the first measured round is warm-up. */
export interface Contestant {
  readonly name: string;
  run(): Promise<void> | void;
  /** Frees what it holds. */
  close?(): void;
}

/** How we did against a named peer on the same machine in the same run; only the ratio means anything beyond this machine. */
export interface Comparison {
  readonly title: string;
  readonly ours: string;
  readonly peer: string;
  readonly unit: 'ms' | 'MB' | 'parts';
  readonly oursMedian: number;
  readonly peerMedian: number;
  /** Peer's figure over ours: 3 means that ours takes a third. Median of the rounds' own ratios. */
  readonly ratio: number;
  /**
   * The same of the least figures of each: what is left where other load is least. Load from elsewhere slows peers that wait for
   * all their threads at every step more than others, so a bar counts as met only where both ratios meet it.
   */
  readonly leastRatio: number;
  /** Smallest and largest ratio of a round. */
  readonly spread: readonly [number, number];
  readonly bar: string;
  readonly met: boolean;
}

/**
 * What must be met: the peer's figure at least this many times ours, ours at most this many times the peer's, or ours at most so much
 * whatever the peer's is.
 */
export type Bar = { readonly atLeastTimesAsGood: number } | { readonly atMostTimes: number } | { readonly atMost: number };

interface Subject {
  readonly title: string;
  readonly bar: Bar;
  readonly unit?: Comparison['unit'];
}

/** The outcome of rounds in which both were measured one right after the other. */
export function comparisonOf(
  { title, bar, unit = 'ms' }: Subject,
  names: { readonly ours: string; readonly peer: string },
  rounds: readonly { readonly ours: number; readonly peer: number }[],
): Comparison {
  const ratios = rounds.map(({ ours, peer }) => peer / ours);
  const ratio = median(ratios);
  const least = (side: 'ours' | 'peer') => Math.min(...rounds.map((round) => round[side]));
  const leastRatio = least('peer') / least('ours');
  const worse = Math.min(ratio, leastRatio);
  return {
    title,
    ...names,
    unit,
    oursMedian: median(rounds.map(({ ours }) => ours)),
    peerMedian: median(rounds.map(({ peer }) => peer)),
    ratio,
    leastRatio,
    spread: [Math.min(...ratios), Math.max(...ratios)],
    bar: barInWords(bar, unit),
    met: isMet(bar, worse, median(rounds.map(({ ours }) => ours))),
  };
}

function barInWords(bar: Bar, unit: Comparison['unit']): string {
  if ('atMost' in bar) return `ours ≤ ${bar.atMost} ${unit}`;
  return 'atMostTimes' in bar ? `ours ≤ ${bar.atMostTimes} × the peer's` : `peer ≥ ${bar.atLeastTimesAsGood} × ours`;
}

function isMet(bar: Bar, ratio: number, ours: number): boolean {
  if ('atMost' in bar) return ours <= bar.atMost;
  return 'atMostTimes' in bar ? 1 / ratio <= bar.atMostTimes : ratio >= bar.atLeastTimesAsGood;
}

/** Runs both in turns, so that whatever else the machine does meets both, and compares round by round. */
export async function compare(subject: Subject, ours: Contestant, peer: Contestant, rounds = 7): Promise<Comparison> {
  return comparisonOf(subject, { ours: ours.name, peer: peer.name }, await inTurns(ours, peer, rounds, timed));
}

/** What is measured of both in rounds, each one right after the other, after two that do not count. */
async function inTurns<T>(
  ours: Contestant,
  peer: Contestant,
  count: number,
  measure: (contestant: Contestant) => Promise<T>,
): Promise<readonly { readonly ours: T; readonly peer: T }[]> {
  for (let warmUp = 0; warmUp < 2; warmUp += 1) {
    await ours.run();
    await peer.run();
  }
  const rounds: { ours: T; peer: T }[] = [];
  for (let round = 0; round < count; round += 1) rounds.push({ ours: await measure(ours), peer: await measure(peer) });
  ours.close?.();
  peer.close?.();
  return rounds;
}

async function timed(contestant: Contestant): Promise<number> {
  const start = performance.now();
  await contestant.run();
  return performance.now() - start;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] as number) : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] as number;
}

export function printComparison(comparison: Comparison): void {
  const { title, ours, peer, unit, oursMedian, peerMedian, ratio, leastRatio, spread, bar, met } = comparison;
  const figure = (value: number) => `${value.toFixed(value < 100 ? 1 : 0)} ${unit}`;
  console.log(
    `${met ? 'met    ' : 'NOT MET'} ${title}\n        ${ours} ${figure(oursMedian)}, ${peer} ${figure(peerMedian)}: ` +
      `${ratio.toFixed(2)}× (${spread[0].toFixed(2)}–${spread[1].toFixed(2)}; of the least ${leastRatio.toFixed(2)}×); bar: ${bar}`,
  );
}
