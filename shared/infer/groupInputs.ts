import { parsePort } from '../graph/graph';
import type { TensorType } from '../graph/tensor';
import type { AnyLayer } from '../layers/define';

/** What arrives at a layer by its ports' names; the wires of a variadic port as a list in their order. */
export function groupInputs(
  layer: AnyLayer,
  types: Readonly<Record<string, TensorType>>,
): Record<string, TensorType | readonly TensorType[]> {
  const grouped: Record<string, TensorType | readonly TensorType[]> = {};
  for (const spec of layer.inputs) {
    const type = types[spec.name];
    if (spec.variadic) grouped[spec.name] = inOrder(spec.name, types);
    else if (type) grouped[spec.name] = type;
  }
  return grouped;
}

function inOrder(name: string, types: Readonly<Record<string, TensorType>>): readonly TensorType[] {
  return portsInOrder(name, types).map((port) => types[port] as TensorType);
}

/** Stands between the types of two ports, so that lists of different lengths are different. */
const END_OF_PORT: TensorType = { dtype: 'bool', shape: [] };

/** The same as one list, by which results can be looked up. */
export function typesInOrder(layer: AnyLayer, types: Readonly<Record<string, TensorType>>): readonly TensorType[] {
  const [first, ...others] = layer.inputs;
  if (!first) return [];
  if (others.length === 0) return first.variadic ? inOrder(first.name, types) : [types[first.name] ?? END_OF_PORT];
  return layer.inputs.flatMap((spec) => (spec.variadic ? [...inOrder(spec.name, types), END_OF_PORT] : [types[spec.name] ?? END_OF_PORT]));
}

/** The wired ports of a variadic one in their order; a wire that was taken off leaves a gap: `inputs.0`, `inputs.2`. */
export function portsInOrder(name: string, types: Readonly<Record<string, TensorType>>): readonly string[] {
  const ports = Object.keys(types);
  if (ports.every((port, index) => isAt(port, name, index))) return ports;
  return ports
    .map((port) => ({ ...parsePort(port), port }))
    .filter((entry) => entry.name === name)
    .sort((a, b) => (a.index ?? 0) - (b.index ?? 0))
    .map((entry) => entry.port);
}

function isAt(port: string, name: string, place: number): boolean {
  const { name: own, index } = parsePort(port);
  return own === name && index === place;
}
