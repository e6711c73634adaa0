"""Where a chart is drawn, by parts, and which says so when that fails.

matplotlib draws a chart in one go, which would hold the window for some hundredths of a second each
time. What it draws is a list of artists; drawn one by one they give the same picture.
"""

from __future__ import annotations

from contextlib import suppress
from operator import attrgetter
from typing import TYPE_CHECKING

from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.spines import Spine
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.chunked_work import ChunkedWork

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from matplotlib.artist import Artist
    from matplotlib.backend_bases import RendererBase
    from matplotlib.figure import Figure
    from PySide6.QtGui import QPaintEvent, QResizeEvent, QShowEvent

LEAST = QSize(10, 10)
DPI = 100.0  # dots per inch of a figure where a pixel of the screen is one of Qt's


class Canvas(QWidget):
    """Draws a figure over whatever room it gets; keys and the pointer are for who holds it."""

    drawn = Signal()

    def __init__(self, figure: Figure, fail: Callable[[Exception], None]) -> None:
        """Draw a figure, and call `fail` with what goes wrong."""
        super().__init__()
        self.figure = figure
        self._agg = FigureCanvasAgg(figure)
        self._fail = fail
        self._picture = QImage()  # as it was drawn last
        self._drawing = ChunkedWork(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def draw_soon(self) -> None:
        """Draw the figure by and by, unless it is as it was drawn last.

        A chart that is first seen is asked for by its new size and by who laid it out.
        """
        self.leave()
        self._fit()
        if self.isVisible() and (self.figure.stale or self._picture.isNull()):
            self._drawing.begin(self._draw())

    @property
    def under_way(self) -> bool:
        """Whether it is being drawn."""
        return self._drawing.under_way

    def leave(self) -> None:
        """Draw no further: before another chart is laid out on the figure."""
        self._drawing.forget()

    def _fit(self) -> None:
        """Have the figure as large as there is room."""
        ratio = self.devicePixelRatioF()
        wide, high, dpi = self.width() / DPI, self.height() / DPI, ratio * DPI
        if wide and high and (wide, high, dpi) != (*self.figure.get_size_inches(), self.figure.dpi):
            self.figure.set_dpi(dpi)
            self.figure.set_size_inches(wide, high)

    def _draw(self) -> Iterator[None]:
        """Draw the figure, with a pause after each artist, and show it once it is whole."""
        try:
            renderer = self._agg.get_renderer()  # type: ignore[no-untyped-call] # not typed there
            renderer.clear()
            yield from drawing(self.figure, renderer)
        except Exception as fault:  # noqa: BLE001 - whatever it is, the window goes on without it
            self._fail(fault)
            return
        self.figure.stale = False
        pixels = renderer.buffer_rgba()
        high, wide = pixels.shape[:2]
        self._picture = QImage(pixels, wide, high, QImage.Format.Format_RGBA8888).copy()
        self._picture.setDevicePixelRatio(self.figure.dpi / DPI)
        self.update()
        self.drawn.emit()

    def sizeHint(self) -> QSize:
        wide, high = self.figure.get_size_inches()
        return QSize(round(wide * DPI), round(high * DPI))

    def minimumSizeHint(self) -> QSize:
        return LEAST

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.draw_soon()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.draw_soon()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.drawImage(0, 0, self._picture)
        painter.end()
        if (
            not self._picture.isNull()
            and self._picture.devicePixelRatio() != self.devicePixelRatioF()
        ):
            self.draw_soon()  # on another screen


def drawing(figure: Figure, renderer: RendererBase) -> Iterator[None]:
    """Draw a figure as matplotlib does, with a pause after each artist: first what is behind.

    A figure of other axes than those of straight scales, or with pictures, is not drawn like this.
    """
    layout = figure.get_layout_engine()
    if layout is not None and figure.axes:
        with suppress(ValueError):  # as matplotlib does: of what is too small to be laid out
            layout.execute(figure)
        yield
    figure.patch.draw(renderer)
    for artist in _from_behind(figure, figure.patch):
        if isinstance(artist, Axes):
            yield from _drawing_axes(artist, renderer)
        else:
            artist.draw(renderer)
            yield


def _drawing_axes(axes: Axes, renderer: RendererBase) -> Iterator[None]:
    if axes.axison:
        axes.patch.draw(renderer)
    for artist in _from_behind(axes, axes.patch):
        if axes.axison or not isinstance(artist, Axis | Spine):
            artist.draw(renderer)
            yield


def _from_behind(holder: Artist, ground: Artist) -> list[Artist]:
    """Return what an artist holds besides its ground, in the order drawn."""
    held = [each for each in holder.get_children() if each is not ground]
    return sorted(held, key=attrgetter("zorder"))
