"""audio2pose: head motion from sound, a style and chance. The part of the network that only training needs is left out."""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .audio import EMBEDDING, WINDOW, AudioEncoder
from .layers import ScaleShift, conv2d, conv_transpose2d, linear, parameter
from .network import Input, Network, Program
from .scope import Scope

FRAMES = 32
POSE = 6
LATENT = 64
STYLES = 46


class ResidualConv(nn.Module):
    def __init__(self, at: Scope, inputs: int, outputs: int, stride: int):
        super().__init__()
        block, skip = at / "conv_block", at / "conv_skip"
        strides = (stride, 1)
        self.norm = ScaleShift(block / 0, inputs)
        self.conv1 = conv2d(block / 2, inputs, outputs, 3, stride=strides, padding=1, norm=block / 3)
        self.conv2 = conv2d(block / 5, outputs, outputs, 3, padding=1)
        self.skip = conv2d(skip / 0, inputs, outputs, 3, stride=strides, padding=1, norm=skip / 1)

    def forward(self, x: Tensor) -> Tensor:
        y = F.relu(self.conv1(F.relu(self.norm(x))))
        return self.conv2(y) + self.skip(x)


class ResUnet(nn.Module):
    """[B,1,32,6] -> [B,1,32,6] in (0,1). Only the time axis is halved and doubled."""

    def __init__(self, at: Scope, width: int):
        super().__init__()
        c1, c2, c3, c4 = width, width * 2, width * 4, width * 8
        entry = at / "input_layer"
        self.entry1 = conv2d(entry / 0, 1, c1, 3, padding=1, norm=entry / 1)
        self.entry2 = conv2d(entry / 3, c1, c1, 3, padding=1)
        self.entry_skip = conv2d(at / "input_skip" / 0, 1, c1, 3, padding=1)
        self.down1 = ResidualConv(at / "residual_conv_1", c1, c2, 2)
        self.down2 = ResidualConv(at / "residual_conv_2", c2, c3, 2)
        self.bridge = ResidualConv(at / "bridge", c3, c4, 2)
        self.double1 = _double(at / "upsample_1", c4)
        self.up1 = ResidualConv(at / "up_residual_conv1", c4 + c3, c3, 1)
        self.double2 = _double(at / "upsample_2", c3)
        self.up2 = ResidualConv(at / "up_residual_conv2", c3 + c2, c2, 1)
        self.double3 = _double(at / "upsample_3", c2)
        self.up3 = ResidualConv(at / "up_residual_conv3", c2 + c1, c1, 1)
        self.output = conv2d(at / "output_layer" / 0, c1, 1, 1)

    def forward(self, x: Tensor) -> Tensor:
        x1 = self.entry2(F.relu(self.entry1(x))) + self.entry_skip(x)
        x2 = self.down1(x1)
        x3 = self.down2(x2)
        x = self.up1(torch.cat([self.double1(self.bridge(x3)), x3], 1))
        x = self.up2(torch.cat([self.double2(x), x2], 1))
        x = self.up3(torch.cat([self.double3(x), x1], 1))
        return torch.sigmoid(self.output(x))


def _double(at: Scope, channels: int) -> nn.ConvTranspose2d:
    return conv_transpose2d(at / "upsample", channels, channels, (2, 1), (2, 1))


class PoseDecoder(nn.Module):
    """ref_pose [B,6], z [B,64], style [B] int64, embeddings [B,32,512] -> motion [B,32,6]."""

    def __init__(self, at: Scope, width: int, hidden: int):
        super().__init__()
        self.style_offsets = parameter(at.tensor("classbias", [STYLES, LATENT]), [STYLES, LATENT])
        self.audio = linear(at / "linear_audio", EMBEDDING, POSE)
        self.mlp1 = linear(at / "MLP" / "L0", POSE + LATENT + FRAMES * POSE, hidden)
        self.mlp2 = linear(at / "MLP" / "L1", hidden, FRAMES * POSE)
        self.resunet = ResUnet(at / "resunet", width)
        self.pose = linear(at / "pose_linear", POSE, POSE)

    def forward(self, ref_pose: Tensor, z: Tensor, style: Tensor, embeddings: Tensor) -> Tensor:
        styled = z + self.style_offsets[style]
        x = torch.cat([ref_pose, styled, self.audio(embeddings).flatten(1)], 1)
        x = torch.sigmoid(self.mlp2(F.relu(self.mlp1(x))))
        x = self.resunet(x.view(-1, 1, embeddings.shape[1], ref_pose.shape[1]))
        return self.pose(x.squeeze(1))


def _encoder(at: Scope, audio_width: int, **_) -> AudioEncoder:
    return AudioEncoder(at / "audio_encoder" / "audio_encoder", audio_width)


def _decoder(at: Scope, width: int, hidden: int, **_) -> PoseDecoder:
    return PoseDecoder(at / "netG" / "decoder", width, hidden)


def _dropped(width: int, hidden: int, critic: int, **_) -> dict[str, list[int]]:
    """The encoder of the variational autoencoder and the critic, which the official file holds as well."""
    tensors: dict[str, list[int]] = {}
    at = Scope(tensors) / "netG" / "encoder"
    at.tensor("classbias", [STYLES, LATENT])
    ResUnet(at / "resunet", width)
    linear(at / "MLP" / "L0", POSE + LATENT + 2 * FRAMES * POSE, hidden)
    linear(at / "linear_means", hidden, LATENT)
    linear(at / "linear_logvar", hidden, LATENT)
    linear(at / "linear_audio", EMBEDDING, POSE)
    at = Scope(tensors) / "netD_motion" / "seq"
    for i, (inputs, outputs, kernel) in enumerate([(POSE, critic, 4), (critic, critic * 2, 4), (critic * 2, critic * 4, 3)]):
        (at / i / "conv").tensor("weight", [outputs, inputs, kernel])
        (at / i / "norm").norm(outputs)
    (at / 3).tensor("weight", [1, critic * 4, 3])
    (at / 3).tensor("bias", [1])
    return tensors


NETWORKS = [
    Network(
        checkpoint="sadtalker",
        prefix="audio2pose.",
        ignored=["*num_batches_tracked", "netG.encoder.*", "netD_motion.*"],
        dropped=_dropped,
        programs=[
            Program("pose-encoder", _encoder, [Input("windows", [3, *WINDOW], -1.0, 1.0)], ["embeddings"]),
            Program(
                "pose-decoder",
                _decoder,
                [
                    Input("ref_pose", [2, POSE], -1.0, 1.0),
                    Input("z", [2, LATENT], -2.0, 2.0),
                    Input("style", [2], 7, 7, type="i64"),
                    Input("embeddings", [2, FRAMES, EMBEDDING], 0.0, 2.0),
                ],
                ["motion"],
            ),
        ],
        full={"audio_width": 32, "width": 32, "hidden": 128, "critic": 256},
        tiny={"audio_width": 4, "width": 4, "hidden": 16, "critic": 4},
    )
]
