"""The encoder of mel spectrogram windows that the expression and the pose network share in form, not in weights."""

import torch.nn.functional as F
from torch import Tensor, nn

from .layers import conv2d
from .scope import Scope

EMBEDDING = 512
WINDOW = [1, 80, 16]


class AudioConv(nn.Module):
    def __init__(self, at: Scope, inputs: int, outputs: int, kernel: int, stride: tuple[int, int], padding: int):
        super().__init__()
        block = at / "conv_block"
        self.conv = conv2d(block / 0, inputs, outputs, kernel, stride=stride, padding=padding, norm=block / 1)

    def forward(self, x: Tensor) -> Tensor:
        return F.relu(self.conv(x))


class ResidualAudioConv(nn.Module):
    def __init__(self, at: Scope, channels: int):
        super().__init__()
        block = at / "conv_block"
        self.conv = conv2d(block / 0, channels, channels, 3, padding=1, norm=block / 1)

    def forward(self, x: Tensor) -> Tensor:
        return F.relu(self.conv(x) + x)


class AudioEncoder(nn.Module):
    """Windows [N,1,80,16] -> embeddings [N,512]."""

    def __init__(self, at: Scope, width: int):
        super().__init__()
        c1, c2, c3, c4, c5 = width, width * 2, width * 4, width * 8, width * 16
        self.layers = nn.Sequential(
            AudioConv(at / 0, 1, c1, 3, (1, 1), 1),
            ResidualAudioConv(at / 1, c1),
            ResidualAudioConv(at / 2, c1),
            AudioConv(at / 3, c1, c2, 3, (3, 1), 1),
            ResidualAudioConv(at / 4, c2),
            ResidualAudioConv(at / 5, c2),
            AudioConv(at / 6, c2, c3, 3, (3, 3), 1),
            ResidualAudioConv(at / 7, c3),
            ResidualAudioConv(at / 8, c3),
            AudioConv(at / 9, c3, c4, 3, (3, 2), 1),
            ResidualAudioConv(at / 10, c4),
            AudioConv(at / 11, c4, c5, 3, (1, 1), 0),
            AudioConv(at / 12, c5, EMBEDDING, 1, (1, 1), 0),
        )

    def forward(self, windows: Tensor) -> Tensor:
        return self.layers(windows).flatten(1)
