"""Layers that know how their parameters are made from the tensors of a checkpoint.

Convolutions and linear layers are PyTorch's own, so that they script. A batch norm that follows a convolution is folded
into it; one that stands before its convolution becomes a ScaleShift.
"""

from typing import Sequence

import torch
from torch import Tensor, nn

from . import weights
from .scope import Scope
from .weights import Expression


def parameter(expression: Expression, shape: Sequence[int], keep_float32: bool = False) -> nn.Parameter:
    """A parameter that carries the expression for its value. keep_float32 holds in programs of every precision."""
    result = nn.Parameter(torch.zeros(*shape), requires_grad=False)
    result.expression = expression
    result.keep_float32 = keep_float32
    return result


def conv1d(at: Scope, inputs: int, outputs: int, kernel: int, **options) -> nn.Conv1d:
    return _convolution(nn.Conv1d, at, inputs, outputs, [kernel], **options)


def conv2d(at: Scope, inputs: int, outputs: int, kernel: int, **options) -> nn.Conv2d:
    return _convolution(nn.Conv2d, at, inputs, outputs, [kernel] * 2, **options)


def conv3d(at: Scope, inputs: int, outputs: int, kernel: int, **options) -> nn.Conv3d:
    return _convolution(nn.Conv3d, at, inputs, outputs, [kernel] * 3, **options)


def _convolution(kind, at, inputs, outputs, kernel, *, bias=True, norm: Scope | None = None, groups=1, **options):
    """bias says whether the checkpoint has one; norm is the batch norm that follows directly."""
    shape = [outputs, inputs // groups, *kernel]
    weight: Expression = at.tensor("weight", shape)
    offset: Expression | None = at.tensor("bias", [outputs]) if bias else None
    if norm is not None:
        path = norm.norm(outputs)
        weight, offset = weights.fold_weight(weight, path), weights.fold_bias(offset, path)
    layer = kind(inputs, outputs, kernel, bias=offset is not None, groups=groups, device="meta", **options)
    layer.weight = parameter(weight, shape)
    if offset is not None:
        layer.bias = parameter(offset, [outputs])
    return layer


def conv_transpose2d(at: Scope, inputs: int, outputs: int, kernel: Sequence[int], stride: Sequence[int]):
    layer = nn.ConvTranspose2d(inputs, outputs, tuple(kernel), tuple(stride), device="meta")
    layer.weight = parameter(at.tensor("weight", [inputs, outputs, *kernel]), [inputs, outputs, *kernel])
    layer.bias = parameter(at.tensor("bias", [outputs]), [outputs])
    return layer


def linear(at: Scope, inputs: int, outputs: int) -> nn.Linear:
    layer = nn.Linear(inputs, outputs, device="meta")
    layer.weight = parameter(at.tensor("weight", [outputs, inputs]), [outputs, inputs])
    layer.bias = parameter(at.tensor("bias", [outputs]), [outputs])
    return layer


class ScaleShift(nn.Module):
    """A batch norm that has no convolution directly before it, for any number of spatial axes."""

    def __init__(self, at: Scope, channels: int, spatial: int = 2):
        super().__init__()
        path = at.norm(channels)
        shape = [channels] + [1] * spatial
        self.scale = parameter(weights.reshape(weights.scale(path), shape), shape)
        self.shift = parameter(weights.reshape(weights.shift(path), shape), shape)

    def forward(self, x: Tensor) -> Tensor:
        return x * self.scale + self.shift
