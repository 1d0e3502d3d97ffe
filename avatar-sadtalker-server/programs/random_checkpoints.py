#!/usr/bin/python3
"""Writes random checkpoints in the layout and the containers of the official ones: as a SadTalker checkout has them, and
LivePortrait's as its 'pretrained_weights' has them.

    random_checkpoints.py --out DIR [--tiny]

The values depend on the names of the tensors only: avatar_programs/random_weights.py.
"""

import argparse
import os
from collections import OrderedDict
from pathlib import Path

import torch

from avatar_programs import random_weights, safetensors
from avatar_programs.registry import NETWORKS


def tensors_of(checkpoint: str, tiny: bool) -> dict[str, list[int]]:
    return {
        network.prefix + name: shape
        for network in NETWORKS
        if network.checkpoint == checkpoint
        for name, shape in network.official_tensors(tiny).items()
    }


def state_dict(checkpoint: str, tiny: bool, strip: str = "", add: str = "") -> OrderedDict:
    """As a module's state_dict() gives it, including the attribute that torch pickles along."""
    state = OrderedDict()
    for name, shape in tensors_of(checkpoint, tiny).items():
        state[add + name.removeprefix(strip)] = torch.from_numpy(random_weights.tensor(name, shape))
    state._metadata = OrderedDict([("", {"version": 1})])
    return state


def optimizer(state: OrderedDict) -> dict:
    """The state of an Adam optimizer: readers have to pass it over. Only the first parameter has moments."""
    first = next(iter(state.values()))
    moments = {"step": 1, "exp_avg": torch.zeros_like(first), "exp_avg_sq": torch.zeros_like(first)}
    return {"state": {0: moments}, "param_groups": [{"lr": 0.0002, "betas": (0.5, 0.999), "params": [0]}]}


def write_sadtalker(folder: Path, tiny: bool) -> None:
    shapes = tensors_of("sadtalker", tiny)
    layout = {
        name: ("I64" if name.endswith("num_batches_tracked") else "F32", shape) for name, shape in shapes.items()
    }
    path = folder / "SadTalker_V0.0.2_256.safetensors"
    safetensors.write_chunks(path, layout, lambda name: random_weights.chunks(name, shapes[name]))
    link = folder / "SadTalker_V0.0.2_512.safetensors"
    link.unlink(missing_ok=True)
    os.link(path, link)


def write_mapping(path: Path, checkpoint: str, tiny: bool) -> None:
    state = state_dict(checkpoint, tiny, strip="mapping.")
    torch.save({"mapping": state, "epoch": 1, "optimizer_mapping": optimizer(state)}, path)


def write_detection(path: Path, tiny: bool) -> None:
    torch.save(state_dict("retinaface", tiny, add="module."), path, _use_new_zipfile_serialization=False)


def write_alignment(path: Path, tiny: bool) -> None:
    state = state_dict("fan", tiny, strip="state_dict.")
    torch.save(
        {"state_dict": state, "epoch": 1, "optimizer": optimizer(state)}, path, _use_new_zipfile_serialization=False
    )


LIVEPORTRAIT = {
    "liveportrait-appearance": "appearance_feature_extractor.pth",
    "liveportrait-motion": "motion_extractor.pth",
    "liveportrait-warping": "warping_module.pth",
    "liveportrait-generator": "spade_generator.pth",
}


def write_liveportrait(folder: Path, tiny: bool) -> None:
    models, corrections = folder / "base_models", folder / "retargeting_models"
    for place in (models, corrections):
        place.mkdir(parents=True, exist_ok=True)
    for checkpoint, name in LIVEPORTRAIT.items():
        torch.save(state_dict(checkpoint, tiny), models / name)
    # One dictionary for each network, with the names that training on several devices gives.
    networks: dict[str, OrderedDict] = {}
    for name, tensor in state_dict("liveportrait-retargeting", tiny).items():
        network, _, rest = name.partition(".")
        networks.setdefault(network, OrderedDict())[f"module.{rest}"] = tensor
    torch.save(networks, corrections / "stitching_retargeting_module.pth")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True, help="root folder, for all of them")
    parser.add_argument("--tiny", action="store_true", help="with the sizes of the tiny programs")
    arguments = parser.parse_args()
    checkpoints, weights = arguments.out / "checkpoints", arguments.out / "gfpgan" / "weights"
    for folder in (checkpoints, weights):
        folder.mkdir(parents=True, exist_ok=True)
    write_sadtalker(checkpoints, arguments.tiny)
    write_mapping(checkpoints / "mapping_00229-model.pth.tar", "mapping-70", arguments.tiny)
    write_mapping(checkpoints / "mapping_00109-model.pth.tar", "mapping-73", arguments.tiny)
    write_detection(weights / "detection_Resnet50_Final.pth", arguments.tiny)
    write_alignment(weights / "alignment_WFLW_4HG.pth", arguments.tiny)
    write_liveportrait(arguments.out / "liveportrait", arguments.tiny)


if __name__ == "__main__":
    main()
