import { isKnown } from '../../graph/dim';
import { draftOf } from './draft';
import { layerAt, type Plan, type Site } from './plan';
import type { Steps } from '../steps';
import { prove } from './prove';

/** Means of so many steps are tried, from the fewest on. */
const FACTORS = [2, 3, 4, 6, 8, 12, 16, 24, 32];

/** A pooling in front of a layer for which a sequence is too long: as little of it as does. */
export function* shorter(site: Site): Steps<readonly Plan[]> {
  const { code, node } = site.problem;
  if (code !== 'shape/too-many-steps' && code !== 'shape/many-steps') return [];
  const layer = layerAt(site, node);
  const steps = site.analysis.nodes.get(node)?.inputs['x']?.shape[1];
  if (!layer || steps === undefined || !isKnown(steps)) return [];
  for (const factor of FACTORS) {
    const draft = draftOf(site.document);
    const pool = { type: 'averagePooling1d', name: 'pool', params: { poolSize: factor, strides: factor } };
    if (!draft.insert(node, 'x', [pool])) return [];
    const plan: Plan = {
      id: 'shorten',
      title: `Average every ${factor} steps before ${layer.name}: ${steps} → ${Math.floor(steps / factor)}`,
      edits: draft.edits(),
      places: [{ into: node, port: 'x' }],
      unfit: 0.5,
    };
    if (prove(site, plan)) return [plan];
    yield;
  }
  return [];
}
