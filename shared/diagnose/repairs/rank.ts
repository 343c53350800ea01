import { isKnown } from '../../graph/dim';
import { formatShape, sampleSize } from '../../graph/tensor';
import { draftOf, type NewLayer } from './draft';
import { aims, layerAt, nameAt, pathInTitle, type Plan, type Row, type Site } from './plan';
import { upstream } from './region';
import { imageSize, isFreeAxis, layersBack } from './sizes';

/** Images where rows are expected: the layers that make one of the other. */
export function rank(site: Site): readonly Plan[] {
  if (site.problem.code === 'shape/dense-on-image') return beforeDense(site);
  if (site.problem.code === 'shape/rank') return [...sequenceToRow(site), ...imageToRow(site), ...rowToImage(site)];
  return aims(site).flatMap(({ target, others }) => {
    const [row] = others;
    if (!row || others.length > 1) return [];
    if (target.shape.length === 4 && (row.shape.length === 2 || isRowOf(row))) return toGate(site, row, target);
    if (row.shape.length !== 4 || target.shape.length !== 2) return [];
    // Where rows are joined end to end, each may be as long as it is.
    const units = isFreeAxis(site) ? undefined : target.shape[1];
    return units === undefined || isKnown(units) ? toRow(site, row, units) : [];
  });
}

/** An image that is one row, along whichever axis. */
function isRowOf({ shape }: Row): boolean {
  return shape.length === 4 && shape.slice(1).filter((size) => size !== 1).length === 1;
}

/** One number a channel, multiplied into an image, is a gate: it needs the image's axes, and as many numbers as there are channels. */
function toGate(site: Site, row: Row, target: Row): readonly Plan[] {
  const image = imageSize(site, target.shape);
  if (!image || !site.problem.code.startsWith('shape/multiply-')) return [];
  const { channels } = image;
  const draft = draftOf(site.document);
  const dense = layersBack(site, row, 'dense')[0];
  const isFitting = sampleSize(row.shape) === channels;
  if (!isFitting && (!dense || !draft.set(dense.path, { units: channels }))) return [];
  const targetShape = site.analysis.flat.dataFormat === 'channelsFirst' ? [channels, 1, 1] : [1, 1, channels];
  if (!draft.insert(site.problem.node, row.port, [{ type: 'reshape', name: 'gate', params: { targetShape } }])) return [];
  const fitted = isFitting || !dense ? '' : `${dense.name} with ${channels} units, then `;
  return [
    {
      id: `gate:${row.port}`,
      title: `Make a gate of ${pathInTitle(row)}: ${fitted}reshape to ${targetShape.join('×')}`,
      edits: draft.edits(),
      note: 'Hu et al. 2018 (arXiv:1709.01507): squeeze-and-excitation scales each channel by one number.',
      places: [{ into: site.problem.node, port: row.port }],
      unfit: 0.3,
    },
  ];
}

function beforeDense(site: Site): readonly Plan[] {
  const at = { path: site.problem.node, port: 'x', name: site.problem.path };
  return [
    rowPlan(site, at, [pool], 'Average over height and width (globalAveragePooling2d)', 0, GLOBAL),
    rowPlan(site, at, [flat], 'Flatten', 0.5),
  ].flatMap((plan) => (plan ? [{ ...plan, title: `${plan.title} before ${at.name}` }] : []));
}

/** A sequence where a row is expected: the mean over its steps is missing on the way there, most often before the last dense. */
function sequenceToRow(site: Site): readonly Plan[] {
  const isSequence = (path: string, port: string) => site.analysis.nodes.get(path)?.inputs[port]?.shape.length === 3;
  return [site.problem.node, ...upstream(site, 3).map(({ path }) => path)].flatMap((path, distance) => {
    if (!isSequence(path, 'x')) return [];
    const at = { path, port: 'x', name: nameAt(site, path) };
    const bonus = layerAt(site, path)?.type === 'dense' ? -1 : 0;
    const plans = [
      rowPlan(site, at, [steps], `Average over the steps before ${at.name} (globalAveragePooling1d)`, 1.2 + bonus + distance / 10),
      rowPlan(site, at, [flat], `Flatten before ${at.name}`, 1.6 + bonus + distance / 10),
    ];
    return plans.flatMap((plan) => (plan ? [{ ...plan, id: `${plan.id}:${path}` }] : []));
  });
}

/** An image where a row or a sequence is expected, directly before the layer that says so. */
function imageToRow(site: Site): readonly Plan[] {
  const { node, port = 'x' } = site.problem;
  const shape = site.analysis.nodes.get(node)?.inputs[port]?.shape;
  if (shape?.length !== 4) return [];
  const at = { path: node, port, name: nameAt(site, node) };
  return [
    rowPlan(site, at, [pool], `Average over height and width before ${at.name} (globalAveragePooling2d)`, 0.5, GLOBAL),
    rowPlan(site, at, [flat], `Flatten before ${at.name}`, 0.8),
  ].filter((plan) => plan !== undefined);
}

/** A row that holds the pixels of a square image, in one colour or three; else it is an image of one pixel. */
function rowToImage(site: Site): readonly Plan[] {
  const { node, port = 'x' } = site.problem;
  const [, count, ...more] = site.analysis.nodes.get(node)?.inputs[port]?.shape ?? [];
  if (count === undefined || more.length > 0 || !isKnown(count) || site.analysis.flat.dataFormat === 'channelsFirst') return [];
  const at = { path: node, port, name: nameAt(site, node) };
  // After a flatten the row was an image already.
  const isFlat = upstream(site, 6).some(({ path }) => layerAt(site, path)?.type === 'flatten');
  const squares = [1, 3].flatMap((channels) =>
    Number.isInteger(Math.sqrt(count / channels)) ? [[Math.sqrt(count / channels), channels]] : [],
  );
  return [...squares, [1, count]].flatMap(([side = 1, channels = 1], index) => {
    const targetShape = [side, side, channels];
    const layer: NewLayer = { type: 'reshape', name: 'image', params: { targetShape } };
    const plan = rowPlan(
      site,
      at,
      [layer],
      `Reshape ${count} to the image ${targetShape.join('×')} before ${at.name}`,
      (isFlat ? 4 : 0.9) + index / 2,
    );
    return plan ? [{ ...plan, id: `${plan.id}:${side}` }] : [];
  });
}

const steps: NewLayer = { type: 'globalAveragePooling1d', name: 'pool' };
const pool: NewLayer = { type: 'globalAveragePooling2d', name: 'pool' };
const flat: NewLayer = { type: 'flatten', name: 'flatten' };
const GLOBAL = 'Lin et al. 2013 (arXiv:1312.4400): one mean a channel instead of all pixels leaves far fewer weights to overfit.';

function toRow(site: Site, row: Row, units: number | undefined): readonly Plan[] {
  const size = imageSize(site, row.shape);
  const fitted = (made: number | undefined): readonly NewLayer[] =>
    units === undefined || made === units ? [] : [{ type: 'dense', name: 'fit', params: { units } }];
  const inWords = (layers: readonly NewLayer[]) => (layers.length === 0 ? '' : `, then dense ${units ?? ''}`);
  const at = { path: site.problem.node, port: row.port, name: pathInTitle(row) };
  const count = size ? size.height * size.width * size.channels : undefined;
  const [afterPool, afterFlat] = [fitted(size?.channels), fitted(count)];
  return [
    rowPlan(site, at, [pool, ...afterPool], `Average ${at.name} over height and width${inWords(afterPool)}`, 0.5, GLOBAL),
    rowPlan(site, at, [flat, ...afterFlat], `Flatten ${at.name} (${formatShape(row.shape)})${inWords(afterFlat)}`, 0.6),
  ].filter((plan) => plan !== undefined);
}

function rowPlan(
  site: Site,
  at: { readonly path: string; readonly port: string },
  layers: readonly NewLayer[],
  title: string,
  unfit: number,
  note?: string,
): Plan | undefined {
  const draft = draftOf(site.document);
  if (!draft.insert(at.path, at.port, layers)) return undefined;
  return {
    id: `${layers.map(({ type }) => type).join('+')}:${at.port}`,
    title,
    edits: draft.edits(),
    ...(note === undefined ? {} : { note }),
    places: [{ into: at.path, port: at.port }],
    unfit,
  };
}
