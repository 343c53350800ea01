import { findLayer } from '../../layers/index';
import { draftOf } from './draft';
import { layerAt, type Plan, type Site } from './plan';
import { upstream } from './region';

/** Layers of one kind for sequences, images and volumes end in the number of their axes. */
const AXES = /([123])d(Transpose)?$/;

/** Another layer in the place of one that cannot work on what arrives there. */
export function otherKind(site: Site): readonly Plan[] {
  if (site.problem.code === 'shape/rank') return forTheseAxes(site);
  return site.problem.code === 'shape/unknown-features' ? pooledNotFlat(site) : [];
}

/** `conv2d` of a sequence was meant to be a `conv1d`. */
function forTheseAxes(site: Site): readonly Plan[] {
  const { node, port = 'x' } = site.problem;
  const layer = layerAt(site, node);
  const axes = (site.analysis.nodes.get(node)?.inputs[port]?.shape.length ?? 0) - 2;
  const type = layer?.type.replace(AXES, (_, _axes: string, more = '') => `${axes}d${more}`);
  return layer && type !== undefined && type !== layer.type ? made(site, node, type, 0.7) : [];
}

/** Of an image of unknown size a global pooling knows the features where a flatten does not. */
function pooledNotFlat(site: Site): readonly Plan[] {
  const flat = upstream(site, 4).find(({ path }) => layerAt(site, path)?.type === 'flatten');
  return flat ? made(site, flat.path, 'globalAveragePooling2d', 0.5) : [];
}

function made(site: Site, node: string, type: string, unfit: number): readonly Plan[] {
  const draft = draftOf(site.document);
  const layer = layerAt(site, node);
  const title = findLayer(type)?.title;
  if (!layer || title === undefined || !draft.become(node, type)) return [];
  return [
    {
      id: `become:${node}:${type}`,
      title: `Make ${layer.name} ${/^[AEIOU]/.test(title) ? 'an' : 'a'} ${title}`,
      edits: draft.edits(),
      places: [{ node }],
      unfit,
    },
  ];
}
