import type { ParamValue } from '../../graph/graph';
import { imageAxes } from '../../graph/tensor';
import type { NodePath } from '../../infer/analysis';
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
    return nearest(site, path, shape as readonly number[], [axes.height - 1, axes.width - 1]);
  });
}

/** The one input above a problem; none where there are several. */
export function inputsAbove({ analysis, problem }: Site): readonly NodePath[] {
  const seen = new Set([problem.node]);
  for (const path of seen) for (const { from } of analysis.flat.incoming.get(path) ?? []) seen.add(from.node);
  const inputs = [...seen].filter((path) => analysis.flat.nodes.get(path)?.type === 'input');
  return inputs.length === 1 ? inputs : [];
}

/** The next larger and the next smaller one that holds. */
function nearest(site: Site, path: NodePath, shape: readonly number[], axes: readonly [number, number]): readonly Plan[] {
  return [1, -1].flatMap((direction) => {
    for (let by = 1; by <= REACH; by += 1) {
      const sizes = shape.map((size, axis) => (axes.includes(axis) ? size + direction * by : size));
      if (sizes.some((size) => size < 1)) return [];
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
