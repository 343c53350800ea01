import { useEffect, useState } from 'react';
import { blameInSteps, type Blame } from '../../../shared/diagnose/blame';
import type { Steps } from '../../../shared/diagnose/steps';
import { foundInSteps, type Around } from '../../../shared/diagnose/suspects';
import type { SkipDocument } from '../../../shared/document/document';
import type { Problem } from '../../../shared/graph/problem';
import { applyPatches } from '../../../shared/history/patches';
import { useDocument } from '../../state/document';
import { inSlices } from '../../state/inSlices';
import { isBeginning, type HistoryStep } from '../../../shared/history/historySteps';

/** Long enough that typing in a field does not start a search at each key. */
const SETTLED = 80;
/** Of a search that has found something nobody waits longer for more, in milliseconds of work. */
const PATIENCE = 2000;

/** What a search around a problem finds. */
export interface Findings extends Around {
  /** The edit of this sitting that brought it. */
  readonly blame: Blame | undefined;
}

/** Who is at fault and what mends it; undefined while it is looked for, which begins once the network is left alone for a moment. */
export function useFindings(problem: Problem): Findings | undefined {
  const analysis = useDocument((state) => state.analysis);
  const [found, setFound] = useState<{ readonly analysis: object; readonly id: string; readonly findings: Findings }>();
  useEffect(() => {
    let stop = () => {};
    const timer = setTimeout(() => {
      stop = inSlices(search(problem), (findings) => setFound({ analysis, id: problem.id, findings }), PATIENCE);
    }, SETTLED);
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [analysis, problem]);
  return found?.analysis === analysis && found.id === problem.id ? found.findings : undefined;
}

function* search(problem: Problem): Steps<Findings> {
  const { document, analysis, history } = useDocument.getState();
  const around = yield* foundInSteps({ document, analysis, problem });
  return { ...around, blame: yield* blameInSteps(problem, document, statesBefore(document, history.past)) };
}

/** The states of the document before each step of its history, the latest first. */
function* statesBefore(document: SkipDocument, last: HistoryStep | null): Generator<SkipDocument> {
  let at = document;
  for (let step = last; !isBeginning(step); step = step.previous) {
    at = applyPatches(at, step.patches, 'backward');
    yield at;
  }
}
