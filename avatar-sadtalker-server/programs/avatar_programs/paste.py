"""Seamless cloning of rectangular frames: what OpenCV's seamlessClone gives for NORMAL_CLONE and a full mask.

The cloned frame has the destination's values on its border and the frame's gradients inside. OpenCV solves this Poisson
problem by a Fourier transform of a size that it cannot choose; here it is four products with sine matrices for a whole batch.
"""

from __future__ import annotations

import math
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .network import Input, Network, Program
from .scope import Scope


def sines(size: int, device: torch.device) -> Tensor:
    """The matrix of the discrete sine transform DST-I over ``size`` points; it is its own inverse times 2 / (size + 1)."""
    index = torch.arange(1, size + 1, device=device)
    # The remainder keeps the angle small, so that it is exact to double precision.
    turns = torch.remainder(index.unsqueeze(0) * index.unsqueeze(1), 2 * (size + 1))
    return torch.sin(turns.double() * (math.pi / (size + 1))).float()


def eigenvalues(size: int, device: torch.device) -> Tensor:
    """Eigenvalues of the second difference over ``size`` points between two zeros."""
    index = torch.arange(1, size + 1, device=device).double()
    return -4.0 * torch.sin(index * (math.pi / (2 * (size + 1)))) ** 2


class Paste(nn.Module):
    """Frames [B,h,w,3] and destination [h,w,3], both bytes, -> patches [B,h,w,3] of bytes to put there.

    OpenCV drops the outer ring of the patch, keeps the ring inside it as the boundary, and takes the destination's gradients
    in a rim of three cells from there. It truncates results instead of rounding them, as is done here.
    """

    def __init__(self, at: Scope):
        super().__init__()
        self.frame = 2  # The dropped ring and the boundary, which keep the destination's values.
        self.rim = 3

    def forward(self, frames: Tensor, destination: Tensor) -> Tensor:
        batch, height, width, _ = frames.shape
        if min(height, width) <= 2 * (self.frame + self.rim - 1):
            return destination.unsqueeze(0).repeat(batch, 1, 1, 1)
        target = destination.permute(2, 0, 1).float()
        correction = self.correction(frames.permute(0, 3, 1, 2).float() - target)
        result = (target + correction).clamp_(0.0, 255.0).to(torch.uint8)
        return result.permute(0, 2, 3, 1).contiguous()

    def correction(self, difference: Tensor) -> Tensor:
        """What to add to the destination. Its gradients are those of frame minus destination, and zero in the rim.

        Solving for the correction rather than for the picture makes the boundary values zero.
        """
        divergence = self.divergence(difference)
        rows, columns = divergence.shape[2], divergence.shape[3]
        vertical, horizontal = sines(rows, divergence.device), sines(columns, divergence.device)
        laplacian = eigenvalues(rows, divergence.device).unsqueeze(1) + eigenvalues(columns, divergence.device)
        factor = (4.0 / (laplacian * ((rows + 1) * (columns + 1)))).float()
        spectrum = torch.matmul(torch.matmul(vertical, divergence), horizontal) * factor
        solution = torch.matmul(torch.matmul(vertical, spectrum), horizontal)
        return F.pad(solution, [self.frame, self.frame, self.frame, self.frame])

    def divergence(self, x: Tensor) -> Tensor:
        """The divergence of forward differences that are zero in the rim, on the points inside the boundary."""
        start = self.frame - 1 + self.rim
        end_y, end_x = x.shape[2] - start, x.shape[3] - start
        here = x[:, :, start:end_y, start:end_x]
        right = x[:, :, start:end_y, start + 1 : end_x + 1] - here
        down = x[:, :, start + 1 : end_y + 1, start:end_x] - here
        # A cell's difference comes back with opposite sign in the next cell.
        inner = F.pad(right, [0, 1, 0, 1]) - F.pad(right, [1, 0, 0, 1]) + F.pad(down, [0, 1, 0, 1])
        inner = inner - F.pad(down, [0, 1, 1, 0])
        before, after = self.rim - 1, self.rim - 2
        return F.pad(inner, [before, after, before, after])


NETWORKS = [
    Network(
        checkpoint=None,
        prefix="",
        programs=[
            Program(
                "paste",
                Paste,
                [Input("frames", [2, 67, 53, 3], 0, 256, "u8"), Input("destination", [67, 53, 3], 0, 256, "u8")],
                ["patches"],
            )
        ],
    )
]
