import type { NetworkAnalysis } from '../infer/analysis';
import { findLayer } from '../layers/index';
import { parseParams } from '../layers/parse';

/** How long a training is. */
export interface TrainingLength {
  readonly batchesPerEpoch: number;
  readonly epochs: number;
}

/** A layer that normalises in use by moving statistics, and the share of the old ones that each batch keeps. */
interface MovingStatistics {
  readonly name: string;
  readonly momentum: number;
}

/** At most this share of their beginning is in statistics that have settled: 0.05 is left after 3 / (1 − momentum) batches. */
const SETTLED = 0.05;

/** The most epochs that are advised. */
const MOST_EPOCHS = 1000;

/**
 * That batch normalizations have too few batches: their moving mean and variance begin at 0 and 1, of which momentum ^ batches is left
 * after the training. Validation is computed with them and then looks worse than it is. Undefined where at most a twentieth is left.
 */
export function settlingNote(analysis: NetworkAnalysis, { batchesPerEpoch, epochs }: TrainingLength): string | undefined {
  const batches = batchesPerEpoch * epochs;
  const left = ({ momentum }: MovingStatistics) => momentum ** batches;
  const unsettled = movingStatistics(analysis).filter((layer) => left(layer) > SETTLED);
  const [first] = unsettled;
  if (!first) return undefined;
  const slowest = unsettled.reduce((a, b) => (b.momentum > a.momentum ? b : a));
  const isOne = unsettled.length === 1;
  const [who, have, their] = isOne ? [`“${first.name}”`, 'has', 'its'] : [`${unsettled.length} batch normalizations`, 'have', 'their'];
  return (
    `${who} ${have} too few batches: after all ${batches.toLocaleString('en')}, ${Math.round(100 * left(slowest))} % of ${their} moving mean ` +
    `and variance is still the initial value, and validation looks worse than it is. ${remedy(slowest, batches, batchesPerEpoch)}`
  );
}

function remedy({ momentum }: MovingStatistics, batches: number, batchesPerEpoch: number): string {
  const lower = `a momentum of ${settlingMomentum(batches)}`;
  if (momentum === 1) return `They never move: give ${lower}.`;
  const epochs = Math.ceil(Math.log(SETTLED) / Math.log(momentum) / batchesPerEpoch);
  const ways = [lower, ...(epochs <= MOST_EPOCHS ? [`${epochs} epochs`] : []), 'smaller batches'];
  return `They settle with ${new Intl.ListFormat('en', { type: 'disjunction' }).format(ways)}.`;
}

/** The largest momentum of two digits with which so many batches settle. */
function settlingMomentum(batches: number): number {
  return Math.floor(100 * SETTLED ** (1 / batches)) / 100;
}

/** In the order of the network. */
function movingStatistics({ flat, nodes, order }: NetworkAnalysis): readonly MovingStatistics[] {
  return order.flatMap((path) => {
    const node = flat.nodes.get(path);
    const layer = node && findLayer(node.type);
    if (!layer || !nodes.get(path)?.weights.some(({ name }) => name === 'movingMean')) return [];
    const params = parseParams(layer, node.params);
    const momentum = params.ok ? params.value['momentum'] : undefined;
    return typeof momentum === 'number' ? [{ name: node.name, momentum }] : [];
  });
}
