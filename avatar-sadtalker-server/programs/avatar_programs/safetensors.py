"""A writer for the safetensors format, in the order that the official library uses."""

import json
import math
from pathlib import Path
from typing import Callable, Iterable, Mapping, Sequence

import numpy as np

_TYPES = {"F32": np.dtype("<f4"), "I64": np.dtype("<i8"), "U8": np.dtype("u1")}


def write(path: Path, tensors: Mapping[str, np.ndarray]) -> None:
    names = {dtype: name for name, dtype in _TYPES.items()}
    layout = {name: (names[value.dtype], value.shape) for name, value in tensors.items()}
    write_chunks(path, layout, lambda name: [tensors[name]])


def write_chunks(
    path: Path,
    layout: Mapping[str, tuple[str, Sequence[int]]],
    chunks: Callable[[str], Iterable[np.ndarray]],
) -> None:
    """Writes tensors without holding them all: layout gives types and shapes, chunks the values in row-major parts."""
    order = sorted(layout, key=lambda name: (-_TYPES[layout[name][0]].itemsize, name))
    header, end = {}, 0
    for name in order:
        type, shape = layout[name]
        start, end = end, end + _TYPES[type].itemsize * math.prod(shape)
        header[name] = {"dtype": type, "shape": list(shape), "data_offsets": [start, end]}
    encoded = json.dumps(header, separators=(",", ":")).encode("utf-8")
    encoded += b" " * (-len(encoded) % 8)
    with open(path, "wb") as file:
        file.write(len(encoded).to_bytes(8, "little") + encoded)
        for name in order:
            for part in chunks(name):
                file.write(np.ascontiguousarray(part).data)
        if file.tell() != 8 + len(encoded) + end:
            raise ValueError(f"{path}: the tensors are not of the sizes that were announced")
