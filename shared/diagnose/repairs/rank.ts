import { isKnown } from '../../graph/dim';
import { formatShape } from '../../graph/tensor';
import { draftOf, type NewLayer } from './draft';
import { aims, layerAt, nameAt, pathInTitle, type Plan, type Row, type Site } from './plan';
import { upstream } from './region';
import { imageSize } from './sizes';

/** Images where rows are expected: the layers that make one of the other. */
export function rank(site: Site): readonly Plan[] {
  if (site.problem.code === 'shape/dense-on-image') return beforeDense(site);
  if (site.problem.code === 'shape/rank') return sequenceToRow(site);
  return aims(site).flatMap(({ target, others }) => {
    const [row] = others;
    if (!row || others.length > 1 || row.shape.length !== 4 || target.shape.length !== 2) return [];
    const units = target.shape[1];
    return units !== undefined && isKnown(units) ? toRow(site, row, units) : [];
  });
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

const steps: NewLayer = { type: 'globalAveragePooling1d', name: 'pool' };
const pool: NewLayer = { type: 'globalAveragePooling2d', name: 'pool' };
const flat: NewLayer = { type: 'flatten', name: 'flatten' };
const GLOBAL = 'Lin et al. 2013 (arXiv:1312.4400): one mean a channel instead of all pixels leaves far fewer weights to overfit.';

function toRow(site: Site, row: Row, units: number): readonly Plan[] {
  const size = imageSize(site, row.shape);
  const dense: NewLayer = { type: 'dense', name: 'fit', params: { units } };
  const at = { path: site.problem.node, port: row.port, name: pathInTitle(row) };
  const count = size ? size.height * size.width * size.channels : undefined;
  return [
    rowPlan(
      site,
      at,
      size?.channels === units ? [pool] : [pool, dense],
      `Average ${at.name} over height and width${size?.channels === units ? '' : `, then dense ${units}`}`,
      0.5,
      GLOBAL,
    ),
    rowPlan(
      site,
      at,
      count === units ? [flat] : [flat, dense],
      `Flatten ${at.name} (${formatShape(row.shape)})${count === units ? '' : `, then dense ${units}`}`,
      0.6,
    ),
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
