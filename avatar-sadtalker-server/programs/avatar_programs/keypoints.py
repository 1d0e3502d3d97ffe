"""The canonical keypoint detector: 15 points of the portrait's head in a pose-free space."""

from typing import Final

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .layers import conv2d, conv3d
from .network import Input, Network, Program
from .scope import Scope

KEYPOINTS = 15
BLOCKS = 5
BLUR = 13  # Taps of the Gaussian before the picture is scaled down by 4.


class Down(nn.Module):
    def __init__(self, at: Scope, inputs: int, outputs: int):
        super().__init__()
        self.conv = conv2d(at / "conv", inputs, outputs, 3, padding=1, norm=at / "norm")

    def forward(self, x: Tensor) -> Tensor:
        return F.avg_pool2d(F.relu(self.conv(x)), 2)


class Up(nn.Module):
    def __init__(self, at: Scope, inputs: int, outputs: int):
        super().__init__()
        self.conv = conv3d(at / "conv", inputs, outputs, 3, padding=1, norm=at / "norm")

    def forward(self, x: Tensor) -> Tensor:
        return F.relu(self.conv(F.interpolate(x, scale_factor=[1.0, 2.0, 2.0], mode="nearest")))


def _centers(size: int, like: Tensor) -> Tensor:
    """Positions along one axis: -1 on the first cell, 1 on the last."""
    return 2.0 * (torch.arange(size, dtype=like.dtype, device=like.device) / (size - 1)) - 1.0


def expected_position(probability: Tensor) -> Tensor:
    """Probabilities [B,K,D,H,W] -> mean position [B,K,3] as x, y, z."""
    x = (probability.sum([2, 3]) * _centers(probability.shape[4], probability)).sum(2)
    y = (probability.sum([2, 4]) * _centers(probability.shape[3], probability)).sum(2)
    z = (probability.sum([3, 4]) * _centers(probability.shape[2], probability)).sum(2)
    return torch.stack([x, y, z], 2)


class KeypointDetector(nn.Module):
    """RGB [B,3,S,S] of 0..1 -> kp [B,15,3]."""

    depth: Final[int] = 16
    temperature: Final[float] = 0.1

    def __init__(self, at: Scope, width: int):
        super().__init__()
        # The file stores the Gaussian; taking every fourth pixel of the blurred picture is a stride of 4.
        self.shrink = conv2d(at / "down", 3, 3, BLUR, stride=4, padding=BLUR // 2, groups=3, bias=False)
        predictor = at / "predictor"
        channels = [width << i for i in range(BLOCKS + 1)]
        downs, ups = [3, *channels[1:]], [*reversed(channels)]
        self.downs = nn.Sequential(
            *(Down(predictor / "down_blocks" / f"down{i}", downs[i], downs[i + 1]) for i in range(BLOCKS))
        )
        self.lift = conv2d(predictor / "conv", channels[-1], channels[-1] * self.depth, 1)
        self.ups = nn.Sequential(
            *(Up(predictor / "up_blocks" / f"up{i}", ups[i], ups[i + 1]) for i in range(BLOCKS))
        )
        self.keypoints = conv3d(at / "kp", width, KEYPOINTS, 3, padding=1)

    def forward(self, image: Tensor) -> Tensor:
        x = self.lift(self.downs(self.shrink(image)))
        x = self.ups(x.view(x.shape[0], -1, self.depth, x.shape[2], x.shape[3]))
        logits = self.keypoints(x)
        probability = torch.softmax(logits.flatten(2) / self.temperature, 2).view(logits.shape)
        return expected_position(probability)


NETWORKS = [
    Network(
        checkpoint="sadtalker",
        prefix="kp_extractor.",
        programs=[Program("keypoints", KeypointDetector, [Input("image", [1, 3, 256, 256])], ["kp"])],
        full={"width": 32},
        tiny={"width": 4},
    )
]
