import { allLikeInSteps, everythingInSteps, type Mended } from '../../shared/diagnose/repairs/repairAll';
import type { Steps } from '../../shared/diagnose/steps';
import type { Problem, Repair } from '../../shared/graph/problem';
import { sameToAnalysis } from '../../shared/infer/analyze';
import { tellInstead } from '../state/announceEdits';
import { useDocument } from '../state/document';
import { inSlices } from '../state/inSlices';
import { usePreview } from '../state/preview';
import { currentGraph, pathIn } from '../state/location';
import { useSession } from '../state/session';
import { countOf } from '../ui/numbers';
import { passFocusOn } from './problemFocus';

/** A search that takes longer is told, in milliseconds. */
const SLOW = 300;

/** The problem that is looked at, else that of the selected layer, else the first. */
export function problemAtHand(): Problem | undefined {
  const { document, analysis } = useDocument.getState();
  const { focusedProblem, selection, location } = useSession.getState();
  const { prefix } = currentGraph(document, location);
  const selected = new Set([...selection.nodes].map((id) => pathIn(prefix, id)));
  const ofSelection = analysis.problems.find(({ node }) => selected.has(node));
  return ofSelection ?? analysis.problems.find(({ id }) => id === focusedProblem) ?? analysis.problems[0];
}

/** Opens a problem in its panel with its repairs, the first of them in focus. */
export function openRepairs(problem: string): void {
  if (openProblem(problem)) useSession.setState({ wantsRepairs: problem });
}

/** Opens a warning in its panel and asks for the reason why it is switched off. */
export function openSwitchOff(problem: string): void {
  if (openProblem(problem)) useSession.setState({ switchingOff: problem });
}

function openProblem(problem: string): boolean {
  const found = useDocument.getState().analysis.problems.find(({ id }) => id === problem);
  if (!found) return false;
  const { showTab, reveal, focusProblem } = useSession.getState();
  showTab('problems');
  if (found.node !== '') reveal(found.node);
  focusProblem(found.id);
  return true;
}

/** Mends a problem as one step of undo, and says what is left. */
export function applyRepair(repair: Repair): void {
  passFocusOn();
  usePreview.getState().hide();
  useDocument.getState().edit(repair.title, repair.edits, 'record');
  const left = useDocument.getState().analysis.problems.length;
  tellInstead(`Repaired: ${repair.title}. ${left === 0 ? 'No problems are left.' : `${countOf(left, 'problem')} left.`}`);
}

/** Mends this problem, and all of its code that the same kind of repair mends. */
export function applyToAllLike(problem: Problem, repair: Repair): void {
  const { document, analysis } = useDocument.getState();
  search(allLikeInSteps(document, analysis, problem, repair), repair.title);
}

/** Mends every error by the cheapest set of repairs, as one step of undo; where two are as good, the person is asked to choose. */
export function repairAll(): void {
  const { document, analysis } = useDocument.getState();
  search(everythingInSteps(document, analysis), 'Repair everything');
}

let stop = () => {};

/** Looks for repairs while the page goes on; of a network that was changed meanwhile, what was found no longer holds. */
function search(steps: Steps<Mended>, label: string): void {
  stop();
  const { document } = useDocument.getState();
  const slow = setTimeout(() => useSession.getState().toast({ tone: 'info', message: 'Looking for repairs…' }), SLOW);
  const end = inSlices(steps, (mended) => {
    stop();
    finish(mended, label);
  });
  const unwatch = useDocument.subscribe((state) => {
    if (sameToAnalysis(state.document, document)) return;
    stop();
    useSession.getState().toast({ tone: 'info', message: 'The network was changed while repairs were looked for; none was made.' });
  });
  stop = () => {
    clearTimeout(slow);
    end();
    unwatch();
    stop = () => {};
  };
}

function finish({ edits, done, undecided }: Mended, label: string): void {
  passFocusOn();
  usePreview.getState().hide();
  if (done.length > 0) useDocument.getState().edit(label, edits, 'record');
  const left = useDocument.getState().analysis.problems.length;
  const choice =
    undecided.length === 0
      ? ''
      : ` For ${undecided.length === left ? 'what is left' : `${undecided.length} of them`}, several repairs are as good as each other: choose one.`;
  const made =
    done.length === 0
      ? `Nothing was repaired, ${countOf(left, 'problem')} left.`
      : `${countOf(done.length, 'problem')} repaired, ${left} left.`;
  const message = made + choice;
  // The note is read out.
  tellInstead();
  useSession
    .getState()
    .toast({ tone: done.length > 0 ? 'success' : 'info', message, detail: titlesInWords(done.map(({ repair }) => repair.title)) });
  // What is to be chosen among is one key away, and not a search for the problem that was meant.
  const [open] = undecided;
  if (open) openRepairs(open.problem.id);
}

/** More titles than these would fill the window, and leave the message's own button above its edge. */
const TITLES = 3;

function titlesInWords(titles: readonly string[]): string | undefined {
  const more = titles.length - TITLES;
  return [...titles.slice(0, TITLES), ...(more > 0 ? [`and ${more} more`] : [])].join('; ') || undefined;
}
