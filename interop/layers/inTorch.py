"""Runs the PyTorch code of every layer and compares outputs and gradients with ours. Usage: inTorch.py FOLDER [TITLE]"""

import functools
import math
import re

import numpy as np
import torch
from torch import nn
import torch.nn.functional as F

from compare import NotHere, compared, run

NAMES = {"torch": torch, "nn": nn, "F": F, "math": math, "functools": functools}


def made(case):
    code = case["torch"]["code"]
    for module, attribute in re.findall(r"\b(nn|F)\.(\w+)", code):
        if not hasattr(NAMES[module], attribute):
            raise NotHere(f"PyTorch {torch.__version__} has no {module}.{attribute}")
    scope = dict(NAMES)
    exec(code, scope)  # noqa: S102 - our own generated code
    return scope["Layer"]().double().train(case["training"])


def inwards(case, values):
    """Images are channels-first inside PyTorch."""
    return np.moveaxis(values, -1, 1) if case["channelsLast"] and values.ndim >= 4 else values


def outwards(case, values):
    return np.moveaxis(values, 1, -1) if case["channelsLast"] and values.ndim >= 4 else values


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


def turned_back(gradient, shape, spec):
    """The part of our weight's gradient that came by this tensor."""
    own = shape[1:] if "row" in spec else shape
    axes = spec.get("axes", list(range(len(own))))
    ordered = gradient.reshape([own[axis] for axis in axes])
    moved = in_blocks(ordered, np.argsort(spec["blocks"])) if "blocks" in spec else ordered
    taken = np.transpose(moved, np.argsort(axes))
    if "row" not in spec:
        return taken
    whole = np.zeros(shape)
    whole[spec["row"]] = taken
    return whole


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


def compute(case, array):
    module = made(case)
    weights = {weight["name"]: array(weight) for weight in case["weights"]}
    placed = place(module, weights, case["torch"]["weights"])
    tensors = [torch.from_numpy(np.ascontiguousarray(inwards(case, array(entry)))) for entry in case["inputs"]]
    for tensor in tensors:
        tensor.requires_grad_(tensor.is_floating_point())
    by_port = {}
    for entry, tensor in zip(case["inputs"], tensors):
        by_port.setdefault(entry["port"], []).append(tensor)
    results = module(*[by_port[port["name"]] if port["isList"] else by_port[port["name"]][0] for port in case["ports"]])
    if not isinstance(results, (tuple, list)):
        results = (results,)
    results = dict(zip(case["outputPorts"], results))

    pairs, loss = [], 0
    for entry in case["outputs"]:
        y = results[entry["port"]]
        pairs.append((f"output {entry['port']}", outwards(case, y.detach().numpy()), array(entry)))
        if y.is_floating_point():
            cotangent = inwards(case, array(entry["cotangent"]))
            loss = loss + (y * torch.from_numpy(np.ascontiguousarray(cotangent))).sum()
    if isinstance(loss, torch.Tensor) and loss.requires_grad:
        loss.backward()
    for entry, tensor in zip(case["inputs"], tensors):
        if not tensor.is_floating_point():
            continue
        received = None if tensor.grad is None else outwards(case, tensor.grad.numpy())
        pairs.append((f"gradient of {entry['name']}", received, array(entry["gradient"]) if entry.get("gradient") else None))
    for weight in case["weights"]:
        if not weight.get("gradient"):
            continue
        parts = [
            turned_back(tensor.grad.numpy()[part], weight["shape"], spec)
            for tensor, part, spec in placed[weight["name"]]
            if tensor.grad is not None
        ]
        received = sum(parts) if parts else None
        pairs.append((f"gradient of {weight['name']}", received, array(weight["gradient"])))
    return compared(pairs)


torch.manual_seed(1)
run("torch", compute)
