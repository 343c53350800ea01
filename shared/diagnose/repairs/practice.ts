import type { NodePath } from '../../infer/analysis';
import { before as inputOf } from '../warnings/look';
import { openingOf } from '../warnings/residual';
import { draftOf, placeOf } from './draft';
import { layerAt, nameAt, type Plan, type Site } from './plan';

/** What mends the warnings of good practice, beyond another value of a parameter or a layer less. */
export function practice(site: Site): readonly Plan[] {
  switch (site.problem.code) {
    case 'practice/two-linear-layers':
      return activationBetween(site);
    case 'practice/projection-not-pre-activated':
      return preActivatedProjection(site);
    case 'graph/dead-branch':
      return withoutBranch(site);
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
