import type { SkipDocument } from '../../document/document';
import { applyEdits } from '../../graph/applyEdits';
import type { Edit } from '../../graph/edit';
import type { Problem, Repair } from '../../graph/problem';
import type { NetworkAnalysis } from '../../infer/analysis';
import { analyze } from '../../infer/analyze';
import { repairsFor } from './repairs';

/** Problems mended one after the other; a network has no more than it takes to lose patience. */
const STEPS = 200;

export interface Mended {
  readonly edits: readonly Edit[];
  readonly document: SkipDocument;
  readonly analysis: NetworkAnalysis;
  readonly done: readonly { readonly problem: Problem; readonly repair: Repair }[];
}

/** Which repair of a problem shall be made; undefined leaves the problem. */
type Choice = (problem: Problem, repairs: readonly Repair[]) => Repair | undefined;

/** Mends every error by the repair that is clearly the first; where two are as good as each other, a person decides. */
export function repairEverything(document: SkipDocument, analysis: NetworkAnalysis): Mended {
  return mend(document, analysis, (problem, [first]) => (problem.severity === 'error' ? first : undefined));
}

/** Mends the problem by this repair, and all others of its code by the same kind of repair. */
export function repairAllLike(document: SkipDocument, analysis: NetworkAnalysis, problem: Problem, repair: Repair): Mended {
  return mend(document, analysis, (other, repairs) => {
    if (other.id === problem.id) return repair;
    return other.code === problem.code ? repairs.find(({ id }) => kindOf(id) === kindOf(repair.id)) : undefined;
  });
}

/** The part of a repair's id that says what kind of repair it is. */
function kindOf(id: string): string {
  return id.split(':')[0] ?? id;
}

function mend(document: SkipDocument, analysis: NetworkAnalysis, choose: Choice): Mended {
  let mended: Mended = { edits: [], document, analysis, done: [] };
  for (let step = 0; step < STEPS; step += 1) {
    const next = nextRepair(mended, choose);
    if (!next) return mended;
    const changed = applyEdits(mended.document, next.repair.edits);
    mended = {
      edits: [...mended.edits, ...next.repair.edits],
      document: changed,
      analysis: analyze(changed, mended.analysis),
      done: [...mended.done, next],
    };
  }
  return mended;
}

function nextRepair({ document, analysis }: Mended, choose: Choice): Mended['done'][number] | undefined {
  for (const problem of analysis.problems) {
    const repair = choose(problem, repairsFor(document, analysis, problem));
    if (repair) return { problem, repair };
  }
  return undefined;
}
