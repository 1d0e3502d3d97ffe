#!/usr/bin/python3
"""Times our generator beside the official one, traced once, with the same random weights, threads and libtorch.

    bench_generator.py --reference DIR      DIR is a checkout of SadTalker

Both run as TorchScript archives loaded from a file. Each round times the reference and then ours, so that both see the same
load of the machine; the best round of each counts. Also prints the largest difference between their frames.
"""

from __future__ import annotations

import argparse
import math
import resource
import sys
import tempfile
import time
from pathlib import Path

import torch
from torch import Tensor, nn

from avatar_programs import generator, weights
from avatar_programs.network import PRECISIONS

NETWORK = generator.NETWORKS[0]
POWER_ITERATIONS = 50


class Prediction(nn.Module):
    """The official generator's frames alone."""

    def __init__(self, official: nn.Module):
        super().__init__()
        self.official = official

    def forward(self, image: Tensor, kp_source: Tensor, kp_driving: Tensor) -> Tensor:
        result = self.official(image, kp_source={"value": kp_source}, kp_driving={"value": kp_driving})
        return result["prediction"]


def official_generator(checkout: Path) -> nn.Module:
    """The official module with random weights, statistics off their defaults and converged singular vectors."""
    import yaml

    sys.path.insert(0, str(checkout))
    from src.facerender.modules.generator import OcclusionAwareSPADEGenerator

    parameters = yaml.safe_load((checkout / "src/config/facerender.yaml").read_text())["model_params"]
    torch.manual_seed(0)
    module = OcclusionAwareSPADEGenerator(**parameters["generator_params"], **parameters["common_params"]).eval()
    for name, tensor in module.state_dict().items():
        if name.endswith("running_mean"):
            tensor.uniform_(-0.1, 0.1)
        elif name.endswith("running_var"):
            tensor.uniform_(0.7, 1.3)
        elif tensor.ndim >= 3:
            # Keeps the signal's size from layer to layer, so that no part of the network is idle.
            bound = math.sqrt(6 / tensor[0].numel())
            tensor.uniform_(-bound, bound)
    for layer in module.modules():
        if hasattr(layer, "weight_u"):
            matrix = layer.weight_orig.flatten(1)
            for _ in range(POWER_ITERATIONS):
                layer.weight_v.copy_(nn.functional.normalize(matrix.t() @ layer.weight_u, dim=0))
                layer.weight_u.copy_(nn.functional.normalize(matrix @ layer.weight_v, dim=0))
    return module


def ours(program: str, state: dict[str, Tensor], precision: str) -> torch.jit.ScriptModule:
    """One of our programs with the weights of a state dict."""
    tensors = {name: tensor.numpy() for name, tensor in state.items()}
    module = NETWORK.build(next(p for p in NETWORK.programs if p.name == program), tiny=False)
    for parameter in module.parameters():
        value = torch.from_numpy(weights.evaluate(parameter.expression, tensors))
        parameter.data = value if parameter.keep_float32 else value.to(PRECISIONS[precision])
    return torch.jit.script(module)


def through_file(module: torch.jit.ScriptModule, folder: str) -> torch.jit.ScriptModule:
    path = str(Path(folder, "program.pt"))
    module.save(path)
    return torch.jit.load(path)


def seconds(run) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reference", type=Path, required=True, help="checkout of SadTalker")
    parser.add_argument("--size", type=int, default=256, help="height and width of the portrait")
    parser.add_argument("--batch", type=int, default=2, help="frames in a call")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--precision", choices=["f32", "bf16"], default="f32", help="of ours")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    torch.set_grad_enabled(False)

    image = torch.rand(1, 3, arguments.size, arguments.size)
    kp_source = torch.rand(1, 15, 3) * 1.6 - 0.8
    kp_driving = kp_source + torch.randn(arguments.batch, 15, 3) * 0.05
    inputs = (
        image.expand(arguments.batch, -1, -1, -1).contiguous(),
        kp_source.expand(arguments.batch, -1, -1).contiguous(),
        kp_driving,
    )
    with tempfile.TemporaryDirectory() as folder:
        official = official_generator(arguments.reference)
        reference = through_file(torch.jit.trace(Prediction(official), inputs, check_trace=False), folder)
        encode = through_file(ours("generator-encode", official.state_dict(), arguments.precision), folder)
        render = through_file(ours("generator-render", official.state_dict(), arguments.precision), folder)
    del official

    volume, features = encode(image)
    # TorchScript measures in its first call and compiles in the second.
    expected, frames = [(reference(*inputs), render(volume, features, kp_source, kp_driving)) for _ in range(2)][-1]
    difference = (expected - frames).abs()
    print(f"largest difference {difference.max():.2e}, PSNR {-10 * torch.log10((difference**2).mean()):.1f} dB")
    times = [
        (seconds(lambda: reference(*inputs)), seconds(lambda: render(volume, features, kp_source, kp_driving)))
        for _ in range(arguments.rounds)
    ]
    theirs, own = (min(column) / arguments.batch for column in zip(*times))
    print(f"reference {theirs:.3f} s/frame, ours {own:.3f} s/frame, speed-up {theirs / own:.2f}")
    print(f"encode {min(seconds(lambda: encode(image)) for _ in range(arguments.rounds)):.3f} s once")
    print(f"peak memory of this process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.2f} GiB")


if __name__ == "__main__":
    main()
