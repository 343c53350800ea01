"""The shapes that PyTorch gives to random layers, by running them on zeros. Usage: inTorch.py FOLDER"""

import torch
from torch import nn
import torch.nn.functional as F

from told import compare, padded

CONVS = {1: nn.Conv1d, 2: nn.Conv2d, 3: nn.Conv3d}
MAXES = {1: nn.MaxPool1d, 2: nn.MaxPool2d, 3: nn.MaxPool3d}
MEANS = {1: nn.AvgPool1d, 2: nn.AvgPool2d, 3: nn.AvgPool3d}


def listed(value):
    return value if isinstance(value, list) else [value]


def layer(case, channels, axes):
    params, type_ = case["params"], case["type"]
    if "Pooling" in type_:
        return (MAXES if type_.startswith("max") else MEANS)[axes](tuple(listed(params["poolSize"])), tuple(listed(params["strides"])))
    window = {"kernel_size": tuple(listed(params["kernelSize"])), "stride": tuple(listed(params["strides"]))}
    if type_ == "conv2dTranspose":
        return nn.ConvTranspose2d(channels, params["filters"], **window)
    window["dilation"] = tuple(listed(params["dilationRate"]))
    if "depthMultiplier" not in params:
        return CONVS[axes](channels, params["filters"], groups=params["groups"], **window)
    wide = channels * params["depthMultiplier"]
    depthwise = nn.Conv2d(channels, wide, groups=channels, **window)
    return nn.Sequential(depthwise, nn.Conv2d(wide, params["filters"], 1)) if "filters" in params else depthwise


def theirs(case):
    params, type_ = case["params"], case["type"]
    axes = len(case["shape"]) - 1
    window = listed(params.get("kernelSize", params.get("poolSize")))
    rates = listed(params.get("dilationRate", [1] * axes))
    padding = params["padding"]
    # PyTorch pads as TensorFlow does only where nothing is skipped; what a transposed convolution undoes, `valid` alone.
    if padding == "same" and (any(stride > 1 for stride in listed(params["strides"])) or "Pooling" in type_):
        return None
    if type_ == "conv2dTranspose" and (padding != "valid" or any(k < s for k, s in zip(window, listed(params["strides"])))):
        return None
    first = case["shape"] if case["dataFormat"] == "channelsFirst" else [case["shape"][-1], *case["shape"][:-1]]
    x = torch.zeros(1, *first)
    if padding != "valid":
        own = "consistent" if padding == "same" else padding
        sides = [padded(size, rate, own) for size, rate in zip(window, rates)]
        x = F.pad(x, [zeros for side in reversed(sides) for zeros in side])
    shape = list(layer(case, first[0], axes)(x).shape[1:])
    return shape if case["dataFormat"] == "channelsFirst" else [*shape[1:], shape[0]]


with torch.no_grad():
    compare(theirs)
