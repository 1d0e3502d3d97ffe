#!/usr/bin/python3
"""Writes golden outputs: what the definitions compute in float32 from random weights and random inputs.

    golden.py                              writes both sets to their places in the server's test resources
    golden.py --out DIR [--tiny] [NAME]    writes one set, or some of its programs

Neither weights nor inputs are stored: both follow from names and shapes (avatar_programs/random_weights.py); input i of
program p has the name "input.p.i". goldens.json has the inputs' shapes and ranges. An output with more elements than the set
keeps is sampled evenly: element k of the file is element floor(k * n / kept) of the output.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import torch

from avatar_programs import random_weights, safetensors
from avatar_programs.network import Input, Network, Program
from avatar_programs.registry import NETWORKS
from avatar_programs.weights import evaluate

SERVER = Path(__file__).resolve().parent.parent
GOLDENS = SERVER / "src/test/resources/io/avatarservice/server/torch/goldens"
KEPT = {"full": 2048, "tiny": 8192}


def write_set(out: Path, tiny: bool, names: list[str]) -> None:
    out.mkdir(parents=True, exist_ok=True)
    manifest = out / "goldens.json"
    described = json.loads(manifest.read_text())["programs"] if names and manifest.exists() else {}
    for network in NETWORKS:
        for program in network.programs:
            if not names or program.name in names:
                described[program.name] = write_program(out, network, program, tiny)
    order = [program.name for network in NETWORKS for program in network.programs if program.name in described]
    lines = ",\n".join(f"  {json.dumps(name)}: {json.dumps(described[name])}" for name in order)
    manifest.write_text('{"programs": {\n' + lines + "\n}}\n", encoding="utf-8")


def write_program(out: Path, network: Network, program: Program, tiny: bool) -> dict:
    inputs = [sample(program, declared, tiny) for declared in program.inputs]
    outputs = run(network, program, tiny, inputs)
    kept = KEPT["tiny" if tiny else "full"]
    safetensors.write(
        out / f"{program.name}.safetensors", {name: evenly(value, kept) for name, value in outputs.items()}
    )
    for name, value in outputs.items():
        print(f"{program.name} {name} {list(value.shape)}: mean |x| {np.abs(value).mean():.3g}, std {value.std():.3g}")
    return {
        "inputs": [
            {"name": i.name, "type": i.type, "shape": i.sample_shape(tiny), "low": i.low, "high": i.high}
            for i in program.inputs
        ],
        "outputs": [{"name": name, "shape": list(value.shape)} for name, value in outputs.items()],
    }


def sample(program: Program, declared: Input, tiny: bool) -> torch.Tensor:
    name = f"{program.name}.{declared.name}"
    values = random_weights.sample(name, declared.sample_shape(tiny), declared.low, declared.high, declared.type)
    return torch.from_numpy(values)


def run(network: Network, program: Program, tiny: bool, inputs: list[torch.Tensor]) -> dict[str, np.ndarray]:
    tensors = {
        name: random_weights.tensor(network.prefix + name, shape) for name, shape in network.tensors(tiny).items()
    }
    module = network.build(program, tiny)
    for parameter in module.parameters():
        parameter.data = torch.from_numpy(evaluate(parameter.expression, tensors))
    with torch.no_grad():
        outputs = module(*inputs)
    values = [outputs] if isinstance(outputs, torch.Tensor) else list(outputs)
    return {name: value.numpy() for name, value in zip(program.outputs, values, strict=True)}


def evenly(value: np.ndarray, kept: int) -> np.ndarray:
    flat = np.ascontiguousarray(value).reshape(-1)
    if flat.size <= kept:
        return flat
    return flat[np.arange(kept, dtype=np.int64) * flat.size // kept]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, help="folder for one set")
    parser.add_argument("--tiny", action="store_true", help="with --out: the tiny set")
    parser.add_argument("names", nargs="*", metavar="NAME", help="programs; all if none is given")
    arguments = parser.parse_args()
    if arguments.out:
        write_set(arguments.out, arguments.tiny, arguments.names)
    else:
        write_set(GOLDENS / "tiny", True, arguments.names)
        write_set(GOLDENS / "full", False, arguments.names)


if __name__ == "__main__":
    main()
