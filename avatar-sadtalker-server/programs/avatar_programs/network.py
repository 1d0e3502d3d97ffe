"""What a network declares about itself: its place in a checkpoint and the programs made from it."""

from dataclasses import dataclass, field
from typing import Callable, Mapping, Sequence

import torch
from torch import nn

from .scope import Scope

PRECISIONS = {"f32": torch.float32, "f16": torch.float16, "bf16": torch.bfloat16}


@dataclass(frozen=True)
class Input:
    """An input and the sample of it that golden values are computed from: shape and range, type f32, i64 or u8.

    tiny_shape is the sample's shape for the tiny network where it differs.
    """

    name: str
    shape: Sequence[int]
    low: float = 0.0
    high: float = 1.0
    type: str = "f32"
    tiny_shape: Sequence[int] | None = None

    def sample_shape(self, tiny: bool) -> list[int]:
        return list(self.tiny_shape if tiny and self.tiny_shape is not None else self.shape)


@dataclass(frozen=True)
class Program:
    """One scripted module. build takes the scope of the network and its sizes."""

    name: str
    build: Callable[..., nn.Module]
    inputs: Sequence[Input]
    outputs: Sequence[str]
    precisions: Sequence[str] = ("f32",)


@dataclass(frozen=True)
class Network:
    """The programs that read the tensors below one prefix of a checkpoint.

    strip is a further leading part that the names may or may not have; alias is a prefix that re-packed files have instead.
    ignored are patterns of tensors that may be in the checkpoint and are never read; dropped are those of them that the
    official file is known to have, with shapes that depend on the sizes.
    """

    checkpoint: str | None
    prefix: str
    programs: Sequence[Program]
    full: Mapping[str, object] = field(default_factory=dict)
    tiny: Mapping[str, object] = field(default_factory=dict)
    strip: str | None = None
    alias: str | None = None
    ignored: Sequence[str] = ("*num_batches_tracked",)
    dropped: Callable[..., dict[str, list[int]]] = lambda **sizes: {}

    def sizes(self, tiny: bool) -> Mapping[str, object]:
        return self.tiny if tiny else self.full

    def build(self, program: Program, tiny: bool) -> nn.Module:
        """The program's module with zeros for weights, in eval mode."""
        return program.build(Scope({}), **self.sizes(tiny)).eval()

    def tensors(self, tiny: bool) -> dict[str, list[int]]:
        """Names and shapes of all tensors that the checkpoint must have below the prefix."""
        tensors: dict[str, list[int]] = {}
        for program in self.programs:
            program.build(Scope(tensors), **self.sizes(tiny))
        return tensors

    def official_tensors(self, tiny: bool) -> dict[str, list[int]]:
        """Everything that the official file has below the prefix: also what no program reads, and batch norms' counters."""
        tensors = self.tensors(tiny) | self.dropped(**self.sizes(tiny))
        counter = {name: name.replace("running_var", "num_batches_tracked") for name in tensors if "running_var" in name}
        result: dict[str, list[int]] = {}
        for name, shape in tensors.items():
            result[name] = shape
            if name in counter:
                result[counter[name]] = []
        return result
