"""The 3DMM regressor of Deep3DFaceRecon: a face picture to 257 coefficients."""

import torch
from torch import Tensor, nn

from . import weights
from .layers import parameter
from .network import Input, Network, Program
from .resnet import ResNet50
from .scope import Scope

# Identity, expression, texture, rotation, illumination, translation in the picture, translation in depth.
PARTS = (80, 64, 80, 3, 27, 2, 1)


class Recon(nn.Module):
    """RGB [B,3,224,224] of 0..1 -> coeff [B,257]. The seven heads run as one linear layer."""

    def __init__(self, at: Scope, width: int):
        super().__init__()
        self.backbone = ResNet50(at / "backbone", width)
        features, total = width * 32, sum(PARTS)
        heads = [at / "final_layers" / i for i in range(len(PARTS))]
        kernels = [head.tensor("weight", [size, features, 1, 1]) for head, size in zip(heads, PARTS)]
        biases = [head.tensor("bias", [size]) for head, size in zip(heads, PARTS)]
        matrix = weights.reshape(weights.concat(kernels, axis=0), [total, features])
        self.weight = parameter(matrix, [total, features])
        self.bias = parameter(weights.concat(biases, axis=0), [total])

    def forward(self, image: Tensor) -> Tensor:
        _, _, features = self.backbone(image)
        return nn.functional.linear(torch.mean(features, [2, 3]), self.weight, self.bias)


NETWORKS = [
    Network(
        checkpoint="sadtalker",
        prefix="face_3drecon.",
        programs=[Program("recon", Recon, [Input("image", [1, 3, 224, 224])], ["coeff"])],
        full={"width": 64},
        tiny={"width": 4},
    )
]
