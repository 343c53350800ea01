import type { Params, PortRef } from '../../graph/graph';
import { draftOf, placeOf, type NewLayer } from './draft';
import { familyOf, preActivatedOutput } from './family';
import { aims, layerAt, nameAt, pathInTitle, rowsOf, type Plan, type Row, type Site } from './plan';
import {
  extentOf,
  filtersInWords,
  isFreeAxis,
  isPointwise,
  layersBack,
  sidesAsParam,
  sidesInWords,
  storedLike,
  stridesBetween,
  unusual,
  type Extent,
} from './sizes';

const NOTES = {
  projection:
    'He et al. 2015 (arXiv:1512.03385, table 3): projections where the size changes (B) gave ResNet-34 24.52 % top-1 error, zero-padding (A) 25.03 %.',
  preActivated: 'He et al. 2016 (arXiv:1603.05027): the first block of a stage projects the pre-activated input.',
  pooled:
    'He et al. 2018 (arXiv:1812.01187, ResNet-D): a projection with strides 2 skips three quarters of the pixels; pooling before it does not.',
} as const;

interface Projection {
  readonly filters: number;
  readonly strides: readonly number[];
}

/** A 1×1 convolution on the path that does not fit: the usual shortcut where a block changes its size or its channels. */
export function project(site: Site): readonly Plan[] {
  // What is joined along the channels may have as many as it has.
  if (isFreeAxis(site) && !site.problem.code.endsWith('-channels')) return [];
  return aims(site).flatMap(({ target, others }) => {
    if (others.length !== 1) return [];
    const [row] = others as [Row];
    const [from, to] = [extentOf(site, row.shape), extentOf(site, target.shape)];
    const strides = from && to && stridesBetween(from, to, 'up');
    if (!from || !to || !strides || !isConvolved(site, to, strides)) return [];
    const projection = { filters: to.channels, strides };
    const unfit = row.role !== 'shortcut' ? 3 : isProjected(site, row) ? 2 : 0;
    const made = [shortcutLayer(site, row, target, projection), ...wires(site, row, target, projection, from)];
    return made.flatMap((plan) => (plan ? [{ ...plan, unfit: unfit + plan.unfit }] : []));
  });
}

/** A sequence that no convolution makes and that is as long as the other has a dense layer for its projection. */
function isConvolved(site: Site, { sides }: Extent, strides: readonly number[]): boolean {
  return sides.length > 1 || Math.max(...strides) > 1 || rowsOf(site).some((row) => layersBack(site, row, 'conv1d').length > 0);
}

/** A path with a projection needs no second one: its own is set wrong, or something else is. */
function isProjected(site: Site, row: Row): boolean {
  return ['conv1d', 'conv2d', 'conv3d'].some((type) => layersBack(site, row, type).some(({ params }) => isPointwise(params)));
}

/** Where a `shortcut` layer opens the block, it projects by itself, from the pre-activated input. */
function shortcutLayer(site: Site, row: Row, target: Row, projection: Projection): Plan | undefined {
  const source = layerAt(site, row.path.from);
  if (source?.type !== 'shortcut' || row.path.nodes.length > 0 || projection.strides.length !== 2) return undefined;
  const draft = draftOf(site.document);
  draft.set(source.path, {
    filters: valueFor(site, row.path.from, target, 'filters', projection.filters),
    strides: [...projection.strides],
  });
  return {
    id: `shortcutLayer:${row.port}`,
    edits: draft.edits(),
    places: [{ node: source.path }],
    title: `Project ${pathInTitle(row)}: ${source.name} with ${inWords(projection)}`,
    note: NOTES.preActivated,
    unfit: 0,
  };
}

function wires(site: Site, row: Row, target: Row, projection: Projection, from: Extent): readonly (Plan | undefined)[] {
  const conv = convolutionLike(site, target, projection);
  const early = familyOf(site) === 'preActivation' && row.path.nodes.length === 0 ? preActivatedOutput(site, target) : undefined;
  const normalized = layerAt(site, target.path.from)?.type === 'batchNormalization' && familyOf(site) === 'postActivation';
  const layers: readonly NewLayer[] = normalized ? [conv, { type: 'batchNormalization', name: `${conv.name}_bn` }] : [conv];
  const words = `${convolutionInWords(projection)}, ${inWords(projection)}`;
  return [
    early &&
      wirePlan(site, row, 'projectPreActivated', [conv], early.from, {
        title: `Project ${pathInTitle(row)} from the pre-activated input (${nameAt(site, early.path)}): ${words}`,
        note: NOTES.preActivated,
        unfit: 0,
      }),
    wirePlan(site, row, 'project', layers, undefined, {
      title: `Project ${pathInTitle(row)}: ${words}${normalized ? ', then batch norm' : ''}`,
      note: NOTES.projection,
      unfit: early ? 2 : 0.2,
    }),
    Math.max(...projection.strides) > 1 ? pooled(site, row, projection, layers, from) : undefined,
  ];
}

function pooled(site: Site, row: Row, projection: Projection, layers: readonly NewLayer[], from: Extent): Plan | undefined {
  const { filters, strides } = projection;
  const isWhole = from.sides.every((side, axis) => side % (strides[axis] as number) === 0);
  const window = sidesAsParam(strides);
  const pool: NewLayer = {
    type: `averagePooling${strides.length}d`,
    name: 'shortcut_pool',
    params: { poolSize: window, strides: window, padding: isWhole ? 'valid' : 'same' },
  };
  const [conv, ...rest] = layers as [NewLayer, ...NewLayer[]];
  const kept = { ...conv, params: { ...conv.params, strides: sidesAsParam(kernelOf(projection)) } };
  return wirePlan(site, row, 'pooledProjection', [pool, kept, ...rest], undefined, {
    title: `Average-pool ${sidesInWords(strides)}, then project ${pathInTitle(row)}: ${convolutionInWords(projection)}, ${filtersInWords(filters)}`,
    note: NOTES.pooled,
    unfit: 1.5 + unusual(strides),
  });
}

type Words = Pick<Plan, 'title' | 'unfit' | 'note'>;

function wirePlan(
  site: Site,
  row: Row,
  kind: string,
  layers: readonly NewLayer[],
  from: PortRef | undefined,
  words: Words,
): Plan | undefined {
  const draft = draftOf(site.document);
  if (!draft.insert(site.problem.node, row.port, layers, from)) return undefined;
  return { id: `${kind}:${row.port}`, edits: draft.edits(), places: [{ into: site.problem.node, port: row.port }], ...words };
}

/** A projection written as the block writes its own convolutions: the same initializer, the same bias or none. */
function convolutionLike(site: Site, target: Row, { filters, strides }: Projection): NewLayer {
  const type = `conv${strides.length}d`;
  const model = layersBack(site, target, type)[0];
  const { kernelInitializer, useBias } = model?.params ?? {};
  const params: Params = {
    filters: storedLike(site, target, 'filters', filters),
    kernelSize: sidesAsParam(kernelOf({ strides })),
    strides: storedLike(site, target, 'strides', sidesAsParam(strides)),
    padding: 'valid',
    useBias: useBias ?? true,
    ...(kernelInitializer === undefined ? {} : { kernelInitializer }),
  };
  return { type, name: 'projection', params };
}

/** `1×1 conv`; along a sequence `conv1d of 1`. */
function convolutionInWords({ strides }: Projection): string {
  return strides.length === 1 ? 'conv1d of 1' : `${kernelOf({ strides }).join('×')} conv`;
}

/** One place along each side. */
function kernelOf({ strides }: Pick<Projection, 'strides'>): readonly number[] {
  return strides.map(() => 1);
}

/** Inside a block the shortcut's own parameter is set at its instance; a literal one becomes the block's own expression. */
function valueFor(site: Site, path: string, target: Row, param: string, value: number) {
  const stored = placeOf(site.document, path)?.node.params[param];
  const isLiteral = stored === null || typeof stored === 'number';
  return isLiteral ? storedLike(site, target, param, value) : value;
}

function inWords({ filters, strides }: Projection): string {
  return `${filtersInWords(filters)}${Math.max(...strides) > 1 ? `, strides ${sidesInWords(strides)}` : ''}`;
}
