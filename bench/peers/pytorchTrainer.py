"""PyTorch as a peer: builds the network that is named, then takes training steps whenever a line arrives.

    python pytorchTrainer.py NETWORK BATCH STEPS THREADS

Prints one line of JSON when it is ready (the better of both memory formats, measured) and one after each round.
"""

import json
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F

CLASSES = 10


class PreActivationBlock(nn.Module):
    """The CIFAR family's basic block; the first of a stage projects the pre-activated input."""

    def __init__(self, before, filters, stride, projects):
        super().__init__()
        self.norm1 = nn.BatchNorm2d(before)
        self.conv1 = nn.Conv2d(before, filters, 3, stride, 1, bias=False)
        self.norm2 = nn.BatchNorm2d(filters)
        self.conv2 = nn.Conv2d(filters, filters, 3, 1, 1, bias=False)
        self.projection = nn.Conv2d(before, filters, 1, stride, bias=False) if projects else None

    def forward(self, x):
        opened = F.relu(self.norm1(x))
        shortcut = x if self.projection is None else self.projection(opened)
        return self.conv2(F.relu(self.norm2(self.conv1(opened)))) + shortcut


def resnet20():
    layers, before = [nn.Conv2d(3, 16, 3, 1, 1, bias=False)], 16
    for stage, filters in enumerate((16, 32, 64)):
        for block in range(3):
            layers.append(PreActivationBlock(before, filters, 2 if block == 0 and stage > 0 else 1, block == 0))
            before = filters
    head = [nn.BatchNorm2d(64), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, CLASSES)]
    return nn.Sequential(*layers, *head), (3, 32, 32)


class InvertedResidual(nn.Module):
    """MobileNetV2's block: expand, depthwise, project; added where the shape stays."""

    def __init__(self, before, filters, stride, expansion):
        super().__init__()
        wide = before * expansion
        layers = []
        if expansion > 1:
            layers += [nn.Conv2d(before, wide, 1, bias=False), nn.BatchNorm2d(wide), nn.ReLU6()]
        layers += [nn.Conv2d(wide, wide, 3, stride, 1, groups=wide, bias=False), nn.BatchNorm2d(wide), nn.ReLU6()]
        layers += [nn.Conv2d(wide, filters, 1, bias=False), nn.BatchNorm2d(filters)]
        self.layers = nn.Sequential(*layers)
        self.adds = stride == 1 and before == filters

    def forward(self, x):
        return x + self.layers(x) if self.adds else self.layers(x)


def mobilenetv2():
    """At 32x32 as in the CIFAR adaptations: the first stride and that of the second stage are 1."""
    stages = ((1, 16, 1, 1), (6, 24, 2, 1), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1))
    layers, before = [nn.Conv2d(3, 32, 3, 1, 1, bias=False), nn.BatchNorm2d(32), nn.ReLU6()], 32
    for expansion, filters, count, stride in stages:
        for block in range(count):
            layers.append(InvertedResidual(before, filters, stride if block == 0 else 1, expansion))
            before = filters
    layers += [nn.Conv2d(320, 1280, 1, bias=False), nn.BatchNorm2d(1280), nn.ReLU6()]
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(1280, CLASSES)), (3, 32, 32)


class Transformer(nn.Module):
    """PyTorch's own encoder in pre-norm form, without dropout."""

    def __init__(self, width=128, heads=4, blocks=4):
        super().__init__()
        self.embedding = nn.Linear(width, width)
        layer = nn.TransformerEncoderLayer(width, heads, 4 * width, 0.0, "gelu", batch_first=True, norm_first=True)
        self.encoder = nn.TransformerEncoder(layer, blocks, nn.LayerNorm(width), enable_nested_tensor=False)
        self.scores = nn.Linear(width, CLASSES)

    def forward(self, x):
        return self.scores(self.encoder(self.embedding(x)).mean(1))


def transformer():
    return Transformer(), (64, 128)


class LSTMClassifier(nn.Module):
    def __init__(self, tokens=10_000, width=128, units=256, readers=2):
        super().__init__()
        self.words = nn.Embedding(tokens, width)
        self.readers = nn.LSTM(width, units, num_layers=readers, batch_first=True)
        self.scores = nn.Linear(units, CLASSES)

    def forward(self, x):
        return self.scores(self.readers(self.words(x))[0][:, -1])


def lstm():
    return LSTMClassifier(), (100,)


def two_convolutions(before, filters):
    layers = []
    for channels in (before, filters):
        layers += [nn.Conv2d(channels, filters, 3, 1, 1, bias=False), nn.BatchNorm2d(filters), nn.ReLU()]
    return nn.Sequential(*layers)


class UNet(nn.Module):
    """A yes or no for every pixel; up by repeated pixels and a 2x2 convolution."""

    def __init__(self, filters=(16, 32, 64, 128)):
        super().__init__()
        *ways, bottom = filters
        self.down = nn.ModuleList(two_convolutions(before, after) for before, after in zip((3, *ways), ways))
        self.bottom = two_convolutions(ways[-1], bottom)
        upwards = list(zip(filters[:0:-1], ways[::-1]))
        self.narrow = nn.ModuleList(nn.Conv2d(before, after, 2, padding="same", bias=False) for before, after in upwards)
        self.up = nn.ModuleList(two_convolutions(2 * after, after) for _, after in upwards)
        self.scores = nn.Conv2d(ways[0], 1, 1)

    def forward(self, x):
        skips = []
        for stage in self.down:
            skips.append(stage(x))
            x = F.max_pool2d(skips[-1], 2)
        x = self.bottom(x)
        for narrow, stage, skip in zip(self.narrow, self.up, reversed(skips)):
            x = stage(torch.cat((skip, narrow(F.interpolate(x, scale_factor=2))), 1))
        return self.scores(x)


def unet():
    return UNet(), (3, 128, 128)


def batch_of(batch, shape):
    """Random images or steps; a shape of one size is a sequence of tokens, as few different ones as ours."""
    return torch.randint(0, 40, (batch, *shape)) if len(shape) == 1 else torch.rand(batch, *shape)


def trainer(build, batch, memory_format):
    torch.manual_seed(1)
    model, shape = build()
    x, y = batch_of(batch, shape), torch.randint(0, CLASSES, (batch,))
    is_map = isinstance(model, UNet)
    if is_map:
        y = torch.randint(0, 2, (batch, 1, *shape[1:])).float()
    if len(shape) == 3:
        model, x = model.to(memory_format=memory_format), x.contiguous(memory_format=memory_format)
    model.train()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9)

    def step():
        optimizer.zero_grad(set_to_none=True)
        scores = model(x)
        loss = F.binary_cross_entropy_with_logits(scores, y) if is_map else F.cross_entropy(scores, y)
        loss.backward()
        optimizer.step()
        # What our own step answers with, too.
        right = (scores > 0).float() == y if is_map else scores.argmax(1) == y
        return loss.item(), right.sum().item()

    return step


def seconds(step, steps):
    step()
    start = time.perf_counter()
    for _ in range(steps):
        step()
    return time.perf_counter() - start


def main():
    name, batch, steps, threads = sys.argv[1], *map(int, sys.argv[2:5])
    torch.set_num_threads(threads)
    builds = (resnet20, mobilenetv2, transformer, lstm, unet)
    build = {build.__name__: build for build in builds}[name]
    formats = {"contiguous": torch.contiguous_format, "channels_last": torch.channels_last}
    trainers = {title: trainer(build, batch, memory_format) for title, memory_format in formats.items()}
    # In turns, so that other load meets both; the least time of each counts.
    times = {title: min(seconds(step, 1) for _ in range(3)) for title, step in trainers.items()}
    best = min(times, key=times.get)
    step = trainers[best]
    print(json.dumps({"version": torch.__version__, "format": best, "threads": torch.get_num_threads()}), flush=True)
    for _ in sys.stdin:
        for _ in range(steps):
            step()
        print("{}", flush=True)


if __name__ == "__main__":
    main()
