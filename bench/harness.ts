/** One contestant: does its work once; what it does before the first measured round is warm-up. */
export interface Contestant {
  readonly name: string;
  run(): Promise<void> | void;
}

export interface Comparison {
  readonly title: string;
  readonly ours: string;
  readonly peer: string;
  /** Median milliseconds of a round; only the ratio means anything beyond this machine. */
  readonly oursMedian: number;
  readonly peerMedian: number;
  /** Peer's time over ours: 3 means that ours is three times as fast. Median of the rounds' own ratios. */
  readonly ratio: number;
  /** Smallest and largest ratio of a round. */
  readonly spread: readonly [number, number];
  readonly bar: string;
  readonly met: boolean;
}

/**
 * Runs both in turns, so that whatever else the machine does meets both, and compares round by round.
 *
 * @param bar the least ratio (peer's time over ours) that counts as met
 */
export async function compare(title: string, ours: Contestant, peer: Contestant, bar: number, rounds = 7): Promise<Comparison> {
  for (let warmUp = 0; warmUp < 2; warmUp += 1) {
    await ours.run();
    await peer.run();
  }
  const times: { ours: number; peer: number }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    times.push({ ours: await timed(ours), peer: await timed(peer) });
  }
  const ratios = times.map((time) => time.peer / time.ours);
  const ratio = median(ratios);
  return {
    title,
    ours: ours.name,
    peer: peer.name,
    oursMedian: median(times.map((time) => time.ours)),
    peerMedian: median(times.map((time) => time.peer)),
    ratio,
    spread: [Math.min(...ratios), Math.max(...ratios)],
    bar: `≥ ${bar}`,
    met: ratio >= bar,
  };
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
  const { title, ours, peer, oursMedian, peerMedian, ratio, spread, bar, met } = comparison;
  console.log(
    `${title}\n  ${ours} ${oursMedian.toFixed(1)} ms, ${peer} ${peerMedian.toFixed(1)} ms: ` +
      `${ratio.toFixed(2)}× as fast (${spread[0].toFixed(2)}–${spread[1].toFixed(2)}; bar ${bar}) ${met ? 'met' : 'NOT MET'}`,
  );
}
