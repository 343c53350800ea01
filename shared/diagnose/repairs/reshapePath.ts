import { draftOf, type NewLayer } from './draft';
import { aims, layerAt, pathInTitle, type Plan, type Row, type Site } from './plan';
import { imageSize, pairInWords, storedLike, stridesBetween, takesBorder, type ImageSize, type Pair } from './sizes';

const OPTION_A =
  'He et al. 2015 (arXiv:1512.03385, table 3): zero-padded shortcuts (A) need no weights; ResNet-34 had 25.03 % top-1 error with them, 24.52 % with projections (B).';

/** Layers without weights that give a path the size that the other one has: pooling, zeros, cuts, enlarging. */
export function reshapePath(site: Site): readonly Plan[] {
  return aims(site).flatMap(({ target, others }) => {
    const to = imageSize(site, target.shape);
    if (!to || others.length === 0) return [];
    return WAYS.flatMap((way) => {
      const made = others.map((row) => {
        const from = imageSize(site, row.shape);
        return from && way({ site, row, target, from, to });
      });
      if (made.some((one) => one === undefined)) return [];
      return [combined(site, target, others, made as readonly Way[])];
    });
  });
}

interface Given {
  readonly site: Site;
  readonly row: Row;
  readonly target: Row;
  readonly from: ImageSize;
  readonly to: ImageSize;
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

/** What makes one of two paths the wrong one to change: a size that was enlarged is fitted to one that came as it is, not the reverse. */
function wrongPath(site: Site, target: Row, rows: readonly Row[], { kind }: Way): number {
  const isFitted = kind === 'pad' || kind === 'crop' || kind === 'resize';
  if (isFitted && rows.every((row) => isEnlarged(site, row))) return 0;
  const isMeant = isFitted && isEnlarged(site, target) && !(kind === 'crop' && isUnpadded(site, target));
  return (rows.some(({ role }) => role === 'main') ? 1 : 0) + (isMeant ? 0.8 : 0);
}

const ENLARGING: ReadonlySet<string> = new Set(['upSampling2d', 'conv2dTranspose', 'pixelShuffle', 'resize']);

function isEnlarged(site: Site, { path }: Row): boolean {
  return path.nodes.some((node) => ENLARGING.has(layerAt(site, node)?.type ?? ''));
}

/** Convolutions without padding took the border off on this path, as in the first U-Net: what meets it is cut. */
function isUnpadded(site: Site, { path }: Row): boolean {
  return path.nodes.some((node) => takesBorder(layerAt(site, node)?.params ?? {}));
}

const WAYS: readonly ((given: Given) => Way | undefined)[] = [
  zeroPadded,
  pooledBy('averagePooling2d'),
  pooledBy('maxPooling2d'),
  padded,
  cropped,
  enlarged,
  resized,
];

/** Option A: subsampling and channels of zeros. */
function zeroPadded({ site, row, target, from, to }: Given): Way | undefined {
  if (from.channels >= to.channels || isFreeAxis(site)) return undefined;
  const pool = poolTo(from, to, 'averagePooling2d');
  if (!pool) return undefined;
  const zeros: NewLayer = {
    type: 'padChannels',
    name: 'shortcut_zeros',
    params: { channels: storedLike(site, target, 'filters', to.channels) },
  };
  const strides = Math.max(...pool.strides) > 1;
  return {
    kind: 'optionA',
    title: `No parameters: ${strides ? `average-pool ${pairInWords(pool.strides)}, ` : ''}zero-pad ${pathInTitle(row)} ${from.channels} → ${to.channels} channels`,
    layers: strides ? [pool.layer, zeros] : [zeros],
    unfit: 1,
    note: OPTION_A,
  };
}

function pooledBy(type: 'averagePooling2d' | 'maxPooling2d') {
  return ({ site, row, from, to }: Given): Way | undefined => {
    const pool = channelsFit(site, from, to) ? poolTo(from, to, type) : undefined;
    if (!pool || Math.max(...pool.strides) === 1) return undefined;
    const word = type === 'maxPooling2d' ? 'Max-pool' : 'Average-pool';
    return {
      kind: type,
      title: `${word} ${pathInTitle(row)} by ${pairInWords(pool.strides)}`,
      layers: [pool.layer],
      unfit: type === 'maxPooling2d' ? 1.4 : 1.2,
    };
  };
}

function poolTo(from: ImageSize, to: ImageSize, type: string): { readonly layer: NewLayer; readonly strides: Pair } | undefined {
  const down = stridesBetween(from, to, 'down');
  const strides = down ?? stridesBetween(from, to, 'up');
  if (!strides) return undefined;
  const params = { poolSize: [...strides], strides: [...strides], padding: down ? 'valid' : 'same' };
  return { layer: { type, name: 'shortcut_pool', params }, strides };
}

/** Zeros below and to the right, where a few rows or columns are missing. */
function padded({ site, row, from, to }: Given): Way | undefined {
  const [high, wide] = [to.height - from.height, to.width - from.width];
  if (!channelsFit(site, from, to) || high < 0 || wide < 0 || high + wide === 0 || !isSmall(high, to.height) || !isSmall(wide, to.width))
    return undefined;
  const params = { mode: 'explicit', top: high >> 1, bottom: high - (high >> 1), left: wide >> 1, right: wide - (wide >> 1) };
  return {
    kind: 'pad',
    title: `Pad ${pathInTitle(row)} by ${inWords(high, wide)} of zeros`,
    layers: [{ type: 'pad', name: 'pad_to_fit', params }],
    unfit: 1,
  };
}

/** A quarter of a side at most is a border. */
const BORDER = 4;

/** A few rows or columns too many are cut off around the middle, as in the first U-Net. */
function cropped({ site, row, target, from, to }: Given): Way | undefined {
  const [high, wide] = [from.height - to.height, from.width - to.width];
  if (!channelsFit(site, from, to) || high < 0 || wide < 0 || high + wide === 0) return undefined;
  // Who cuts more than a border off loses what the picture shows.
  if (high * BORDER > from.height || wide * BORDER > from.width) return undefined;
  const params = { top: high >> 1, bottom: high - (high >> 1), left: wide >> 1, right: wide - (wide >> 1) };
  const small = isUnpadded(site, target) || (isSmall(high, from.height) && isSmall(wide, from.width));
  return {
    kind: 'crop',
    title: `Crop ${inWords(high, wide)} off ${pathInTitle(row)}`,
    layers: [{ type: 'cropping2d', name: 'crop_to_fit', params }],
    unfit: small ? 1.1 : 5,
    note: 'The first U-Net (arXiv:1505.04597) crops what it hands over.',
  };
}

/** Repeats pixels where the other path is a whole number of times as large. */
function enlarged({ site, row, from, to }: Given): Way | undefined {
  const size: Pair = [to.height / from.height, to.width / from.width];
  if (!channelsFit(site, from, to) || !size.every(Number.isInteger) || Math.max(...size) === 1) return undefined;
  return {
    kind: 'upSample',
    title: `Enlarge ${pathInTitle(row)} ${pairInWords(size)} times`,
    layers: [{ type: 'upSampling2d', name: 'upsample', params: { size: [...size] } }],
    unfit: 2,
  };
}

function resized({ site, row, from, to }: Given): Way | undefined {
  if (!channelsFit(site, from, to) || (from.height === to.height && from.width === to.width)) return undefined;
  return {
    kind: 'resize',
    title: `Resize ${pathInTitle(row)} from ${from.height}×${from.width} to ${to.height}×${to.width}`,
    layers: [{ type: 'resize', name: 'resize_to_fit', params: { height: to.height, width: to.width } }],
    // As feature pyramids do it: to the size of what it is added to.
    unfit: isEnlarged(site, row) && !isUnpadded(site, row) ? 1.3 : 3,
  };
}

/** Concatenate joins along the channels: there they may differ. */
function isFreeAxis({ problem }: Site): boolean {
  return problem.code.includes('/concatenate-');
}

function channelsFit(site: Site, from: ImageSize, to: ImageSize): boolean {
  return from.channels === to.channels || isFreeAxis(site);
}

function isSmall(difference: number, size: number): boolean {
  return difference <= 4 && difference * 2 < size;
}

function inWords(rows: number, columns: number): string {
  const count = (n: number, word: string) => (n === 0 ? '' : `${n} ${word}${n === 1 ? '' : 's'}`);
  return [count(rows, 'row'), count(columns, 'column')].filter((part) => part !== '').join(' and ');
}
