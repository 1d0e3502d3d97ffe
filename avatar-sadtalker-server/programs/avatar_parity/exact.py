"""LivePortrait's networks in double precision: what is left of a difference there is one of definitions, not of rounding.

How much rounding alone makes is seen from the official code itself: in float32 on one thread, which sums in another order.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Callable, Sequence
from unittest import mock

import numpy as np
import torch
from safetensors.numpy import load_file
from torch import Tensor, nn

from avatar_programs.network import Network, Program
from avatar_programs.registry import NETWORKS
from avatar_programs.weights import evaluate_exactly

from .liveportrait import LivePortrait

# Both sides sum up to 50 000 products for an element, in another order.
LIMIT = 1e-9

Outputs = dict[str, Tensor]


def run(official: LivePortrait, work: Path, only: Sequence[str]) -> int:
    """Prints the table; 1 where a definition is not the official one. Reads the cases that were prepared and compared."""
    print("| case | output | std | definitions | official float32 | server float32 | official on one thread and on several |")
    print("|---|---|---|---|---|---|---|")
    excess = False
    for name, (part, call) in REFERENCES.items():
        if only and name not in only:
            continue
        folder = work / "stages" / name
        inputs = {key: torch.from_numpy(value).double() for key, value in load_file(folder / "in.safetensors").items()}
        reference = getattr(official.wrapper, part)
        alone = on_one_thread(lambda: call(reference, {key: value.float() for key, value in inputs.items()}))
        reference.double()
        with torch.no_grad(), mock.patch.object(nn.functional, "conv3d", conv3d):
            exact, ours = call(reference, inputs), definition(name, reference, inputs)
        rounded, server = load_file(folder / "expected.safetensors"), load_file(folder / "out.safetensors")
        for output, value in exact.items():
            apart = difference(value, ours[output])
            excess |= not apart <= LIMIT
            stage = STAGE_NAMES.get(output, output)
            print(
                f"| {name} | {stage} | {value.std():.3g} | {apart:.2g}{' **out of the limit**' if apart > LIMIT else ''}"
                f" | {difference(value, rounded[stage]):.2g} | {difference(value, server[stage]):.2g} |"
                f" {difference(alone[output], rounded[stage]):.2g} |",
                flush=True,
            )
    return 1 if excess else 0


def on_one_thread(call: Callable[[], Outputs]) -> Outputs:
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        with torch.no_grad():
            return call()
    finally:
        torch.set_num_threads(threads)


def appearance(network: nn.Module, inputs: Outputs) -> Outputs:
    return {"volume": network(inputs["image"])}


def motion(network: nn.Module, inputs: Outputs) -> Outputs:
    return network(inputs["image"])


def warp(network: nn.Module, inputs: Outputs) -> Outputs:
    rows = inputs["kp_driving"].shape[0]
    feature, source = inputs["feature"].repeat(rows, 1, 1, 1, 1), inputs["kp_source"].repeat(rows, 1, 1)
    found = network(feature, kp_source=source, kp_driving=inputs["kp_driving"])
    return {"warped": found["out"], "occlusion": found["occlusion_map"], "deformation": found["deformation"]}


def decode(network: nn.Module, inputs: Outputs) -> Outputs:
    return {"frames": network(feature=inputs["warped"])}


# By case: the official network's name in the official wrapper, and how it is called.
REFERENCES: dict[str, tuple[str, Callable[[nn.Module, Outputs], Outputs]]] = {
    "lp-appearance": ("appearance_feature_extractor", appearance),
    "lp-motion": ("motion_extractor", motion),
    "lp-warp": ("warping_module", warp),
    "lp-decode": ("spade_generator", decode),
}
# What the server's stages call otherwise than its programs.
STAGE_NAMES = {"volume": "feature"}


def definition(name: str, reference: nn.Module, inputs: Outputs) -> Outputs:
    """Our definition with the weights of the official network, on the same inputs."""
    network, program = find(name)
    tensors = {key.removeprefix(network.prefix): value.numpy() for key, value in reference.state_dict().items()}
    module = network.build(program, tiny=False)
    for parameter in module.parameters():
        parameter.data = torch.from_numpy(evaluate_exactly(parameter.expression, tensors))
    # Definitions say where float32 is the least; here that would round.
    with mock.patch.object(Tensor, "float", lambda tensor: tensor):
        found = module(*(inputs[STAGE_NAMES.get(declared.name, declared.name)] for declared in program.inputs))
    return dict(zip(program.outputs, [found] if isinstance(found, Tensor) else found, strict=True))


def conv3d(
    x: Tensor, weight: Tensor, bias: Tensor | None, stride: Any = 1, padding: Any = 0, dilation: Any = 1, groups: int = 1
) -> Tensor:
    """A convolution of stride 1, a layer of the kernel after the other: PyTorch takes 25 GB a frame for the widest at once."""
    front, *flat = [padding] * 3 if isinstance(padding, int) else padding
    size = x.shape[2] + 2 * front - weight.shape[2] + 1
    padded = nn.functional.pad(x, [0, 0, 0, 0, front, front])
    rows = [
        sum(
            torch.conv3d(row[:, :, k : k + size], weight[:, :, k : k + 1], None, stride, [0, *flat], dilation, groups)
            for k in range(weight.shape[2])
        )
        for row in padded.split(1)
    ]
    result = torch.cat(rows)
    return result if bias is None else result + bias.reshape(-1, 1, 1, 1)


def find(name: str) -> tuple[Network, Program]:
    return next((network, program) for network in NETWORKS for program in network.programs if program.name == name)


def difference(exact: Tensor, found: Tensor | np.ndarray) -> float:
    return float(np.abs(exact.numpy() - np.asarray(found, dtype=np.float64)).max())
