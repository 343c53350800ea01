"""Puts our weights where they belong in a module of PyTorch."""

import numpy as np
import torch


def sources(spec):
    return [spec["from"]] if isinstance(spec["from"], str) else spec["from"]


def in_blocks(values, order):
    """Equal parts along the first axis in another order."""
    parts = np.split(values, len(order))
    return np.concatenate([parts[block] for block in order])


def turned(values, spec):
    taken = values[spec["row"]] if "row" in spec else values
    moved = np.transpose(taken, spec["axes"]) if "axes" in spec else taken
    ordered = in_blocks(moved, spec["blocks"]) if "blocks" in spec else moved
    return ordered.reshape(spec["shape"]) if "shape" in spec else ordered


def place(module, weights, specs):
    """Puts our weights where they belong, zero where there is none of ours, and gives the tensors by our name."""
    state = {name: tensor for name, tensor in (*module.layer.named_parameters(), *module.layer.named_buffers())} if hasattr(module, "layer") else {}
    placed = {}
    with torch.no_grad():
        for name, tensor in state.items():
            if name.endswith("num_batches_tracked"):
                continue
            if name not in specs:
                tensor.zero_()
                continue
            parts = [turned(weights[source], specs[name]) for source in sources(specs[name])]
            values = np.concatenate(parts) if len(parts) > 1 else parts[0]
            if tuple(tensor.shape) != values.shape:
                raise AssertionError(f"{name} has the shape {tuple(tensor.shape)}, ours is {values.shape}")
            tensor.copy_(torch.from_numpy(np.ascontiguousarray(values)))
            begin = 0
            for source, part in zip(sources(specs[name]), parts):
                placed.setdefault(source, []).append((tensor, slice(begin, begin + len(part)) if len(parts) > 1 else ..., specs[name]))
                begin += len(part) if part.ndim else 0
    unknown = [name for name in specs if name not in state]
    if unknown:
        raise AssertionError(f"the module has no {unknown}, only {sorted(state)}")
    missing = [name for name in weights if name not in placed]
    if missing:
        raise AssertionError(f"the weights {missing} are in none of the module's tensors {sorted(state)}")
    return placed
