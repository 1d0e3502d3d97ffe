"""The AWing face alignment network: four stacked hourglasses, 98 landmarks."""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .layers import ScaleShift, conv2d
from .network import Input, Network, Program
from .scope import Scope

HEATMAPS = 98 + 1  # One for each landmark; the last one is the boundary of the face.
DEPTH = 4
STACKS = 4


def coordinates(x: Tensor) -> Tensor:
    """Row, column and radius of each position, from -1 to 1 (radius: up to 1), as [B,3,H,W]."""
    height, width = x.shape[2], x.shape[3]
    rows = torch.arange(height, dtype=x.dtype, device=x.device) / (height - 1) * 2.0 - 1.0
    columns = torch.arange(width, dtype=x.dtype, device=x.device) / (width - 1) * 2.0 - 1.0
    row = rows.view(-1, 1).expand(height, width)
    column = columns.view(1, -1).expand(height, width)
    radius = torch.sqrt(row * row + column * column)
    return torch.stack([row, column, radius / torch.max(radius)]).unsqueeze(0).expand(x.shape[0], -1, -1, -1)


def boundary_coordinates(coords: Tensor, heatmaps: Tensor, threshold: float = 0.05) -> Tensor:
    """Row and column where the boundary heatmap is on, 0 elsewhere."""
    on = heatmaps[:, -1:] > threshold
    return torch.where(on, coords[:, :2], torch.zeros_like(coords[:, :2]))


class NormedConv(nn.Module):
    """Batch norm, ReLU, then the convolution."""

    def __init__(self, norm: Scope, conv: Scope, inputs: int, outputs: int, kernel: int):
        super().__init__()
        self.norm = ScaleShift(norm, inputs)
        self.conv = conv2d(conv, inputs, outputs, kernel, padding=kernel // 2, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        return self.conv(F.relu(self.norm(x)))


class ConvBlock(nn.Module):
    """Three convolutions in a row, their outputs side by side, plus a shortcut."""

    def __init__(self, at: Scope, inputs: int, outputs: int):
        super().__init__()
        half, quarter = outputs // 2, outputs // 4
        self.conv1 = NormedConv(at / "bn1", at / "conv1", inputs, half, 3)
        self.conv2 = NormedConv(at / "bn2", at / "conv2", half, quarter, 3)
        self.conv3 = NormedConv(at / "bn3", at / "conv3", quarter, quarter, 3)
        shortcut = at / "downsample"
        self.shortcut = (
            nn.Identity() if inputs == outputs else NormedConv(shortcut / 0, shortcut / 2, inputs, outputs, 1)
        )

    def forward(self, x: Tensor) -> Tensor:
        y1 = self.conv1(x)
        y2 = self.conv2(y1)
        return torch.cat([y1, y2, self.conv3(y2)], 1) + self.shortcut(x)


class Hourglass(nn.Module):
    def __init__(self, at: Scope, channels: int):
        super().__init__()
        down, up = range(DEPTH, 0, -1), range(1, DEPTH + 1)
        self.sides = nn.ModuleList(ConvBlock(at / f"b1_{level}", channels, channels) for level in down)
        self.downs = nn.ModuleList(ConvBlock(at / f"b2_{level}", channels, channels) for level in down)
        self.middle = ConvBlock(at / "b2_plus_1", channels, channels)
        self.ups = nn.ModuleList(ConvBlock(at / f"b3_{level}", channels, channels) for level in up)

    def forward(self, x: Tensor) -> Tensor:
        sides: list[Tensor] = []
        for side, down in zip(self.sides, self.downs):
            sides.append(side(x))
            x = down(F.avg_pool2d(x, 2))
        x = self.middle(x)
        for up in self.ups:
            x = sides.pop() + F.interpolate(up(x), scale_factor=2.0, mode="nearest")
        return x


class Stack(nn.Module):
    """One hourglass with its heads: features and heatmaps."""

    def __init__(self, at: Scope, number: int, inputs: int, channels: int):
        super().__init__()
        self.entry = conv2d(at / f"m{number}" / "coordconv" / "conv", inputs, channels, 1)
        self.hourglass = Hourglass(at / f"m{number}", channels)
        self.top = ConvBlock(at / f"top_m_{number}", channels, channels)
        self.last = conv2d(at / f"conv_last{number}", channels, channels, 1, norm=at / f"bn_end{number}")
        self.heatmaps = conv2d(at / f"l{number}", channels, HEATMAPS, 1)

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        features = F.relu(self.last(self.top(self.hourglass(self.entry(x)))))
        return features, self.heatmaps(features)


class Merge(nn.Module):
    """What one stack found, added to the input of the next."""

    def __init__(self, at: Scope, number: int, channels: int):
        super().__init__()
        self.features = conv2d(at / f"bl{number}", channels, channels, 1)
        self.heatmaps = conv2d(at / f"al{number}", HEATMAPS, channels, 1)

    def forward(self, x: Tensor, features: Tensor, heatmaps: Tensor) -> Tensor:
        return x + self.features(features) + self.heatmaps(heatmaps)


class Fan(nn.Module):
    """BGR [B,3,256,256] of 0..1 -> heatmaps [B,98,64,64] of the last stack."""

    def __init__(self, at: Scope, channels: int):
        super().__init__()
        half, quarter = channels // 2, channels // 4
        self.stem = conv2d(at / "conv1" / "conv", 3 + 3, quarter, 7, stride=2, padding=3, norm=at / "bn1")
        self.block1 = ConvBlock(at / "conv2", quarter, half)
        self.block2 = ConvBlock(at / "conv3", half, half)
        self.block3 = ConvBlock(at / "conv4", half, channels)
        self.first = Stack(at, 0, channels + 3, channels)
        self.merges = nn.ModuleList(Merge(at, i, channels) for i in range(STACKS - 1))
        self.others = nn.ModuleList(Stack(at, i, channels + 3 + 2, channels) for i in range(1, STACKS))

    def forward(self, crop: Tensor) -> Tensor:
        x = F.relu(self.stem(torch.cat([crop, coordinates(crop)], 1)))
        x = self.block3(self.block2(F.avg_pool2d(self.block1(x), 2)))
        coords = coordinates(x)
        features, heatmaps = self.first(torch.cat([x, coords], 1))
        for merge, stack in zip(self.merges, self.others):
            x = merge(x, features, heatmaps)
            boundary = boundary_coordinates(coords, heatmaps)
            features, heatmaps = stack(torch.cat([x, coords, boundary], 1))
        return heatmaps[:, :-1]


NETWORKS = [
    Network(
        checkpoint="fan",
        prefix="state_dict.",
        programs=[Program("fan", Fan, [Input("crop", [1, 3, 256, 256])], ["heatmaps"])],
        full={"channels": 256},
        tiny={"channels": 16},
    )
]
