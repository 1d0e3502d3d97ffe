"""The official code, imported from the user's checkouts of OpenTalker/SadTalker and xinntao/facexlib."""

from __future__ import annotations

import importlib
import platform
import subprocess
import sys
import types
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Iterator

import numpy as np
import torch
import yaml

SOURCES = {
    "animate": "src.facerender.animate",
    "audio": "src.utils.audio",
    "audio2exp": "src.audio2exp_models.audio2exp",
    "audio2coeff": "src.test_audio2coeff",
    "audio2pose": "src.audio2pose_models.audio2pose",
    "croper": "src.utils.croper",
    "facerender_batch": "src.generate_facerender_batch",
    "fan": "src.face3d.util.my_awing_arch",
    "generate_batch": "src.generate_batch",
    "init_path": "src.utils.init_path",
    "make_animation": "src.facerender.modules.make_animation",
    "paste_pic": "src.utils.paste_pic",
    "preprocess": "src.utils.preprocess",
    "recon": "src.face3d.models.networks",
    "align": "src.face3d.util.preprocess",
    "retinaface": "facexlib.detection.retinaface",
}
LIBRARIES = {"OpenCV": "cv2", "Pillow": "PIL", "SciPy": "scipy", "scikit-image": "skimage", "librosa": "librosa"}
# Imported by the official code, but used for training and for the enhancer only.
UNUSED = {"gfpgan": {"GFPGANer": None}, "kornia": {}, "kornia.geometry": {"warp_affine": None}}


@dataclass(frozen=True)
class Reference:
    """Modules of the official code by the names of SOURCES, and where they come from."""

    root: Path
    modules: types.SimpleNamespace
    commits: dict[str, str]

    @property
    def config(self) -> Path:
        return self.root / "src/config"

    def renderer_config(self, full: bool) -> dict[str, Any]:
        name = "facerender_still.yaml" if full else "facerender.yaml"
        return yaml.safe_load((self.config / name).read_text(encoding="utf-8"))["model_params"]

    def paths(self, models: Path, preprocess: str) -> dict[str, Any]:
        """What the official command line finds in models/checkpoints for a mode at size 256."""
        return self.modules.init_path.init_path(str(models / "checkpoints"), str(self.config), 256, False, preprocess)


def load(root: Path, facexlib: Path | None) -> Reference:
    """Imports the official modules. facexlib may be left out where the package is installed."""
    root = root.resolve()
    if not (root / "src/facerender/animate.py").is_file():
        raise SystemExit(f"--reference {root}: no checkout of OpenTalker/SadTalker (src/facerender/animate.py is missing)")
    sys.path.insert(0, str(root))
    commits = {"SadTalker": commit(root)}
    if facexlib is not None:
        sys.path.insert(0, str(facexlib.resolve()))
        commits["facexlib"] = commit(facexlib)
        # Written by facexlib's setup.py, so it is not in a checkout.
        stand_in("facexlib.version", __version__="checkout", __gitsha__=commits["facexlib"])
    for name, content in UNUSED.items():
        stand_in(name, **content)
    if not hasattr(np, "float"):
        # Removed in NumPy 1.24, used by the official landmark code.
        np.float = float  # type: ignore[attr-defined]
    modules = types.SimpleNamespace(**{name: importlib.import_module(source) for name, source in SOURCES.items()})
    modules.align.np = RaggedArrays(np)
    for module in vars(modules).values():
        if hasattr(module, "tqdm"):
            # No progress bars between the lines of the report.
            module.tqdm = lambda items, *arguments, **options: items
    return Reference(root, modules, commits)


def stand_in(name: str, **content: Any) -> None:
    module = types.ModuleType(name)
    module.__path__ = []
    module.__dict__.update(content)
    sys.modules[name] = module


def commit(checkout: Path) -> str:
    found = subprocess.run(
        ["git", "-C", str(checkout), "rev-parse", "--short=7", "HEAD"], capture_output=True, text=True, check=False
    )
    return found.stdout.strip() or "unknown"


class RaggedArrays:
    """NumPy as it was before 1.24, when numpy.array still took numbers and arrays of one number side by side."""

    def __init__(self, numpy: types.ModuleType):
        self._numpy = numpy

    def __getattr__(self, name: str) -> Any:
        return getattr(self._numpy, name)

    def array(self, value: Any, *arguments: Any, **options: Any) -> np.ndarray:
        try:
            return self._numpy.array(value, *arguments, **options)
        except ValueError:
            return self._numpy.array(value, dtype=object)


def versions(reference: Reference) -> dict[str, str]:
    """What took part on the reference's side, for the report."""
    found = {"Python": platform.python_version(), "torch": torch.__version__, "NumPy": np.__version__}
    found |= dict(installed())
    return found | {f"{name} (commit)": value for name, value in reference.commits.items()}


def installed() -> Iterator[tuple[str, str]]:
    for label, name in LIBRARIES.items():
        yield label, importlib.import_module(name).__version__
