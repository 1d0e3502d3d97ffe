"""The ResNet-50 (v1.5: a bottleneck strides in its 3x3 convolution) under the face detector and the 3DMM regressor."""

import torch.nn.functional as F
from torch import Tensor, nn

from .layers import conv2d
from .scope import Scope

BLOCKS = (3, 4, 6, 3)
EXPANSION = 4


class Bottleneck(nn.Module):
    def __init__(self, at: Scope, inputs: int, width: int, stride: int, first: bool):
        super().__init__()
        outputs = width * EXPANSION
        self.reduce = conv2d(at / "conv1", inputs, width, 1, bias=False, norm=at / "bn1")
        self.spatial = conv2d(
            at / "conv2", width, width, 3, stride=stride, padding=1, bias=False, norm=at / "bn2"
        )
        self.expand = conv2d(at / "conv3", width, outputs, 1, bias=False, norm=at / "bn3")
        shortcut = at / "downsample"
        self.shortcut = (
            conv2d(shortcut / 0, inputs, outputs, 1, stride=stride, bias=False, norm=shortcut / 1)
            if first
            else nn.Identity()
        )

    def forward(self, x: Tensor) -> Tensor:
        y = F.relu(self.reduce(x))
        y = F.relu(self.spatial(y))
        return F.relu(self.expand(y) + self.shortcut(x))


class ResNet50(nn.Module):
    """The feature maps of strides 8, 16 and 32, with 8, 16 and 32 times width channels."""

    def __init__(self, at: Scope, width: int):
        super().__init__()
        self.stem = conv2d(at / "conv1", 3, width, 7, stride=2, padding=3, bias=False, norm=at / "bn1")
        self.layer1 = _layer(at / "layer1", width, width, 1, BLOCKS[0])
        self.layer2 = _layer(at / "layer2", width * 4, width * 2, 2, BLOCKS[1])
        self.layer3 = _layer(at / "layer3", width * 8, width * 4, 2, BLOCKS[2])
        self.layer4 = _layer(at / "layer4", width * 16, width * 8, 2, BLOCKS[3])

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        x = F.max_pool2d(F.relu(self.stem(x)), 3, 2, 1)
        stride8 = self.layer2(self.layer1(x))
        stride16 = self.layer3(stride8)
        return stride8, stride16, self.layer4(stride16)


def _layer(at: Scope, inputs: int, width: int, stride: int, blocks: int) -> nn.Sequential:
    first = Bottleneck(at / 0, inputs, width, stride, first=True)
    others = [Bottleneck(at / i, width * EXPANSION, width, 1, first=False) for i in range(1, blocks)]
    return nn.Sequential(first, *others)
