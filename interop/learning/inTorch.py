"""Takes the ten steps of every training in PyTorch, in float64, from each layer's own code. Usage: inTorch.py FOLDER [NAME]"""

import functools
import math

import numpy as np
import torch
from torch import nn
import torch.nn.functional as F

from torchWeights import place
from trainings import STEPS, run

NAMES = {"torch": torch, "nn": nn, "F": F, "math": math, "functools": functools}


def module_of(code):
    scope = dict(NAMES)
    exec(code, scope)  # noqa: S102 - our own generated code
    return scope["Layer"]().double().train()


def built(training, array):
    """The modules by their path, with our weights; what PyTorch has beyond ours stays zero."""
    modules = {}
    for layer in training["torch"]:
        module = modules[layer["path"]] = module_of(layer["code"])
        prefix = layer["prefix"]
        own = {name[len(prefix) :]: array(entry) for name, entry in training["weights"].items() if name.startswith(prefix) and "/" not in name[len(prefix) :]}
        place(module, own, layer["weights"])
        for name, tensor in module.layer.named_parameters() if hasattr(module, "layer") else ():
            tensor.requires_grad_(name in layer["weights"])
    return modules


def inwards(values):
    """Images are channels-first inside PyTorch."""
    return values.movedim(-1, 1) if values.ndim >= 4 else values


def called(training, modules, inputs):
    values = {}
    for entry in training["inputs"]:
        values[entry["source"]] = inwards(inputs[entry["name"]])
    for layer in training["torch"]:
        arguments = [values[source] if isinstance(source, str) else [values[one] for one in source] for source in layer["inputs"]]
        results = modules[layer["path"]](*arguments)
        results = results if isinstance(results, tuple) else (results,)
        values.update({f"{layer['path']}:{port}": result for port, result in zip(layer["outputs"], results)})
    return values[training["output"]]


def optimizer_of(settings, parameters):
    if settings["kind"] == "sgd":
        return torch.optim.SGD(parameters, settings["learningRate"], momentum=settings["momentum"])
    if settings["kind"] == "adam":
        return torch.optim.Adam(parameters, settings["learningRate"], (settings["beta1"], settings["beta2"]), settings["epsilon"])
    raise ValueError(f"unknown optimizer {settings['kind']}")


def tensor_of(values):
    return torch.from_numpy(values.astype(np.int64 if values.dtype == np.int32 else np.float64))


def losses_of(training, array):
    modules = built(training, array)
    parameters = [tensor for module in modules.values() for tensor in module.parameters() if tensor.requires_grad]
    optimizer = optimizer_of(training["optimizer"], parameters)
    inputs = {name: tensor_of(array(entry)) for name, entry in training["batch"].items()}
    target = inwards(tensor_of(array(training["target"])))
    losses = []
    for _ in range(STEPS):
        optimizer.zero_grad()
        output = called(training, modules, inputs)
        loss = F.nll_loss(torch.log(output), target) if training["loss"] == "sparse" else F.binary_cross_entropy(output, target)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


run(f"PyTorch {torch.__version__}", losses_of)
