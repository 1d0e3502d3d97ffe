"""Random numbers that depend on names only, so that Java and Python make the same weights and inputs."""

import math
from typing import Iterator, Sequence

import numpy as np

_GOLDEN_GAMMA = 0x9E3779B97F4A7C15
_CHUNK = 1 << 22

# Gains of convolutions by the start of the tensor's name; 1.4 where none fits.
_GAINS = {
    "state_dict.": 0.6,
    "body.": 0.7,
    "fpn.": 1.0,
    "ssh": 1.0,
    "face_3drecon.": 0.8,
    "audio2exp.": 1.0,
    "audio2pose.": 1.0,
    "generator.decoder.conv_img": 0.5,
    "conv_img": 0.5,
    # a softmax of tenfold logits follows
    "kp_extractor.kp.": 0.5,
}


def _fnv1a(name: str) -> int:
    result = 0xCBF29CE484222325
    for byte in name.encode("utf-8"):
        result = (result ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return result


def uniform(name: str, count: int, start: int = 0) -> np.ndarray:
    """Elements start ... start + count - 1 of a name's sequence in [-1, 1), as doubles that float32 holds exactly.

    Element i is the upper 24 bits of SplitMix64 of the FNV-1a hash of the name, i + 1 steps on.
    """
    with np.errstate(over="ignore"):
        z = np.arange(start + 1, start + count + 1, dtype=np.uint64) * np.uint64(_GOLDEN_GAMMA)
        z += np.uint64(_fnv1a(name))
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z ^= z >> np.uint64(31)
    return (z >> np.uint64(40)).astype(np.float64) / 2**23 - 1


def sample(name: str, shape: Sequence[int], low: float, high: float, type: str) -> np.ndarray:
    """An input of a program: low + (high - low) (u + 1) / 2, rounded down for whole numbers."""
    values = low + (high - low) * (uniform(f"input.{name}", math.prod(shape)) + 1) / 2
    if type == "f32":
        return values.astype(np.float32).reshape(shape)
    return np.floor(values).astype({"i64": np.int64, "u8": np.uint8}[type]).reshape(shape)


def tensor(name: str, shape: Sequence[int]) -> np.ndarray:
    """The whole tensor of a checkpoint; name includes the checkpoint's prefix."""
    return np.concatenate(list(chunks(name, shape))).reshape(shape)


def chunks(name: str, shape: Sequence[int]) -> Iterator[np.ndarray]:
    """The tensor's values in row-major order, in parts of bounded size."""
    if name.endswith("num_batches_tracked"):
        yield np.zeros(math.prod(shape), np.int64)
        return
    count = math.prod(shape)
    for start in range(0, count, _CHUNK):
        u = uniform(name, min(_CHUNK, count - start), start)
        yield _scaled(name, shape, start, u).astype(np.float32)


def _scaled(name: str, shape: Sequence[int], start: int, u: np.ndarray) -> np.ndarray:
    if name.endswith("running_var"):
        return 1 + 0.3 * u
    if name.endswith(("weight_u", "weight_v")):
        return np.where(u >= 0, 1.0, -1.0) / math.sqrt(shape[0])
    if name.endswith("weight_orig"):
        return _spectral(name, shape, start, u)
    if name.endswith("weight") and len(shape) == 1:
        return 1 + 0.2 * u
    if name.endswith("weight"):
        return u * math.sqrt(3 / math.prod(shape[1:])) * (_gain(name) if len(shape) >= 3 else 1.0)
    return 0.1 * u


def _gain(name: str) -> float:
    """Keeps the outputs near 1: what grows through residual sums starts smaller."""
    return next((gain for prefix, gain in _GAINS.items() if name.startswith(prefix)), 1.4)


def _spectral(name: str, shape: Sequence[int], start: int, u: np.ndarray) -> np.ndarray:
    """A weight whose stored singular vectors belong to it: their product is added with a large factor."""
    rows, columns = shape[0], math.prod(shape[1:])
    factor = (math.sqrt(rows) + math.sqrt(columns)) / math.sqrt(columns)
    left = tensor(name.replace("weight_orig", "weight_u"), [rows]).astype(np.float64)
    right = tensor(name.replace("weight_orig", "weight_v"), [columns]).astype(np.float64)
    row, column = np.divmod(np.arange(start, start + len(u)), columns)
    return u * math.sqrt(3 / columns) + factor * left[row] * right[column]
