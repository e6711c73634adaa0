"""The land of the map as Qt draws it: the outlines of the provinces, and places on it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath, QPolygonF

from planner.report import land

SIZE = QRectF(0.0, 0.0, land.WIDTH, land.HEIGHT)

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
    return QPointF(*land.place(longitude, latitude))


@cache
def outlines() -> tuple[Outline, ...]:
    """Return the twelve provinces in alphabetical order."""
    return tuple(_outline(name, rings) for name, rings in land.provinces())


def province_key(name: str) -> str:
    """Return what a province's name is compared by: small letters, one name for each."""
    plain = name.strip().casefold()
    return OTHER_NAMES.get(plain, plain)


def _outline(name: str, rings: tuple[land.Ring, ...]) -> Outline:
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
