import { evaluateDim } from '../../graph/dim';
import type { Params, ParamValue } from '../../graph/graph';
import { imageAxes } from '../../graph/tensor';
import type { FlatNode, NodePath } from '../../infer/analysis';
import { analysisAt } from '../inputSizes';
import { sizesInQuestion } from '../mismatch';
import type { Steps } from '../steps';
import { draftOf } from './draft';
import { padAround, type SizeChange } from './padAround';
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

/** The next larger and the next smaller size that holds; the larger one also made of the image's own by zeros around it. */
function* nearest(site: Site, path: NodePath, shape: readonly number[], search: Search): Steps<readonly Plan[]> {
  const larger = yield* nearestOne(site, path, shape, search, 1);
  const smaller = yield* nearestOne(site, path, shape, search, -1);
  const around = larger && padAround(site, path, { from: shape, to: larger.sizes, axes: search.axes });
  return [larger?.plan, smaller?.plan, around].filter((plan) => plan !== undefined);
}

interface Size {
  readonly plan: Plan;
  readonly sizes: readonly number[];
}

/** The first at which nothing is wrong any more; where there is none, the first at which this problem is gone. */
function* nearestOne(
  site: Site,
  path: NodePath,
  shape: readonly number[],
  { axes, changing, mayHold }: Search,
  direction: 1 | -1,
): Steps<Size | undefined> {
  let first: Size | undefined;
  for (let by = 1; by <= REACH; by += 1) {
    const sizes = shape.map((size, axis) => (changing.includes(axis) ? size + direction * by : size));
    if (sizes.some((size) => size < 1)) break;
    if (!mayHold(sizes[axes[0]] as number, sizes[axes[1]] as number)) continue;
    const plan = sizePlan(site, path, { from: shape, to: sizes, axes }, by * direction);
    const proven = plan && prove(site, plan);
    yield;
    if (!proven) continue;
    if (proven.reveals.length === 0)
      return (yield* roundest(site, path, shape, { axes, changing, mayHold }, by * direction)) ?? { plan, sizes };
    first ??= { plan, sizes };
  }
  return first;
}

/** Of a size that holds and those right behind it that do as well, one that halves oftenest is what people use: 320, not 317. */
function* roundest(
  site: Site,
  path: NodePath,
  shape: readonly number[],
  { axes, changing, mayHold }: Search,
  by: number,
): Steps<Size | undefined> {
  if (!site.problem.mismatch) return undefined;
  const sizesBy = (more: number) => shape.map((size, axis) => (changing.includes(axis) ? size + more : size));
  const halvings = (more: number) => Math.min(HALVED, ...changing.map((axis) => twosIn(sizesBy(more)[axis] as number)));
  let best = by;
  for (let more = by; Math.abs(more - by) < 2 ** HALVED; more += Math.sign(by)) {
    const sizes = sizesBy(more);
    if (!mayHold(sizes[axes[0]] as number, sizes[axes[1]] as number)) break;
    if (halvings(more) > halvings(best)) best = more;
  }
  const sizes = sizesBy(best);
  const plan = best === by ? undefined : sizePlan(site, path, { from: shape, to: sizes, axes }, by);
  const proven = plan && prove(site, plan);
  yield;
  return plan && proven?.reveals.length === 0 ? { plan, sizes } : undefined;
}

/** More halvings than this nobody counts: 32 is what encoders come down by. */
const HALVED = 5;

/** How often a size halves without a rest. */
function twosIn(size: number): number {
  return size > 0 && size % 2 === 0 ? 1 + twosIn(size / 2) : 0;
}

function sizePlan(site: Site, path: NodePath, { from, to, axes }: SizeChange, by: number): Plan | undefined {
  const { params = {}, name = path } = layerAt(site, path) ?? {};
  const [height, width] = [to[axes[0]] as number, to[axes[1]] as number];
  const draft = draftOf(site.document);
  if (!draft.set(path, { shape: to, ...preprocessed(params, height, width) })) return undefined;
  return {
    id: `inputSize:${path}:${to.join('×')}`,
    title: `Use an input that works: ${name} ${from.join('×')} → ${to.join('×')}`,
    edits: draft.edits(),
    places: [],
    // A larger one loses nothing: images can be padded.
    unfit: 1.6 + Math.abs(by) / 40 + (by < 0 ? 0.2 : 0),
  };
}

/** To what images are cut goes with the size, where they are. */
function preprocessed({ resizeDim, minAspectDim }: FlatNode['params'], height: number, width: number): Params {
  if (typeof resizeDim !== 'number' || height !== width) return {};
  return { resizeDim: height, ...(typeof minAspectDim === 'number' && minAspectDim < height ? { minAspectDim: height } : {}) };
}
