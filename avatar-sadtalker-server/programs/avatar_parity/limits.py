"""How far the server may be from the official code."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limit:
    """Bounds for one output.

    maximum is the largest difference of an element, in levels for outputs that are bytes. share, where given, is the
    least share of elements that lie within one level after rounding to 8 bits.
    """

    maximum: float
    share: float | None = None


MEL = Limit(1e-5)
COEFFICIENTS = Limit(1e-4)
KEYPOINTS = Limit(1e-5)
BOXES = Limit(1e-2)
FRAMES = Limit(2e-3, 0.999)
LEVEL = Limit(1)
# Frames as bytes, where 2e-3 of full scale is half a level and so no limit of its own.
VIDEO = Limit(float("inf"), 0.999)
