import type { ParamValue } from '../../graph/graph';
import { imageAxes } from '../../graph/tensor';
import type { FlatNode } from '../../infer/analysis';
import { findLayer } from '../../layers/index';
import { defaultParams } from '../../layers/parse';
import { draftOf } from './draft';
import { labelOf, valueInWords } from './parameters';
import { layerAt, type Plan, type Site } from './plan';
import { imageSize } from './sizes';

/** What an input takes and what its preprocessing makes, brought together from either side. */
export function preprocessing(site: Site): readonly Plan[] {
  const { code, node } = site.problem;
  const params = layerAt(site, node)?.params;
  if (!params) return [];
  if (code === 'shape/crop-larger-than-input') return smallerPart(site, params);
  if (code === 'param/crop-larger-than-image')
    return [
      ...setting(site, { resizeDim: params['minAspectDim'] ?? null }, -0.3),
      ...setting(site, { minAspectDim: params['resizeDim'] ?? null }, -0.2),
    ];
  return code === 'param/other-image-size' ? agreeing(site, params['shape'], params['resizeDim'] ?? null, params['colours']) : [];
}

/** The whole of the image where the part is larger, or an image enlarged to it. */
function smallerPart(site: Site, given: FlatNode['params']): readonly Plan[] {
  const { node } = site.problem;
  const known = findLayer('randomCrop');
  const { height, width } = { ...(known ? defaultParams(known) : {}), ...given };
  const image = imageSize(site, site.analysis.nodes.get(node)?.inputs['x']?.shape ?? []);
  const layer = layerAt(site, node);
  if (!image || !layer || typeof height !== 'number' || typeof width !== 'number') return [];
  const target = { height: Math.max(height, image.height), width: Math.max(width, image.width) };
  const draft = draftOf(site.document);
  const enlarged: Plan = {
    id: 'enlarge',
    title: `Resize to ${target.height}×${target.width} before ${layer.name}`,
    edits: draft.insert(node, 'x', [{ type: 'resize', name: 'resize', params: target }]) ? draft.edits() : [],
    places: [{ into: node, port: 'x' }],
    unfit: 0.3,
  };
  return [...setting(site, { height: Math.min(height, image.height), width: Math.min(width, image.width) }, 0), enlarged];
}

function agreeing(site: Site, shape: ParamValue | undefined, side: ParamValue, colours: ParamValue | undefined): readonly Plan[] {
  if (!Array.isArray(shape) || shape.length !== 3) return [];
  const sizes = shape as readonly ParamValue[];
  const axes = imageAxes(site.analysis.flat.dataFormat);
  const taken = sizes[axes.height - 1];
  const channels = sizes[axes.channels - 1];
  if (site.problem.param === 'colours') {
    const other = channels === 1 ? 'grey' : channels === 3 ? 'rgb' : 'asTheyAre';
    const made = colours === 'grey' ? 1 : 3;
    return [...setting(site, { colours: other }, 0), ...setting(site, { shape: at(sizes, [axes.channels], made) }, 0.1)];
  }
  const fits = typeof taken === 'number' && taken === sizes[axes.width - 1];
  const resized = layerAt(site, site.problem.node)?.params['minAspectDim'];
  const larger = typeof resized === 'number' && fits && resized < taken ? { minAspectDim: taken } : {};
  return [
    ...(fits ? setting(site, { ...larger, resizeDim: taken }, -0.3) : []),
    ...setting(site, { shape: at(sizes, [axes.height, axes.width], side) }, -0.2),
  ];
}

/** The sizes of a sample with another one along axes that count the batch. */
function at(sizes: readonly ParamValue[], axes: readonly number[], size: ParamValue): readonly ParamValue[] {
  return sizes.map((before, index) => (axes.includes(index + 1) ? size : before));
}

function setting(site: Site, values: Readonly<Record<string, ParamValue>>, unfit: number): readonly Plan[] {
  const { node } = site.problem;
  const layer = layerAt(site, node);
  const draft = draftOf(site.document);
  if (!layer || !draft.set(node, values)) return [];
  const kind = findLayer(layer.type);
  const own = { ...(kind ? defaultParams(kind) : {}), ...layer.params };
  const words = Object.entries(values).map(
    ([param, value]) => `${labelOf(param)} ${valueInWords(own[param] ?? null)} → ${valueInWords(value)}`,
  );
  const title = `${layer.name}: ${words.join(', ')}`;
  return [{ id: `preprocessing:${node}:${JSON.stringify(values)}`, title, edits: draft.edits(), places: [{ node }], unfit }];
}
