"""What the code of random layers gives in PyTorch, in training for one sample, again and again. Usage: inTorch.py FOLDER LAWS"""

import math

import numpy as np
import torch
from torch import nn
import torch.nn.functional as F

from projections import batch_of, run, weights_of
from torchWeights import place

NAMES = {"torch": torch, "nn": nn, "F": F, "math": math}


def outputs_of(case):
    if "unsupported" in case["torch"]:
        return None
    scope = dict(NAMES)
    exec(case["torch"]["code"], scope)  # noqa: S102 - our own generated code
    module = scope["Layer"]().train()
    place(module, weights_of(case), case["torch"]["weights"])
    torch.manual_seed(1)
    batch = batch_of(case)
    is_image = batch.ndim == 4
    x = torch.from_numpy(np.ascontiguousarray(np.moveaxis(batch, -1, 1)) if is_image else batch)
    with torch.no_grad():
        y = module(*[x] * case["ports"]).numpy()
    return np.moveaxis(y, 1, -1) if is_image else y


run(outputs_of)
