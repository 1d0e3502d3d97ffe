"""audio2exp: expression coefficients from sound, a reference expression and the openness of the eyes."""

import torch
from torch import Tensor, nn

from .audio import EMBEDDING, WINDOW, AudioEncoder
from .layers import linear
from .network import Input, Network, Program
from .scope import Scope

EXPRESSION = 64


class Audio2Exp(nn.Module):
    """Windows [N,1,80,16], ref_exp [N,64], blink [N,1] -> exp [N,64]."""

    def __init__(self, at: Scope, width: int):
        super().__init__()
        self.encoder = AudioEncoder(at / "audio_encoder", width)
        self.mapping = linear(at / "mapping1", EMBEDDING + EXPRESSION + 1, EXPRESSION)

    def forward(self, windows: Tensor, ref_exp: Tensor, blink: Tensor) -> Tensor:
        return self.mapping(torch.cat([self.encoder(windows), ref_exp, blink], 1))


INPUTS = [
    Input("windows", [3, *WINDOW], -1.0, 1.0),
    Input("ref_exp", [3, EXPRESSION], -1.0, 1.0),
    Input("blink", [3, 1], 0.0, 1.0),
]

NETWORKS = [
    Network(
        checkpoint="sadtalker",
        prefix="audio2exp.",
        programs=[Program("audio2exp", Audio2Exp, INPUTS, ["exp"])],
        full={"width": 32},
        tiny={"width": 4},
    )
]
