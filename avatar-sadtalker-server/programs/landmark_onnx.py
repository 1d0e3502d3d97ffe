#!/usr/bin/python3
"""Writes networks with the input and the outputs of LivePortrait's 'landmark.onnx', for tests and comparisons.

    landmark_onnx.py --out FILE [--tiny] [--opset N]

The full one has the official layers, a ConvNeXt V1 of the tiny size with three heads, and random weights: its points lie
anywhere. The tiny one is what the server's tests read: it always gives about the same face, which we made up, where the
server's crop has one. No official weight is in either. PyTorch needs the package 'onnx' to write them.
"""

import argparse
import math
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

SIDE = 224
DEPTHS = (3, 3, 9, 3)
WIDTHS = (96, 192, 384, 768)
NORM_EPS = 1e-6
# What the network tells in this order; only the last, 203 points, is used.
HEADS = {"fc_coeff": 214, "fc_lmk": 262, "fc_pts": 406}
POINTS = 203
# How the crop lies around the points that it is made for: FaceSquare and LandmarkNetwork of the server.
CROP_SCALE, CROP_SHIFT = 1.5, -0.1


class ChannelNorm(nn.Module):
    """Normalizes the channels of [B,C,H,W]."""

    def __init__(self, channels: int):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(channels))
        self.bias = nn.Parameter(torch.zeros(channels))

    def forward(self, x: Tensor) -> Tensor:
        centered = x - x.mean(1, keepdim=True)
        deviation = torch.sqrt(centered.pow(2).mean(1, keepdim=True) + NORM_EPS)
        return self.weight[:, None, None] * (centered / deviation) + self.bias[:, None, None]


class Block(nn.Module):
    def __init__(self, channels: int):
        super().__init__()
        self.dwconv = nn.Conv2d(channels, channels, 7, padding=3, groups=channels)
        self.norm = nn.LayerNorm(channels, eps=NORM_EPS)
        self.pwconv1 = nn.Linear(channels, 4 * channels)
        self.act = nn.GELU()
        self.pwconv2 = nn.Linear(4 * channels, channels)
        self.gamma = nn.Parameter(torch.ones(channels))

    def forward(self, x: Tensor) -> Tensor:
        y = self.norm(self.dwconv(x).permute(0, 2, 3, 1))
        y = self.gamma * self.pwconv2(self.act(self.pwconv1(y)))
        return x + y.permute(0, 3, 1, 2)


class Landmarks(nn.Module):
    """RGB [B,3,224,224] of 0..1 -> the three heads; 'fc_pts' reads the last two stages, the others the last."""

    def __init__(self):
        super().__init__()
        self.downsample_layers = nn.ModuleList(
            [nn.Sequential(nn.Conv2d(3, WIDTHS[0], 4, stride=4), ChannelNorm(WIDTHS[0]))]
            + [
                nn.Sequential(ChannelNorm(a), nn.Conv2d(a, b, 2, stride=2))
                for a, b in zip(WIDTHS, WIDTHS[1:], strict=False)
            ]
        )
        self.stages = nn.ModuleList(
            nn.Sequential(*(Block(width) for _ in range(depth))) for width, depth in zip(WIDTHS, DEPTHS, strict=True)
        )
        self.norm_s3 = nn.LayerNorm(WIDTHS[2], eps=NORM_EPS)
        self.norm = nn.LayerNorm(WIDTHS[3], eps=NORM_EPS)
        self.fc_coeff = nn.Linear(WIDTHS[3], HEADS["fc_coeff"])
        self.fc_lmk = nn.Linear(WIDTHS[3], HEADS["fc_lmk"])
        self.fc_pts = nn.Linear(WIDTHS[2] + WIDTHS[3], HEADS["fc_pts"])

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        means = []
        for down, stage in zip(self.downsample_layers, self.stages, strict=True):
            x = stage(down(x))
            means.append(x.mean([-2, -1]))
        third, last = self.norm_s3(means[2]), self.norm(means[3])
        return self.fc_coeff(last), self.fc_lmk(last), self.fc_pts(torch.cat([third, last], 1))


class TinyLandmarks(nn.Module):
    """The made-up face, moved by thousandths of the crop with the colors of the picture."""

    def __init__(self):
        super().__init__()
        self.fc_coeff = nn.Linear(3, HEADS["fc_coeff"])
        self.fc_lmk = nn.Linear(3, HEADS["fc_lmk"])
        self.fc_pts = nn.Linear(3, HEADS["fc_pts"])

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        colors = x.mean([2, 3]) - 0.5
        return self.fc_coeff(colors), self.fc_lmk(colors), self.fc_pts(colors)


def ring(center: tuple[float, float], width: float, height: float, count: int) -> np.ndarray:
    """An ellipse that begins at its left end and goes over its top."""
    turn = math.pi + 2 * math.pi * np.arange(count) / count
    return np.stack([center[0] + width / 2 * np.cos(turn), center[1] + height / 2 * np.sin(turn)], 1)


def arc(center: tuple[float, float], width: float, height: float, start: float, end: float, count: int) -> np.ndarray:
    """Part of an ellipse, from one angle to another, in degrees clockwise from its right end."""
    turn = np.radians(np.linspace(start, end, count))
    return np.stack([center[0] + width / 2 * np.cos(turn), center[1] + height / 2 * np.sin(turn)], 1)


def face() -> np.ndarray:
    """203 points [203,2] of a face in the crop that is made for them, as fractions of its side."""
    points = np.concatenate(
        [
            ring((-0.42, -0.35), 0.36, 0.13, 24),
            ring((0.42, -0.35), 0.36, 0.13, 24),
            ring((0.0, 0.55), 0.60, 0.24, 36),
            ring((0.0, 0.55), 0.46, 0.06, 24),
            arc((0.0, -0.35), 1.68, 2.70, 180, 0, 37),  # the jaw, from ear to ear
            arc((-0.42, -0.52), 0.56, 0.26, 180, 360, 20),
            arc((0.42, -0.52), 0.56, 0.26, 180, 360, 20),
            np.stack([np.zeros(9), np.linspace(-0.35, 0.18, 9)], 1),
            arc((0.0, 0.10), 0.40, 0.30, 180, 0, 9),
        ]
    ).astype(np.float64)
    assert points.shape == (POINTS, 2)
    low, high = points.min(0), points.max(0)
    fraction = 1 / (CROP_SCALE * (high - low).max())
    return (points - (low + high) / 2) * fraction + [0.5, 0.5 - CROP_SHIFT]


@torch.no_grad()
def randomize(network: nn.Module, seed: int) -> None:
    """Keeps activations near one from layer to layer, so that every layer shows in the output."""
    generator = torch.Generator().manual_seed(seed)
    for name, parameter in network.named_parameters():
        noise = torch.randn(parameter.shape, generator=generator)
        if parameter.dim() > 1:
            parameter.copy_(noise / math.sqrt(parameter[0].numel()))
        elif name.endswith("bias"):
            parameter.copy_(0.1 * noise)
        else:
            parameter.copy_(0.7 + 0.2 * noise)


@torch.no_grad()
def tiny() -> TinyLandmarks:
    network = TinyLandmarks()
    randomize(network, 1)
    network.fc_pts.weight.mul_(0.005)
    network.fc_pts.bias.copy_(torch.from_numpy(face().reshape(-1)))
    return network


def full() -> Landmarks:
    network = Landmarks()
    randomize(network, 2)
    return network


def export(network: nn.Module, path: Path, opset: int) -> None:
    torch.onnx.export(
        network.eval(),
        (torch.zeros(1, 3, SIDE, SIDE),),
        str(path),
        input_names=["input"],
        output_names=list(HEADS),
        opset_version=opset,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--tiny", action="store_true")
    parser.add_argument("--opset", type=int, default=11)
    arguments = parser.parse_args()
    export(tiny() if arguments.tiny else full(), arguments.out, arguments.opset)
    print(f"{arguments.out}: {arguments.out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
