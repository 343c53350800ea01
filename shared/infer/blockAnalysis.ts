import type { Structural } from '../blocks/structural';
import type { Problem } from '../graph/problem';
import type { TensorType } from '../graph/tensor';
import type { NodeAnalysis, NodePath } from './analysis';
import { emptyAnalysis } from './analyzeLayer';
import { sameTypes } from './sameness';
import { typeTable } from './typeTable';

type Nodes = ReadonlyMap<NodePath, NodeAnalysis>;

/** A block instance by what is inside: types at its borders, sums of its layers; with what is told of itself before what is told inside. */
export function blockAnalysis(
  structural: Structural,
  nodes: Nodes,
  paths: readonly NodePath[],
  own: readonly Problem[] | undefined,
): NodeAnalysis {
  const inside = paths.flatMap((path) => nodes.get(path) ?? []);
  return {
    ...emptyAnalysis(structural.path, structural.name),
    inputs: typesOf(structural.inputs, nodes),
    outputs: typesOf(structural.outputs, nodes),
    ...(structural.kind === 'block' ? sums(inside) : {}),
    ...(structural.copies === undefined ? {} : { copies: structural.copies }),
    ...endOf(structural),
    problems: [...(own ?? []), ...inside.flatMap((node) => node.problems)],
    blockedBy: inside.find(({ blockedBy }) => blockedBy !== undefined && blockedBy !== structural.path)?.blockedBy,
  };
}

/** Whether types at its borders are what they were, so that a block of which no layer has changed is as it was. */
export function hasSameBorders({ inputs, outputs }: Structural, nodes: Nodes, before: NodeAnalysis): boolean {
  return sameTypes(typesOf(inputs, nodes), before.inputs) && sameTypes(typesOf(outputs, nodes), before.outputs);
}

function endOf({ kind }: Structural): Pick<NodeAnalysis, 'end'> {
  return kind === 'block' ? {} : { end: kind === 'blockInput' ? 'input' : 'output' };
}

function typesOf(ports: Structural['inputs'], nodes: Nodes): Record<string, TensorType> {
  const types = typeTable();
  for (const [port, from] of Object.entries(ports)) {
    const type = from && nodes.get(from.node)?.outputs[from.port];
    if (type) types[port] = type;
  }
  return types;
}

type Sums = Pick<NodeAnalysis, 'weights' | 'parameters' | 'trainableParameters' | 'macs'>;

function sums(inside: readonly NodeAnalysis[]): Sums {
  const sum = (key: 'parameters' | 'trainableParameters' | 'macs') => {
    let total = 0;
    for (const node of inside) {
      const value = node[key];
      if (value === undefined) return undefined;
      total += value;
    }
    return total;
  };
  return {
    weights: inside.flatMap((node) => node.weights),
    parameters: sum('parameters'),
    trainableParameters: sum('trainableParameters'),
    macs: sum('macs'),
  };
}
