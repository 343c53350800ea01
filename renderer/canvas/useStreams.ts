import { useState } from 'react';
import type { EdgeId, Graph } from '../../shared/graph/graph';
import { streamsOf } from '../../shared/graph/streams';
import { useSettings } from '../state/settings';

const none: ReadonlyMap<EdgeId, number> = new Map();

/** The wires that lie on ribbons; none where ribbons are off. Looked for again only when a wire has come or gone. */
export function useStreams({ nodes, edges }: Graph): ReadonlyMap<EdgeId, number> {
  const isOn = useSettings(({ streams }) => streams === 'ribbons');
  const [known] = useState(createKnown);
  return isOn ? known(nodes, edges) : none;
}

function createKnown() {
  let before: Graph['edges'] | undefined;
  let streams = none;
  return function of(nodes: Graph['nodes'], edges: Graph['edges']): ReadonlyMap<EdgeId, number> {
    if (edges !== before) streams = streamsOf({ nodes, edges });
    before = edges;
    return streams;
  };
}
