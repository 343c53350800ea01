import type { SkipDocument } from '../../document/document';
import { applyEdits } from '../../graph/applyEdits';
import type { Edit } from '../../graph/edit';
import type { Problem, Repair } from '../../graph/problem';
import type { NetworkAnalysis } from '../../infer/analysis';
import { analyze } from '../../infer/analyze';
import type { Site } from './plan';
import { finished, type Steps } from '../steps';
import { offer, provenInSteps, scoreOf } from './repairs';

/** Problems mended one after the other; a network has no more than it takes to lose patience. */
const STEPS = 200;

/** A repair less fit than this, such as to take out the layer that complains, is a person's to choose: it undoes what was drawn. */
const LAST_RESORT = 4;

/** Two repairs nearer to each other than this are as good as each other: less than what a layer's distance counts. */
const MARGIN = 0.05;

export interface Mended {
  readonly edits: readonly Edit[];
  readonly document: SkipDocument;
  readonly analysis: NetworkAnalysis;
  readonly done: readonly { readonly problem: Problem; readonly repair: Repair }[];
  /** Problems that were left because two repairs are as good as each other: a person decides. */
  readonly undecided: readonly { readonly problem: Problem; readonly between: readonly Repair[] }[];
}

/** Which repair of a problem shall be made; none leaves the problem, several are as good as each other. */
type Choice = (site: Site) => Steps<readonly Repair[]>;

/**
 * Mends every error by the cheapest set of repairs: of each error, from the first of the flow on, the repair after which
 * the fewest errors are left and the fewest layers unknown – so that none is mended twice –, and of those the fittest. Where
 * two are as good as each other, nothing is chosen, nor a last resort.
 */
export function repairEverything(document: SkipDocument, analysis: NetworkAnalysis): Mended {
  return finished(everythingInSteps(document, analysis));
}

/** The same in steps: for a large network the whole takes seconds. */
export function everythingInSteps(document: SkipDocument, analysis: NetworkAnalysis): Steps<Mended> {
  return mend(document, analysis, cheapest);
}

function* cheapest(site: Site): Steps<readonly Repair[]> {
  if (site.problem.severity !== 'error') return [];
  const proven = yield* provenInSteps(site);
  const ranked = proven
    .filter(({ plan }) => plan.unfit < LAST_RESORT)
    .map((repair) => ({ repair, left: errorsOf(repair.after), unknown: repair.after.totals.leftOut, score: scoreOf(repair) }))
    .sort((a, b) => a.left - b.left || a.unknown - b.unknown || a.score - b.score);
  const [best] = ranked;
  if (!best) return [];
  return ranked
    .filter(({ left, unknown, score }) => left === best.left && unknown === best.unknown && score < best.score + MARGIN)
    .map(({ repair }) => offer(repair));
}

function errorsOf({ problems }: NetworkAnalysis): number {
  return problems.filter(({ severity }) => severity === 'error').length;
}

/** Mends the problem by this repair, and all others of its code by the same kind of repair; in steps, as everything. */
export function allLikeInSteps(document: SkipDocument, analysis: NetworkAnalysis, problem: Problem, repair: Repair): Steps<Mended> {
  return mend(document, analysis, function* (site) {
    const other = site.problem;
    if (other.id === problem.id) return [repair];
    if (other.code !== problem.code) return [];
    const proven = yield* provenInSteps(site);
    const like = proven.find(({ id }) => kindOf(id) === kindOf(repair.id));
    return like ? [offer(like)] : [];
  });
}

/** The part of a repair's id that says what kind of repair it is. */
function kindOf(id: string): string {
  return id.split(':')[0] ?? id;
}

function* mend(document: SkipDocument, analysis: NetworkAnalysis, choose: Choice): Steps<Mended> {
  let mended: Mended = { edits: [], document, analysis, done: [], undecided: [] };
  for (let step = 0; step < STEPS; step += 1) {
    const { next, undecided } = yield* nextRepair(mended, choose);
    if (!next) return { ...mended, undecided };
    const changed = applyEdits(mended.document, next.repair.edits);
    mended = {
      edits: [...mended.edits, ...next.repair.edits],
      document: changed,
      analysis: analyze(changed, mended.analysis),
      done: [...mended.done, next],
      undecided: [],
    };
  }
  return mended;
}

interface Next {
  readonly next: Mended['done'][number] | undefined;
  readonly undecided: Mended['undecided'];
}

function* nextRepair({ document, analysis }: Mended, choose: Choice): Steps<Next> {
  const undecided: Mended['undecided'][number][] = [];
  for (const problem of analysis.problems) {
    const [repair, ...others] = yield* choose({ document, analysis, problem });
    if (repair && others.length === 0) return { next: { problem, repair }, undecided };
    if (repair) undecided.push({ problem, between: [repair, ...others] });
  }
  return { next: undefined, undecided };
}
