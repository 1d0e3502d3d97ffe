"""The official checkpoints with random weights: all networks at full size, in the official layout and containers."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save_file
from torch import Tensor, nn
from yacs.config import CfgNode

from . import samples, weights
from .reference import Reference

SADTALKER = "SadTalker_V0.0.2_256.safetensors"
SADTALKER_TENSORS = 1305
SEED = 20231011
# The last batch norm of a residual block. With a small factor, as in trained networks, rounding is not amplified from
# block to block: with 1 the official detector is 3e-4 away from itself in double precision.
RESIDUAL = {"*.bn3": 0.2}


def write(reference: Reference, portrait: np.ndarray, models: Path) -> None:
    """Fills all networks and writes them where the official command line looks for them. Files that exist are kept."""
    makers = {
        f"checkpoints/{SADTALKER}": lambda path: save_file(sadtalker(reference, portrait), path),
        "checkpoints/mapping_00229-model.pth.tar": lambda path: torch.save(mapping_file(reference, False), path),
        "checkpoints/mapping_00109-model.pth.tar": lambda path: torch.save(mapping_file(reference, True), path),
        # These two are older than PyTorch's zip container.
        "gfpgan/weights/detection_Resnet50_Final.pth": lambda path: torch.save(
            detector_file(reference, portrait), path, _use_new_zipfile_serialization=False
        ),
        "gfpgan/weights/alignment_WFLW_4HG.pth": lambda path: torch.save(
            {"state_dict": state(fan(reference, portrait)), "epoch": 1}, path, _use_new_zipfile_serialization=False
        ),
    }
    for name, make in makers.items():
        path = models / name
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            part = path.with_name(path.name + ".part")
            make(part)
            part.rename(path)
            print(f"{name}: {path.stat().st_size} bytes", flush=True)


def sadtalker(reference: Reference, portrait: np.ndarray) -> dict[str, Tensor]:
    networks = {
        "generator": generator(reference, portrait),
        "kp_extractor": kp_extractor(reference, portrait),
        "audio2exp": audio2exp(reference),
        "audio2pose": audio2pose(reference),
        "face_3drecon": recon(reference, portrait),
    }
    tensors = {f"{prefix}.{name}": t for prefix, network in networks.items() for name, t in state(network).items()}
    if len(tensors) != SADTALKER_TENSORS:
        raise SystemExit(f"{SADTALKER}: {len(tensors)} tensors instead of {SADTALKER_TENSORS}; is this the official code?")
    return tensors


def mapping_file(reference: Reference, full: bool) -> dict:
    network = mapping(reference, full)
    return {"mapping": state(network), "optimizer_mapping": optimizer_state(network), "epoch": 109 if full else 229}


def detector_file(reference: Reference, portrait: np.ndarray) -> dict[str, Tensor]:
    return {f"module.{name}": tensor for name, tensor in state(retinaface(reference, portrait)).items()}


def state(network: nn.Module) -> dict[str, Tensor]:
    return {name: tensor.detach().contiguous() for name, tensor in network.state_dict().items()}


def optimizer_state(network: nn.Module) -> dict:
    """Adam's state, which the official training code saves beside the weights and which no reader needs."""
    for parameter in network.parameters():
        parameter.requires_grad_(True)
        parameter.grad = torch.full_like(parameter, 1e-3)
    optimizer = torch.optim.Adam(network.parameters(), lr=0.0)
    optimizer.step()
    return optimizer.state_dict()


def generator(reference: Reference, portrait: np.ndarray) -> nn.Module:
    config = reference.renderer_config(full=False)
    network = reference.modules.animate.OcclusionAwareSPADEGenerator(
        **config["generator_params"], **config["common_params"]
    )
    image = samples.tensor(portrait, 256)
    source, driving = keypoints(1)
    weights.fill(
        network,
        lambda: network(image, kp_source={"value": source}, kp_driving={"value": driving}),
        {"dense_motion_network.mask": 3.0, "dense_motion_network.occlusion": 2.0, "decoder.conv_img": 1.5},
        SEED,
    )
    return network


def keypoints(rows: int) -> tuple[Tensor, Tensor]:
    """Keypoints of a source [1,15,3] and near them those of driving frames [rows,15,3]."""
    draw = torch.Generator().manual_seed(SEED)
    source = 0.4 * torch.randn(1, 15, 3, generator=draw)
    return source, source + 0.06 * torch.randn(rows, 15, 3, generator=draw)


def kp_extractor(reference: Reference, portrait: np.ndarray) -> nn.Module:
    config = reference.renderer_config(full=False)
    network = reference.modules.animate.KPDetector(**config["kp_detector_params"], **config["common_params"])
    image = samples.tensor(portrait, 256)
    # The softmax behind this layer divides by a temperature of 0.1.
    weights.fill(network, lambda: network(image), {"kp": 0.4}, SEED + 1)
    return network


def audio2exp(reference: Reference) -> nn.Module:
    network = reference.modules.audio2coeff.SimpleWrapperV2()
    windows = samples.windows(60, SEED)
    expression, blink = samples.coefficients(60, 64, SEED)[None, :, :, 0], torch.linspace(0, 1, 60)[None]
    weights.fill(network, lambda: network(windows, expression, blink), {"mapping1": 1.0}, SEED + 2)
    return network


def audio2pose(reference: Reference) -> nn.Module:
    with open(reference.config / "auido2pose.yaml", encoding="utf-8") as file:
        network = reference.modules.audio2coeff.Audio2Pose(CfgNode.load_cfg(file), None, device="cpu")
    batch = {
        "ref": samples.coefficients(1, 70, SEED)[:, None, :, 0],
        "class": torch.tensor([0]),
        "indiv_mels": samples.windows(33, SEED)[None],
        "num_frames": 33,
    }
    weights.fill(network, lambda: network.test(dict(batch)), {"netG.decoder.pose_linear": 0.3}, SEED + 3)
    return network


def recon(reference: Reference, portrait: np.ndarray) -> nn.Module:
    network = reference.modules.recon.define_net_recon(net_recon="resnet50", use_last_fc=False, init_path="")
    image = torch.cat([samples.tensor(portrait, 224), samples.tensor(portrait[:, ::-1], 224)])
    targets = {"final_layers.3": 0.2, "final_layers.5": 0.2, "final_layers.6": 0.2}
    weights.fill(network, lambda: network(image), targets, SEED + 4)
    return network


def mapping(reference: Reference, full: bool) -> nn.Module:
    network = reference.modules.animate.MappingNet(**reference.renderer_config(full)["mapping_params"])
    columns = 73 if full else 70
    coefficients = samples.coefficients(8, columns, SEED)
    targets = {"fc_yaw": 2.0, "fc_pitch": 2.0, "fc_roll": 2.0, "fc_t": 0.1, "fc_exp": 0.03}

    def run() -> None:
        if full:
            # tx and ty are in pixels: without this they would drown the other coefficients.
            network.first[0].weight[:, 71:] /= 128
        network(coefficients)

    weights.fill(network, run, targets, SEED + 5 + full)
    return network


def retinaface(reference: Reference, portrait: np.ndarray) -> nn.Module:
    network = reference.modules.retinaface.RetinaFace("resnet50", device="cpu")
    mean = torch.tensor([104.0, 117.0, 123.0]).reshape(1, 3, 1, 1)
    image = 255 * samples.tensor(portrait, 320) - mean
    weights.fill(network, lambda: network(image), {"ClassHead.*": 1.3}, SEED + 7, RESIDUAL)
    return network


def fan(reference: Reference, portrait: np.ndarray) -> nn.Module:
    network = reference.modules.fan.FAN(num_modules=4, num_landmarks=98, device="cpu")
    image = samples.tensor(portrait, 256)
    weights.fill(network, lambda: network(image), {"l[0-3]": 0.4}, SEED + 8)
    return network
