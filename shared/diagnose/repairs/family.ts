import type { PortRef } from '../../graph/graph';
import type { NodePath } from '../../infer/analysis';
import { ACTIVATIONS } from '../activations';
import { layerAt, type Row, type Site } from './plan';
import { isInGraphOfMerge } from './sizes';

/** Whether blocks normalise and activate before their convolutions (He et al. 2016b), or after them. */
export type Family = 'preActivation' | 'postActivation';

export function familyOf(site: Site): Family {
  let before = 0;
  let after = 0;
  for (const [path, node] of site.analysis.flat.nodes) {
    if (node.type === 'shortcut' || node.type === 'preActivation') return 'preActivation';
    if (!/^conv[123]d$/.test(node.type)) continue;
    if (isActivated(site, inputOf(site, path))) before += normalizedBefore(site, inputOf(site, path)) ? 1 : 0;
    after += outputsOf(site, path).some((next) => layerAt(site, next)?.type === 'batchNormalization') ? 1 : 0;
  }
  // In both families most convolutions stand after an activation; only in the later one does a norm follow each of them.
  return before > 0 && before > after ? 'preActivation' : 'postActivation';
}

/**
 * The output where a main path has normalised and activated its input: where a pre-activation network takes its
 * projection from (arXiv:1603.05027, section 4.1). Undefined where the path does not begin so, or in another graph.
 */
export function preActivatedOutput(site: Site, main: Row): { readonly path: NodePath; readonly from: PortRef } | undefined {
  const [first, second] = main.path.nodes;
  const [a, b] = [first === undefined ? undefined : layerAt(site, first), second === undefined ? undefined : layerAt(site, second)];
  const found = a?.type === 'preActivation' ? a : a?.type === 'batchNormalization' && b && ACTIVATIONS.has(b.type) ? b : undefined;
  if (!found || !isInGraphOfMerge(site, found.path)) return undefined;
  return { path: found.path, from: { node: found.source.id, port: 'y' } };
}

function isActivated(site: Site, path: NodePath | undefined): boolean {
  return path !== undefined && ACTIVATIONS.has(layerAt(site, path)?.type ?? '');
}

function normalizedBefore(site: Site, path: NodePath | undefined): boolean {
  const before = path === undefined ? undefined : inputOf(site, path);
  return before !== undefined && layerAt(site, before)?.type === 'batchNormalization';
}

function inputOf({ analysis }: Site, path: NodePath): NodePath | undefined {
  return analysis.flat.incoming.get(path)?.[0]?.from.node;
}

function outputsOf({ analysis }: Site, path: NodePath): readonly NodePath[] {
  return (analysis.flat.outgoing.get(path) ?? []).map(({ to }) => to.node);
}
