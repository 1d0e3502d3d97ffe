"""Writes small files with torch.save, for the tests of the Java readers. PyTorch 1.13 and 2.7 wrote the committed ones:

    python3 fixtures.py ../src/test/resources/io/avatarservice/server/torch/checkpoint
    python3 fixtures.py ../src/test/resources/io/avatarservice/server/torch/checkpoint -2.7
"""

import sys
from collections import OrderedDict
from pathlib import Path

import torch


def content():
    grid = torch.arange(12, dtype=torch.float32).reshape(3, 4)
    state = OrderedDict()
    state["contiguous"] = grid.clone()
    state["transposed"] = grid.t()
    state["sliced"] = grid[1:, 1::2]
    state["shared"] = grid[2]
    state["expanded"] = torch.tensor([1.0, 2.0]).reshape(2, 1).expand(2, 3)
    state["half"] = torch.tensor([1.5, -2.0, 65504.0, 2.0**-24, float("inf")], dtype=torch.float16)
    state["brain"] = torch.tensor([1.5, -2.0, 2.0**-130, float("-inf")], dtype=torch.bfloat16)
    state["double"] = torch.tensor([0.1], dtype=torch.float64)
    state["flags"] = torch.tensor([True, False])
    state["bytes"] = torch.tensor([0, 255], dtype=torch.uint8)
    state["parameter"] = torch.nn.Parameter(torch.tensor([[0.5]]))
    state["bn.num_batches_tracked"] = torch.tensor(2**40, dtype=torch.int64)
    state["cube"] = torch.arange(24, dtype=torch.float32).reshape(2, 3, 4).permute(2, 0, 1)
    state._metadata = OrderedDict([("", {"version": 1}), ("bn", {"version": 2})])
    weight = torch.nn.Parameter(torch.tensor([1.0, 2.0]))
    adam = torch.optim.Adam([weight], lr=0.1)
    weight.sum().backward()
    adam.step()
    return {
        "epoch": 7,
        "best": grid.numpy()[1, 1],
        "mapping": state,
        "optimizer": adam.state_dict(),
        "history": [torch.tensor(3.0), (torch.tensor([4], dtype=torch.int32), None)],
    }


def main(folder, suffix=""):
    for name, is_zip in (("zip", True), ("legacy", False)):
        torch.save(content(), Path(folder) / f"torch-{name}{suffix}.pth", _use_new_zipfile_serialization=is_zip)


if __name__ == "__main__":
    main(*sys.argv[1:])
