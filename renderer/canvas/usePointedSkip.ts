import { useCallback, useMemo, useState } from 'react';
import type { EdgeId, Graph } from '../../shared/graph/graph';
import { skipOf } from '../../shared/graph/skip';
import { useSession } from '../state/session';
import { noTints, skipTints, type Tints } from './tints';

/** The skip under the pointer, else the one that is selected: its fork, its merge and both ways between them are coloured. */
export function usePointedSkip(graph: Graph, prefix: string) {
  const [pointed, setPointed] = useState<EdgeId | null>(null);
  const selected = useSession(({ selection: { nodes, edges } }) => (nodes.size === 0 && edges.size === 1 ? [...edges][0] : undefined));
  const wire = pointed ?? selected;
  const tints: Tints = useMemo(() => {
    const skip = wire === undefined ? undefined : skipOf(graph, wire);
    return skip ? skipTints(skip, prefix) : noTints;
  }, [graph, prefix, wire]);
  const onEdgeMouseEnter = useCallback((_event: unknown, { id }: { readonly id: EdgeId }) => setPointed(id), []);
  const onEdgeMouseLeave = useCallback(() => setPointed(null), []);
  return { tints, onEdgeMouseEnter, onEdgeMouseLeave };
}
