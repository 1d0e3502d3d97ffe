"""One input and the official LivePortrait code's output for every stage of the server's command line."""

from __future__ import annotations

import importlib
import sys
import types
from collections import OrderedDict
from functools import cached_property, partial
from pathlib import Path
from typing import Any, Callable

import numpy as np
import torch
from torch import Tensor, nn

from . import samples, weights
from .cases import Arrays, Case, arrays
from .limits import COEFFICIENTS, KEYPOINTS, LEVEL
from .reference import commit

SEED = 20240703
Makers = dict[str, Callable[[], dict]]
KEYPOINT_COUNT = 21
SOURCES = {
    "config": "src.config.inference_config",
    "crop": "src.utils.crop",
    "camera": "src.utils.camera",
    "helper": "src.utils.helper",
    "wrapper": "src.live_portrait_wrapper",
}
FILES = {
    "appearance_feature_extractor": "base_models/appearance_feature_extractor.pth",
    "motion_extractor": "base_models/motion_extractor.pth",
    "warping_module": "base_models/warping_module.pth",
    "spade_generator": "base_models/spade_generator.pth",
    "stitching_retargeting_module": "retargeting_models/stitching_retargeting_module.pth",
}
NETWORKS = {
    "appearance_feature_extractor": "AppearanceFeatureExtractor",
    "motion_extractor": "MotionExtractor",
    "warping_module": "WarpingNetwork",
    "spade_generator": "SPADEDecoder",
}
# How the file of corrections calls the networks, and the official code.
CORRECTIONS = {"retarget_shoulder": "stitching", "retarget_mouth": "lip", "retarget_eye": "eye"}


class LivePortrait:
    """Objects of the official code, on the CPU in float32. Loading checks the containers we wrote."""

    def __init__(self, root: Path, models: Path):
        root = root.resolve()
        if not (root / "src/live_portrait_wrapper.py").is_file():
            raise SystemExit(
                f"--reference {root}: no checkout of KwaiVGI/LivePortrait (src/live_portrait_wrapper.py is missing)"
            )
        sys.path.insert(0, str(root))
        self.modules = types.SimpleNamespace(**{name: importlib.import_module(path) for name, path in SOURCES.items()})
        self.commit = commit(root)
        self._models = models.resolve() / "liveportrait"

    def file(self, part: str) -> Path:
        return self._models / FILES[part]

    @cached_property
    def config(self) -> Any:
        return self.modules.config.InferenceConfig(
            checkpoint_F=str(self.file("appearance_feature_extractor")),
            checkpoint_M=str(self.file("motion_extractor")),
            checkpoint_W=str(self.file("warping_module")),
            checkpoint_G=str(self.file("spade_generator")),
            checkpoint_S=str(self.file("stitching_retargeting_module")),
            flag_force_cpu=True,
            flag_use_half_precision=False,
        )

    @cached_property
    def wrapper(self) -> Any:
        return self.modules.wrapper.LivePortraitWrapper(self.config)

    def parameters(self, part: str) -> dict:
        import yaml

        text = Path(self.config.models_config).read_text(encoding="utf-8")
        return yaml.safe_load(text)["model_params"][f"{part}_params"]


def construct(official: LivePortrait, part: str) -> nn.Module:
    return getattr(official.modules.helper, NETWORKS[part])(**official.parameters(part))


def write_weights(official: LivePortrait, portrait: np.ndarray, kind: str) -> None:
    """Fills all networks and writes them where the official command line looks for them. Files that exist are kept."""
    for part, make in WEIGHTS[kind](official, portrait).items():
        path = official.file(part)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            draft = path.with_name(path.name + ".part")
            torch.save(make(), draft)
            draft.rename(path)
            print(f"{FILES[part]}: {path.stat().st_size} bytes", flush=True)


def initial(official: LivePortrait, portrait: np.ndarray) -> Makers:
    """As the official constructors draw them, and nothing of ours but the seed: layers are quiet, batch norms do nothing."""

    def network(part: str, seed: int) -> dict[str, Tensor]:
        torch.manual_seed(seed)
        return weights.settled(construct(official, part)).state_dict()

    def corrections() -> dict[str, OrderedDict]:
        torch.manual_seed(SEED + len(NETWORKS))
        return {key: as_saved(correction(official, part)) for key, part in CORRECTIONS.items()}

    return {part: partial(network, part, SEED + i) for i, part in enumerate(NETWORKS)} | {
        "stitching_retargeting_module": corrections
    }


def calibrated(official: LivePortrait, portrait: np.ndarray) -> Makers:
    """Scaled layer by layer, so that each of them matters."""
    return {
        "appearance_feature_extractor": lambda: appearance(official, portrait).state_dict(),
        "motion_extractor": lambda: motion_extractor(official, portrait).state_dict(),
        "warping_module": lambda: warping(official).state_dict(),
        "spade_generator": lambda: generator(official).state_dict(),
        "stitching_retargeting_module": lambda: corrections(official),
    }


WEIGHTS = {"calibrated": calibrated, "initial": initial}


def appearance(official: LivePortrait, portrait: np.ndarray) -> nn.Module:
    network = construct(official, "appearance_feature_extractor")
    image = samples.tensor(portrait, 256)
    # Small last layers of the residual blocks, as in trained networks: see checkpoints.RESIDUAL.
    weights.fill(network, lambda: network(image), {"resblocks_3d.*.conv2": 0.3}, SEED)
    return network


def motion_extractor(official: LivePortrait, portrait: np.ndarray) -> nn.Module:
    network = construct(official, "motion_extractor")
    draw = torch.Generator().manual_seed(SEED + 1)
    for parameter in network.parameters():
        parameter.requires_grad_(False)
    for name, parameter in network.named_parameters():
        if ".grn." in name or "norm" in name or parameter.ndim == 1 and name.endswith((".0.1.bias", ".0.bias")):
            parameter.add_(0.2 * weights.normal(parameter, draw))
    image = torch.cat([samples.tensor(portrait, 256), samples.tensor(portrait[:, ::-1], 256)])
    targets = {
        "*.pwconv2": 0.3,
        "*.fc_kp": 0.3,
        "*.fc_exp": 0.03,
        "*.fc_t": 0.1,
        "*.fc_scale": 0.5,
        "*.fc_*": 2.0,
    }
    weights.fill(network, lambda: network(image), targets, SEED + 1)
    network.detector.fc_scale.bias.fill_(1.2)
    return network


def warping(official: LivePortrait) -> nn.Module:
    network = construct(official, "warping_module")
    source, driving = keypoints(1)
    targets = {"dense_motion_network.mask": 3.0, "dense_motion_network.occlusion": 2.0}
    run = lambda: network(volume(), kp_source=source, kp_driving=driving)  # noqa: E731
    weights.fill(network, run, targets, SEED + 2)
    return network


def generator(official: LivePortrait) -> nn.Module:
    network = construct(official, "spade_generator")
    weights.fill(network, lambda: network(condition(1)), {"conv_img.0": 1.5}, SEED + 3)
    return network


def corrections(official: LivePortrait) -> dict[str, OrderedDict]:
    sizes = official.parameters("stitching_retargeting_module")
    result = {}
    for i, (key, part) in enumerate(CORRECTIONS.items()):
        network = correction(official, part)
        sample = 0.3 * torch.randn(8, sizes[part]["input_size"], generator=torch.Generator().manual_seed(SEED))
        last = f"mlp.{2 * len(sizes[part]['hidden_sizes'])}"
        weights.fill(network, lambda: network(sample), {last: 0.05}, SEED + 4 + i)
        result[key] = as_saved(network)
    return result


def correction(official: LivePortrait, part: str) -> nn.Module:
    sizes = official.parameters("stitching_retargeting_module")
    return official.modules.helper.StitchingRetargetingNetwork(**sizes[part])


def as_saved(network: nn.Module) -> OrderedDict:
    """As trained on several devices, which is where the names' first part comes from."""
    return OrderedDict((f"module.{name}", tensor) for name, tensor in network.state_dict().items())


def keypoints(rows: int) -> tuple[Tensor, Tensor]:
    """Keypoints of a source [1,21,3] and near them those of driving frames [rows,21,3]."""
    draw = torch.Generator().manual_seed(SEED)
    source = 0.4 * torch.randn(1, KEYPOINT_COUNT, 3, generator=draw)
    return source, source + 0.06 * torch.randn(rows, KEYPOINT_COUNT, 3, generator=draw)


def volume() -> Tensor:
    return torch.randn(1, 32, 16, 64, 64, generator=torch.Generator().manual_seed(SEED))


def condition(rows: int) -> Tensor:
    return 0.5 * torch.randn(rows, 256, 64, 64, generator=torch.Generator().manual_seed(SEED))


def feature_case(official: LivePortrait, portrait: np.ndarray) -> tuple[Arrays, Arrays]:
    image = samples.tensor(portrait, 256)
    return arrays(image=image), arrays(feature=official.wrapper.extract_feature_3d(image))


def motion_case(official: LivePortrait, portrait: np.ndarray) -> tuple[Arrays, Arrays]:
    image = torch.cat([samples.tensor(portrait, 256), samples.tensor(portrait[40:300, 60:400], 256)])
    return arrays(image=image), arrays(**official.wrapper.get_kp_info(image, flag_refine_info=False))


def transform_case(official: LivePortrait, portrait: np.ndarray) -> tuple[Arrays, Arrays]:
    found, _ = motion_case(official, portrait)
    info = official.wrapper.get_kp_info(torch.from_numpy(found["image"]), flag_refine_info=False)
    inputs = arrays(**{name: tensor.clone() for name, tensor in info.items()})
    degrees = [official.modules.camera.headpose_pred_to_degree(info[name]) for name in ("pitch", "yaw", "roll")]
    rotation = official.modules.camera.get_rotation_matrix(*degrees)
    return inputs, arrays(rotation=rotation, x=official.wrapper.transform_keypoint(info))


def warp_case(official: LivePortrait, portrait: np.ndarray) -> tuple[Arrays, Arrays]:
    feature = official.wrapper.extract_feature_3d(samples.tensor(portrait, 256))
    source, driving = keypoints(2)
    found = official.wrapper.warping_module(
        feature.repeat(2, 1, 1, 1, 1), kp_source=source.repeat(2, 1, 1), kp_driving=driving
    )
    outputs = arrays(warped=found["out"], occlusion=found["occlusion_map"], deformation=found["deformation"])
    return arrays(feature=feature, kp_source=source, kp_driving=driving), outputs


def decode_case(official: LivePortrait, portrait: np.ndarray) -> tuple[Arrays, Arrays]:
    warped = condition(1)
    return arrays(warped=warped), arrays(frames=official.wrapper.spade_generator(feature=warped))


def stitch_case(official: LivePortrait, portrait: np.ndarray) -> tuple[Arrays, Arrays]:
    source, driving = keypoints(3)
    return arrays(kp_source=source, kp_driving=driving), arrays(
        kp=official.wrapper.stitching(source.repeat(3, 1, 1), driving)
    )


def retarget_case(official: LivePortrait, portrait: np.ndarray) -> tuple[Arrays, Arrays]:
    source, _ = keypoints(1)
    eyes, lips = torch.tensor([[0.31, 0.28, 0.1]]), torch.tensor([[0.2, 0.05]])
    outputs = arrays(eye=official.wrapper.retarget_eye(source, eyes), lip=official.wrapper.retarget_lip(source, lips))
    return arrays(kp_source=source, eye_ratio=eyes, lip_ratio=lips), outputs


def crop_case(points: int, degrees: float) -> Any:
    """Landmarks on an ellipse on the portrait, turned and a little off."""

    def make(official: LivePortrait, portrait: np.ndarray) -> tuple[Arrays, Arrays]:
        random = np.random.default_rng(SEED)
        angle, turn = np.linspace(0, 2 * np.pi, points, endpoint=False), np.radians(degrees)
        ellipse = np.stack([70 * np.cos(angle), 95 * np.sin(angle)], 1) + random.normal(0, 4, (points, 2))
        rotation = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
        found = (ellipse @ rotation + [portrait.shape[1] / 2, portrait.shape[0] / 2.5]).astype(np.float32)
        crop = official.modules.crop.crop_image(portrait, found, dsize=512, scale=2.3, vy_ratio=-0.125)
        return arrays(picture=portrait, points=found), arrays(crop=crop["img_crop"], matrix=crop["M_o2c"])

    return make


CASES = [
    Case("lp-appearance", "lp-appearance", {"feature": COEFFICIENTS}, feature_case),
    Case(
        "lp-motion",
        "lp-motion",
        {name: COEFFICIENTS for name in ("pitch", "yaw", "roll", "t", "exp", "scale", "kp")},
        motion_case,
        "two pictures",
    ),
    Case("lp-transform", "lp-transform", {"rotation": KEYPOINTS, "x": KEYPOINTS}, transform_case, "two poses"),
    Case(
        "lp-warp",
        "lp-warp",
        {name: COEFFICIENTS for name in ("warped", "occlusion", "deformation")},
        warp_case,
        "two frames",
    ),
    Case("lp-decode", "lp-decode", {"frames": COEFFICIENTS}, decode_case, "512 × 512"),
    Case("lp-stitch", "lp-stitch", {"kp": KEYPOINTS}, stitch_case, "three frames"),
    Case("lp-retarget", "lp-retarget", {"eye": KEYPOINTS, "lip": KEYPOINTS}, retarget_case),
    Case("lp-crop-203", "lp-crop", {"crop": LEVEL, "matrix": COEFFICIENTS}, crop_case(203, 8.0)),
    Case("lp-crop-106", "lp-crop", {"crop": LEVEL, "matrix": COEFFICIENTS}, crop_case(106, -23.0)),
]
