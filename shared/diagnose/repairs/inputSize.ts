import { evaluateDim } from '../../graph/dim';
import type { ParamValue } from '../../graph/graph';
import { imageAxes } from '../../graph/tensor';
import type { NodePath } from '../../infer/analysis';
import { analysisAt } from '../inputSizes';
import { sizesInQuestion } from '../mismatch';
import { draftOf } from './draft';
import type { Steps } from '../steps';
import { prove } from './prove';
import { layerAt, type Plan, type Site } from './plan';

/** How far from the size that is set another one is looked for. */
const REACH = 96;

/** The nearest input sizes at which it holds: where paths round differently, no layer need change. */
export function* inputSize(site: Site): Steps<readonly Plan[]> {
  const { problem } = site;
  const isSize = /off-by-one$|odd-size$|transposed-size$|patches$|kernel-larger|impossible|stride$|size$/.test(problem.code);
  const [path] = isSize ? inputsAbove(site) : [];
  const shape = path === undefined ? undefined : layerAt(site, path)?.params['shape'];
  if (path === undefined || !isImageShape(shape)) return [];
  const mayHold = conditionOf(site);
  yield;
  return mayHold ? yield* nearest(site, path, shape, { ...axesOf(site, shape), mayHold }) : [];
}

function isImageShape(shape: ParamValue | undefined): shape is readonly number[] {
  return Array.isArray(shape) && shape.length === 3 && (shape as readonly ParamValue[]).every((size) => typeof size === 'number');
}

/** Height and width in the shape of an input, and those of them that shall change: of an image that is no square, what differs. */
function axesOf({ analysis, problem }: Site, shape: readonly number[]): Pick<Search, 'axes' | 'changing'> {
  const { height, width } = imageAxes(analysis.flat.dataFormat);
  const axes = [height - 1, width - 1] as const;
  const differing = (problem.mismatch?.differing ?? []).map((axis) => axis - 1).filter((axis) => axes.includes(axis));
  const isSquare = shape[axes[0]] === shape[axes[1]];
  return { axes, changing: isSquare || differing.length === 0 ? axes : differing };
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
  /** Which of them become another size. */
  readonly changing: readonly number[];
  readonly mayHold: Condition;
}

/** The next larger and the next smaller one that holds. */
function* nearest(site: Site, path: NodePath, shape: readonly number[], { axes, changing, mayHold }: Search): Steps<readonly Plan[]> {
  const plans: Plan[] = [];
  for (const direction of [1, -1]) {
    for (let by = 1; by <= REACH; by += 1) {
      const sizes = shape.map((size, axis) => (changing.includes(axis) ? size + direction * by : size));
      if (sizes.some((size) => size < 1)) break;
      if (!mayHold(sizes[axes[0]] as number, sizes[axes[1]] as number)) continue;
      const plan = sizePlan(site, path, shape, sizes, by * direction);
      const holds = plan !== undefined && prove(site, plan) !== undefined;
      yield;
      if (!holds) continue;
      plans.push(plan);
      break;
    }
  }
  return plans;
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
    // A larger one loses nothing: images can be padded.
    unfit: 1.6 + Math.abs(by) / 40 + (by < 0 ? 0.2 : 0),
  };
}
