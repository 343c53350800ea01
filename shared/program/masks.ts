import type { FlatGraph, FlatNode, NodePath } from '../infer/analysis';
import { wiredPorts } from '../infer/masks';
import { leavingPorts, type MaskUse } from '../layers/_masks';
import type { AnyLayer } from '../layers/define';
import type { Builder, Value } from './builder';

/** The masks of the values that a network's layers give, by layer: 1 for each step that counts, 0 for the others, `[batch, steps]`. */
export type MaskTable = Map<NodePath, Value>;

/** The masks that arrive at a layer, by port. */
export function arrivingMasks({ incoming }: FlatGraph, path: NodePath, masks: MaskTable): Readonly<Record<string, Value>> {
  const entries = (incoming.get(path) ?? []).flatMap(({ from, to }) => {
    const mask = masks.get(from.node);
    return mask ? [[to.port, mask] as const] : [];
  });
  return Object.fromEntries(entries);
}

/** What there is of a layer once its outputs are there. */
interface Lowered {
  readonly layer: AnyLayer;
  readonly node: FlatNode;
  readonly params: Record<string, unknown>;
  /** By port. */
  readonly operands: Readonly<Record<string, Value>>;
  readonly masks: Readonly<Record<string, Value>>;
}

/** The mask of a layer's outputs; undefined where all steps count. */
export function leavingMask(b: Builder, flat: FlatGraph, { layer, node, params, operands, masks }: Lowered): Value | undefined {
  const use = layer.masks(params);
  if (use === 'makes') return layer.makeMask?.(b, operands, params);
  const ports = leavingPorts(use, wiredPorts(layer, flat, node.path), (port) => masks[port] !== undefined);
  if (ports.length === 0) return undefined;
  return joined(
    b,
    use,
    ports.map((port) => masks[port] ?? allCount(b, operands[port] as Value)),
  );
}

/** A step counts that counts in any of them; a mask that comes by several ways is itself. */
function joined(b: Builder, use: MaskUse, masks: readonly Value[]): Value {
  if (use === 'stacks') return b.concat(masks, 1);
  return [...new Set(masks)].reduce((any, mask) => b.maximum(any, mask));
}

function allCount(b: Builder, { type }: Value): Value {
  return b.broadcastTo(b.scalar(1), type.shape.slice(0, 2));
}
