"""The map as a widget: the mouse and the keyboard walk the locations, come nearer and go round.

The arrow keys go to the nearest location that way, Enter opens its page, plus and minus come
nearer and go back, 0 shows the whole land, and Shift with an arrow moves the land. The location
that is chosen is read out as the widget's accessible description.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPixmap,
    QWheelEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from ui.map.clusters import MapCluster, clusters
from ui.map.drawing import (
    KeyEntry,
    MapPicture,
    Viewpoint,
    draw_chosen,
    draw_key,
    draw_map,
    key_fits,
    key_size,
    whole,
)
from ui.map.land import SIZE

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QHelpEvent, QPaintEvent, QResizeEvent

    from ui.results.by_location import LocationState
    from ui.theme import Theme

NEARER = 1.4
MOST_TIMES = 14.0  # nearer than the whole land
CATCH = 6.0  # pixels around a dot that count as the dot
PAN = 60.0
ASIDE = 2.0  # how much farther a location aside counts than one straight ahead
MARGIN = 10.0

ARROWS = {
    Qt.Key.Key_Left: QPointF(-1.0, 0.0),
    Qt.Key.Key_Right: QPointF(1.0, 0.0),
    Qt.Key.Key_Up: QPointF(0.0, -1.0),
    Qt.Key.Key_Down: QPointF(0.0, 1.0),
}


class MapPanel(QWidget):
    """Draws a map picture and lets the user choose a location on it."""

    chosen = Signal(str)  # a location's code
    opened = Signal(str)
    key_fitted = Signal(bool)  # whether the key stands on the map

    def __init__(
        self,
        theme: Theme,
        tell: Callable[[LocationState], str],
        tell_many: Callable[[MapCluster], str] = lambda _: "",
    ) -> None:
        """Show no locations yet; `tell` words a location for reading out, `tell_many` several."""
        super().__init__()
        self._theme = theme
        self._tell = tell
        self._tell_many = tell_many
        self._clusters: tuple[MapCluster, ...] = ()
        self._picture = MapPicture()
        self._placed: tuple[tuple[LocationState, QPointF], ...] = ()
        self._code = ""
        self._whole = True  # the whole land is seen, also after another size
        self._look = Viewpoint()
        self._drawn: QPixmap | None = None
        self._dragged: QPointF | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        line = self.fontMetrics().height()
        self.setMinimumSize(line * 20, line * 18)
        theme.changed.connect(self.redraw)

    @property
    def code(self) -> str:
        """The code of the chosen location; empty for none."""
        return self._code

    @property
    def look(self) -> Viewpoint:
        """Which part of the land is seen."""
        return self._look

    def sizeHint(self) -> QSize:
        return QSize(int(SIZE.width()), int(SIZE.height()))

    def show_picture(self, picture: MapPicture) -> None:
        """Show other dots; the chosen location stays chosen where it is among them."""
        self._picture = picture
        self._placed = tuple(picture.placed())
        if self._spot() is None:
            self._code = ""
        self._read_out()
        self.redraw()

    def choose(self, code: str) -> None:
        """Choose a location and bring it into sight; one without coordinates is left alone."""
        if code == self._code or not any(spot.location.id == code for spot, _ in self._placed):
            return
        self._code = code
        self._bring_into_sight()
        self._read_out()
        self.update()
        self.chosen.emit(code)

    def nearer(self, times: float = NEARER, at: QPointF | None = None) -> None:
        """Come nearer, or go back with less than 1, around a point or else the chosen location."""
        least = whole(self._area()).zoom
        times = min(max(times, least / self._look.zoom), MOST_TIMES * least / self._look.zoom)
        look = self._look.nearer(times, at or self._point() or QRectF(self.rect()).center())
        self._whole = look.zoom <= least * 1.001
        self._look = whole(self._area()) if self._whole else look
        self.redraw()

    def see_whole(self) -> None:
        """Show the whole land."""
        self._whole = True
        self._look = whole(self._area())
        self.redraw()

    def redraw(self) -> None:
        """Draw everything again."""
        self._drawn = None
        self._clusters = clusters(self._look.all_on_screen(self._placed), self._picture.size)
        area = QRectF(self.rect())
        self.key_fitted.emit(key_fits(self.fontMetrics(), area, self._picture.key))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event  # the land was drawn before; only what is chosen changes often
        if self._drawn is None:
            self._drawn = self._draw()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._drawn)
        spot, at = self._spot(), self._point()
        if spot is not None and at is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            radius = self._picture.radius(spot, self._look)
            name = spot.location.name or spot.location.id
            draw_chosen(painter, at, radius, name, self._theme.colours)
        if self.hasFocus():
            painter.setPen(self.palette().link().color())
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -2, -2))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._whole:
            self._look = whole(self._area())
        self.redraw()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in ARROWS:
            way = ARROWS[key]
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self._move(QPointF(-way.x() * PAN, -way.y() * PAN))
            else:
                self._walk(way)
            return
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._code:
            self.opened.emit(self._code)
            return
        called = {
            Qt.Key.Key_Plus: self.nearer,
            Qt.Key.Key_Equal: self.nearer,
            Qt.Key.Key_Minus: self._back,
            Qt.Key.Key_0: self.see_whole,
        }.get(key)
        if called is None:
            super().keyPressEvent(event)
        else:
            called()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            over = self._over(event.position())
            if over is None:
                self._dragged = event.position()
            elif over.single:
                self.choose(over.spots[0].location.id)
            else:
                self.nearer(NEARER**2, over.at)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged is not None:
            self._move(event.position() - self._dragged)
            self._dragged = event.position()
            return
        over = self._over(event.position()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.OpenHandCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        del event  # wherever it was let go
        self._dragged = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        over = self._over(event.position())
        if over is None:
            self.nearer(NEARER, event.position())
        elif over.single:
            self.opened.emit(over.spots[0].location.id)

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.angleDelta().y()
        if turned:
            self.nearer(NEARER ** (turned / 120), event.position())
        event.accept()

    def focusInEvent(self, event: object) -> None:
        del event  # the edge shows it
        self.update()

    def focusOutEvent(self, event: object) -> None:
        del event  # as above
        self.update()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip:
            self._tip(event)  # type: ignore[arg-type] # an event of this type is a help event
            return True
        return super().event(event)

    def _tip(self, event: QHelpEvent) -> None:
        over = self._over(QPointF(event.pos()))
        said = ""
        if over is not None:
            said = self._tell(over.spots[0]) if over.single else self._tell_many(over)
        QToolTip.showText(event.globalPos(), said, self)

    def _draw(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        made = QPixmap(self.size() * ratio)
        made.setDevicePixelRatio(ratio)
        painter = QPainter(made)
        painter.setFont(self.font())
        draw_map(painter, QRectF(self.rect()), self._picture, self._look, self._theme.colours)
        painter.end()
        return made

    def _area(self) -> QRectF:
        return QRectF(self.rect()).adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)

    def _spot(self) -> LocationState | None:
        return next((spot for spot, _ in self._placed if spot.location.id == self._code), None)

    def _point(self) -> QPointF | None:
        """Return where the chosen location is seen."""
        for spot, point in self._placed:
            if spot.location.id == self._code:
                return self._look.on_screen(point)
        return None

    def _over(self, position: QPointF) -> MapCluster | None:
        """Return what is drawn at a position: the nearest whose dot is that large."""
        best: tuple[float, MapCluster | None] = (math.inf, None)
        for cluster in self._clusters:
            far = _length(cluster.at - position)
            radius = self._picture.cluster_radius(cluster, self._look)
            if far <= radius + CATCH and far < best[0]:
                best = (far, cluster)
        return best[1]

    def _walk(self, way: QPointF) -> None:
        """Choose the nearest location that way; the largest one where none is chosen yet."""
        start = self._point()
        best: tuple[float, str] = (math.inf, "")
        for spot, point in self._placed:
            if start is None:
                best = (0.0, spot.location.id)
                break
            gone = self._look.on_screen(point) - start
            ahead = QPointF.dotProduct(gone, way)
            aside = _length(gone - way * ahead)
            if ahead > 0 and aside <= ahead * ASIDE and spot.location.id != self._code:
                best = min(best, (ahead + ASIDE * aside, spot.location.id))
        if best[1]:
            self.choose(best[1])

    def _back(self) -> None:
        self.nearer(1 / NEARER)

    def _move(self, by: QPointF) -> None:
        self._whole = False
        self._look = Viewpoint(self._look.zoom, self._look.right + by.x(), self._look.down + by.y())
        self.redraw()

    def _bring_into_sight(self) -> None:
        at = self._point()
        if at is not None and not self._area().contains(at):
            self._move(QRectF(self.rect()).center() - at)

    def _read_out(self) -> None:
        """Tell those who listen which location is chosen."""
        spot = self._spot()
        self.setAccessibleDescription(self._tell(spot) if spot is not None else "")
        event = QAccessibleEvent(self, QAccessible.Event.DescriptionChanged)
        QAccessible.updateAccessibility(event)


class MapKey(QWidget):
    """The key to the map, for beside a map that is too small to hold it."""

    def __init__(self, theme: Theme) -> None:
        """Show no entries yet."""
        super().__init__()
        self._theme = theme
        self._key: tuple[KeyEntry, ...] = ()
        theme.changed.connect(self.update)

    def show_key(self, key: tuple[KeyEntry, ...]) -> None:
        """Show other entries."""
        self._key = key
        self.setFixedSize(key_size(self.fontMetrics(), key))
        self.setAccessibleDescription(", ".join(entry.text for entry in key))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event  # it is small
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_key(painter, QRectF(-8, -8, 0, 0), self._key, self._theme.colours)
        painter.end()


def _length(point: QPointF) -> float:
    return math.hypot(point.x(), point.y())
