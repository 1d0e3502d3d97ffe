"""LivePortrait's networks: the shared generator in three files, the motion extractor and the keypoint corrections."""

from __future__ import annotations

from typing import Callable, Sequence

from torch import nn

from .convnext import MotionExtractor
from .generator import PRECISIONS, VOLUME, Appearance, SpadeDecoder, Warping
from .network import Input, Network, Program
from .retargeting import Retargeting, Stitching
from .scope import Scope

KEYPOINTS = 21

KP_SOURCE = Input("kp_source", [1, KEYPOINTS, 3], -0.25, 0.25)
# Several frames where they cost little.
KP_DRIVING = Input("kp_driving", [1, KEYPOINTS, 3], -0.25, 0.25, tiny_shape=[2, KEYPOINTS, 3])


def build_warping(at: Scope, **sizes: int) -> Warping:
    return Warping(at, keypoints=KEYPOINTS, mask_threshold=0.0, **sizes)


def build_decoder(at: Scope, width: int) -> SpadeDecoder:
    return SpadeDecoder(at, width << 2, upscale=2)


def retargeting(
    name: str, prefix: str, build: Callable[..., nn.Module], inputs: Sequence[Input], output: str, hidden: Sequence[int]
) -> Network:
    """One of the networks in the file of corrections. Re-packed files join the two parts of the prefix."""
    return Network(
        checkpoint="liveportrait-retargeting",
        prefix=f"{prefix}.",
        strip="module.",
        alias=f"{prefix}_module.",
        programs=[Program(name, build, inputs, [output])],
        full={"keypoints": KEYPOINTS, "hidden": hidden},
        tiny={"keypoints": KEYPOINTS, "hidden": [width // 4 for width in hidden]},
    )


def build_eye(at: Scope, **sizes: object) -> Retargeting:
    return Retargeting(at, ratios=3, **sizes)


def build_lip(at: Scope, **sizes: object) -> Retargeting:
    return Retargeting(at, ratios=2, **sizes)


NETWORKS = [
    Network(
        checkpoint="liveportrait-appearance",
        prefix="",
        programs=[
            Program(
                "lp-appearance",
                Appearance,
                [Input("image", [1, 3, 256, 256], tiny_shape=[1, 3, 128, 128])],
                ["volume"],
                PRECISIONS,
            )
        ],
        full={"width": 64, "feature": 32},
        tiny={"width": 4, "feature": 2},
    ),
    Network(
        checkpoint="liveportrait-motion",
        prefix="detector.",
        programs=[
            Program(
                "lp-motion",
                MotionExtractor,
                [Input("image", [2, 3, 256, 256], tiny_shape=[2, 3, 64, 64])],
                ["pitch", "yaw", "roll", "t", "exp", "scale", "kp"],
            )
        ],
        full={"widths": [96, 192, 384, 768], "depths": [3, 3, 9, 3], "keypoints": KEYPOINTS},
        tiny={"widths": [6, 12, 24, 48], "depths": [3, 3, 9, 3], "keypoints": KEYPOINTS},
    ),
    Network(
        checkpoint="liveportrait-warping",
        prefix="",
        programs=[
            Program(
                "lp-warp",
                build_warping,
                [VOLUME, KP_SOURCE, KP_DRIVING],
                ["warped", "occlusion", "deformation"],
                PRECISIONS,
            )
        ],
        full={"width": 64, "feature": 32, "motion_feature": 4, "hourglass": 32, "mask": 7},
        tiny={"width": 4, "feature": 2, "motion_feature": 1, "hourglass": 2, "mask": 3},
    ),
    Network(
        checkpoint="liveportrait-generator",
        prefix="",
        programs=[
            Program(
                "lp-decode",
                build_decoder,
                [Input("warped", [1, 256, 64, 64], -1.0, 1.0, tiny_shape=[2, 16, 32, 32])],
                ["frames"],
                PRECISIONS,
            )
        ],
        full={"width": 64},
        tiny={"width": 4},
    ),
    retargeting("lp-stitch", "retarget_shoulder", Stitching, [KP_SOURCE, KP_DRIVING], "kp", [128, 128, 64]),
    retargeting("lp-lip", "retarget_mouth", build_lip, [KP_SOURCE, Input("lip_ratio", [2, 2])], "lip", [128, 128, 64]),
    retargeting(
        "lp-eye",
        "retarget_eye",
        build_eye,
        [KP_SOURCE, Input("eye_ratio", [2, 3])],
        "eye",
        [256, 256, 128, 128, 64],
    ),
]
