import { parsePort } from '../shared/graph/graph';
import { groupInputs } from '../shared/infer/groupInputs';
import type { FlatNode, NetworkAnalysis } from '../shared/infer/analysis';
import type { AnyLayer, TorchRecord } from '../shared/layers/define';
import { findLayer } from '../shared/layers/index';
import { parseParams } from '../shared/layers/parse';

/** A layer of the network as code of PyTorch, with where its inputs come from: `path:port`, a list for a variadic port. */
export interface TorchLayer {
  readonly path: string;
  readonly code: string;
  /** By the name of the tensor in the module. */
  readonly weights: NonNullable<TorchRecord['weights']>;
  /** Of the names of its weights. */
  readonly prefix: string;
  readonly inputs: readonly (string | readonly string[])[];
  readonly outputs: readonly string[];
}

/** A module whose `forward` takes the layer's ports by name. */
export function torchCode({ inputs }: AnyLayer, { init, forward }: TorchRecord): string {
  const ports = inputs.map(({ name }) => name).join(', ');
  return [
    'class Layer(nn.Module):',
    '    def __init__(self):',
    '        super().__init__()',
    ...(init === undefined ? [] : [`        self.layer = ${init}`]),
    '',
    `    def forward(self, ${ports}):`,
    `        return ${forward ?? `self.layer(${ports})`}`,
    '',
  ].join('\n');
}

/** The layers of a network that compute, in order. Throws where PyTorch has none of a kind. */
export function torchNetwork(analysis: NetworkAnalysis): readonly TorchLayer[] {
  return analysis.order.flatMap((path) => {
    const node = analysis.flat.nodes.get(path) as FlatNode;
    return node.type === 'input' || node.type === 'output' ? [] : [torchLayer(analysis, node)];
  });
}

/** Where the value of an output of the network comes from. */
export function sourceOf(analysis: NetworkAnalysis, path: string): string {
  const [edge] = analysis.flat.incoming.get(path) ?? [];
  if (!edge) throw new Error(`Nothing is wired to ${path}.`);
  return `${edge.from.node}:${edge.from.port}`;
}

function torchLayer(analysis: NetworkAnalysis, node: FlatNode): TorchLayer {
  const layer = findLayer(node.type) as AnyLayer;
  const params = parseParams(layer, node.params);
  if (!params.ok) throw new Error(`${node.name}: its parameters are wrong.`);
  const inputs = groupInputs(layer, analysis.nodes.get(node.path)?.inputs ?? {}) as never;
  const record = layer.torch(params.value, inputs, { dataFormat: analysis.flat.dataFormat });
  if ('unsupported' in record) throw new Error(`${node.name}: ${record.unsupported}`);
  return {
    path: node.path,
    code: torchCode(layer, record),
    weights: record.weights ?? {},
    prefix: `${node.name}/`,
    inputs: layer.inputs.map((port) => portSources(analysis, node, port.name, port.variadic !== undefined)),
    outputs: layer.outputs.map(({ name }) => name),
  };
}

function portSources(analysis: NetworkAnalysis, { path }: FlatNode, port: string, isList: boolean): string | readonly string[] {
  const edges = (analysis.flat.incoming.get(path) ?? [])
    .filter(({ to }) => parsePort(to.port).name === port)
    .toSorted((a, b) => (parsePort(a.to.port).index ?? 0) - (parsePort(b.to.port).index ?? 0));
  const sources = edges.map(({ from }) => `${from.node}:${from.port}`);
  return isList ? sources : (sources[0] as string);
}
