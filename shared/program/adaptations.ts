import { channelAxis } from '../graph/tensor';
import type { NetworkAnalysis } from '../infer/analysis';
import { activationKey, type Adaptation } from './compiled';
import type { FindLayer } from './lowerNetwork';

/** Every layer that takes its statistics from the training data, in an order in which each is after those above it. */
export function networkAdaptations({ flat, nodes, order }: NetworkAnalysis, findLayer: FindLayer): readonly Adaptation[] {
  return order.flatMap((path): Adaptation[] => {
    const node = flat.nodes.get(path);
    const names = node && findLayer(node.type)?.adapts;
    const edge = flat.incoming.get(path)?.[0];
    const [type] = Object.values(nodes.get(path)?.inputs ?? {});
    if (!node || !names || !edge || !type) return [];
    const source = flat.nodes.get(edge.from.node);
    return [
      {
        input: source?.type === 'input' ? source.name : null,
        activation: activationKey(edge.from.node, edge.from.port),
        channelAxis: channelAxis(type.shape.length, flat.dataFormat),
        mean: `${node.name}/${names.mean}`,
        variance: `${node.name}/${names.variance}`,
      },
    ];
  });
}
