import { analyze } from '../../infer/analyze';
import { draftOf } from './draft';
import { layerAt, rowsOf, type Plan, type Site } from './plan';
import { project } from './project';
import { reshapePath } from './reshapePath';
import { takesBorder } from './sizes';

/** Of what would be left of the mismatch with padding, so many repairs are put behind it. */
const BEHIND = 2;

/**
 * A path whose convolutions take the border off and that has strides or other channels besides: with padding what is left is one of
 * the usual mismatches, for which there are the usual repairs.
 */
export function padThenProject(site: Site): readonly Plan[] {
  if (!site.problem.code.endsWith('-off-by-one')) return [];
  return rowsOf(site).flatMap((row) => {
    const draft = draftOf(site.document);
    const padded = row.path.nodes.filter((path) => takesBorder(layerAt(site, path)?.params ?? {}) && draft.set(path, { padding: 'same' }));
    const document = draft.document();
    const analysis = analyze(document, site.analysis);
    const left = padded.length === 0 ? undefined : analysis.problems.find(({ node, mismatch }) => node === site.problem.node && mismatch);
    if (!left) return [];
    const then = { document, analysis, problem: left };
    const names = padded.map((path) => layerAt(site, path)?.name.split('/').at(-1) ?? path);
    return [...project(then), ...reshapePath(then)]
      .toSorted((a, b) => a.unfit - b.unfit)
      .slice(0, BEHIND)
      .map((plan) => ({
        ...plan,
        id: `padThen:${row.port}:${plan.id}`,
        title: `Padding same in ${names.join(', ')}, then ${inSentence(plan.title)}`,
        edits: [...draft.edits(), ...plan.edits],
        places: [...padded.map((node) => ({ node })), ...plan.places],
        unfit: 1.3 + plan.unfit,
      }));
  });
}

/** Without what it begins with, as a part of a longer title. */
function inSentence(title: string): string {
  const rest = title.replace(/^No parameters: /, '');
  return rest.charAt(0).toLowerCase() + rest.slice(1);
}
