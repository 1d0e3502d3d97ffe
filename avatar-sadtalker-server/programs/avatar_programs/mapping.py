"""MappingNet: from a window of 27 frames of coefficients to head pose, translation and expression."""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .layers import conv1d, linear
from .network import Input, Network, Program
from .scope import Scope


class Mapping(nn.Module):
    """[B,C,27] -> three sets of 66 angle bins, translation [B,3], expression offsets [B,45]."""

    def __init__(self, at: Scope, coefficients: int, channels: int):
        super().__init__()
        self.first = conv1d(at / "first" / 0, coefficients, channels, 7)
        self.encoders = nn.ModuleList(
            conv1d(at / f"encoder{i}" / 1, channels, channels, 3, dilation=3) for i in range(3)
        )
        self.yaw = linear(at / "fc_yaw", channels, 66)
        self.pitch = linear(at / "fc_pitch", channels, 66)
        self.roll = linear(at / "fc_roll", channels, 66)
        self.translation = linear(at / "fc_t", channels, 3)
        self.expression = linear(at / "fc_exp", channels, 45)

    def forward(self, coeff: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
        x = self.first(coeff)
        for encoder in self.encoders:
            x = encoder(F.leaky_relu(x, 0.1)) + x[:, :, 3:-3]
        x = torch.mean(x, 2)
        return self.yaw(x), self.pitch(x), self.roll(x), self.translation(x), self.expression(x)


def _network(coefficients: int) -> Network:
    name = f"mapping-{coefficients}"
    sample = Input("coeff", [2, coefficients, 27], -0.3, 0.3)
    return Network(
        checkpoint=name,
        prefix="mapping.",
        programs=[Program(name, Mapping, [sample], ["yaw", "pitch", "roll", "t", "exp"])],
        full={"coefficients": coefficients, "channels": 1024},
        tiny={"coefficients": coefficients, "channels": 16},
    )


NETWORKS = [_network(70), _network(73)]
