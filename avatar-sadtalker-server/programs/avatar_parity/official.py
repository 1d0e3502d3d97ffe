"""The official pipeline on checkpoints of a folder, taken apart where it would read or write videos."""

from __future__ import annotations

import os
import tempfile
import types
from contextlib import contextmanager
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Iterator, Sequence
from unittest import mock

import cv2
import numpy as np
from scipy.io import loadmat, savemat
from torch import nn

from .reference import Reference

COEFFICIENTS = "coeff_3dmm"


class Official:
    """Objects of the official code, built when first asked for. Loading checks the containers we wrote."""

    def __init__(self, reference: Reference, models: Path):
        self.modules = reference.modules
        self._reference = reference
        self._models = models.resolve()

    @cached_property
    def crop(self) -> Any:
        """Cropping, alignment and the 3DMM regressor; it also loads the detector and the landmark network."""
        # The official code looks for gfpgan/weights below the current directory.
        before = Path.cwd()
        os.chdir(self._models)
        try:
            return self.modules.preprocess.CropAndExtract(self._reference.paths(self._models, "crop"), "cpu")
        finally:
            os.chdir(before)

    @property
    def detector(self) -> nn.Module:
        return self.crop.propress.predictor.det_net

    @property
    def aligner(self) -> nn.Module:
        return self.crop.propress.predictor.detector

    @cached_property
    def coefficients(self) -> Any:
        """From speech to expression and pose."""
        return self.modules.audio2coeff.Audio2Coeff(self._reference.paths(self._models, "crop"), "cpu")

    @lru_cache(maxsize=2)
    def renderer(self, full: bool) -> Any:
        """From coefficients to frames, with the mapping network of the full modes or of the others."""
        paths = self._reference.paths(self._models, "full" if full else "crop")
        return self.modules.animate.AnimateFromCoeff(paths, "cpu")

    @contextmanager
    def source_row(self, row: np.ndarray) -> Iterator[str]:
        """A file with the coefficients of the source picture, as the official stages hand them on."""
        with tempfile.TemporaryDirectory() as folder:
            path = str(Path(folder, "portrait.mat"))
            savemat(path, {COEFFICIENTS: row})
            yield path

    def template(self) -> np.ndarray:
        """The 68 landmarks of the official mean face, [68,3], y upwards."""
        return loadmat(self._reference.config / "similarity_Lm3D_all.mat")["lm"]

    @staticmethod
    def generated(path: str) -> np.ndarray:
        return loadmat(path)[COEFFICIENTS]

    def pasted(self, frames: Sequence[np.ndarray], picture: np.ndarray, crop_info: tuple, extended: bool) -> np.ndarray:
        """RGB frames pasted back into the RGB picture, with arrays where the official code has video files."""
        module, written = self.modules.paste_pic, []

        class Capture:
            def __init__(self, path: str):
                self._frames = iter(frames)

            def get(self, key: int) -> float:
                return 25.0

            def read(self) -> tuple[bool, np.ndarray | None]:
                frame = next(self._frames, None)
                return (False, None) if frame is None else (True, np.ascontiguousarray(frame[..., ::-1]))

            def release(self) -> None:
                pass

        writer = types.SimpleNamespace(write=lambda frame: written.append(frame[..., ::-1]), release=lambda: None)
        stand_in = types.SimpleNamespace(**vars(cv2))
        stand_in.VideoCapture = Capture
        stand_in.VideoWriter = lambda *arguments: writer
        stand_in.imread = lambda path: np.ascontiguousarray(picture[..., ::-1])
        with (
            mock.patch.object(module, "cv2", stand_in),
            mock.patch.object(module, "save_video_with_watermark"),
            mock.patch.object(module.os.path, "isfile", lambda path: True),
            mock.patch.object(module.os, "remove"),
        ):
            module.paste_pic("frames.mp4", "portrait.png", crop_info, "speech.wav", "out.mp4", extended)
        return np.stack(written)
