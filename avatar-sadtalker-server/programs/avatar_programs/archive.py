"""TorchScript archives without their weights."""

import io
import tempfile
import zipfile
from pathlib import Path
from typing import Mapping

import torch
from torch import nn

from .network import PRECISIONS

ROOT = "program"
TIME_STAMP = (1980, 1, 1, 0, 0, 0)


def export(module: nn.Module, precision: str) -> tuple[bytes, dict[str, dict]]:
    """Scripts a module and returns its archive without weights, and for each storage entry left out what goes there.

    Call it in a fresh process for each archive: TorchScript numbers class names through the life of a process.
    """
    parameters = dict(module.named_parameters())
    dtype = PRECISIONS[precision]
    for number, tensor in enumerate(parameters.values(), 1):
        if not tensor.keep_float32:
            tensor.data = tensor.data.to(dtype)
        _mark(tensor, number)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"{ROOT}.pt")
        torch.jit.script(module).save(str(path))
        with zipfile.ZipFile(path) as archive:
            return _without_weights(archive), _entries(archive, list(parameters.values()))


def _mark(tensor: nn.Parameter, number: int) -> None:
    """Writes the parameter's number into its first bytes, so that its storage entry can be recognized."""
    tensor.data.view(torch.int32 if tensor.dtype == torch.float32 else torch.int16).view(-1)[0] = number


def _below_root(name: str) -> str:
    return name.partition("/")[2]


def _without_weights(archive: zipfile.ZipFile) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as result:
        for name in sorted(archive.namelist()):
            if not _below_root(name).startswith("data/") and not name.endswith(".debug_pkl"):
                _write(result, name, archive.read(name), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _write(archive: zipfile.ZipFile, name: str, content: bytes, compression: int) -> None:
    info = zipfile.ZipInfo(name, TIME_STAMP)
    info.compress_type = compression
    info.create_system = 3
    archive.writestr(info, content)


def _entries(archive: zipfile.ZipFile, parameters: list[nn.Parameter]) -> dict[str, dict]:
    names = [name for name in archive.namelist() if _below_root(name).startswith("data/")]
    entries = {}
    for name in sorted(names, key=lambda name: int(name.rpartition("/")[2])):
        with archive.open(name) as stored:
            number = int.from_bytes(stored.read(2), "little")
        if not 0 < number <= len(parameters):
            raise ValueError(f"{name} is no parameter; compute constant tensors in the program")
        tensor = parameters[number - 1]
        if archive.getinfo(name).file_size != tensor.numel() * tensor.element_size():
            raise ValueError(f"{name} does not hold exactly one parameter of shape {list(tensor.shape)}")
        entries[_below_root(name)] = {
            "type": "f32" if tensor.keep_float32 else "precision",
            "shape": list(tensor.shape),
            "weight": tensor.expression,
        }
    if len(entries) != len(parameters):
        raise ValueError(f"{len(parameters)} parameters, but {len(entries)} storage entries")
    return entries


def assemble(program: bytes, storages: Mapping[str, bytes], stored: bool = True) -> bytes:
    """The complete archive: a program with the contents of its storage entries."""
    buffer = io.BytesIO()
    compression = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(io.BytesIO(program)) as source, zipfile.ZipFile(buffer, "w") as result:
        for name in source.namelist():
            _write(result, name, source.read(name), compression)
        for name, content in storages.items():
            _write(result, f"{ROOT}/{name}", content, compression)
    return buffer.getvalue()
