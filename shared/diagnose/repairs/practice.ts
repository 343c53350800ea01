import type { NodePath } from '../../infer/analysis';
import { answeringLayer, endingOf, learningOf } from '../warnings/learning';
import { before as inputOf } from '../warnings/look';
import { openingOf } from '../warnings/residual';
import { lastConvolution } from '../warnings/smallField';
import { draftOf, placeOf } from './draft';
import { valueInWords } from './parameters';
import { layerAt, nameAt, type Plan, type Site } from './plan';
import { prove } from './prove';

/** What mends the warnings of good practice, beyond another value of a parameter or a layer less. */
export function practice(site: Site): readonly Plan[] {
  switch (site.problem.code) {
    case 'practice/two-linear-layers':
      return activationBetween(site);
    case 'practice/projection-not-pre-activated':
      return preActivatedProjection(site);
    case 'graph/dead-branch':
      return withoutBranch(site);
    case 'practice/small-receptive-field':
      return widerView(site);
    case 'training/no-probabilities':
      return probabilities(site);
    case 'training/other-activation':
      return otherActivation(site);
    case 'training/classes':
      return otherUnits(site);
    default:
      return [];
  }
}

function activationBetween(site: Site): readonly Plan[] {
  const draft = draftOf(site.document);
  const { node } = site.problem;
  if (!draft.insert(node, 'x', [{ type: 'relu', name: 'relu' }])) return [];
  return [
    {
      id: 'insert:relu',
      title: `Put a relu before ${nameAt(site, node)}`,
      edits: draft.edits(),
      places: [{ into: node, port: 'x' }],
      unfit: 0,
    },
  ];
}

function preActivatedProjection(site: Site): readonly Plan[] {
  const { node } = site.problem;
  const source = inputOf(site.analysis, node);
  const opening = source && openingOf(site.analysis, source);
  const at = opening && placeOf(site.document, opening.path);
  const draft = draftOf(site.document);
  if (!opening || !at || !draft.rewire(node, 'x', { node: at.node.id, port: 'y' })) return [];
  return [
    {
      id: `rewire:${node}`,
      title: `Take ${nameAt(site, node)} from the pre-activated input (${opening.name})`,
      edits: draft.edits(),
      places: [{ into: node, port: 'x' }],
      unfit: 0,
    },
  ];
}

/** Holes in the last convolution, as few as let it see the whole image. */
function widerView(site: Site): readonly Plan[] {
  const last = lastConvolution(site.analysis, site.problem.node);
  if (!last) return [];
  const { path, name } = last;
  for (const rate of [2, 3, 4, 6, 8, 12, 16]) {
    const draft = draftOf(site.document);
    if (!draft.set(path, { dilationRate: [rate, rate] })) return [];
    const plan: Plan = {
      id: `dilate:${path}`,
      title: `${name}: dilation ${rate}`,
      edits: draft.edits(),
      places: [{ node: path }],
      unfit: 0.5,
      note: 'Dilation widens the view at no cost (Yu & Koltun 2016, arXiv:1511.07122).',
    };
    if (prove(site, plan)) return [plan];
  }
  return [];
}

function probabilities(site: Site): readonly Plan[] {
  const draft = draftOf(site.document);
  const { node } = site.problem;
  const output = layerAt(site, node);
  const type = output && endingOf(site.document, output);
  if (!type || !draft.insert(node, 'x', [{ type, name: 'probabilities' }])) return [];
  const places = [{ into: node, port: 'x' }];
  return [{ id: `insert:${type}`, title: `Put a ${type} before ${nameAt(site, node)}`, edits: draft.edits(), places, unfit: 0 }];
}

function otherActivation(site: Site): readonly Plan[] {
  const { node } = site.problem;
  const draft = draftOf(site.document);
  const end = site.analysis.flat.outgoing.get(node)?.[0]?.to;
  const output = end && layerAt(site, end.node);
  const type = output && endingOf(site.document, output);
  if (!type || !draft.remove(node) || !draft.insert(output.path, end.port, [{ type, name: 'probabilities' }])) return [];
  const title = `Put a ${type} in the place of ${nameAt(site, node)}`;
  return [{ id: `replace:${node}`, title, edits: draft.edits(), places: [{ node }], unfit: 0 }];
}

function otherUnits(site: Site): readonly Plan[] {
  const output = layerAt(site, site.problem.node);
  const layer = output && answeringLayer(site.analysis, output);
  const { classes } = learningOf(site.document);
  const draft = draftOf(site.document);
  if (!layer || classes === undefined || !draft.set(layer.path, { units: classes })) return [];
  const title = `${layer.name}: units ${valueInWords(layer.params['units'] ?? null)} → ${classes}`;
  return [{ id: `parameter:${layer.path}:units:${classes}`, title, edits: draft.edits(), places: [{ node: layer.path }], unfit: 0 }];
}

/** All layers that only this end reads. */
function withoutBranch(site: Site): readonly Plan[] {
  const { flat } = site.analysis;
  const gone = new Set<NodePath>([site.problem.node]);
  for (const path of gone) {
    for (const { from } of flat.incoming.get(path) ?? []) {
      const readers = flat.outgoing.get(from.node) ?? [];
      if (flat.nodes.get(from.node)?.type !== 'input' && readers.every(({ to }) => gone.has(to.node))) gone.add(from.node);
    }
  }
  const edits = [...gone].flatMap((path) => {
    const at = placeOf(site.document, path);
    return at ? [{ kind: 'removeNode', id: at.node.id, graph: at.ref } as const] : [];
  });
  const names = [...gone].reverse().map((path) => layerAt(site, path)?.name ?? path);
  const told = names.length > 4 ? `${names.length} layers, ${names[0] ?? ''} to ${names.at(-1) ?? ''}` : names.join(', ');
  return [{ id: 'removeBranch', title: `Take the branch away: ${told}`, edits, places: [{ node: site.problem.node }], unfit: 0.5 }];
}
