"""The official generator as TorchScript, so that the server's benchmark can time it in the same libtorch."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn

from .checkpoints import keypoints
from .official import Official

BATCH = 2


class Prediction(nn.Module):
    """The generator with tensors at its border: image [2,3,256,256], keypoints [2,15,3] -> frames [2,3,256,256]."""

    def __init__(self, generator: nn.Module):
        super().__init__()
        self.generator = generator

    def forward(self, image: Tensor, kp_source: Tensor, kp_driving: Tensor) -> Tensor:
        return self.generator(image, kp_source={"value": kp_source}, kp_driving={"value": kp_driving})["prediction"]


def write(official: Official, target: Path) -> None:
    """Traces a batch of two, the official default, with everything that the official code repeats for each frame."""
    source, driving = keypoints(BATCH)
    image = torch.rand(BATCH, 3, 256, 256, generator=torch.Generator().manual_seed(0))
    with torch.no_grad():
        traced = torch.jit.trace(
            Prediction(official.renderer(full=False).generator).eval(),
            (image, source.repeat(BATCH, 1, 1), driving),
            check_trace=False,
        )
    traced.save(str(target))
    print(f"{target}: {target.stat().st_size / 1e6:.0f} MB")
