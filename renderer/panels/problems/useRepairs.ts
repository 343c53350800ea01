import { useEffect, useState } from 'react';
import { repairsFor } from '../../../shared/diagnose/repairs/repairs';
import type { Problem, Repair } from '../../../shared/graph/problem';
import { useDocument } from '../../state/document';

/** Long enough that typing in a field does not start a search at each key. */
const SETTLED = 80;

/** What mends a problem; undefined while it is looked for. The search runs once the network has been left alone for a moment. */
export function useRepairs(problem: Problem): readonly Repair[] | undefined {
  const document = useDocument((state) => state.document);
  const analysis = useDocument((state) => state.analysis);
  const [found, setFound] = useState<{ readonly analysis: object; readonly id: string; readonly repairs: readonly Repair[] }>();
  useEffect(() => {
    const timer = setTimeout(() => setFound({ analysis, id: problem.id, repairs: repairsFor(document, analysis, problem) }), SETTLED);
    return () => clearTimeout(timer);
  }, [document, analysis, problem]);
  return found?.analysis === analysis && found.id === problem.id ? found.repairs : undefined;
}
