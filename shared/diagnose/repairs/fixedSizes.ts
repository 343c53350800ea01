import type { ParamValue } from '../../graph/graph';
import { imageAxes } from '../../graph/tensor';
import { draftOf } from './draft';
import { inputsAbove } from './inputSize';
import { layerAt, type Plan, type Site } from './plan';
import type { Steps } from '../steps';
import { prove } from './prove';

/** Problems of layers that must know a size, or that hold for some sizes only. */
const ASKING = /^shape\/unknown-|-unproven$|^param\/(target-shape|reflect)$/;

/** Sizes that inputs usually have, those first that most have. */
const USUAL = {
  side: [224, 256, 32, 225],
  channels: [3, 1],
  steps: [128, 64, 129],
  features: [64],
} as const;
const CHOICES = 4;

/** Numbers for the letters of an input where something needs to know them: the usual ones with which the problem is gone. */
export function* fixedSizes(site: Site): Steps<readonly Plan[]> {
  const [path] = ASKING.test(site.problem.code) ? inputsAbove(site) : [];
  if (path === undefined) return [];
  for (let choice = 0; choice < CHOICES; choice += 1) {
    const plan = planOf(site, path, choice);
    if (plan && prove(site, plan)) return [plan];
    yield;
  }
  return [];
}

function planOf(site: Site, path: string, choice: number): Plan | undefined {
  const input = layerAt(site, path);
  const shape = input?.params['shape'];
  if (!input || !Array.isArray(shape)) return undefined;
  const kinds = kindsOf(site, shape.length);
  const fixed = (shape as readonly ParamValue[]).map((size, index) => {
    const usual = USUAL[kinds[index] ?? 'side'];
    return typeof size === 'number' ? size : (usual[choice % usual.length] as number);
  });
  const draft = draftOf(site.document);
  if (fixed.every((size, index) => size === shape[index]) || !draft.set(path, { shape: fixed })) return undefined;
  return {
    id: `fixedSizes:${path}`,
    title: `Give ${input.name} fixed sizes: ${shape.join('×')} → ${fixed.join('×')}`,
    edits: draft.edits(),
    places: [{ node: path }],
    unfit: 0.9,
  };
}

/** What each size of a sample counts. */
function kindsOf({ analysis }: Site, count: number): readonly (keyof typeof USUAL)[] {
  if (count === 1) return ['features'];
  if (count === 2) return ['steps', 'features'];
  if (count !== 3) return [];
  const { channels } = imageAxes(analysis.flat.dataFormat);
  return [1, 2, 3].map((axis) => (axis === channels ? 'channels' : 'side'));
}
