import { isKnown } from '../../graph/dim';
import { inWords } from '../../graph/words';
import type { NodePath } from '../../infer/analysis';
import { findLayer } from '../../layers/index';
import { defaultParams } from '../../layers/parse';
import { sequencesOfFlattened } from './sequences';
import { draftOf } from './draft';
import { layerAt, nameAt, type Plan, type Site } from './plan';
import { upstream } from './region';

/** Layers between the recurrent one and what reads it: dropouts, norms and the like. */
const NEAR = 4;

/** A row where a sequence is read, because a recurrent layer gave its last step only, or because an image was flattened. */
export function stackedRecurrent(site: Site): readonly Plan[] {
  const { code, node, port = 'x' } = site.problem;
  const isRow = site.analysis.nodes.get(node)?.inputs[port]?.shape.length === 2;
  if ((code !== 'shape/sequence' && code !== 'shape/rank') || !isRow) return [];
  const above = upstream(site, NEAR).find(({ path }) => isRecurrent(site, path) || layerAt(site, path)?.type === 'flatten')?.path;
  if (above === undefined) return [];
  return isRecurrent(site, above) ? [...everyStep(site, above), ...repeated(site, above)] : notFlattened(site, above);
}

function isRecurrent(site: Site, path: NodePath): boolean {
  const layer = findLayer(layerAt(site, path)?.type ?? '');
  return layer !== undefined && 'returnSequences' in defaultParams(layer);
}

/** Each layer of a stack but the last hands on what it has at every step. */
function everyStep(site: Site, above: NodePath): readonly Plan[] {
  const draft = draftOf(site.document);
  const stack = [above, ...recurrentFrom(site, site.problem.node)].filter(
    (path) => layerAt(site, path)?.params['returnSequences'] !== true,
  );
  if (stack[0] !== above || !stack.every((path) => draft.set(path, { returnSequences: true }))) return [];
  return [
    {
      id: `everyStep:${stack.join('+')}`,
      title: `Hand every step on, not only the last: returnSequences on in ${inWords(stack.map((path) => nameAt(site, path)))}`,
      edits: draft.edits(),
      // The others have the same mistake, which shows only behind this one.
      places: [{ node: above }],
      unfit: 0,
    },
  ];
}

/** The recurrent layers of a stack from this one on whose reader wants a sequence as well. */
function recurrentFrom(site: Site, first: NodePath): readonly NodePath[] {
  const found: NodePath[] = [];
  // Wires below may go round.
  const seen = new Set<NodePath>();
  let waiting: NodePath | undefined;
  for (let path: NodePath | undefined = first; path !== undefined && !seen.has(path); path = onlyReader(site, path)) {
    seen.add(path);
    if (isRecurrent(site, path)) {
      if (waiting !== undefined) found.push(waiting);
      waiting = path;
    } else if (findLayer(layerAt(site, path)?.type ?? '')?.category === 'core') break;
  }
  return found;
}

function onlyReader({ analysis }: Site, path: NodePath): NodePath | undefined {
  const readers = analysis.flat.outgoing.get(path) ?? [];
  return readers.length === 1 ? readers[0]?.to.node : undefined;
}

/** As decoders of sequences do it: the last step again and again, as often as there were steps. */
function repeated(site: Site, above: NodePath): readonly Plan[] {
  const { node, port = 'x' } = site.problem;
  const steps = Object.values(site.analysis.nodes.get(above)?.inputs ?? {})[0]?.shape[1];
  const draft = draftOf(site.document);
  if (steps === undefined || !isKnown(steps) || steps < 2) return [];
  if (!draft.insert(node, port, [{ type: 'repeatVector', name: 'repeat', params: { n: steps } }])) return [];
  return [
    {
      id: `repeat:${port}:${steps}`,
      title: `Repeat the row ${steps} times before ${nameAt(site, node)}, once for each step of ${nameAt(site, above)} (repeatVector)`,
      edits: draft.edits(),
      places: [{ into: node, port }],
      unfit: 0.3,
    },
  ];
}

/** What was flattened was an image, which is a sequence of rows or of pixels. */
function notFlattened(site: Site, flat: NodePath): readonly Plan[] {
  const shape = Object.values(site.analysis.nodes.get(flat)?.inputs ?? {})[0]?.shape ?? [];
  return sequencesOfFlattened(site, shape).flatMap(({ steps, channels, words }, index) => {
    const draft = draftOf(site.document);
    if (!draft.become(flat, 'reshape') || !draft.set(flat, { targetShape: [steps, channels] })) return [];
    return [
      {
        id: `notFlattened:${flat}:${steps}`,
        title: `Instead of flattening (${nameAt(site, flat)}), reshape to the sequence ${steps}×${channels}: ${words}`,
        edits: draft.edits(),
        places: [{ node: flat }],
        unfit: 0.1 + index / 10,
      },
    ];
  });
}
