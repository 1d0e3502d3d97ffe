"""The face-vid2vid generator: a portrait and the motion of its keypoints give frames.

SadTalker and LivePortrait use the same network with another number of keypoints, mask threshold and final enlargement.
What depends on the portrait alone is computed once by the encoder; the renderer does the rest for each frame. The
renderer's savings are exact but for rounding: see each class.

SadTalker's file holds the whole network: an Encoder and a Renderer. LivePortrait's has three, and so three programs: an
Appearance, a Warping and a SpadeDecoder.
"""

from __future__ import annotations

from typing import List, Tuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from . import weights
from .enlarged import Doubled2d, Doubled3d, Quadrupled2d
from .layers import ScaleShift, channels_last, channels_last_3d, conv2d, conv3d, parameter
from .network import Input, Network, Program
from .scope import Scope
from .weights import Expression

DEPTH = 16
MIDDLE_BLOCKS = 6
HOURGLASS_BLOCKS = 5
# From here on a decoder block of the hourglass takes half the time at the size before the enlargement. Earlier blocks are
# small, so that they would gain little for the 1.8 times as many weights of that form.
FIRST_DOUBLED_BLOCK = 2
KEYPOINT_VARIANCE = 0.01
SLOPE = 0.2


class Appearance(nn.Module):
    """RGB [1,3,S,S] of 0..1 -> volume [1,C,16,S/4,S/4]."""

    def __init__(self, at: Scope, width: int, feature: int):
        super().__init__()
        self.first = conv2d(at / "first" / "conv", 3, width, 3, padding=1, norm=at / "first" / "norm")
        downs = [at / "down_blocks" / i for i in range(2)]
        self.downs = nn.ModuleList(
            conv2d(down / "conv", width << i, width << (i + 1), 3, padding=1, norm=down / "norm")
            for i, down in enumerate(downs)
        )
        self.second = conv2d(at / "second", width << 2, feature * DEPTH, 1)
        self.blocks = nn.Sequential(*(Block3d(at / "resblocks_3d" / f"3dr{i}", feature) for i in range(6)))
        self.depth = DEPTH

    def forward(self, image: Tensor) -> Tensor:
        x = F.relu(self.first(image.to(self.second.weight.dtype)))
        for down in self.downs:
            x = F.avg_pool2d(F.relu(down(x)), 2)
        x = self.second(x)
        return self.blocks(x.view(x.shape[0], -1, self.depth, x.shape[2], x.shape[3]))


def compression(at: Scope, feature: int, motion_feature: int) -> nn.Module:
    """The motion features of a volume, before their ReLU."""
    return conv3d(at / "compress", feature, motion_feature, 1, norm=at / "norm")


class Encoder(Appearance):
    """RGB [1,3,S,S] of 0..1 -> volume [1,C,16,S/4,S/4], motion features [1,M,16,S/4,S/4]."""

    def __init__(self, at: Scope, width: int, feature: int, motion_feature: int):
        super().__init__(at, width, feature)
        self.compress = compression(at / "dense_motion_network", feature, motion_feature)

    def forward(self, image: Tensor) -> Tuple[Tensor, Tensor]:
        x = F.relu(self.first(image.to(self.second.weight.dtype)))
        for down in self.downs:
            x = F.avg_pool2d(F.relu(down(x)), 2)
        x = self.second(x)
        volume = self.blocks(x.view(x.shape[0], -1, self.depth, x.shape[2], x.shape[3]))
        return volume, F.relu(self.compress(volume))


class Block3d(nn.Module):
    """A residual block; the first of its norms stands before a ReLU and cannot be folded."""

    def __init__(self, at: Scope, channels: int):
        super().__init__()
        self.norm = ScaleShift(at / "norm1", channels, spatial=3)
        self.conv1 = conv3d(at / "conv1", channels, channels, 3, padding=1, norm=at / "norm2")
        self.conv2 = conv3d(at / "conv2", channels, channels, 3, padding=1)

    def forward(self, x: Tensor) -> Tensor:
        return x + self.conv2(F.relu(self.conv1(F.relu(self.norm(x)))))


def centers(size: int, like: Tensor) -> Tensor:
    """Positions of cells along one axis, -1 the first and 1 the last."""
    return 2.0 * (torch.arange(size, dtype=like.dtype, device=like.device) / (size - 1)) - 1.0


def resampling(size: int, source: Tensor, driving: Tensor) -> Tensor:
    """Matrices [B,K,size,size] that sample one axis linearly at its centers - driving [B,K] + source, with zeros outside.

    Sampling reads -1 and 1 as the outer edges of the outer cells, as the published weights were trained, though the centers
    put them on the outer cells' middles. The difference of the keypoints first would round otherwise than the official
    grids do, by some millionths of a cell, which the layers that follow magnify.
    """
    at = centers(size, driving) - driving.unsqueeze(2) + source.unsqueeze(2)
    position = ((at + 1.0) * size - 1.0) / 2.0
    cell = torch.arange(size, dtype=driving.dtype, device=driving.device)
    return torch.relu(1.0 - (position.unsqueeze(3) - cell).abs())


def bumps(size: int, position: Tensor, variance: float) -> Tensor:
    """Gaussians along one axis around positions [B,K] -> [B,K,size]."""
    return torch.exp(-0.5 * (centers(size, position) - position.unsqueeze(2)) ** 2 / variance)


class SparseMotion(nn.Module):
    """The motion network's input: for the background and for each keypoint a heat map and the moved features.

    Each keypoint moves the features as a whole, so that the trilinear sampling and the Gaussian both separate into
    axes. All of this is float32 whatever the element type of the features.
    """

    def __init__(self, variance: float):
        super().__init__()
        self.variance = variance

    def forward(self, features: Tensor, kp_source: Tensor, kp_driving: Tensor) -> Tensor:
        """Features [1,C,D,H,W], kp [1,K,3] and [B,K,3] -> [B,(K+1)*(1+C),D,H,W]."""
        _, channels, depth, height, width = features.shape
        source, driving = F.pad(kp_source, [0, 0, 1, 0]), F.pad(kp_driving, [0, 0, 1, 0])
        batch, maps, _ = driving.shape
        along_x = resampling(width, source[:, :, 0], driving[:, :, 0])
        along_y = resampling(height, source[:, :, 1], driving[:, :, 1])
        along_z = resampling(depth, source[:, :, 2], driving[:, :, 2])
        x = torch.matmul(features.float().view(-1, width), along_x.transpose(2, 3))
        x = x.view(batch, maps, channels * depth, height, width)
        x = torch.matmul(along_y.unsqueeze(2), x)
        x = x.view(batch, maps, channels, depth, height * width)
        moved = torch.matmul(along_z.unsqueeze(2), x)
        heat = self.heat(kp_driving, depth, height, width) - self.heat(kp_source, depth, height, width)
        heat = F.pad(heat, [0, 0, 0, 0, 1, 0]).unsqueeze(2)
        return torch.cat([heat, moved], 2).view(batch, -1, depth, height, width).to(features.dtype)

    def heat(self, kp: Tensor, depth: int, height: int, width: int) -> Tensor:
        """Gaussians around keypoints [B,K,3] -> [B,K,D,H*W]."""
        x = bumps(width, kp[:, :, 0], self.variance).unsqueeze(2)
        y = bumps(height, kp[:, :, 1], self.variance).unsqueeze(3)
        z = bumps(depth, kp[:, :, 2], self.variance).unsqueeze(3)
        return z * (y * x).flatten(2).unsqueeze(2)


class Down3d(nn.Module):
    def __init__(self, at: Scope, inputs: int, outputs: int):
        super().__init__()
        self.conv = conv3d(at / "conv", inputs, outputs, 3, padding=1, norm=at / "norm")

    def forward(self, x: Tensor) -> Tensor:
        x = F.relu_(self.conv(x))
        # In float32: PyTorch has no half-precision form of this pooling for the CPU.
        return F.avg_pool3d(x.float(), [1, 2, 2]).to(x.dtype)


class Up3d(nn.Module):
    def __init__(self, at: Scope, inputs: int, outputs: int):
        super().__init__()
        self.conv = conv3d(at / "conv", inputs, outputs, 3, padding=1, norm=at / "norm")

    def forward(self, x: Tensor) -> Tensor:
        return F.relu_(self.conv(F.interpolate(x, scale_factor=[1.0, 2.0, 2.0], mode="nearest")))


def up3d(at: Scope, inputs: int, outputs: int, doubled: bool) -> nn.Module:
    if not doubled:
        return Up3d(at, inputs, outputs)
    shape = [outputs, inputs, 3, 3, 3]
    weight, bias = (at / "conv").tensor("weight", shape), (at / "conv").tensor("bias", [outputs])
    norm = (at / "norm").norm(outputs)
    return Doubled3d(weights.fold_weight(weight, norm), weights.fold_bias(bias, norm), shape)


class Hourglass(nn.Module):
    """[B,I,D,H,W] -> [B,width+I,D,H,W]; height and width must be multiples of 32."""

    def __init__(self, at: Scope, inputs: int, width: int):
        super().__init__()
        down, up = at / "encoder" / "down_blocks", at / "decoder" / "up_blocks"
        channels = [inputs, *(width << (i + 1) for i in range(HOURGLASS_BLOCKS))]
        self.downs = nn.ModuleList(Down3d(down / i, channels[i], channels[i + 1]) for i in range(HOURGLASS_BLOCKS))
        ups = []
        for i in range(HOURGLASS_BLOCKS):
            outputs = width << (HOURGLASS_BLOCKS - 1 - i)
            ups.append(up3d(up / i, outputs * (2 if i == 0 else 4), outputs, i >= FIRST_DOUBLED_BLOCK))
        self.ups = nn.ModuleList(ups)
        self.outputs = width + inputs
        conv = at / "decoder" / "conv"
        self.conv = conv3d(conv, self.outputs, self.outputs, 3, padding=1, norm=at / "decoder" / "norm")

    def forward(self, x: Tensor) -> Tensor:
        skips: List[Tensor] = []
        for down in self.downs:
            skips.append(x)
            x = down(x)
        for up in self.ups:
            x = torch.cat([up(x), skips.pop()], 1)
        return F.relu_(self.conv(x))


class Occlusion(nn.Module):
    """A wide convolution to one channel: a product for each tap, then the sum of the shifted products."""

    def __init__(self, at: Scope, inputs: int, kernel: int = 7):
        super().__init__()
        self.kernel = kernel
        self.weight = parameter(
            weights.reshape(at.tensor("weight", [1, inputs, kernel, kernel]), [inputs, kernel * kernel]),
            [inputs, kernel * kernel],
        )
        self.bias = parameter(at.tensor("bias", [1]), [1])

    def forward(self, x: Tensor) -> Tensor:
        # fold adds tap t of a cell to the cell that lies t before it, where a convolution takes the one t behind.
        taps = torch.matmul(self.weight.t().flip(0), x.flatten(2)).float()
        size = [x.shape[2], x.shape[3]]
        total = F.fold(taps, size, [self.kernel, self.kernel], padding=[self.kernel // 2, self.kernel // 2])
        return torch.sigmoid(total + self.bias.float())


class DenseMotion(nn.Module):
    """Where each cell of the driven volume comes from, and how much of it is visible."""

    def __init__(
        self, at: Scope, keypoints: int, mask_threshold: float, motion_feature: int, width: int, mask: int
    ):
        super().__init__()
        self.mask_threshold = mask_threshold
        self.sparse = SparseMotion(KEYPOINT_VARIANCE)
        self.hourglass = Hourglass(at / "hourglass", (keypoints + 1) * (motion_feature + 1), width)
        self.mask = conv3d(at / "mask", self.hourglass.outputs, keypoints + 1, mask, padding=mask // 2)
        self.occlusion = Occlusion(at / "occlusion", self.hourglass.outputs * DEPTH)

    def forward(self, features: Tensor, kp_source: Tensor, kp_driving: Tensor) -> Tuple[Tensor, Tensor]:
        """-> sampling grid [B,D,H,W,3] (x, y, z) and visibility [B,1,H,W], both float32."""
        x = self.hourglass(channels_last_3d(self.sparse(features, kp_source, kp_driving)))
        batch, _, depth, height, width = x.shape
        mask = torch.softmax(self.mask(x).float(), 1)
        if self.mask_threshold > 0:
            mask = F.threshold_(mask, self.mask_threshold, 0.0)
        occlusion = self.occlusion(x.reshape(batch, -1, height, width))
        # Each keypoint's motion is the identity plus a shift: the identity times the sum of the masks, plus the mean shift.
        shift = F.pad(kp_source - kp_driving, [0, 0, 1, 0])
        moved = torch.matmul(mask.flatten(2).transpose(1, 2), shift).view(batch, depth, height, width, 3)
        total = mask.sum(1)
        x_axis, y_axis, z_axis = centers(width, total), centers(height, total), centers(depth, total)
        identity = torch.stack(
            [total * x_axis, total * y_axis.unsqueeze(1), total * z_axis.unsqueeze(1).unsqueeze(2)], 4
        )
        return moved + identity, occlusion


class Modulation(nn.Module):
    """One convolution of a style map for the factor and the offset of a normalized map. The factor's 1 is in its bias."""

    def __init__(self, at: Scope, channels: int, hidden: int):
        super().__init__()
        shape = [channels, hidden, 3, 3]
        gamma, beta = at / "mlp_gamma", at / "mlp_beta"
        weight = weights.concat([gamma.tensor("weight", shape), beta.tensor("weight", shape)], 0)
        bias = weights.concat(
            [weights.add_scalar(gamma.tensor("bias", [channels]), 1.0), beta.tensor("bias", [channels])], 0
        )
        self.weight = parameter(weight, [2 * channels, hidden, 3, 3])
        self.bias = parameter(bias, [2 * channels])

    def forward(self, normalized: Tensor, style: Tensor) -> Tensor:
        gamma, beta = F.conv2d(style, self.weight, self.bias, padding=1).chunk(2, 1)
        return torch.addcmul(beta, normalized, gamma)


class Shortcut(nn.Module):
    """The modulated map through a linear 1x1 convolution, which is taken into the offset's convolution."""

    def __init__(self, at: Scope, conv: Scope, inputs: int, outputs: int, hidden: int):
        super().__init__()
        shape = [inputs, hidden, 3, 3]
        gamma, beta = at / "mlp_gamma", at / "mlp_beta"
        projection = spectral(conv, outputs, inputs, 1)
        weight = weights.concat(
            [gamma.tensor("weight", shape), weights.project(projection, beta.tensor("weight", shape))], 0
        )
        bias = weights.concat(
            [
                weights.add_scalar(gamma.tensor("bias", [inputs]), 1.0),
                weights.project(projection, beta.tensor("bias", [inputs])),
            ],
            0,
        )
        self.weight = parameter(weight, [inputs + outputs, hidden, 3, 3])
        self.bias = parameter(bias, [inputs + outputs])
        self.projection = parameter(projection, [outputs, inputs, 1, 1])
        self.split = [inputs, outputs]

    def forward(self, normalized: Tensor, style: Tensor) -> Tensor:
        gamma, beta = F.conv2d(style, self.weight, self.bias, padding=1).split(self.split, 1)
        return F.conv2d(normalized * gamma, self.projection) + beta


def spectral(at: Scope, outputs: int, inputs: int, kernel: int) -> Expression:
    """Declares a spectrally normalized kernel."""
    at.tensor("weight_orig", [outputs, inputs, kernel, kernel])
    at.tensor("weight_u", [outputs])
    at.tensor("weight_v", [inputs * kernel * kernel])
    return weights.spectral(at.path)


class SpectralConv(nn.Module):
    """A 3x3 convolution with a spectrally normalized kernel."""

    def __init__(self, at: Scope, inputs: int, outputs: int):
        super().__init__()
        self.weight = parameter(spectral(at, outputs, inputs, 3), [outputs, inputs, 3, 3])
        self.bias = parameter(at.tensor("bias", [outputs]), [outputs])

    def forward(self, x: Tensor) -> Tensor:
        return F.conv2d(x, self.weight, self.bias, padding=1)


def normalize(x: Tensor) -> Tensor:
    """Instance norm; the kernel for one channel a group accumulates in float32 for every element type."""
    return F.group_norm(x, x.shape[1])


class MiddleBlock(nn.Module):
    """A residual block whose style maps are given."""

    def __init__(self, at: Scope, channels: int, hidden: int):
        super().__init__()
        self.norm0 = Modulation(at / "norm_0", channels, hidden)
        self.conv0 = SpectralConv(at / "conv_0", channels, channels)
        self.norm1 = Modulation(at / "norm_1", channels, hidden)
        self.conv1 = SpectralConv(at / "conv_1", channels, channels)
        self.slope = SLOPE

    def forward(self, x: Tensor, style0: Tensor, style1: Tensor) -> Tensor:
        y = self.conv0(F.leaky_relu_(self.norm0(normalize(x), style0), self.slope))
        y = self.conv1(F.leaky_relu_(self.norm1(normalize(y), style1), self.slope))
        return y.add_(x)


class UpBlock(nn.Module):
    """A residual block at twice the size of its input; its style maps are made here from the low-resolution condition.

    The input is normalized once for both branches and before it is enlarged.
    """

    def __init__(self, at: Scope, inputs: int, outputs: int, condition: int, hidden: int, style: type):
        super().__init__()
        self.style = style(*shared_style([at / f"norm_{name}" for name in "01s"], condition, hidden))
        self.norm0 = Modulation(at / "norm_0", inputs, hidden)
        self.conv0 = SpectralConv(at / "conv_0", inputs, outputs)
        self.norm1 = Modulation(at / "norm_1", outputs, hidden)
        self.conv1 = SpectralConv(at / "conv_1", outputs, outputs)
        self.shortcut = Shortcut(at / "norm_s", at / "conv_s", inputs, outputs, hidden)
        self.slope = SLOPE

    def forward(self, x: Tensor, condition: Tensor) -> Tensor:
        style0, style1, style_s = self.style(condition).chunk(3, 1)
        x = F.interpolate(normalize(x), scale_factor=2.0, mode="nearest")
        y = self.conv0(F.leaky_relu_(self.norm0(x, style0), self.slope))
        y = self.conv1(F.leaky_relu_(self.norm1(normalize(y), style1), self.slope))
        return y.add_(self.shortcut(x, style_s))


def shared_style(norms: List[Scope], condition: int, hidden: int) -> Tuple[Expression, Expression, List[int]]:
    """The first convolutions of several modulations, which all read the condition, as one: weight, bias and shape."""
    layers = [norm / "mlp_shared" / 0 for norm in norms]
    weight = weights.concat([layer.tensor("weight", [hidden, condition, 3, 3]) for layer in layers], 0)
    bias = weights.concat([layer.tensor("bias", [hidden]) for layer in layers], 0)
    return weight, bias, [len(norms) * hidden, condition, 3, 3]


class MiddleStyle(nn.Module):
    """The style maps of all middle blocks by one convolution of the condition."""

    def __init__(self, norms: List[Scope], condition: int, hidden: int):
        super().__init__()
        weight, bias, shape = shared_style(norms, condition, hidden)
        self.weight = parameter(weight, shape)
        self.bias = parameter(bias, shape[:1])
        self.count = len(norms)

    def forward(self, condition: Tensor) -> List[Tensor]:
        return F.relu_(F.conv2d(condition, self.weight, self.bias, padding=1)).chunk(self.count, 1)


class SpadeDecoder(nn.Module):
    """Condition [B,C,S/4,S/4] -> frames [B,3,S,S] of 0..1, or larger by the final enlargement."""

    def __init__(self, at: Scope, condition: int, upscale: int | None):
        super().__init__()
        hidden, top = condition // 2, condition // 4
        self.start = conv2d(at / "fc", condition, 2 * condition, 3, padding=1)
        middle = [at / f"G_middle_{i}" for i in range(MIDDLE_BLOCKS)]
        self.style = MiddleStyle([block / f"norm_{i}" for block in middle for i in range(2)], condition, hidden)
        self.middle = nn.ModuleList(MiddleBlock(block, 2 * condition, hidden) for block in middle)
        self.up0 = UpBlock(at / "up_0", 2 * condition, condition, condition, hidden, Doubled2d)
        self.up1 = UpBlock(at / "up_1", condition, top, condition, hidden, Quadrupled2d)
        image = at / "conv_img" if upscale is None else at / "conv_img" / 0
        self.upscale = 1 if upscale is None else upscale
        self.image = conv2d(image, top, 3 * self.upscale**2, 3, padding=1)
        self.slope = SLOPE

    def forward(self, condition: Tensor) -> Tensor:
        x = self.start(condition)
        styles = self.style(condition)
        for i, block in enumerate(self.middle):
            x = block(x, styles[2 * i], styles[2 * i + 1])
        # The wide maps of the last blocks; the middle blocks' small ones gain nothing.
        x, condition = channels_last(x), channels_last(condition)
        x = self.up1(self.up0(x, condition), condition)
        x = self.image(F.leaky_relu_(x, self.slope)).float()
        if self.upscale > 1:
            x = F.pixel_shuffle(x, self.upscale)
        return torch.sigmoid(x).contiguous()


class Warp(nn.Module):
    """The layers that move the volume and flatten it to the decoder's condition."""

    def __init__(
        self,
        at: Scope,
        width: int,
        feature: int,
        motion_feature: int,
        hourglass: int,
        mask: int,
        keypoints: int,
        mask_threshold: float,
    ):
        super().__init__()
        condition = width << 2
        self.motion = DenseMotion(at / "dense_motion_network", keypoints, mask_threshold, motion_feature, hourglass, mask)
        third = at / "third"
        self.third = conv2d(third / "conv", feature * DEPTH, condition, 3, padding=1, norm=third / "norm")
        self.fourth = conv2d(at / "fourth", condition, condition, 1)


class Warping(Warp):
    """Volume of the appearance, kp_source [1,K,3], kp_driving [B,K,3] -> the decoder's condition [B,O,H,W].

    Gives also how it was made: visibility [B,1,H,W] and sampling grid [B,16,H,W,3] (x, y, z), both float32.
    """

    def __init__(self, at: Scope, feature: int, motion_feature: int, **sizes: object):
        super().__init__(at, feature=feature, motion_feature=motion_feature, **sizes)
        self.compress = compression(at / "dense_motion_network", feature, motion_feature)

    def forward(self, volume: Tensor, kp_source: Tensor, kp_driving: Tensor) -> Tuple[Tensor, Tensor, Tensor]:
        grid, visible = self.motion(F.relu(self.compress(volume)), kp_source, kp_driving)
        source = volume.float().expand(grid.shape[0], -1, -1, -1, -1)
        moved = F.grid_sample(source, grid, mode="bilinear", padding_mode="zeros", align_corners=False)
        moved = moved.flatten(1, 2).to(volume.dtype)
        x = self.fourth(F.leaky_relu_(self.third(moved), 0.01))
        return x * visible.to(x.dtype), visible, grid


class Renderer(Warp):
    """Volume and motion features of the encoder, kp_source [1,K,3], kp_driving [B,K,3] -> frames [B,3,S,S] of 0..1."""

    def __init__(self, warping: Scope, decoder: Scope, width: int, upscale: int | None, **sizes: object):
        super().__init__(warping, width, **sizes)
        self.decoder = SpadeDecoder(decoder, width << 2, upscale)

    def forward(self, volume: Tensor, motion_features: Tensor, kp_source: Tensor, kp_driving: Tensor) -> Tensor:
        grid, visible = self.motion(motion_features, kp_source, kp_driving)
        source = volume.float().expand(grid.shape[0], -1, -1, -1, -1)
        moved = F.grid_sample(source, grid, mode="bilinear", padding_mode="zeros", align_corners=False)
        moved = moved.flatten(1, 2).to(volume.dtype)
        x = self.fourth(F.leaky_relu_(self.third(moved), 0.01))
        return self.decoder(x * visible.to(x.dtype))


def face_vid2vid(
    keypoints: int = 15, mask_threshold: float = 1e-3, upscale: int | None = None
) -> dict[str, int | float | None]:
    """What the engines that share this network set differently."""
    return {"keypoints": keypoints, "mask_threshold": mask_threshold, "upscale": upscale}


def build_encoder(at: Scope, width: int, feature: int, motion_feature: int, **_: object) -> Encoder:
    return Encoder(at, width, feature, motion_feature)


def build_renderer(at: Scope, **sizes: object) -> Renderer:
    return Renderer(at, at / "decoder", **sizes)


PRECISIONS = ("f32", "f16", "bf16")
# So small that the tiny network's frames in float32 and float64 differ by 1e-5 at most; four times as wide, by 3e-5.
VOLUME = Input("volume", [1, 32, 16, 64, 64], -1.0, 1.0, tiny_shape=[1, 2, 16, 32, 32])
FEATURES = Input("motion_features", [1, 4, 16, 64, 64], 0.0, 0.25, tiny_shape=[1, 1, 16, 32, 32])
KEYPOINTS = [Input("kp_source", [1, 15, 3], -0.25, 0.25), Input("kp_driving", [2, 15, 3], -0.25, 0.25)]

NETWORKS = [
    Network(
        checkpoint="sadtalker",
        prefix="generator.",
        programs=[
            Program(
                "generator-encode",
                build_encoder,
                [Input("image", [1, 3, 256, 256], tiny_shape=[1, 3, 128, 128])],
                ["volume", "motion_features"],
                PRECISIONS,
            ),
            Program(
                "generator-render",
                build_renderer,
                [VOLUME, FEATURES, *KEYPOINTS],
                ["frames"],
                PRECISIONS,
            ),
        ],
        full={"width": 64, "feature": 32, "motion_feature": 4, "hourglass": 32, "mask": 7} | face_vid2vid(),
        # The hourglass's last layers are as wide as there are keypoints times motion features, however narrow the rest is:
        # one feature and a smaller kernel save the time there.
        tiny={"width": 4, "feature": 2, "motion_feature": 1, "hourglass": 2, "mask": 3} | face_vid2vid(),
    )
]
