import { evaluateDim } from '../../graph/dim';
import type { ParamValue } from '../../graph/graph';
import { imageAxes } from '../../graph/tensor';
import type { NodePath } from '../../infer/analysis';
import { analysisAt } from '../inputSizes';
import { sizesInQuestion } from '../mismatch';
import { draftOf } from './draft';
import { prove } from './prove';
import { layerAt, type Plan, type Site } from './plan';

/** How far from the size that is set another one is looked for. */
const REACH = 96;

/** The nearest input sizes at which it holds: where paths round differently, no layer need change. */
export function inputSize(site: Site): readonly Plan[] {
  const { problem, analysis } = site;
  const isSize = /off-by-one$|odd-size$|transposed-size$|patches$|kernel-larger|impossible|stride$|size$/.test(problem.code);
  if (!isSize) return [];
  return inputsAbove(site).flatMap((path) => {
    const shape = layerAt(site, path)?.params['shape'];
    if (!Array.isArray(shape) || shape.length !== 3 || !(shape as readonly ParamValue[]).every((size) => typeof size === 'number'))
      return [];
    const axes = imageAxes(analysis.flat.dataFormat);
    const mayHold = conditionOf(site);
    return mayHold ? nearest(site, path, shape as readonly number[], { axes: [axes.height - 1, axes.width - 1], mayHold }) : [];
  });
}

/** The one input above a problem; none where there are several. */
export function inputsAbove({ analysis, problem }: Site): readonly NodePath[] {
  const seen = new Set([problem.node]);
  for (const path of seen) for (const { from } of analysis.flat.incoming.get(path) ?? []) seen.add(from.node);
  const inputs = [...seen].filter((path) => analysis.flat.nodes.get(path)?.type === 'input');
  return inputs.length === 1 ? inputs : [];
}

type Condition = (height: number, width: number) => boolean;

/**
 * At which sizes the problem may be gone, from one inference with unknown ones, so that few have to be proven; undefined where it is
 * there at all of them. Where that inference does not come so far, every size may do.
 */
function conditionOf({ document, problem }: Site): Condition | undefined {
  const open = analysisAt(document, 'H', 'W');
  const places = [problem.node, ...(problem.instances ?? []).map(({ node }) => node)].flatMap((node) => open?.nodes.get(node) ?? []);
  if (places.length === 0 || places.some(({ blockedBy }) => blockedBy !== undefined)) return () => true;
  const told = places.flatMap((place) => place.problems);
  if (told.some(({ severity, mismatch }) => severity === 'error' && mismatch !== undefined)) return undefined;
  const alike = told.flatMap(({ mismatch }) => (mismatch ? sizesInQuestion(mismatch) : []));
  return (H, W) =>
    alike.every((dims) => {
      const [first, ...others] = dims.map((dim) => evaluateDim(dim, { H, W }));
      return others.every((other) => other === first);
    });
}

interface Search {
  /** Of height and width in the input's shape. */
  readonly axes: readonly [number, number];
  readonly mayHold: Condition;
}

/** The next larger and the next smaller one that holds. */
function nearest(site: Site, path: NodePath, shape: readonly number[], { axes, mayHold }: Search): readonly Plan[] {
  return [1, -1].flatMap((direction) => {
    for (let by = 1; by <= REACH; by += 1) {
      const sizes = shape.map((size, axis) => (axes.includes(axis) ? size + direction * by : size));
      if (sizes.some((size) => size < 1)) return [];
      if (!mayHold(sizes[axes[0]] as number, sizes[axes[1]] as number)) continue;
      const plan = sizePlan(site, path, shape, sizes, by);
      if (plan && prove(site, plan)) return [plan];
    }
    return [];
  });
}

function sizePlan(site: Site, path: NodePath, shape: readonly number[], sizes: readonly number[], by: number): Plan | undefined {
  const draft = draftOf(site.document);
  if (!draft.set(path, { shape: sizes })) return undefined;
  const name = layerAt(site, path)?.name ?? path;
  return {
    id: `inputSize:${path}:${sizes.join('×')}`,
    title: `Use an input that works: ${name} ${shape.join('×')} → ${sizes.join('×')}`,
    edits: draft.edits(),
    places: [],
    unfit: 1.6 + by / 40,
  };
}
