import { useState } from 'react';
import type { SkipDocument } from '../../shared/document/document';
import { streamsThrough } from '../../shared/graph/blockStreams';
import type { EdgeId, Graph } from '../../shared/graph/graph';
import { useSettings } from '../state/settings';

const none: ReadonlyMap<EdgeId, number> = new Map();

type Blocks = SkipDocument['blocks'];

/** The wires that lie on ribbons; none where ribbons are off. Looked for again only when a wire has come or gone, or a block has changed. */
export function useStreams({ nodes, edges }: Graph, blocks: Blocks): ReadonlyMap<EdgeId, number> {
  const isOn = useSettings(({ streams }) => streams === 'ribbons');
  const [known] = useState(createKnown);
  return isOn ? known({ nodes, edges }, blocks) : none;
}

function createKnown() {
  let before: { readonly edges: Graph['edges']; readonly blocks: Blocks } | undefined;
  let streams = none;
  return function of(graph: Graph, blocks: Blocks): ReadonlyMap<EdgeId, number> {
    if (graph.edges !== before?.edges || blocks !== before.blocks) streams = streamsThrough(graph, blocks);
    before = { edges: graph.edges, blocks };
    return streams;
  };
}
