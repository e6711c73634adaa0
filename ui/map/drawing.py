"""How the map is drawn: land, dots, marks and the key to them, on a screen or on paper.

A dot's size is its places, its shape and colour the kind of place, its filling how much of it is
used (from below, as a glass fills); where the largest shortfalls are shown, these are rings.
None of these needs colour to be told apart. A circle with a number is so many locations.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFontMetrics,
    QPainter,
    QPainterPath,
    QPen,
    QPolygonF,
    QTransform,
)

from planner.input.kinds import PlaceKind
from ui.map.clusters import MapCluster, clusters
from ui.map.land import SIZE, Outline, outlines, place, province_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ui.results.by_location import LocationState
    from ui.theme import Colours

LEAST, MOST = 3.0, 13.0  # radius of a dot in pixels: nearly no places, the most of all
NOTHING = 2.0  # radius of a location without what is shown
KEY_LINE = 1.25  # lines of text
KEY_MOST = 0.36  # of the width; more than that covers the land
APART = 5.0  # pixels of the drawing, some two kilometres
DASH = "\N{MINUS SIGN}"
CLUSTER_RIM = 3.0  # pixels
CLUSTER_LEAST, CLUSTER_MORE, CLUSTER_FULL = 9.0, 6.0, 20  # pixels; locations of the largest dot


class Shows(StrEnum):
    """What the dots show: their size and how full they are."""

    OCCUPANCY = "occupancy"  # beds in contract; people in them
    DOL = "dol"  # DOL fitted out; DOL in use
    EMERGENCY = "emergency"  # people in emergency reception
    SHORTFALL = "shortfall"  # what falls short most there

    def size(self, spot: LocationState) -> float:
        """Return what the size of a dot stands for."""
        return {
            Shows.OCCUPANCY: spot.beds,
            Shows.DOL: spot.dol_prepared,
            Shows.EMERGENCY: spot.emergency,
            Shows.SHORTFALL: max((each.amount for each in spot.short), default=0.0),
        }[self]

    def full(self, spot: LocationState) -> float:
        """Return which share of a dot is filled."""
        if self is Shows.OCCUPANCY:
            return min(spot.occupancy or 0.0, 1.0)
        if self is Shows.DOL:
            return min(spot.dol_in_use / spot.dol_prepared, 1.0) if spot.dol_prepared else 0.0
        return 1.0


def _around(corners: int, *, first: float = -90.0, inner: float = 1.0) -> tuple[QPointF, ...]:
    """Return corners on a circle, from an angle in degrees on; every other one on an inner."""
    angles = [math.radians(first + 360.0 * at / corners) for at in range(corners)]
    return tuple(
        QPointF(math.cos(angle) * far, math.sin(angle) * far)
        for at, angle in enumerate(angles)
        for far in ((inner if at % 2 else 1.0),)
    )


def _cross(*, turned: bool) -> tuple[QPointF, ...]:
    arm = 0.38
    corners = [
        (-arm, -1.0), (arm, -1.0), (arm, -arm), (1.0, -arm), (1.0, arm), (arm, arm),
        (arm, 1.0), (-arm, 1.0), (-arm, arm), (-1.0, arm), (-1.0, -arm), (-arm, -arm),
    ]  # fmt: skip
    turn = QTransform().rotate(45.0 if turned else 0.0)
    return tuple(turn.map(QPointF(x, y)) for x, y in corners)


def _aside(number: int) -> QPointF:
    """Return how far the nth location of one coordinate is set apart from it.

    The golden angle puts each in the widest gap that those before it leave.
    """
    far, angle = APART * math.sqrt(number), number * math.pi * (3.0 - math.sqrt(5.0))
    return QPointF(far * math.cos(angle), far * math.sin(angle))


# Corners of each kind's shape on a circle of radius 1; no corners is the circle itself. The
# name is that of a family of the look's colours: blue for regular, orange for emergency.
SHAPES: Mapping[PlaceKind, tuple[tuple[QPointF, ...], str]] = {
    PlaceKind.REGULAR: ((), "plain"),
    PlaceKind.REGISTRATION: (_around(4, first=-45.0), "plain"),
    PlaceKind.ACCELERATED: (_around(6), "plain"),
    PlaceKind.MINORS: (_around(3), "plain"),
    PlaceKind.SPECIAL: (_cross(turned=False), "plain"),
    PlaceKind.RETURN: (_around(4), "plain"),
    PlaceKind.DOL: (_around(8, first=-67.5), "dol"),
    PlaceKind.EMERGENCY_FIXED: (_around(3, first=90.0), "emergency"),
    PlaceKind.EMERGENCY_TENT: (_around(10, inner=0.5), "emergency"),
    PlaceKind.CRISIS: (_cross(turned=True), "emergency"),
}


@dataclass(frozen=True)
class Viewpoint:
    """Which part of the land is seen, and how large: pixels to a pixel of the drawing, offset."""

    zoom: float = 1.0
    right: float = 0.0
    down: float = 0.0

    def on_screen(self, point: QPointF) -> QPointF:
        """Return where a point of the drawing is seen."""
        return QPointF(point.x() * self.zoom + self.right, point.y() * self.zoom + self.down)

    def all_on_screen(
        self, placed: Iterable[tuple[LocationState, QPointF]]
    ) -> tuple[tuple[LocationState, QPointF], ...]:
        """Return locations with where they are seen, of where they lie on the drawing."""
        return tuple((spot, self.on_screen(point)) for spot, point in placed)

    def nearer(self, times: float, at: QPointF) -> Viewpoint:
        """Return the viewpoint that much nearer, with the point under `at` staying where it is."""
        return Viewpoint(
            self.zoom * times,
            at.x() - (at.x() - self.right) * times,
            at.y() - (at.y() - self.down) * times,
        )


def whole(area: QRectF) -> Viewpoint:
    """Return the viewpoint on the whole land, at the top and to the right of an area.

    To its left is sea, and room for the key.
    """
    zoom = min(area.width() / SIZE.width(), area.height() / SIZE.height())
    room = area.width() - SIZE.width() * zoom
    return Viewpoint(zoom, area.left() + room * 0.8, area.top())


@dataclass(frozen=True)
class KeyEntry:
    """A line of the key: a kind of place, or a shortfall where there is none, and its meaning."""

    kind: PlaceKind | None
    text: str


@dataclass(frozen=True)
class MapPicture:
    """What is on the map: the dots, what they show, the provinces that fall short, the key.

    `short` has per province (as `province_key` has it) the share of the largest shortfall and the
    figure that stands there. `only` are the codes of the locations that are shown with their size,
    where that are not all.
    """

    spots: tuple[LocationState, ...] = ()
    shows: Shows = Shows.OCCUPANCY
    largest: float = 1.0
    short: Mapping[str, tuple[float, str]] | None = None
    key: tuple[KeyEntry, ...] = ()
    only: frozenset[str] | None = None

    def size(self, spot: LocationState) -> float:
        """Return what the size of a dot stands for; 0 where it is not among those shown."""
        if self.only is not None and spot.location.id not in self.only:
            return 0.0
        return self.shows.size(spot)

    def drawn_kind(self, spot: LocationState) -> PlaceKind:
        """Return the kind whose shape and colour a dot has: in the layer of DOL all are DOL."""
        return PlaceKind.DOL if self.shows is Shows.DOL else spot.kind

    def placed(self) -> Iterator[tuple[LocationState, QPointF]]:
        """Yield the locations whose coordinates are known, with where they lie; large ones first.

        Small dots so stay visible above large ones. Locations with one coordinate, such as that of
        their municipality, are set apart around it, in the order of the sheet.
        """
        there: dict[tuple[float, float], int] = {}
        found: list[tuple[LocationState, QPointF]] = []
        for spot in self.spots:
            longitude, latitude = spot.location.longitude, spot.location.latitude
            if longitude is not None and latitude is not None:
                number = there.get((longitude, latitude), 0)
                there[longitude, latitude] = number + 1
                found.append((spot, place(longitude, latitude) + _aside(number)))
        yield from sorted(found, key=lambda each: self.size(each[0]), reverse=True)

    def radius(self, spot: LocationState, look: Viewpoint) -> float:
        """Return how large a dot is, in pixels; nearer by, dots grow less than the land does."""
        size = self.size(spot)
        nearer = math.sqrt(min(max(look.zoom, 0.6), 3.0))
        if size <= 0:
            return NOTHING * nearer
        return (LEAST + (MOST - LEAST) * math.sqrt(size / max(self.largest, size))) * nearer

    def cluster_radius(self, cluster: MapCluster, look: Viewpoint) -> float:
        """Return how large a dot of several locations is, in pixels."""
        if cluster.single:
            return self.radius(cluster.spots[0], look)
        return CLUSTER_LEAST + min(len(cluster.spots), CLUSTER_FULL) / CLUSTER_FULL * CLUSTER_MORE


def draw_map(
    painter: QPainter, area: QRectF, picture: MapPicture, look: Viewpoint, colours: Colours
) -> None:
    """Draw land, dots and key in an area."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(area, QColor(colours.ground))
    short = picture.short or {}
    for outline in outlines():
        _draw_land(painter, outline, look, colours, short)
    for cluster in clusters(look.all_on_screen(picture.placed()), picture.size):
        _draw_cluster(painter, cluster, picture, look, colours)
    for outline in outlines():
        _draw_figure(painter, outline, look, colours, short)
    if key_fits(painter.fontMetrics(), area, picture.key):
        draw_key(painter, area, picture.key, colours)


def key_fits(metrics: QFontMetrics, area: QRectF, key: Sequence[KeyEntry]) -> bool:
    """Whether the key leaves enough of an area's width to the land."""
    return _key_box(metrics, area, key).width() <= KEY_MOST * area.width()


def key_size(metrics: QFontMetrics, key: Sequence[KeyEntry]) -> QSize:
    """Return how large the key is, with its margins."""
    box = _key_box(metrics, QRectF(), key)
    return QSize(math.ceil(box.right()) + 1, math.ceil(box.bottom()) + 1)


def draw_chosen(painter: QPainter, at: QPointF, radius: float, name: str, colours: Colours) -> None:
    """Draw the mark and the name of the chosen dot."""
    far = radius + 5.7
    for width, colour in ((5.0, colours.surface), (2.5, colours.text)):
        painter.setPen(QPen(QColor(colour), width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(at.x() - far, at.y() - far, 2 * far, 2 * far))
    metrics = painter.fontMetrics()
    box = QRectF(0, 0, metrics.horizontalAdvance(name) + 12, metrics.height() + 4)
    box.moveCenter(QPointF(at.x(), at.y() - far - box.height() / 2 - 3))
    room = QRectF(painter.viewport()).adjusted(3, 3, -3, -3)
    if box.top() < room.top():
        box.moveTop(at.y() + far + 3)
    box.moveLeft(max(min(box.left(), room.right() - box.width()), room.left()))
    painter.setPen(QPen(QColor(colours.text), 1.0))
    painter.setBrush(QColor(colours.surface))
    painter.drawRoundedRect(box, 3, 3)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, name)


def draw_symbol(  # noqa: PLR0913, PLR0917 - a dot is what it is, where, how large, how full
    painter: QPainter, kind: PlaceKind, at: QPointF, radius: float, full: float, colours: Colours
) -> None:
    """Draw a kind's shape, filled from below for a share of its height."""
    corners, family = SHAPES[kind]
    colour = QColor(getattr(colours, family)[0])
    path = QPainterPath()
    if corners:
        path.addPolygon(QPolygonF([QPointF(c.x() * radius, c.y() * radius) + at for c in corners]))
        path.closeSubpath()
    else:
        path.addEllipse(at, radius, radius)
    painter.setPen(QPen(colour, 1.3))
    painter.setBrush(QColor(colours.surface))
    painter.drawPath(path)
    if full > 0:
        bounds = path.boundingRect()
        water = QPainterPath()
        top = bounds.bottom() - bounds.height() * full
        water.addRect(
            QRectF(bounds.left() - 1, top, bounds.width() + 2, bounds.height() * full + 1)
        )
        # Cut by arithmetic, for a picture in SVG knows no clipping.
        painter.fillPath(path if full >= 1 else path.intersected(water), QBrush(colour))


def draw_shortfall(painter: QPainter, at: QPointF, radius: float, colours: Colours) -> None:
    """Draw how much falls short somewhere: a red ring, lightly filled, so that others stay seen."""
    ground = QColor(colours.error)
    ground.setAlphaF(0.35)
    painter.setPen(QPen(QColor(colours.error), 1.6))
    painter.setBrush(ground)
    painter.drawEllipse(at, radius, radius)


def _draw_cluster(
    painter: QPainter, cluster: MapCluster, picture: MapPicture, look: Viewpoint, colours: Colours
) -> None:
    """Draw one location, or a circle with how many there are and which part is emergency."""
    if cluster.single:
        _draw_spot(painter, cluster.spots[0], cluster.at, picture, look, colours)
        return
    radius = picture.cluster_radius(cluster, look)
    box = QRectF(cluster.at.x() - radius, cluster.at.y() - radius, 2 * radius, 2 * radius)
    rings = {
        Shows.OCCUPANCY: (colours.plain[0], cluster.emergency_share),
        Shows.DOL: (colours.dol[0], 0.0),
        Shows.EMERGENCY: (colours.emergency[0], 0.0),
        Shows.SHORTFALL: (colours.error, 0.0),
    }
    base, share = rings[picture.shows]
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(base))
    painter.drawEllipse(box)
    if share > 0:
        painter.setBrush(QColor(colours.emergency[0]))
        painter.drawPie(box, 90 * 16, -round(share * 360 * 16))
    inner = radius - CLUSTER_RIM
    painter.setBrush(QColor(colours.surface))
    painter.drawEllipse(cluster.at, inner, inner)
    painter.setPen(QColor(colours.text))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(len(cluster.spots)))


def draw_key(painter: QPainter, area: QRectF, key: Sequence[KeyEntry], colours: Colours) -> None:
    """Draw the key in the upper left, where the sea is."""
    if not key:
        return
    metrics = painter.fontMetrics()
    line = metrics.height() * KEY_LINE
    box = _key_box(metrics, area, key)
    painter.setPen(QPen(QColor(colours.line), 1.0))
    painter.setBrush(QColor(colours.surface))
    painter.drawRoundedRect(box, 4, 4)
    for number, entry in enumerate(key):
        middle = box.top() + 5 + line * (number + 0.5)
        at = QPointF(box.left() + 6 + line / 2, middle)
        if entry.kind is None:
            draw_shortfall(painter, at, line * 0.33, colours)
        else:
            draw_symbol(painter, entry.kind, at, line * 0.33, 0.5, colours)
        painter.setPen(QColor(colours.text))
        text = QRectF(at.x() + line * 0.7, middle - line / 2, box.width(), line)
        painter.drawText(
            text, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, entry.text
        )


def _key_box(metrics: QFontMetrics, area: QRectF, key: Sequence[KeyEntry]) -> QRectF:
    line = metrics.height() * KEY_LINE
    widest = max((metrics.horizontalAdvance(entry.text) for entry in key), default=0)
    return QRectF(area.left() + 8, area.top() + 8, widest + line + 18, line * len(key) + 10)


def _draw_land(
    painter: QPainter,
    outline: Outline,
    look: Viewpoint,
    colours: Colours,
    short: Mapping[str, tuple[float, str]],
) -> None:
    share, _ = short.get(province_key(outline.name), (0.0, ""))
    painter.setPen(QPen(QColor(colours.muted), 0.8))
    painter.setBrush(_mixed(colours.surface, colours.error_ground, share))
    painter.drawPath(_seen(look).map(outline.path))


def _draw_figure(
    painter: QPainter,
    outline: Outline,
    look: Viewpoint,
    colours: Colours,
    short: Mapping[str, tuple[float, str]],
) -> None:
    """Write what a province falls short of in its middle, for those who see no shades."""
    _, figure = short.get(province_key(outline.name), (0.0, ""))
    if figure:
        text = f"{DASH}{figure}"
        metrics = painter.fontMetrics()
        box = QRectF(0, 0, metrics.horizontalAdvance(text) + 4, metrics.height())
        box.moveCenter(look.on_screen(outline.middle))
        ground = QColor(colours.surface)
        ground.setAlphaF(0.8)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(box, 3, 3)
        painter.setPen(QColor(colours.error))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def _draw_spot(  # noqa: PLR0913, PLR0917 - as a dot
    painter: QPainter,
    spot: LocationState,
    at: QPointF,
    picture: MapPicture,
    look: Viewpoint,
    colours: Colours,
) -> None:
    radius = picture.radius(spot, look)
    if picture.size(spot) <= 0:
        painter.setPen(QPen(QColor(colours.muted), 1.0))
        painter.setBrush(QColor(colours.surface))
        painter.drawEllipse(at, radius, radius)
        return
    if picture.shows is Shows.SHORTFALL:
        draw_shortfall(painter, at, radius, colours)
    else:
        draw_symbol(
            painter, picture.drawn_kind(spot), at, radius, picture.shows.full(spot), colours
        )


def _seen(look: Viewpoint) -> QTransform:
    return QTransform(look.zoom, 0, 0, look.zoom, look.right, look.down)


def _mixed(first: str, second: str, share: float) -> QColor:
    """Return a colour between two; no share is the first, a whole one the second."""
    one, other = QColor(first), QColor(second)
    part = 0.0 if share <= 0 else 0.35 + 0.65 * min(share, 1.0)
    pairs = (
        (one.redF(), other.redF()),
        (one.greenF(), other.greenF()),
        (one.blueF(), other.blueF()),
    )
    return QColor.fromRgbF(*(a + (b - a) * part for a, b in pairs))
