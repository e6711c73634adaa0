"""The land of a map: the outlines of the provinces, and where a coordinate lies on the drawing.

The outlines are those of the npm package `@svg-maps/netherlands` (CC BY 4.0); how they were made
and what projection fits them stands in `resources/map/README.md`.
"""

from __future__ import annotations

import json
import math
from functools import cache
from importlib.resources import files

# The drawing's own pixels: its size, and the Mercator projection that fits it.
WIDTH, HEIGHT = 613.0, 724.0
PIXELS_PER_DEGREE = 158.12
WEST, NORTH = 530.5, 10065.8

Ring = tuple[tuple[float, float], ...]


def place(longitude: float, latitude: float) -> tuple[float, float]:
    """Return where a coordinate in degrees (ETRS89) lies, in pixels: to the right, and down."""
    northing = math.degrees(math.asinh(math.tan(math.radians(latitude))))
    return PIXELS_PER_DEGREE * longitude - WEST, NORTH - PIXELS_PER_DEGREE * northing


@cache
def provinces() -> tuple[tuple[str, tuple[Ring, ...]], ...]:
    """Return the twelve provinces in alphabetical order: each with its rings, in pixels."""
    text = (files("resources") / "map" / "provinces.json").read_text(encoding="utf-8")
    return tuple((each["name"], tuple(map(_ring, each["rings"]))) for each in json.loads(text))


def _ring(points: list[list[float]]) -> Ring:
    return tuple((float(x), float(y)) for x, y in points)
