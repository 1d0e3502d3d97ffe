"""Convolutions of maps that were enlarged by repeating cells, computed at the size before the enlargement.

A 3x3 kernel on a map whose cells were repeated r times along both axes sees only a few different neighborhoods: the cells
at the joint of two repeated cells, and for r > 2 the cells between joints. Each has a smaller kernel with summed taps.
"""

from __future__ import annotations

from typing import Sequence

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from . import weights
from .layers import parameter
from .weights import Expression

# The last cell before a joint reads two rows from before it and one from behind it; the first cell behind, the reverse.
JOINT = ([[0, 1], [2]], [[0], [1, 2]])
BETWEEN = ([[0, 1, 2]],)


def _phases(weight: Expression, shape: Sequence[int], rows: Sequence, columns: Sequence) -> nn.Parameter:
    """Kernels of all pairs of a row phase and a column phase, side by side: [outputs * phases, inputs, ...]."""
    count = len(rows) * len(columns)
    kernel = [*shape[1:-2], len(rows[0]), len(columns[0])]
    parts = weights.concat([weights.tap_sum(weight, r, c) for r in rows for c in columns], 0)
    by_output = weights.permute(weights.reshape(parts, [count, shape[0], *kernel]), [1, 0, *range(2, len(shape) + 1)])
    return parameter(weights.reshape(by_output, [shape[0] * count, *kernel]), [shape[0] * count, *kernel])


def _repeat(bias: Expression, outputs: int, count: int) -> nn.Parameter:
    """The bias once for each phase, in the order of the kernels."""
    columns = weights.concat([weights.reshape(bias, [outputs, 1])] * count, 1)
    return parameter(weights.reshape(columns, [outputs * count]), [outputs * count])


class Doubled2d(nn.Module):
    """ReLU of a 3x3 convolution of a map enlarged by 2: [B,I,H,W] -> [B,O,2H,2W]."""

    def __init__(self, weight: Expression, bias: Expression, shape: Sequence[int]):
        super().__init__()
        self.weight = _phases(weight, shape, JOINT, JOINT)
        self.bias = _repeat(bias, shape[0], 4)

    def forward(self, x: Tensor) -> Tensor:
        y = F.relu_(F.conv2d(x, self.weight, self.bias, padding=1))
        return F.pixel_shuffle(y, 2)[:, :, 1:-1, 1:-1]


class Doubled3d(nn.Module):
    """ReLU of a 3x3x3 convolution of a volume with height and width enlarged by 2: [B,I,D,H,W] -> [B,O,D,2H,2W]."""

    def __init__(self, weight: Expression, bias: Expression, shape: Sequence[int]):
        super().__init__()
        self.weight = _phases(weight, shape, JOINT, JOINT)
        self.bias = _repeat(bias, shape[0], 4)

    def forward(self, x: Tensor) -> Tensor:
        y = F.relu_(F.conv3d(x, self.weight, self.bias, padding=1))
        b, c, d, h, w = y.shape
        y = y.view(b, c // 4, 2, 2, d, h, w).permute(0, 1, 4, 5, 2, 6, 3).reshape(b, c // 4, d, 2 * h, 2 * w)
        return y[:, :, :, 1:-1, 1:-1]


class Quadrupled2d(nn.Module):
    """ReLU of a 3x3 convolution of a map enlarged by 4: [B,I,H,W] -> [B,O,4H,4W]."""

    def __init__(self, weight: Expression, bias: Expression, shape: Sequence[int]):
        super().__init__()
        outputs = shape[0]
        self.corners = _phases(weight, shape, JOINT, JOINT)
        self.corners_bias = _repeat(bias, outputs, 4)
        self.rows = _phases(weight, shape, JOINT, BETWEEN)
        self.columns = _phases(weight, shape, BETWEEN, JOINT)
        self.edges_bias = _repeat(bias, outputs, 2)
        self.center = _phases(weight, shape, BETWEEN, BETWEEN)
        self.center_bias = parameter(bias, [outputs])

    def forward(self, x: Tensor) -> Tensor:
        b, _, h, w = x.shape
        corners = F.relu_(F.conv2d(x, self.corners, self.corners_bias, padding=1)).view(b, -1, 2, 2, h + 1, w + 1)
        rows = F.relu_(F.conv2d(x, self.rows, self.edges_bias, padding=[1, 0])).view(b, -1, 2, h + 1, w)
        columns = F.relu_(F.conv2d(x, self.columns, self.edges_bias, padding=[0, 1])).view(b, -1, 2, h, w + 1)
        center = F.relu_(F.conv2d(x, self.center, self.center_bias))
        y = torch.empty([b, center.shape[1], h, 4, w, 4], dtype=x.dtype, device=x.device)
        y[:, :, :, 0, :, 0] = corners[:, :, 1, 1, :-1, :-1]
        y[:, :, :, 0, :, 1:3] = rows[:, :, 1, :-1].unsqueeze(-1)
        y[:, :, :, 0, :, 3] = corners[:, :, 1, 0, :-1, 1:]
        y[:, :, :, 1:3, :, 0] = columns[:, :, 1, :, :-1].unsqueeze(3)
        y[:, :, :, 1:3, :, 1:3] = center.unsqueeze(3).unsqueeze(-1)
        y[:, :, :, 1:3, :, 3] = columns[:, :, 0, :, 1:].unsqueeze(3)
        y[:, :, :, 3, :, 0] = corners[:, :, 0, 1, 1:, :-1]
        y[:, :, :, 3, :, 1:3] = rows[:, :, 0, 1:].unsqueeze(-1)
        y[:, :, :, 3, :, 3] = corners[:, :, 0, 0, 1:, 1:]
        return y.view(b, -1, 4 * h, 4 * w)
