import { useState } from 'react';
import type { SkipDocument } from '../../shared/document/document';
import { streamsThrough } from '../../shared/graph/blockStreams';
import type { EdgeId, Graph } from '../../shared/graph/graph';
import { nodesOf } from '../../shared/graph/lists';
import { useSettings } from '../state/settings';

const none: ReadonlyMap<EdgeId, number> = new Map();

type Blocks = SkipDocument['blocks'];

/** The wires that lie on ribbons; none where ribbons are off. */
export function useStreams(graph: Graph, blocks: Blocks): ReadonlyMap<EdgeId, number> {
  const isOn = useSettings(({ streams }) => streams === 'ribbons');
  const [streamsNow] = useState(createStreams);
  return isOn ? streamsNow(graph, blocks) : none;
}

/** Looks for streams again only when a wire has come or gone, a block has changed, or another one stands in the place of a node. */
export function createStreams() {
  let before: { readonly graph: Graph; readonly blocks: Blocks; readonly instances: string } | undefined;
  let streams = none;
  return function streamsNow(graph: Graph, blocks: Blocks): ReadonlyMap<EdgeId, number> {
    const instances = before?.graph.nodes === graph.nodes ? before.instances : instancesIn(graph);
    const isSame = before?.graph.edges === graph.edges && before.blocks === blocks && before.instances === instances;
    if (!isSame) streams = streamsThrough(graph, blocks);
    before = { graph, blocks, instances };
    return streams;
  };
}

function instancesIn(graph: Graph): string {
  const instances = nodesOf(graph).flatMap(({ id, block }) => (block === undefined ? [] : [[id, block]]));
  return JSON.stringify(instances);
}
