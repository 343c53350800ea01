"""The pre-activation ResNet family (He et al. 2016) as a table, and the order in which its weights are carried over.

The order of the weights, which `weight_order` spells out and every implementation is held against:

    conv1                   kernel
    of every block:
      shortcut              gamma, beta, movingMean, movingVariance; then the projection's kernel where there is one
      conv1                 kernel
      preActivation         gamma, beta, movingMean, movingVariance      (preActivation1 in a bottleneck)
      conv2                 kernel
      preActivation2        gamma, beta, movingMean, movingVariance      (bottleneck)
      conv3                 kernel                                       (bottleneck)
    preActivation           gamma, beta, movingMean, movingVariance
    scores                  kernel, bias

Kernels of convolutions are height × width × in × out, that of the dense layer is in × out. Convolutions have no bias.
"""

from dataclasses import dataclass

MOMENTUM = 0.997
EPSILON = 1e-5

STAGES = {18: (2, 2, 2, 2), 34: (3, 4, 6, 3), 50: (3, 4, 6, 3), 101: (3, 4, 23, 3), 152: (3, 8, 36, 3), 200: (3, 24, 36, 3)}


@dataclass(frozen=True)
class Block:
    name: str
    channels: int  # of its input
    filters: int
    strides: int
    projects: bool
    is_bottleneck: bool

    @property
    def output(self):
        return self.filters * 4 if self.is_bottleneck else self.filters


@dataclass(frozen=True)
class Network:
    """`kind` is imagenet (a 7×7 convolution and a pooling before the stages) or cifar (a 3×3 convolution)."""

    kind: str
    layers: int
    classes: int

    @property
    def stem(self):
        """Filters, kernel and strides of the first convolution."""
        return (64, 7, 2) if self.kind == "imagenet" else (16, 3, 1)

    def blocks(self):
        is_bottleneck = self.kind == "imagenet" and self.layers >= 50
        counts = STAGES[self.layers] if self.kind == "imagenet" else ((self.layers - 2) // 6,) * 3
        channels = self.stem[0]
        for stage, count in enumerate(counts):
            for index in range(count):
                opens = index == 0
                block = Block(
                    name=f"stage{stage + 1}[{index + 1}]",
                    channels=channels,
                    filters=self.stem[0] * 2**stage,
                    strides=2 if opens and stage > 0 else 1,
                    projects=opens,
                    is_bottleneck=is_bottleneck,
                )
                yield block
                channels = block.output

    def weight_order(self):
        """Every weight's name and shape."""

        def norm(name, channels):
            return [(f"{name}/{part}", (channels,)) for part in ("gamma", "beta", "movingMean", "movingVariance")]

        filters, kernel, _ = self.stem
        order = [("conv1/kernel", (kernel, kernel, 3, filters))]
        channels = filters
        for block in self.blocks():
            f, name = block.filters, block.name
            order += norm(f"{name}/shortcut", block.channels)
            if block.projects:
                order.append((f"{name}/shortcut/kernel", (1, 1, block.channels, block.output)))
            if block.is_bottleneck:
                order.append((f"{name}/conv1/kernel", (1, 1, block.channels, f)))
                order += norm(f"{name}/preActivation1", f)
                order.append((f"{name}/conv2/kernel", (3, 3, f, f)))
                order += norm(f"{name}/preActivation2", f)
                order.append((f"{name}/conv3/kernel", (1, 1, f, f * 4)))
            else:
                order.append((f"{name}/conv1/kernel", (3, 3, block.channels, f)))
                order += norm(f"{name}/preActivation", f)
                order.append((f"{name}/conv2/kernel", (3, 3, f, f)))
            channels = block.output
        order += norm("preActivation", channels)
        return order + [("scores/kernel", (channels, self.classes)), ("scores/bias", (self.classes,))]


def consistent_pads(kernel):
    """Before and after, whatever the size of the input."""
    total = kernel - 1
    return total // 2, total - total // 2
