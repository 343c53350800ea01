import { isKnown } from '../../graph/dim';
import { sampleSize } from '../../graph/tensor';
import { draftOf } from './draft';
import { layerAt, type Plan, type Site } from './plan';
import { upstream } from './region';

/** How far above a reshape the layer is that makes as many numbers as arrive. */
const NEAR = 5;

/** As many numbers from the layer above as the reshape's sizes hold: of decoders and generators these sizes are what is meant. */
export function targetShape(site: Site): readonly Plan[] {
  const { code, node } = site.problem;
  const sizes = layerAt(site, node)?.params['targetShape'];
  const count = sampleSize(site.analysis.nodes.get(node)?.inputs['x']?.shape ?? []);
  if (code !== 'param/target-shape' || !Array.isArray(sizes) || !isKnown(count)) return [];
  const wanted = (sizes as readonly unknown[]).reduce<number>((product, size) => product * Number(size), 1);
  // An open size fits itself to what arrives.
  if (!(wanted > 0)) return [];
  for (const { path } of upstream(site, NEAR)) {
    const layer = layerAt(site, path);
    const param = ['units', 'filters', 'outputDim'].find((name) => typeof layer?.params[name] === 'number');
    if (!layer || param === undefined) continue;
    const made = layer.params[param] as number;
    const units = (wanted * made) / count;
    const draft = draftOf(site.document);
    if (count % made !== 0 || !Number.isInteger(units) || !draft.set(path, { [param]: units })) return [];
    const title = `${layer.name}: ${param} ${made} → ${units}`;
    return [{ id: `parameter:${path}:${param}:${units}`, title, edits: draft.edits(), places: [{ node: path }], unfit: -0.1 }];
  }
  return [];
}
