"""LivePortrait's motion extractor: from a face to its canonical keypoints, pose and expression, by a ConvNeXt V2.

Maps are [B,H,W,C] throughout, so that the norms and the linear layers need no copies; convolutions see the same memory as
channels-last [B,C,H,W].
"""

from typing import Sequence, Tuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .layers import conv2d, linear, parameter
from .scope import Scope

NORM_EPS = 1e-6
BINS = 66


class LayerNorm(nn.Module):
    """Normalizes the last axis."""

    def __init__(self, at: Scope, channels: int):
        super().__init__()
        self.weight = parameter(at.tensor("weight", [channels]), [channels])
        self.bias = parameter(at.tensor("bias", [channels]), [channels])
        self.shape = [channels]
        self.eps = NORM_EPS

    def forward(self, x: Tensor) -> Tensor:
        return F.layer_norm(x, self.shape, self.weight, self.bias, self.eps)


class ResponseNorm(nn.Module):
    """Scales each channel by its energy over the map, relative to the mean over the channels, and adds the map itself."""

    def __init__(self, at: Scope, channels: int):
        super().__init__()
        shape = [1, 1, 1, channels]
        self.gamma = parameter(at.tensor("gamma", shape), shape)
        self.beta = parameter(at.tensor("beta", shape), shape)
        self.eps = NORM_EPS

    def forward(self, x: Tensor) -> Tensor:
        energy = torch.linalg.vector_norm(x, 2.0, [1, 2], True)
        relative = energy / (energy.mean(3, True) + self.eps)
        return torch.addcmul(self.beta, x, self.gamma * relative + 1.0)


class Block(nn.Module):
    def __init__(self, at: Scope, channels: int):
        super().__init__()
        self.conv = conv2d(at / "dwconv", channels, channels, 7, padding=3, groups=channels)
        self.norm = LayerNorm(at / "norm", channels)
        self.expand = linear(at / "pwconv1", channels, 4 * channels)
        self.response = ResponseNorm(at / "grn", 4 * channels)
        self.contract = linear(at / "pwconv2", 4 * channels, channels)

    def forward(self, x: Tensor) -> Tensor:
        y = self.norm(self.conv(x.permute(0, 3, 1, 2)).permute(0, 2, 3, 1))
        return x + self.contract(self.response(F.gelu(self.expand(y))))


class Stem(nn.Module):
    """RGB [B,3,H,W] -> [B,H/4,W/4,C]."""

    def __init__(self, at: Scope, channels: int):
        super().__init__()
        self.conv = conv2d(at / 0, 3, channels, 4, stride=4)
        self.norm = LayerNorm(at / 1, channels)

    def forward(self, image: Tensor) -> Tensor:
        return self.norm(self.conv(image).permute(0, 2, 3, 1).contiguous())


class Shrink(nn.Module):
    """[B,H,W,C] -> [B,H/2,W/2,D]."""

    def __init__(self, at: Scope, inputs: int, outputs: int):
        super().__init__()
        self.norm = LayerNorm(at / 0, inputs)
        self.conv = conv2d(at / 1, inputs, outputs, 2, stride=2)

    def forward(self, x: Tensor) -> Tensor:
        return self.conv(self.norm(x).permute(0, 3, 1, 2)).permute(0, 2, 3, 1).contiguous()


class MotionExtractor(nn.Module):
    """RGB [B,3,H,W] of 0..1 -> three sets of 66 angle bins, translation, expression, scale, canonical keypoints."""

    def __init__(self, at: Scope, widths: Sequence[int], depths: Sequence[int], keypoints: int):
        super().__init__()
        layers = []
        for stage, (width, depth) in enumerate(zip(widths, depths, strict=True)):
            down = at / "downsample_layers" / stage
            layers.append(Stem(down, width) if stage == 0 else Shrink(down, widths[stage - 1], width))
            layers += [Block(at / "stages" / stage / i, width) for i in range(depth)]
        self.layers = nn.Sequential(*layers)
        self.norm = LayerNorm(at / "norm", widths[-1])
        self.pitch = linear(at / "fc_pitch", widths[-1], BINS)
        self.yaw = linear(at / "fc_yaw", widths[-1], BINS)
        self.roll = linear(at / "fc_roll", widths[-1], BINS)
        self.translation = linear(at / "fc_t", widths[-1], 3)
        self.expression = linear(at / "fc_exp", widths[-1], 3 * keypoints)
        self.scale = linear(at / "fc_scale", widths[-1], 1)
        self.keypoints = linear(at / "fc_kp", widths[-1], 3 * keypoints)

    def forward(self, image: Tensor) -> Tuple[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor]:
        x = self.norm(self.layers(image).mean([1, 2]))
        return (
            self.pitch(x),
            self.yaw(x),
            self.roll(x),
            self.translation(x),
            self.expression(x),
            self.scale(x),
            self.keypoints(x),
        )
