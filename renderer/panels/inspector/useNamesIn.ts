import { useMemo } from 'react';
import type { GraphRef } from '../../../shared/graph/edit';
import { useDocument } from '../../state/document';

const nothing: readonly string[] = [];

/** What a computed value in this graph may use: the parameters of the block that it is the inside of. */
export function useNamesIn(graph: GraphRef): readonly string[] {
  const block = useDocument((state) => (graph === 'network' ? undefined : state.document.blocks[graph.block]));
  return useMemo(() => block?.parameters.map(({ name }) => name) ?? nothing, [block]);
}
