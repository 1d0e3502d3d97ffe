#!/usr/bin/python3
"""Times our LivePortrait programs beside the official networks, with the same random weights, threads and libtorch.

    bench_liveportrait.py --reference DIR --models DIR

--reference is a checkout of LivePortrait, --models the folder that `parity.py prepare-liveportrait` filled. The official
networks run as its command line runs them; ours run as TorchScript archives loaded from a file, as in the server. Each round
times one and then the other, so that both see the same load of the machine; the best round of each counts. Also prints
the largest difference between their outputs.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import torch
from torch import Tensor, nn

from avatar_parity.liveportrait import KEYPOINT_COUNT, LivePortrait
from avatar_programs import liveportrait, weights
from bench_generator import seconds, through_file


def ours(program: str, official: nn.Module) -> torch.jit.ScriptModule:
    """One of our programs with the weights of an official network."""
    network, found = next((n, p) for n in liveportrait.NETWORKS for p in n.programs if p.name == program)
    tensors = {name.removeprefix(network.prefix): value.numpy() for name, value in official.state_dict().items()}
    module = network.build(found, tiny=False)
    for parameter in module.parameters():
        parameter.data = torch.from_numpy(weights.evaluate(parameter.expression, tensors))
    return torch.jit.script(module)


def largest_difference(theirs: Tensor, own: Tensor) -> float:
    return (theirs - own).abs().max().item()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reference", type=Path, required=True, help="checkout of LivePortrait")
    parser.add_argument("--models", type=Path, required=True, help="folder with the weights of both")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=2)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    torch.set_grad_enabled(False)

    wrapper = LivePortrait(arguments.reference, arguments.models).wrapper
    image = torch.rand(1, 3, 256, 256)
    source = torch.rand(1, KEYPOINT_COUNT, 3) * 1.6 - 0.8
    driving = source + torch.randn(1, KEYPOINT_COUNT, 3) * 0.05
    volume = wrapper.appearance_feature_extractor(image)
    warped = wrapper.warping_module(volume, kp_source=source, kp_driving=driving)["out"]
    cases = [
        ("lp-appearance", "once", wrapper.appearance_feature_extractor, (image,), {}, lambda out: out),
        ("lp-motion", "a frame", wrapper.motion_extractor, (image,), {}, lambda out: out["kp"]),
        (
            "lp-warp",
            "a frame",
            wrapper.warping_module,
            (volume,),
            {"kp_source": source, "kp_driving": driving},
            lambda out: out["deformation"],
        ),
        ("lp-decode", "a frame", wrapper.spade_generator, (), {"feature": warped}, lambda out: out),
    ]
    totals = [0.0, 0.0]
    with tempfile.TemporaryDirectory() as folder:
        for name, how_often, official, positional, named, result in cases:
            program = through_file(ours(name, official), folder)
            inputs = (*positional, *named.values())
            # TorchScript measures in its first call and compiles in the second.
            expected, outputs = [(official(*positional, **named), program(*inputs)) for _ in range(2)][-1]
            own = outputs if isinstance(outputs, Tensor) else outputs[-1]
            rounds = [
                (seconds(lambda: official(*positional, **named)), seconds(lambda: program(*inputs)))
                for _ in range(arguments.rounds)
            ]
            times = [min(column) for column in zip(*rounds)]
            if how_often == "a frame":
                totals = [total + time for total, time in zip(totals, times)]
            print(
                f"{name}: reference {times[0]:.3f} s {how_often}, ours {times[1]:.3f} s,"
                f" difference {largest_difference(result(expected), own):.1e}",
                flush=True,
            )
    print(f"all of a frame: reference {totals[0]:.3f} s, ours {totals[1]:.3f} s, speed-up {totals[0] / totals[1]:.2f}")


if __name__ == "__main__":
    main()
