"""What the networks and stages are fed with: a portrait, made-up speech, 68 landmarks and smooth random numbers."""

from __future__ import annotations

import json
import wave
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import torch
from torch import Tensor

SAMPLE_RATE = 16_000


@dataclass(frozen=True)
class Face:
    """Where the template of 68 landmarks is laid on a portrait: center in pixels, pixels per unit, degrees."""

    x: float
    y: float
    scale: float
    degrees: float

    def landmarks(self, template: np.ndarray) -> np.ndarray:
        angle = np.radians(self.degrees)
        turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
        points = template[:, :2] * [1, -1] * self.scale
        return (points @ turn.T + [self.x, self.y]).astype(np.float32)


def portrait(path: Path) -> np.ndarray:
    """The picture as RGB."""
    picture = cv2.imread(str(path))
    if picture is None:
        raise SystemExit(f"--portrait {path}: not a picture")
    return cv2.cvtColor(picture, cv2.COLOR_BGR2RGB)


def tensor(picture: np.ndarray, size: int) -> Tensor:
    """The picture squeezed to a square, as [1,3,size,size] in [0,1]."""
    resized = cv2.resize(picture, (size, size), interpolation=cv2.INTER_AREA)
    return torch.from_numpy(resized.astype(np.float32) / 255).permute(2, 0, 1)[None].contiguous()


def speech(samples: int, seed: int) -> np.ndarray:
    """Voiced syllables with noise between them, at 16 kHz in [-1,1], representable in 16 bits."""
    random = np.random.default_rng(seed)
    t = np.arange(samples) / SAMPLE_RATE
    pitch = np.cumsum(120 + 30 * np.sin(2 * np.pi * 1.3 * t)) / SAMPLE_RATE
    voiced = sum(np.sin(2 * np.pi * k * pitch) / k for k in range(1, 20))
    syllables = np.clip(np.sin(2 * np.pi * 4.1 * t), 0, 1)
    sound = 0.15 * voiced * syllables + 0.03 * random.standard_normal(samples) * (1 - syllables)
    return (np.rint(np.clip(sound, -1, 1) * 32767) / 32768).astype(np.float32)


def write_wav(path: Path, pcm: np.ndarray) -> None:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE)
        file.writeframes((pcm * 32768).astype("<i2").tobytes())


def windows(frames: int, seed: int) -> Tensor:
    """Windows of a made-up mel spectrogram, [frames,1,80,16] in [-4,4]."""
    random = np.random.default_rng(seed)
    mel = cv2.GaussianBlur(random.standard_normal((80, 4 * frames + 16)).astype(np.float32), (0, 0), 1.5)
    mel = np.clip(mel / mel.std() * 2, -4, 4)
    return torch.from_numpy(np.stack([mel[:, 3 * i : 3 * i + 16] for i in range(frames)])[:, None])


def coefficients(rows: int, columns: int, seed: int) -> Tensor:
    """Windows of 27 coefficient rows that move slowly, [rows,columns,27]: expression, angles, translation, place."""
    random = np.random.default_rng(seed)
    track = np.cumsum(random.standard_normal((rows + 26, columns)), axis=0) * 0.1 + random.standard_normal(columns)
    track[:, 64:70] *= 0.3
    if columns > 70:
        # s, tx and ty of the alignment are constant through a video, and in pixels of a 256 x 256 picture.
        track[:, 70:] = [0.9, 127.0, 131.0]
    return torch.from_numpy(np.stack([track[i : i + 27].T for i in range(rows)]).astype(np.float32))


def write_landmarks(path: Path, landmarks: np.ndarray) -> None:
    points = [[float(x), float(y)] for x, y in landmarks]
    path.write_text(json.dumps(points) + "\n", encoding="utf-8")


def read_landmarks(path: Path) -> np.ndarray:
    landmarks = np.array(json.loads(path.read_text(encoding="utf-8")), dtype=np.float32)
    if landmarks.shape != (68, 2):
        raise SystemExit(f"{path}: expected 68 points [x, y], found an array of shape {list(landmarks.shape)}")
    return landmarks
