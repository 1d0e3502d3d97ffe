"""LivePortrait's small networks that correct keypoints: stitching into the picture, and opening of eyes and lips."""

from typing import Sequence

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .layers import linear
from .scope import Scope


class Perceptron(nn.Module):
    """Linear layers with ReLU between them."""

    def __init__(self, at: Scope, inputs: int, hidden: Sequence[int], outputs: int):
        super().__init__()
        sizes = [inputs, *hidden, outputs]
        # The odd places are those of the official ReLU layers.
        self.first = linear(at / "mlp" / 0, sizes[0], sizes[1])
        self.rest = nn.ModuleList(
            linear(at / "mlp" / (2 * i), sizes[i], sizes[i + 1]) for i in range(1, len(sizes) - 1)
        )

    def forward(self, x: Tensor) -> Tensor:
        x = self.first(x)
        for layer in self.rest:
            x = layer(F.relu(x))
        return x


class Stitching(nn.Module):
    """kp_source [1,K,3], kp_driving [B,K,3] -> the driving keypoints, moved to where the picture around the face fits."""

    def __init__(self, at: Scope, keypoints: int, hidden: Sequence[int]):
        super().__init__()
        self.coordinates = 3 * keypoints
        self.perceptron = Perceptron(at, 2 * self.coordinates, hidden, self.coordinates + 2)

    def forward(self, kp_source: Tensor, kp_driving: Tensor) -> Tensor:
        source = kp_source.expand(kp_driving.shape[0], -1, -1)
        offsets = self.perceptron(torch.cat([source.flatten(1), kp_driving.flatten(1)], 1))
        each = offsets[:, : self.coordinates].view(kp_driving.shape)
        all_together = F.pad(offsets[:, self.coordinates :], [0, 1]).unsqueeze(1)
        return kp_driving + each + all_together


class Retargeting(nn.Module):
    """kp_source [1,K,3] and ratios of the source and of driving frames [B,R] -> offsets of the keypoints [B,K,3]."""

    def __init__(self, at: Scope, keypoints: int, ratios: int, hidden: Sequence[int]):
        super().__init__()
        self.perceptron = Perceptron(at, 3 * keypoints + ratios, hidden, 3 * keypoints)

    def forward(self, kp_source: Tensor, ratio: Tensor) -> Tensor:
        source = kp_source.expand(ratio.shape[0], -1, -1)
        offsets = self.perceptron(torch.cat([source.flatten(1), ratio], 1))
        return offsets.view(source.shape)
