"""Runs the PyTorch code of every layer and compares outputs and gradients with ours. Usage: inTorch.py FOLDER [TITLE]"""

import functools
import math
import re

import numpy as np
import torch
from torch import nn
import torch.nn.functional as F

from compare import NotHere, compared, run
from torchWeights import in_blocks, place

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
