"""Random weights with which a network of full size computes something: calibrated layer by layer on a sample."""

from __future__ import annotations

from fnmatch import fnmatch
from typing import Callable, Mapping

import torch
from torch import Tensor, nn
from torch.nn.modules.batchnorm import _BatchNorm

POWER_ITERATIONS = 100
LINEAR = (nn.Conv1d, nn.Conv2d, nn.Conv3d, nn.ConvTranspose2d, nn.Linear)


def fill(
    network: nn.Module,
    run: Callable[[], object],
    targets: Mapping[str, float],
    seed: int,
    gains: Mapping[str, float] | None = None,
) -> None:
    """Gives network random weights. run calls it once on a sample.

    Each convolution and linear layer is scaled so that the root mean square of its output on the sample is 1, or the
    target of the first pattern that its name matches. Each batch norm gets the statistics that it sees on the sample,
    disturbed by up to a third; gains are factors of their weights by pattern. Layers that run does not reach keep their
    random start.
    """
    draw = torch.Generator().manual_seed(seed)
    network.eval()
    for parameter in network.parameters():
        parameter.requires_grad_(False)
    for name, module in network.named_modules():
        start(module, draw)
        for pattern, gain in (gains or {}).items():
            if fnmatch(name, pattern):
                module.weight.mul_(gain)
    calibrate(network, run, targets, draw)


def start(module: nn.Module, draw: torch.Generator) -> None:
    if isinstance(module, LINEAR):
        weight = module.weight_orig if hasattr(module, "weight_orig") else module.weight
        weight.copy_(normal(weight, draw) / weight[0].numel() ** 0.5)
        if module.bias is not None:
            module.bias.copy_(0.1 * normal(module.bias, draw))
        if hasattr(module, "weight_orig"):
            iterate(module)
    elif isinstance(module, _BatchNorm):
        module.weight.copy_(1 + 0.2 * uniform(module.weight, draw))
        module.bias.copy_(0.1 * normal(module.bias, draw))
        module.running_mean.copy_(0.1 * normal(module.running_mean, draw))
        module.running_var.copy_(1 + 0.3 * uniform(module.running_var, draw))


def settled(network: nn.Module) -> nn.Module:
    """The network as its constructor has drawn it, with the norms of spectrally normalized layers found."""
    with torch.no_grad():
        for module in network.modules():
            if hasattr(module, "weight_orig"):
                iterate(module)
    return network


def iterate(module: nn.Module) -> None:
    """Power iterations on a spectrally normalized layer, without which the estimate of its norm is far too small."""
    weight = module.weight_orig.reshape(module.weight_orig.shape[0], -1)
    u, v = module.weight_u, module.weight_v
    for _ in range(POWER_ITERATIONS):
        v.copy_(nn.functional.normalize(weight.t() @ u, dim=0))
        u.copy_(nn.functional.normalize(weight @ v, dim=0))


def calibrate(network: nn.Module, run: Callable[[], object], targets: Mapping[str, float], draw: torch.Generator) -> None:
    hooks, done = [], set()

    def scale(module: nn.Module, name: str, output: Tensor) -> Tensor | None:
        if name in done:
            return None
        done.add(name)
        target = next((value for pattern, value in targets.items() if fnmatch(name, pattern)), 1.0)
        shape = [-1] if isinstance(module, nn.Linear) else [-1] + [1] * (output.ndim - 2)
        bias = torch.zeros(1) if module.bias is None else module.bias.reshape(shape)
        factor = target / (output - bias).square().mean().sqrt()
        module.weight.mul_(factor)
        if module.bias is not None:
            module.bias.mul_(target)
        return (output - bias) * factor + bias * target

    def observe(module: _BatchNorm, name: str, value: Tensor) -> None:
        if name in done:
            return
        done.add(name)
        axes = [axis for axis in range(value.ndim) if axis != 1]
        variance, mean = torch.var_mean(value, dim=axes, unbiased=False)
        module.running_mean.copy_(mean + 0.2 * variance.sqrt() * normal(mean, draw))
        module.running_var.copy_(variance * (1 + 0.3 * uniform(variance, draw)) + 1e-3)

    for name, module in network.named_modules():
        if isinstance(module, LINEAR) and not hasattr(module, "weight_orig"):
            hooks.append(module.register_forward_hook(lambda m, _, output, name=name: scale(m, name, output)))
        elif isinstance(module, _BatchNorm):
            hooks.append(module.register_forward_pre_hook(lambda m, inputs, name=name: observe(m, name, inputs[0])))
    try:
        with torch.no_grad():
            run()
    finally:
        for hook in hooks:
            hook.remove()


def normal(like: Tensor, draw: torch.Generator) -> Tensor:
    return torch.randn(like.shape, generator=draw)


def uniform(like: Tensor, draw: torch.Generator) -> Tensor:
    return 2 * torch.rand(like.shape, generator=draw) - 1
