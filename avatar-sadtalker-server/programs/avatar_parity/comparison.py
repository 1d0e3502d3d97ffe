"""The server's results beside the official code's."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Iterator, Sequence

import cv2
import numpy as np
from safetensors.numpy import load_file

from .limits import VIDEO, Limit

RESULT = "result.json"


@dataclass(frozen=True)
class Result:
    """One line of the report. share is the share of bytes within one level, for frames only."""

    case: str
    output: str
    shape: str
    std: float
    difference: float
    share: float | None
    limit: Limit
    excess: bool
    error: str = ""


def run(work: Path, jar: Path, only: Sequence[str], java_options: Sequence[str]) -> int:
    """Prints the table, and writes each case's lines to result.json beside it; 1 if anything is out of its limit."""
    java = ["java", *java_options, "-jar", str(jar)]
    excess = False
    print("| case | output | shape | std | max abs difference | limit | within one level |")
    print("|---|---|---|---|---|---|---|")
    for folder, case in results(work, java, only):
        lines = [line(result) for result in case]
        print("\n".join(lines), flush=True)
        (folder / RESULT).write_text(json.dumps(lines, indent=2) + "\n", encoding="utf-8")
        excess |= any(result.excess for result in case)
    return 1 if excess else 0


def results(work: Path, java: Sequence[str], only: Sequence[str]) -> Iterator[tuple[Path, list[Result]]]:
    for description in sorted([*work.glob("stages/*/case.json"), *work.glob("end-to-end/*/mode.json")]):
        folder = description.parent
        if not only or folder.name in only:
            run_case = stage if description.name == "case.json" else end_to_end
            yield folder, list(run_case(folder, work / "models", java))


def stage(folder: Path, models: Path, java: Sequence[str]) -> Iterator[Result]:
    case = json.loads((folder / "case.json").read_text(encoding="utf-8"))
    expected = load_file(folder / "expected.safetensors")
    out = folder / "out.safetensors"
    out.unlink(missing_ok=True)
    command = [*java, "stage", case["stage"], "--models", str(models), "--in", str(folder / "in.safetensors")]
    command += ["--out", str(out), "--device", "cpu", "--precision", "f32"]
    error = failure(command, folder / "stage.log", dict(os.environ))
    found = {} if error else load_file(out)
    for name, limit in case["limits"].items():
        yield compared(folder.name, name, found.get(name), expected[name], Limit(**limit), error)


def end_to_end(folder: Path, models: Path, java: Sequence[str]) -> Iterator[Result]:
    options = json.loads((folder / "mode.json").read_text(encoding="utf-8"))
    frames = folder / "frames"
    shutil.rmtree(frames, ignore_errors=True)
    portrait = next(folder.parent.glob("portrait.*"))
    command = [*java, "generate", "--driver", "sadtalker", "--image", str(portrait), "--audio", str(folder / "speech.wav")]
    command += ["--landmarks", str(folder.parent / "landmarks.json"), "--frames", str(frames)]
    command += ["--out", str(folder / "video.mp4")]
    for name, value in options.items():
        command += ["--option", f"{name}={json.dumps(value).strip(chr(34))}"]
    environment = os.environ | {
        "SADTALKER_ROOT": str(models),
        "AVATAR_MODELS_DIRECTORY": str(models),
        "AVATAR_MODELS_VERIFY": "off",
        "AVATAR_TORCH_DEVICE": "cpu",
        "AVATAR_TORCH_PRECISION": "f32",
    }
    error = failure(command, folder / "generate.log", environment)
    found = None if error else pictures(frames)
    yield compared("end to end, " + folder.name, "frames", found, pictures(folder / "expected"), VIDEO, error)


def failure(command: Sequence[str], log: Path, environment: dict[str, str]) -> str:
    """Runs a command with its output in log, and gives back what to print if it failed."""
    with log.open("w", encoding="utf-8") as output:
        code = subprocess.run(command, stdout=output, stderr=subprocess.STDOUT, env=environment, check=False).returncode
    return f"exit status {code}, see {log}" if code else ""


def pictures(folder: Path) -> np.ndarray:
    files = sorted(folder.glob("*.png"))
    return np.stack([cv2.imread(str(file)) for file in files]) if files else np.zeros((0, 0, 0, 3), np.uint8)


def compared(case: str, output: str, found: np.ndarray | None, expected: np.ndarray, limit: Limit, error: str) -> Result:
    shape = " × ".join(map(str, expected.shape))
    if found is None or found.shape != expected.shape:
        error = error or ("missing" if found is None else f"shape {list(found.shape)}")
        return Result(case, output, shape, float(expected.std()), float("nan"), None, limit, True, error)
    distance = np.abs(found.astype(np.float64) - expected.astype(np.float64))
    difference, share = float(distance.max()), None
    # A NaN makes both comparisons false, so the test is for being within the limit.
    within = difference <= limit.maximum
    if limit.share is not None:
        scale = 1 if expected.dtype == np.uint8 else 255
        levels = np.abs(np.rint(found * float(scale)) - np.rint(expected * float(scale)))
        share = float((levels <= 1).mean())
        within = within and share >= limit.share
    return Result(case, output, shape, float(expected.std()), difference, share, limit, not within)


def line(result: Result) -> str:
    limit = "" if np.isinf(result.limit.maximum) else f"{result.limit.maximum:g}"
    difference = result.error or f"{result.difference:.2g}" + (" **out of the limit**" if result.excess else "")
    share = "" if result.share is None else f"{100 * result.share:.4f} %"
    return f"| {result.case} | {result.output} | {result.shape} | {result.std:.3g} | {difference} | {limit} | {share} |"

