"""RetinaFace on a ResNet-50: face boxes, scores and five landmarks, before anchors are applied."""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .layers import conv2d
from .network import Input, Network, Program
from .resnet import ResNet50
from .scope import Scope

ANCHORS_PER_CELL = 2


def _conv_norm(at: Scope, inputs: int, outputs: int, kernel: int) -> nn.Conv2d:
    return conv2d(at / 0, inputs, outputs, kernel, padding=kernel // 2, bias=False, norm=at / 1)


class Pyramid(nn.Module):
    """Brings three levels to the same channels and adds each coarser level to the next finer one."""

    def __init__(self, at: Scope, inputs: int, channels: int):
        super().__init__()
        self.output1 = _conv_norm(at / "output1", inputs, channels, 1)
        self.output2 = _conv_norm(at / "output2", inputs * 2, channels, 1)
        self.output3 = _conv_norm(at / "output3", inputs * 4, channels, 1)
        self.merge1 = _conv_norm(at / "merge1", channels, channels, 3)
        self.merge2 = _conv_norm(at / "merge2", channels, channels, 3)

    def forward(self, fine: Tensor, middle: Tensor, coarse: Tensor) -> list[Tensor]:
        coarse = F.relu(self.output3(coarse))
        middle = F.relu(self.output2(middle))
        middle = F.relu(self.merge2(middle + F.interpolate(coarse, middle.shape[2:], mode="nearest")))
        fine = F.relu(self.output1(fine))
        fine = F.relu(self.merge1(fine + F.interpolate(middle, fine.shape[2:], mode="nearest")))
        return [fine, middle, coarse]


class Context(nn.Module):
    """Three stacks of 3x3 convolutions with growing fields of view, side by side."""

    def __init__(self, at: Scope, channels: int):
        super().__init__()
        half, quarter = channels // 2, channels // 4
        self.near = _conv_norm(at / "conv3X3", channels, half, 3)
        self.shared = _conv_norm(at / "conv5X5_1", channels, quarter, 3)
        self.middle = _conv_norm(at / "conv5X5_2", quarter, quarter, 3)
        self.far1 = _conv_norm(at / "conv7X7_2", quarter, quarter, 3)
        self.far2 = _conv_norm(at / "conv7x7_3", quarter, quarter, 3)

    def forward(self, x: Tensor) -> Tensor:
        shared = F.relu(self.shared(x))
        far = self.far2(F.relu(self.far1(shared)))
        return F.relu(torch.cat([self.near(x), self.middle(shared), far], 1))


class Head(nn.Module):
    """A 1x1 convolution that gives some values for each anchor: [1, anchors, values], rows outer, columns inner."""

    def __init__(self, at: Scope, channels: int, values: int):
        super().__init__()
        self.values = values
        self.conv = conv2d(at / "conv1x1", channels, ANCHORS_PER_CELL * values, 1)

    def forward(self, x: Tensor) -> Tensor:
        return self.conv(x).permute(0, 2, 3, 1).reshape(x.shape[0], -1, self.values)


class RetinaFace(nn.Module):
    """Pixels [1,3,H,W] of 0..255 -> loc [1,P,4], conf [1,P,2], landmarks [1,P,10]."""

    def __init__(self, at: Scope, width: int, channels: int):
        super().__init__()
        self.body = ResNet50(at / "body", width)
        self.pyramid = Pyramid(at / "fpn", width * 8, channels)
        self.contexts = nn.ModuleList(Context(at / f"ssh{i}", channels) for i in (1, 2, 3))
        self.classes = nn.ModuleList(Head(at / "ClassHead" / i, channels, 2) for i in range(3))
        self.boxes = nn.ModuleList(Head(at / "BboxHead" / i, channels, 4) for i in range(3))
        self.landmarks = nn.ModuleList(Head(at / "LandmarkHead" / i, channels, 10) for i in range(3))

    def forward(self, image: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        mean = torch.tensor([104.0, 117.0, 123.0], device=image.device).view(1, 3, 1, 1)
        fine, middle, coarse = self.body(image - mean)
        levels = self.pyramid(fine, middle, coarse)
        boxes: list[Tensor] = []
        classes: list[Tensor] = []
        landmarks: list[Tensor] = []
        for i, (context, class_head, box_head, landmark_head) in enumerate(
            zip(self.contexts, self.classes, self.boxes, self.landmarks)
        ):
            x = context(levels[i])
            boxes.append(box_head(x))
            classes.append(class_head(x))
            landmarks.append(landmark_head(x))
        return torch.cat(boxes, 1), torch.softmax(torch.cat(classes, 1), -1), torch.cat(landmarks, 1)


NETWORKS = [
    Network(
        checkpoint="retinaface",
        prefix="",
        strip="module.",
        programs=[
            Program(
                "retinaface",
                RetinaFace,
                [Input("image", [1, 3, 160, 200], 109.0, 125.0, tiny_shape=[1, 3, 72, 90])],
                ["loc", "conf", "landmarks"],
            )
        ],
        full={"width": 64, "channels": 256},
        tiny={"width": 4, "channels": 16},
    )
]
