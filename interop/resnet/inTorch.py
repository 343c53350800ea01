"""The reference in PyTorch, which is channels-first. Reads the weights and batches that inKeras.py drew, and computes with them.

Usage: inTorch.py FOLDER. Writes `torch-SIZE.safetensors` (logits before, losses, logits after) and `torch-SIZE.json` (shapes).
"""

import json
import sys
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

import tensors
from family import EPSILON, MOMENTUM, Network, consistent_pads


class PreActivation(nn.Module):
    """Batch normalisation and ReLU. PyTorch's own moves its statistics by the unbiased variance, ours by the biased one, as Keras."""

    def __init__(self, channels):
        super().__init__()
        self.gamma = nn.Parameter(torch.ones(channels))
        self.beta = nn.Parameter(torch.zeros(channels))
        self.register_buffer("movingMean", torch.zeros(channels))
        self.register_buffer("movingVariance", torch.ones(channels))

    def forward(self, x):
        if self.training:
            with torch.no_grad():
                variance, mean = torch.var_mean(x, (0, 2, 3), unbiased=False)
                self.movingMean.lerp_(mean, 1 - MOMENTUM)
                self.movingVariance.lerp_(variance, 1 - MOMENTUM)
            y = F.batch_norm(x, None, None, self.gamma, self.beta, True, 0.0, EPSILON)
        else:
            y = F.batch_norm(x, self.movingMean, self.movingVariance, self.gamma, self.beta, False, 0.0, EPSILON)
        return F.relu(y)


class Convolution(nn.Module):
    def __init__(self, channels, filters, kernel, strides):
        super().__init__()
        self.kernel = nn.Parameter(torch.empty(filters, channels, kernel, kernel))
        self.strides, self.pads = strides, consistent_pads(kernel)

    def forward(self, x):
        return F.conv2d(F.pad(x, (*self.pads, *self.pads)), self.kernel, stride=self.strides)


class Shortcut(PreActivation):
    def __init__(self, block):
        super().__init__(block.channels)
        self.strides = block.strides
        self.kernel = nn.Parameter(torch.empty(block.output, block.channels, 1, 1)) if block.projects else None

    def forward(self, x):
        active = super().forward(x)
        return active, x if self.kernel is None else F.conv2d(active, self.kernel, stride=self.strides)


class ResidualBlock(nn.Module):
    def __init__(self, block):
        super().__init__()
        f = block.filters
        kernels = ((f, 1, 1), (f, 3, block.strides), (f * 4, 1, 1)) if block.is_bottleneck else ((f, 3, block.strides), (f, 3, 1))
        self.shortcut = Shortcut(block)
        self.path = []
        channels = block.channels
        for index, (filters, kernel, strides) in enumerate(kernels, 1):
            if index > 1:
                self.append(f"preActivation{index - 1 if block.is_bottleneck else ''}", PreActivation(channels))
            self.append(f"conv{index}", Convolution(channels, filters, kernel, strides))
            channels = filters

    def append(self, name, module):
        self.add_module(name, module)
        self.path.append(name)

    def forward(self, x, tell):
        y, shortcut = self.shortcut(x)
        tell("shortcut:preActivated", y)
        tell("shortcut:shortcut", shortcut)
        for name in self.path:
            y = tell(name, getattr(self, name)(y))
        return tell("add", y + shortcut)


def same_pool(x):
    """TensorFlow's `same` of a pooling 3×3 with strides 2; what is padded is never the largest."""
    pads = []
    for size in (x.shape[3], x.shape[2]):
        total = max((-(-size // 2) - 1) * 2 + 3 - size, 0)
        pads += [total // 2, total - total // 2]
    return F.max_pool2d(F.pad(x, pads, value=float("-inf")), 3, 2)


class Scores(nn.Module):
    def __init__(self, channels, classes):
        super().__init__()
        self.kernel = nn.Parameter(torch.empty(channels, classes))
        self.bias = nn.Parameter(torch.empty(classes))

    def forward(self, x):
        return x @ self.kernel + self.bias


class ResNet(nn.Module):
    def __init__(self, network):
        super().__init__()
        filters, kernel, strides = network.stem
        blocks = list(network.blocks())
        self.pools = network.kind == "imagenet"
        self.conv1 = Convolution(3, filters, kernel, strides)
        self.blocks = nn.ModuleDict({block.name: ResidualBlock(block) for block in blocks})
        self.preActivation = PreActivation(blocks[-1].output)
        self.scores = Scores(blocks[-1].output, network.classes)

    def forward(self, x, tell=lambda _name, value: value):
        x = tell("conv1", self.conv1(tell("image", x)))
        if self.pools:
            x = tell("pool1", same_pool(x))
        for name, block in self.blocks.items():
            x = block(x, lambda inner, value, name=name: tell(f"{name}/{inner}", value))
        x = tell("preActivation", self.preActivation(x))
        return tell("scores", self.scores(tell("pool", x.mean((2, 3)))))


def place(model, network, values):
    """Our weights in the written order: kernels of convolutions are turned from height × width × in × out."""
    state = {name.removeprefix("blocks.").replace(".", "/"): tensor for name, tensor in model.state_dict().items()}
    assert sorted(state) == sorted(name for name, _ in network.weight_order()), "the names of the order are not those of the model"
    with torch.no_grad():
        for name, shape in network.weight_order():
            value = values[name]
            assert value.shape == shape, f"{name} has the shape {value.shape}, the order says {shape}"
            turned = value.transpose(3, 2, 0, 1) if value.ndim == 4 else value
            assert tuple(state[name].shape) == turned.shape, f"{name}: {tuple(state[name].shape)} is not {turned.shape}"
            state[name].copy_(torch.from_numpy(np.ascontiguousarray(turned)))


def trained(model, images, labels, settings):
    optimizer = torch.optim.SGD(model.parameters(), settings["learningRate"], settings["momentum"])
    losses = []
    model.train()
    for _ in range(settings["steps"]):
        optimizer.zero_grad()
        loss = F.cross_entropy(model(images), labels)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    model.eval()
    return np.array(losses, np.float32)


def main(folder):
    settings = json.loads((folder / "network.json").read_text())
    network = Network(settings["kind"], settings["layers"], settings["classes"])
    values = tensors.load(folder / "weights.safetensors")
    torch.manual_seed(1)
    for size in settings["sizes"]:
        model = ResNet(network).eval()
        place(model, network, values)
        batch = tensors.load(folder / f"batch-{size}.safetensors")
        images = torch.from_numpy(np.ascontiguousarray(batch["images"].transpose(0, 3, 1, 2)))
        seen = {}

        def tell(name, value):
            seen[name] = list(value.shape[1:])
            return value

        with torch.no_grad():
            results = {"before": model(images, tell).numpy()}
        if settings["steps"] > 0:
            results["losses"] = trained(model, images, torch.from_numpy(batch["labels"].astype(np.int64)), settings)
            with torch.no_grad():
                results["after"] = model(images).numpy()
        tensors.save(folder / f"torch-{size}.safetensors", results)
        (folder / f"torch-{size}.json").write_text(json.dumps({"channelsFirst": seen}))
    print(json.dumps({"version": torch.__version__}))


main(Path(sys.argv[1]))
