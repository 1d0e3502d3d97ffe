"""Whole videos by the official code, from a portrait, speech and given landmarks to frames before any encoding."""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Iterator, Mapping
from unittest import mock

import numpy as np
import torch
from PIL import Image

from . import samples
from .cases import drawing
from .checkpoints import SEED
from .official import Official

SIZE = 256
BATCH = 2


@dataclass(frozen=True)
class Mode:
    name: str
    preprocess: str
    frames: int
    options: Mapping[str, Any] = field(default_factory=dict)


# One second in the usual mode; a few frames in the others, which differ in what is around the renderer.
MODES = [
    Mode("crop", "crop", 25),
    Mode("resize", "resize", 4),
    Mode("extcrop", "extcrop", 4, {"pose_style": 7, "expression_scale": 1.5}),
    Mode("full", "full", 4),
    Mode("extfull", "extfull", 4),
    Mode("still", "full", 4, {"still": True}),
]


class Captured(Exception):
    """Ends the official renderer where it would start to encode."""


def write(official: Official, arguments: argparse.Namespace, work: Path) -> None:
    folder = work / "end-to-end"
    folder.mkdir(parents=True, exist_ok=True)
    picture = shutil.copy(arguments.portrait, folder / ("portrait" + arguments.portrait.suffix.lower()))
    if arguments.landmarks:
        landmarks = samples.read_landmarks(arguments.landmarks)
    else:
        landmarks = samples.Face(*arguments.face).landmarks(official.template())
    samples.write_landmarks(folder / "landmarks.json", landmarks)
    for mode in MODES:
        if arguments.only and mode.name not in arguments.only:
            continue
        target = folder / mode.name
        shutil.rmtree(target, ignore_errors=True)
        (target / "expected").mkdir(parents=True)
        # 200 samples more than the frames need, which the official code cuts off.
        samples.write_wav(target / "speech.wav", samples.speech(640 * mode.frames + 200, SEED))
        frames = run(official, mode, picture, target / "speech.wav", landmarks)
        for i, frame in enumerate(frames):
            Image.fromarray(frame).save(target / "expected" / f"{i:06d}.png")
        options = {"preprocess": mode.preprocess, "size": SIZE, "blink": False, "pose_variation": 0} | mode.options
        (target / "mode.json").write_text(json.dumps(options, indent=2) + "\n", encoding="utf-8")
        stack = np.stack(frames).astype(np.float32)
        height, width = frames[0].shape[:2]
        change = stack.std(axis=0).mean()
        print(f"{mode.name}: {len(frames)} frames of {width} x {height}, std {stack.std():.1f}, in time {change:.2f} levels")


def run(official: Official, mode: Mode, picture: Path, speech: Path, landmarks: np.ndarray) -> list[np.ndarray]:
    modules, still = official.modules, mode.options.get("still", False)
    portrait, speech_model = samples.portrait(picture), official.coefficients
    with tempfile.TemporaryDirectory() as folder, torch.no_grad(), given(official, landmarks, portrait.shape[1::-1]):
        source, square, crop_info = official.crop.generate(
            str(picture), folder, mode.preprocess, source_image_flag=True, pic_size=SIZE
        )
        batch = modules.generate_batch.get_data(source, str(speech), "cpu", None, still=still, use_blink=False)
        with drawing(torch.zeros(100, 64)):
            coefficients = speech_model.generate(batch, folder, mode.options.get("pose_style", 0))
        data = modules.facerender_batch.get_facerender_data(
            coefficients,
            square,
            source,
            str(speech),
            BATCH,
            expression_scale=mode.options.get("expression_scale", 1.0),
            still_mode=still,
            preprocess=mode.preprocess,
            size=SIZE,
        )
        frames = rendered(official, data, folder, picture, crop_info, mode.preprocess)
    if "full" in mode.preprocess:
        return list(official.pasted(frames, portrait, crop_info, "ext" in mode.preprocess))
    return frames


def rendered(
    official: Official, data: dict, folder: str, picture: Path, crop_info: tuple, preprocess: str
) -> list[np.ndarray]:
    """What the official renderer gives to the encoder."""
    captured: list[np.ndarray] = []

    def mimsave(path: str, frames: list[np.ndarray], fps: float) -> None:
        captured.extend(frames)
        raise Captured

    with mock.patch.object(official.modules.animate.imageio, "mimsave", mimsave):
        try:
            official.renderer("full" in preprocess).generate(
                data, folder, str(picture), crop_info, preprocess=preprocess, img_size=SIZE
            )
        except Captured:
            pass
    return captured


@contextmanager
def given(official: Official, landmarks: np.ndarray, size: tuple[int, int]) -> Iterator[None]:
    """Lets both landmark passes give these points: the first as they are, the second through crop and resize.

    size is the width and the height of the portrait.
    """
    preprocesser = official.crop.propress
    crop, place = preprocesser.crop, {"offset": (0, 0), "size": size}

    def record(frames: list[np.ndarray], still: bool = False, xsize: int = 512) -> tuple:
        cropped, box, quad = crop(frames, still=still, xsize=xsize)
        left, top = (0, 0) if still else (int(quad[0]), int(quad[1]))
        place.update(offset=(box[0] + left, box[1] + top), size=cropped[0].shape[1::-1])
        return cropped, box, quad

    def second_pass(frames: list[Image.Image], path: str) -> np.ndarray:
        points = (landmarks - place["offset"]) * (np.array(frames[0].size) / place["size"])
        return points.astype(np.float32)[None]

    with (
        mock.patch.object(preprocesser, "get_landmark", lambda picture: landmarks.copy()),
        mock.patch.object(preprocesser, "crop", record),
        mock.patch.object(preprocesser.predictor, "extract_keypoint", second_pass),
    ):
        yield
