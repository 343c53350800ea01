import { inWords as listInWords } from '../../graph/words';
import type { NodePath } from '../../infer/analysis';
import { draftOf, type NewLayer } from './draft';
import { ENLARGING } from './enlarging';
import { aims, layerAt, pathInTitle, type Plan, type Row, type Site } from './plan';
import {
  borders,
  extentOf,
  isFreeAxis,
  sidesAsParam,
  sidesInWords,
  storedLike,
  stridesBetween,
  takesBorder,
  unusual,
  type Extent,
} from './sizes';

const OPTION_A =
  'He et al. 2015 (arXiv:1512.03385, table 3): zero-padded shortcuts (A) need no weights; ResNet-34 had 25.03 % top-1 error with them, 24.52 % with projections (B).';

/** Layers without weights that give a path the size that the other one has: pooling, zeros, cuts, enlarging. */
export function reshapePath(site: Site): readonly Plan[] {
  return aims(site).flatMap(({ target, others }) => {
    const to = extentOf(site, target.shape);
    if (!to || others.length === 0) return [];
    return WAYS.flatMap((way) => {
      const made = others.map((row) => {
        const from = extentOf(site, row.shape);
        return from && way({ site, row, target, from, to });
      });
      if (made.some((one) => one === undefined)) return [];
      const ways = made as readonly Way[];
      return [combined(site, target, others, ways), ...behindWhatEnlarged(site, others, ways)];
    });
  });
}

interface Given {
  readonly site: Site;
  readonly row: Row;
  readonly target: Row;
  readonly from: Extent;
  readonly to: Extent;
}

interface Way {
  readonly kind: string;
  readonly title: string;
  readonly layers: readonly NewLayer[];
  readonly unfit: number;
  readonly note?: string;
}

function combined(site: Site, target: Row, rows: readonly Row[], ways: readonly Way[]): Plan {
  const draft = draftOf(site.document);
  rows.forEach((row, index) => draft.insert(site.problem.node, row.port, (ways[index] as Way).layers));
  const [first] = ways as [Way];
  return {
    id: `${first.kind}:${rows.map(({ port }) => port).join('+')}`,
    title: [...new Set(ways.map(({ title }) => title))].join('; '),
    edits: draft.edits(),
    ...(first.note === undefined ? {} : { note: first.note }),
    places: rows.map(({ port }) => ({ into: site.problem.node, port })),
    unfit: first.unfit + (rows.length - 1) + wrongPath(site, target, rows, first),
  };
}

/** The same directly behind what enlarged the path, so that whatever else reads it further on gets it too, as behind a gate. */
function behindWhatEnlarged(site: Site, rows: readonly Row[], [way]: readonly Way[]): readonly Plan[] {
  const [row, ...more] = rows;
  const last = row?.path.parts.at(-1)?.node;
  const layer = last === undefined ? undefined : layerAt(site, last);
  const [made] = way?.layers ?? [];
  const isFitted = way !== undefined && (way.kind === 'pad' || way.kind === 'crop' || way.kind === 'resize');
  if (!row || more.length > 0 || !layer || !made || !isFitted || !isReadBesides(site, row, layer.path) || !ENLARGING.has(layer.type))
    return [];
  const draft = draftOf(site.document);
  if (!draft.insertAfter(layer.path, 'y', made)) return [];
  return [
    {
      id: `${way.kind}:behind:${layer.path}`,
      title: way.title.replace(pathInTitle(row), `what ${layer.name} gives`),
      edits: draft.edits(),
      places: [{ node: layer.path }],
      unfit: way.unfit + 0.1,
    },
  ];
}

/** Something else than the path goes on from one of its layers, from this one to the last. */
function isReadBesides({ analysis }: Site, { path: { nodes } }: Row, from: NodePath): boolean {
  return nodes.slice(nodes.indexOf(from)).some((node) => (analysis.flat.outgoing.get(node)?.length ?? 0) > 1);
}

/** What makes one of two paths the wrong one to change: a size that was enlarged is fitted to one that came as it is, not the reverse. */
function wrongPath(site: Site, target: Row, rows: readonly Row[], { kind }: Way): number {
  const isFitted = kind === 'pad' || kind === 'crop' || kind === 'resize';
  if (isFitted && rows.every((row) => isEnlarged(site, row))) return 0;
  const isMeant = isFitted && isEnlarged(site, target) && !(kind === 'crop' && isUnpadded(site, target));
  return (rows.some(({ role }) => role === 'main') ? 1 : 0) + (isMeant ? 0.8 : 0);
}

function isEnlarged(site: Site, { path }: Row): boolean {
  return path.nodes.some((node) => ENLARGING.has(layerAt(site, node)?.type ?? ''));
}

/** It was enlarged beyond the size of what both paths come from: to make it small again is to have done so for nothing. */
function isEnlargedForNothing(site: Site, row: Row, from: Extent, to: Extent): boolean {
  const fork = extentOf(site, site.problem.mismatch?.fork?.shape ?? []);
  return (
    fork !== undefined &&
    isEnlarged(site, row) &&
    isSameSize(fork, to) &&
    from.sides.every((side, axis) => side >= 2 * (to.sides[axis] ?? 0))
  );
}

/** Convolutions without padding took the border off on this path, as in the first U-Net: what meets it is cut. */
function isUnpadded(site: Site, { path }: Row): boolean {
  return path.nodes.some((node) => takesBorder(layerAt(site, node)?.params ?? {}));
}

const WAYS: readonly ((given: Given) => Way | undefined)[] = [
  zeroPadded,
  pooledBy('average'),
  pooledBy('max'),
  padded,
  cropped,
  enlarged,
  resized,
];

/** Option A: subsampling and channels of zeros. */
function zeroPadded({ site, row, target, from, to }: Given): Way | undefined {
  if (from.channels >= to.channels || from.sides.length !== 2 || isFreeAxis(site)) return undefined;
  const pool = poolTo(from, to, 'average');
  if (!pool) return undefined;
  const zeros: NewLayer = {
    type: 'padChannels',
    name: 'shortcut_zeros',
    params: { channels: storedLike(site, target, 'filters', to.channels) },
  };
  const strides = Math.max(...pool.strides) > 1;
  return {
    kind: 'optionA',
    title: `No parameters: ${strides ? `average-pool ${sidesInWords(pool.strides)}, ` : ''}zero-pad ${pathInTitle(row)} ${from.channels} → ${to.channels} channels`,
    layers: strides ? [pool.layer, zeros] : [zeros],
    unfit: 1,
    note: OPTION_A,
  };
}

type Pooling = 'average' | 'max';

function pooledBy(pooling: Pooling) {
  return ({ site, row, from, to }: Given): Way | undefined => {
    const pool = channelsFit(site, from, to) ? poolTo(from, to, pooling) : undefined;
    if (!pool || Math.max(...pool.strides) === 1) return undefined;
    return {
      kind: pool.layer.type,
      title: `${pooling === 'max' ? 'Max' : 'Average'}-pool ${pathInTitle(row)} by ${sidesInWords(pool.strides)}`,
      layers: [pool.layer],
      unfit: (pooling === 'max' ? 1.4 : 1.2) + unusual(pool.strides) + (isEnlargedForNothing(site, row, from, to) ? 1.6 : 0),
    };
  };
}

function poolTo(from: Extent, to: Extent, pooling: Pooling): { readonly layer: NewLayer; readonly strides: readonly number[] } | undefined {
  const down = stridesBetween(from, to, 'down');
  const strides = down ?? stridesBetween(from, to, 'up');
  if (!strides) return undefined;
  const window = sidesAsParam(strides);
  const params = { poolSize: window, strides: window, padding: down ? 'valid' : 'same' };
  return { layer: { type: `${pooling}Pooling${strides.length}d`, name: 'shortcut_pool', params }, strides };
}

/** Zeros around it, where a few rows or columns are missing. */
function padded({ site, row, from, to }: Given): Way | undefined {
  const missing = differences(to, from);
  if (!channelsFit(site, from, to) || !missing || !missing.every((count, axis) => isSmall(count, to.sides[axis] as number)))
    return undefined;
  const type = (['pad1d', 'pad', 'pad3d'] as const)[missing.length - 1] as string;
  return {
    kind: 'pad',
    title: `Pad ${pathInTitle(row)} by ${inWords(missing)} of zeros`,
    layers: [{ type, name: 'pad_to_fit', params: { mode: 'explicit', ...borders(missing) } }],
    unfit: 1,
  };
}

/** A quarter of a side at most is a border. */
const BORDER = 4;

/** A few rows or columns too many are cut off around the middle, as in the first U-Net. */
function cropped({ site, row, target, from, to }: Given): Way | undefined {
  const surplus = differences(from, to);
  if (!channelsFit(site, from, to) || !surplus || surplus.length > 2) return undefined;
  // Who cuts more than a border off loses what the picture shows.
  if (surplus.some((count, axis) => count * BORDER > (from.sides[axis] as number))) return undefined;
  const small = isUnpadded(site, target) || surplus.every((count, axis) => isSmall(count, from.sides[axis] as number));
  return {
    kind: 'crop',
    title: `Crop ${inWords(surplus)} off ${pathInTitle(row)}`,
    layers: [{ type: `cropping${surplus.length}d`, name: 'crop_to_fit', params: borders(surplus) }],
    unfit: small ? 1.1 : 5,
    note: 'The first U-Net (arXiv:1505.04597) crops what it hands over.',
  };
}

/** Repeats pixels where the other path is a whole number of times as large. */
function enlarged({ site, row, target, from, to }: Given): Way | undefined {
  const size = to.sides.map((side, axis) => side / (from.sides[axis] ?? NaN));
  if (size.length !== 2 || !channelsFit(site, from, to) || !size.every(Number.isInteger) || Math.max(...size) === 1) return undefined;
  return {
    kind: 'upSample',
    title: `Enlarge ${pathInTitle(row)} ${sidesInWords(size)} times`,
    layers: [{ type: 'upSampling2d', name: 'upsample', params: { size } }],
    unfit: isEnlargedForNothing(site, target, to, from) ? 2.6 : 2,
  };
}

function resized({ site, row, from, to }: Given): Way | undefined {
  const [height, width, ...more] = to.sides;
  if (height === undefined || width === undefined || more.length > 0 || !channelsFit(site, from, to) || isSameSize(from, to))
    return undefined;
  return {
    kind: 'resize',
    title: `Resize ${pathInTitle(row)} from ${from.sides.join('×')} to ${to.sides.join('×')}`,
    layers: [{ type: 'resize', name: 'resize_to_fit', params: { height, width } }],
    // As feature pyramids do it: to the size of what it is added to.
    unfit: isEnlarged(site, row) && !isUnpadded(site, row) && !isEnlargedForNothing(site, row, from, to) ? 1.3 : 3,
  };
}

/** The channels are alike, and there are as many sides. */
function channelsFit(site: Site, from: Extent, to: Extent): boolean {
  return from.sides.length === to.sides.length && (from.channels === to.channels || isFreeAxis(site));
}

function isSameSize(a: Extent, b: Extent): boolean {
  return a.sides.every((side, axis) => side === b.sides[axis]);
}

/** By how much each side is larger; undefined where one is smaller, or none is larger. */
function differences(larger: Extent, smaller: Extent): readonly number[] | undefined {
  const counts = larger.sides.map((side, axis) => side - (smaller.sides[axis] ?? NaN));
  return counts.every((count) => count >= 0) && counts.some((count) => count > 0) ? counts : undefined;
}

function isSmall(difference: number, size: number): boolean {
  return difference <= 4 && difference * 2 < size;
}

const COUNTED: readonly (readonly string[])[] = [['step'], ['row', 'column'], ['slice', 'row', 'column']];

/** `1 row and 1 column`, `2 steps`. */
function inWords(counts: readonly number[]): string {
  const words = COUNTED[counts.length - 1] ?? [];
  return listInWords(counts.flatMap((count, axis) => (count === 0 ? [] : [`${count} ${words[axis] ?? 'place'}${count === 1 ? '' : 's'}`])));
}
