"""The land of the map: the outlines of the provinces, and where a coordinate lies on it.

The outlines are those of the npm package `@svg-maps/netherlands` (CC BY 4.0); how they were made
and what projection fits them stands in `resources/map/README.md`.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath, QPolygonF

# The drawing's own pixels: its size, and the Mercator projection that fits it.
SIZE = QRectF(0.0, 0.0, 613.0, 724.0)
PIXELS_PER_DEGREE = 158.12
WEST, NORTH = 530.5, 10065.8

# A workbook may name a province as it calls itself.
OTHER_NAMES = {"fryslân": "friesland", "fryslan": "friesland"}


@dataclass(frozen=True)
class Outline:
    """A province as it is drawn, and a point well within it for a word."""

    name: str
    path: QPainterPath
    middle: QPointF


def place(longitude: float, latitude: float) -> QPointF:
    """Return where a coordinate in degrees (ETRS89) lies on the drawing, in its pixels."""
    northing = math.degrees(math.asinh(math.tan(math.radians(latitude))))
    return QPointF(PIXELS_PER_DEGREE * longitude - WEST, NORTH - PIXELS_PER_DEGREE * northing)


@cache
def outlines() -> tuple[Outline, ...]:
    """Return the twelve provinces in alphabetical order."""
    text = (files("resources") / "map" / "provinces.json").read_text(encoding="utf-8")
    return tuple(_outline(each["name"], each["rings"]) for each in json.loads(text))


def province_key(name: str) -> str:
    """Return what a province's name is compared by: small letters, one name for each."""
    plain = name.strip().casefold()
    return OTHER_NAMES.get(plain, plain)


def _outline(name: str, rings: list[list[list[float]]]) -> Outline:
    path = QPainterPath()
    polygons = [QPolygonF([QPointF(x, y) for x, y in ring]) for ring in rings]
    for polygon in polygons:
        path.addPolygon(polygon)
        path.closeSubpath()
    largest = max(polygons, key=lambda polygon: polygon.boundingRect().width())
    return Outline(name, path, _middle(path, largest.boundingRect()))


def _middle(path: QPainterPath, within: QRectF) -> QPointF:
    """Return the centre of the longest stretch of land on the line through the middle."""
    y = within.center().y()
    best, begun, last = (0.0, within.center().x()), None, within.left()
    for x in range(math.floor(within.left()), math.ceil(within.right()) + 2, 2):
        if path.contains(QPointF(x, y)):
            begun = x if begun is None else begun
            last = x
            continue
        if begun is not None:
            best = max(best, (last - begun, (last + begun) / 2))
        begun = None
    return QPointF(best[1], y)
