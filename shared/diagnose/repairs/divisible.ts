import { isKnown } from '../../graph/dim';
import { imageAxes } from '../../graph/tensor';
import { draftOf, type NewLayer } from './draft';
import { layerAt, type Plan, type Site } from './plan';
import { upstream } from './region';
import { filtersInWords } from './sizes';

/** How far above a layer the one is that makes its channels. */
const NEAR = 6;

/** Channels that a layer can divide: from the layer that makes them, or by a projection before it. */
export function divisible(site: Site): readonly Plan[] {
  const { code, node } = site.problem;
  if (code !== 'shape/channels' && code !== 'shape/odd-channels') return [];
  const shape = site.analysis.nodes.get(node)?.inputs['x']?.shape ?? [];
  const axis = shape.length === 4 ? imageAxes(site.analysis.flat.dataFormat).channels : shape.length - 1;
  const channels = shape[axis];
  const divisor = divisorOf(site);
  if (channels === undefined || !isKnown(channels) || divisor === undefined) return [];
  const [below, above] = [Math.floor(channels / divisor) * divisor, Math.ceil(channels / divisor) * divisor];
  const targets = [above, ...(below > 0 && below !== above ? [below] : [])];
  return targets.flatMap((target, index) => [
    ...byMaker(site, channels, target, 0.5 + index / 10),
    ...byProjection(site, shape.length, target, 1 + index / 10),
  ]);
}

function divisorOf(site: Site): number | undefined {
  if (site.problem.code === 'shape/odd-channels') return 2;
  const upscale = layerAt(site, site.problem.node)?.params['upscaleFactor'] ?? 2;
  return typeof upscale === 'number' ? upscale ** 2 : undefined;
}

function byMaker(site: Site, channels: number, target: number, unfit: number): readonly Plan[] {
  for (const { path } of upstream(site, NEAR)) {
    const layer = layerAt(site, path);
    const param = ['filters', 'units', 'outputDim'].find((name) => layer?.params[name] === channels);
    const draft = draftOf(site.document);
    if (!layer || param === undefined || !draft.set(path, { [param]: target })) continue;
    const title = `${layer.name}: ${param} ${channels} → ${target}`;
    return [{ id: `parameter:${path}:${param}:${target}`, title, edits: draft.edits(), places: [{ node: path }], unfit }];
  }
  return [];
}

function byProjection(site: Site, rank: number, target: number, unfit: number): readonly Plan[] {
  const { node } = site.problem;
  const layer = layerAt(site, node);
  const isImage = rank === 4;
  const made: NewLayer = isImage
    ? { type: 'conv2d', name: 'projection', params: { filters: target, kernelSize: [1, 1] } }
    : { type: 'dense', name: 'projection', params: { units: target } };
  const draft = draftOf(site.document);
  if (!layer || !draft.insert(node, 'x', [made])) return [];
  const title = `Put a ${isImage ? `1×1 conv2d of ${filtersInWords(target)}` : `dense of ${target} units`} before ${layer.name}`;
  return [{ id: `projectChannels:${target}`, title, edits: draft.edits(), places: [{ into: node, port: 'x' }], unfit }];
}
