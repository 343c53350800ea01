import type { NodePath } from '../../infer/analysis';
import { analyze } from '../../infer/analyze';
import { draftOf, type Draft } from './draft';
import { layerAt, type Plan, type Site } from './plan';
import { borders, imageSize } from './sizes';

/** Another size of an input's image. */
export interface SizeChange {
  /** The input's shape, without the batch. */
  readonly from: readonly number[];
  readonly to: readonly number[];
  /** Of height and width in these. */
  readonly axes: readonly [number, number];
}

/** Puts zeros around the image behind an input, up to a size that works, and cuts results as large as that back to the image's own. */
export function padAround(site: Site, path: NodePath, { from, to, axes }: SizeChange): Plan | undefined {
  const name = layerAt(site, path)?.name;
  const [high, wide] = axes.map((axis) => (to[axis] as number) - (from[axis] as number)) as [number, number];
  const border = borders([high, wide]);
  const draft = draftOf(site.document);
  const padded = { type: 'pad', name: 'pad_image', params: { mode: 'explicit', ...border } };
  if (name === undefined || !draft.insertAfter(path, 'y', padded)) return undefined;
  const size = { height: to[axes[0]] as number, width: to[axes[1]] as number };
  const isCut = cutResults(site, draft, size, border);
  const shown = (shape: readonly number[]) => axes.map((axis) => shape[axis]).join('×');
  return {
    id: `padAround:${path}:${to.join('×')}`,
    title: `Put zeros around ${name}: ${shown(from)} → ${shown(to)}${isCut ? ', and cut the result back' : ''}`,
    edits: draft.edits(),
    places: [],
    // No weight changes and no data; but the network works on more pixels than there are.
    unfit: 1.75 + (high + wide) / 80,
  };
}

/** Whether some result is as large as the image with its border; those are cut. */
function cutResults(
  site: Site,
  draft: Draft,
  size: { readonly height: number; readonly width: number },
  border: Readonly<Record<string, number>>,
): boolean {
  const after = analyze(draft.document(), site.analysis);
  const ends = [...after.flat.nodes.values()].filter(({ type }) => type === 'output');
  const large = ends.filter(({ path }) => {
    const image = imageSize({ ...site, analysis: after }, after.nodes.get(path)?.inputs['x']?.shape ?? []);
    return image?.height === size.height && image.width === size.width;
  });
  for (const { path } of large) draft.insert(path, 'x', [{ type: 'cropping2d', name: 'cut_back', params: border }]);
  return large.length > 0;
}
