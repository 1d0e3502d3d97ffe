"""Names of checkpoint tensors, collected while a network is built."""

from typing import Sequence


class Scope:
    """A place in the tree of checkpoint names. Every tensor that a network reads is declared here, with its shape."""

    def __init__(self, tensors: dict[str, list[int]], path: str = ""):
        self._tensors = tensors
        self.path = path

    def __truediv__(self, name: object) -> "Scope":
        """The scope below this one: ``scope / "layer1" / 0`` stands for ``layer1.0``."""
        return Scope(self._tensors, f"{self.path}.{name}" if self.path else str(name))

    def tensor(self, name: str, shape: Sequence[int]) -> str:
        """Declares a tensor of this scope and returns its full name."""
        full = (self / name).path
        if self._tensors.setdefault(full, list(shape)) != list(shape):
            raise ValueError(f"{full} is declared as {self._tensors[full]} and as {list(shape)}")
        return full

    def norm(self, channels: int) -> str:
        """Declares the tensors of a batch norm and returns its path."""
        for part in ("weight", "bias", "running_mean", "running_var"):
            self.tensor(part, [channels])
        return self.path
