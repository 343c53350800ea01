import { useCallback, useMemo, useState } from 'react';
import type { EdgeId, Graph } from '../../shared/graph/graph';
import { skipOf } from '../../shared/graph/skip';
import { useSession } from '../state/session';
import { noTints, skipTints, type Tints } from './tints';

/**
 * The skip under the pointer, else the one that is selected: its fork, its merge and both ways between them are coloured.
 * `staged`: the wires that are elements; one that is no element any more tells nobody that the pointer has left it.
 */
export function usePointedSkip(graph: Graph, prefix: string, staged: ReadonlySet<EdgeId>) {
  const [entered, setEntered] = useState<EdgeId | null>(null);
  const pointed = entered !== null && staged.has(entered) ? entered : undefined;
  const selected = useSession(({ selection: { nodes, edges } }) => (nodes.size === 0 && edges.size === 1 ? [...edges][0] : undefined));
  const wire = pointed ?? selected;
  const tints: Tints = useMemo(() => {
    const skip = wire === undefined ? undefined : skipOf(graph, wire);
    return skip ? skipTints(skip, prefix) : noTints;
  }, [graph, prefix, wire]);
  const onEdgeMouseEnter = useCallback((_event: unknown, { id }: { readonly id: EdgeId }) => setEntered(id), []);
  const onEdgeMouseLeave = useCallback(() => setEntered(null), []);
  return { tints, onEdgeMouseEnter, onEdgeMouseLeave };
}
