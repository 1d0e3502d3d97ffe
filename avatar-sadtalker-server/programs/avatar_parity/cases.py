"""One input and the official code's output for every stage of the server's command line."""

from __future__ import annotations

import json
import tempfile
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Callable, Iterator, Mapping, Sequence
from unittest import mock

import cv2
import numpy as np
import torch
from safetensors.numpy import save_file
from torch import Tensor

from . import samples
from .checkpoints import SEED, keypoints
from .limits import BOXES, COEFFICIENTS, FRAMES, KEYPOINTS, LEVEL, MEL, Limit
from .official import Official

Arrays = dict[str, np.ndarray]


@dataclass(frozen=True)
class Case:
    name: str
    stage: str
    limits: Mapping[str, Limit]
    make: Callable[[Any, np.ndarray], tuple[Arrays, Arrays]]
    note: str = ""


def write(cases: Sequence[Case], official: Any, portrait: np.ndarray, work: Path, only: Sequence[str]) -> None:
    """Writes what cases give; official is the code that their functions take."""
    for case in cases:
        if only and case.name not in only:
            continue
        with torch.no_grad():
            inputs, expected = case.make(official, portrait)
        folder = work / "stages" / case.name
        folder.mkdir(parents=True, exist_ok=True)
        save_file({name: np.ascontiguousarray(value) for name, value in inputs.items()}, folder / "in.safetensors")
        save_file({name: np.ascontiguousarray(value) for name, value in expected.items()}, folder / "expected.safetensors")
        outputs = {
            name: {"shape": list(value.shape), "mean": float(value.mean()), "std": float(value.std())}
            for name, value in expected.items()
        }
        description = {
            "stage": case.stage,
            "limits": {name: asdict(limit) for name, limit in case.limits.items()},
            "note": case.note,
            "outputs": outputs,
        }
        (folder / "case.json").write_text(json.dumps(description, indent=2) + "\n", encoding="utf-8")
        spread = ", ".join(f"{name} {o['shape']} std {o['std']:.3g}" for name, o in outputs.items())
        print(f"{case.name}: {spread}", flush=True)


def arrays(**tensors: Tensor | np.ndarray) -> Arrays:
    return {name: t.numpy() if isinstance(t, Tensor) else t for name, t in tensors.items()}


@contextmanager
def drawing(z: Tensor) -> Iterator[None]:
    """Lets torch.randn give the rows of z, one a call."""
    rows = iter(z)

    def randn(*shape: int) -> Tensor:
        return next(rows).reshape(shape).clone()

    with mock.patch.object(torch, "randn", randn):
        yield


def mel(official: Official, portrait: np.ndarray) -> tuple[Arrays, Arrays]:
    pcm = samples.speech(20_123, SEED)
    audio, seen = official.modules.audio, {}
    melspectrogram = audio.melspectrogram

    def record(wav: np.ndarray) -> np.ndarray:
        seen["mel"] = melspectrogram(wav)
        return seen["mel"]

    with (
        mock.patch.object(audio, "load_wav", lambda path, rate: pcm),
        mock.patch.object(audio, "melspectrogram", record),
        official.source_row(np.zeros((1, 73), np.float32)) as row,
    ):
        batch = official.modules.generate_batch.get_data(row, "speech.wav", "cpu", None)
    return arrays(pcm=pcm), arrays(mel=seen["mel"].T.astype(np.float32), windows=batch["indiv_mels"][0])


def detect(official: Official, portrait: np.ndarray) -> tuple[Arrays, Arrays]:
    # Sizes that no stride divides, so that the levels of the pyramid round up.
    image = cv2.resize(portrait, (333, 250), interpolation=cv2.INTER_AREA)
    detector, seen = official.detector, {}
    hook = detector.register_forward_hook(lambda module, inputs, output: seen.update(output=output))
    try:
        boxes = detector.detect_faces(image, 0.97)
    finally:
        hook.remove()
    loc, conf, landmarks = seen["output"]
    return arrays(image=image.astype(np.float32)), arrays(loc=loc, conf=conf, landmarks=landmarks, boxes=boxes)


def landmarks(official: Official, portrait: np.ndarray) -> tuple[Arrays, Arrays]:
    crop = samples.tensor(portrait, 256).flip(1)
    outputs, _ = official.aligner(crop)
    margin = min(float((stage[:, -1].clamp(0, 1) - 0.05).abs().min()) for stage in outputs[:-1])
    print(f"landmarks: no boundary value is closer than {margin:.1e} to the threshold of 0.05")
    return arrays(crop=crop), arrays(heatmaps=outputs[-1][:, :-1])


def recon(official: Official, portrait: np.ndarray) -> tuple[Arrays, Arrays]:
    image = torch.cat([samples.tensor(portrait, 224), samples.tensor(portrait[40:300, 60:400], 224)])
    return arrays(image=image), arrays(coeff=official.crop.net_recon(image))


def speech_batch(frames: int) -> dict:
    coefficients = samples.coefficients(1, 70, SEED)[:, :, 0]
    references = coefficients[:, None].repeat(1, frames, 1)
    references[0, :, :64] += 0.2 * torch.randn(frames, 64, generator=torch.Generator().manual_seed(SEED))
    blink = torch.zeros(1, frames, 1)
    blink[0, 3:8, 0] = torch.tensor([0.5, 0.9, 1.0, 0.9, 0.5])
    return {
        "indiv_mels": samples.windows(frames, SEED + 1)[None],
        "ref": references,
        "num_frames": frames,
        "ratio_gt": blink,
        "audio_name": "speech",
        "pic_name": "portrait",
    }


def audio2exp(official: Official, portrait: np.ndarray) -> tuple[Arrays, Arrays]:
    batch = speech_batch(25)
    expression = official.coefficients.audio2exp_model.test(batch)["exp_coeff_pred"][0]
    inputs = arrays(windows=batch["indiv_mels"][0], ref_exp=batch["ref"][0, :, :64], blink=batch["ratio_gt"][0])
    return inputs, arrays(exp=expression)


def audio2pose(frames: int, style: int, blocks: int) -> Callable[[Official, np.ndarray], tuple[Arrays, Arrays]]:
    def make(official: Official, portrait: np.ndarray) -> tuple[Arrays, Arrays]:
        batch = speech_batch(frames)
        z = torch.randn(blocks, 64, generator=torch.Generator().manual_seed(SEED))
        model, seen = official.coefficients.audio2pose_model, {}
        test = model.test

        def record(batch: dict) -> dict:
            result = test(batch)
            seen["raw"] = result["pose_pred"][0].clone()
            return result

        with mock.patch.object(model, "test", record), drawing(z), tempfile.TemporaryDirectory() as folder:
            pose = official.generated(official.coefficients.generate(batch, folder, style))[:, 64:]
        inputs = arrays(
            windows=batch["indiv_mels"][0], ref_pose=batch["ref"][0, :1, 64:], style=np.array([style]), z=z
        )
        return inputs, arrays(raw=seen["raw"], pose=pose)

    return make


def mapping(columns: int) -> Callable[[Official, np.ndarray], tuple[Arrays, Arrays]]:
    def make(official: Official, portrait: np.ndarray) -> tuple[Arrays, Arrays]:
        coeff = samples.coefficients(5, columns, SEED + 1)
        return arrays(coeff=coeff), arrays(**official.renderer(full=columns == 73).mapping(coeff))

    return make


def kp(official: Official, portrait: np.ndarray) -> tuple[Arrays, Arrays]:
    image = samples.tensor(portrait, 256)
    return arrays(image=image), arrays(kp=official.renderer(full=False).kp_extractor(image)["value"])


def transform(official: Official, portrait: np.ndarray) -> tuple[Arrays, Arrays]:
    canonical, _ = keypoints(1)
    pose = official.renderer(full=False).mapping(samples.coefficients(4, 70, SEED + 2))
    inputs = arrays(kp=canonical, **{name: tensor.clone() for name, tensor in pose.items()})
    moved = official.modules.make_animation.keypoint_transformation({"value": canonical.repeat(4, 1, 1)}, pose)
    return inputs, arrays(kp=moved["value"])


def render(official: Official, portrait: np.ndarray) -> tuple[Arrays, Arrays]:
    image = samples.tensor(portrait, 256)
    source, driving = keypoints(2)
    frames = official.renderer(full=False).generator(
        image.repeat(2, 1, 1, 1), kp_source={"value": source.repeat(2, 1, 1)}, kp_driving={"value": driving}
    )["prediction"]
    return arrays(image=image, kp_source=source, kp_driving=driving), arrays(frames=frames)


def paste(box: tuple[int, int, int, int], size: tuple[int, int]) -> Callable[[Official, np.ndarray], tuple[Arrays, Arrays]]:
    """Pastes two frames of a size into a box of the portrait."""

    def make(official: Official, portrait: np.ndarray) -> tuple[Arrays, Arrays]:
        x1, y1, x2, y2 = box
        face = cv2.resize(portrait[y1:y2, x1:x2], size)
        # One frame that is darker and shifted, one that has nothing to do with the picture.
        frames = np.stack([np.roll(face, 5, axis=1) // 2 + 20, cv2.resize(portrait[::-1, ::-1], size)])
        pictures = official.pasted(frames, portrait, ((0, 0), box, (0, 0, x2 - x1, y2 - y1)), extended=True)
        return arrays(frames=frames, picture=portrait, box=np.array(box)), arrays(pictures=pictures)

    return make


CASES = [
    Case("mel", "mel", {"mel": MEL, "windows": MEL}, mel, "20 123 samples"),
    Case(
        "detect",
        "detect",
        {"loc": COEFFICIENTS, "conf": COEFFICIENTS, "landmarks": COEFFICIENTS, "boxes": BOXES},
        detect,
        "333 × 250; boxes in pixels",
    ),
    Case("landmarks", "landmarks", {"heatmaps": COEFFICIENTS}, landmarks),
    Case("recon", "recon", {"coeff": COEFFICIENTS}, recon, "two pictures"),
    Case("audio2exp", "audio2exp", {"exp": COEFFICIENTS}, audio2exp, "25 frames"),
    Case(
        "audio2pose",
        "audio2pose",
        {"raw": COEFFICIENTS, "pose": COEFFICIENTS},
        audio2pose(75, 7, 3),
        "75 frames: two full blocks and a rest",
    ),
    Case(
        "audio2pose-short",
        "audio2pose",
        {"raw": COEFFICIENTS, "pose": COEFFICIENTS},
        audio2pose(11, 45, 1),
        "11 frames: a padded block, a shorter smoothing window",
    ),
    Case(
        "mapping-70",
        "mapping",
        {name: COEFFICIENTS for name in ("yaw", "pitch", "roll", "t", "exp")},
        mapping(70),
        "five windows",
    ),
    Case(
        "mapping-73",
        "mapping",
        {name: COEFFICIENTS for name in ("yaw", "pitch", "roll", "t", "exp")},
        mapping(73),
        "five windows",
    ),
    Case("keypoints", "keypoints", {"kp": KEYPOINTS}, kp, "256 × 256"),
    Case("transform", "transform", {"kp": KEYPOINTS}, transform, "four poses"),
    Case("render", "render", {"frames": FRAMES}, render, "two frames of 256 × 256"),
    Case("paste", "paste", {"pictures": LEVEL}, paste((131, 23, 328, 224), (256, 261)), "frames are resized to the box"),
    Case("paste-even", "paste", {"pictures": LEVEL}, paste((100, 20, 340, 300), (240, 280)), "frames as large as the box"),
    Case("paste-corner", "paste", {"pictures": LEVEL}, paste((0, 0, 200, 161), (256, 206)), "in a corner of the picture"),
]
