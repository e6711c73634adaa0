"""The pages of the report on the screen: to read through, to print, to save as PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.widgets import button, plain_label

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ui.words import Words

GAP = 14  # pixels between pages
LEAST, MOST = 0.2, 3.0
SCALES = (0.5, 0.75, 1.0, 1.5, 2.0)
WIDTH, WHOLE = -1.0, -2.0  # as wide as the window; a whole page at once
PAPER_WIDTH_IN = 8.27  # A4
SIDES = 210 / 297  # A4, width to height


class Pages(QWidget):
    """Pages below one another; only those in view are drawn."""

    def __init__(self, pages: Sequence[bytes]) -> None:
        """Show pages given as PNG pictures."""
        super().__init__()
        self._files = tuple(pages)
        self._pictures: dict[int, QImage] = {}
        self._size = QSize(1, 1)

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self._files)

    def picture(self, at: int) -> QImage:
        """Return a page; it is unpacked when it is first looked at."""
        if at not in self._pictures:
            self._pictures[at] = QImage.fromData(self._files[at])
        return self._pictures[at]

    def be_wide(self, width: int) -> None:
        """Show every page this wide."""
        self._size = QSize(max(width, 1), max(round(width / SIDES), 1))
        self.setFixedSize(
            self._size.width() + 2 * GAP, GAP + self.count * (self._size.height() + GAP)
        )
        self.update()

    def top(self, at: int) -> int:
        """Return where a page begins."""
        return GAP + at * (self._size.height() + GAP)

    def at(self, y: int) -> int:
        """Return which page is at a height."""
        return min(max((y - GAP) // (self._size.height() + GAP), 0), self.count - 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for at in range(self.at(event.rect().top()), self.at(event.rect().bottom()) + 1):
            place = QRect(GAP, self.top(at), self._size.width(), self._size.height())
            painter.drawImage(place, self.picture(at))
            painter.setPen(QColor(128, 128, 128))
            painter.drawRect(place)
        painter.end()


class PrintPreview(QDialog):
    """Pages with a scale, and what can be done with them."""

    saving_wanted = Signal()  # the user wants the report as a file

    def __init__(
        self,
        parent: QWidget | None,
        words: Words,
        pages: Sequence[bytes],
        printer: Callable[[], QPrinter | None],
    ) -> None:
        """Show pages; `printer` asks for one."""
        super().__init__(parent)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._words = words
        self._printer = printer
        self.pages = Pages(pages)
        self.area = QScrollArea()
        self.area.setWidget(self.pages)
        self.area.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.area.viewport().installEventFilter(self)
        self.scale = QComboBox()
        self._scale_label = plain_label()
        self._scale_label.setBuddy(self.scale)
        self.where = plain_label()
        self.print = button(self.print_out, main=True)
        self.save = button(self.saving_wanted.emit)
        self._close = button(self.reject)
        self._lay_out()
        self.scale.currentIndexChanged.connect(self._fit)
        self.area.verticalScrollBar().valueChanged.connect(self._tell_where)
        for key, by in (
            (QKeySequence.StandardKey.ZoomIn, 1),
            (QKeySequence.StandardKey.ZoomOut, -1),
        ):
            QShortcut(key, self, lambda by=by: self._step(by))
        words.changed.connect(self.reword)
        self.reword()
        self.area.setFocus()

    def print_out(self) -> None:
        """Ask for a printer and print every page."""
        printer = self._printer()
        if printer is not None:
            print_pages(printer, [self.pages.picture(at) for at in range(self.pages.count)])

    def reword(self) -> None:
        """Say everything again in the language in use; the pages stay in theirs."""
        self.setWindowTitle(self._words.say("preview.title"))
        self._scale_label.setText(self._words.say("preview.scale"))
        self.scale.setAccessibleName(self._words.say("preview.scale"))
        at = max(self.scale.currentIndex(), 0)
        with QSignalBlocker(self.scale):
            self.scale.clear()
            self.scale.addItem(self._words.say("preview.width"), WIDTH)
            self.scale.addItem(self._words.say("preview.whole"), WHOLE)
            for each in SCALES:
                self.scale.addItem(f"{self._words.number(each * 100)} %", each)
            self.scale.setCurrentIndex(at)
        self.print.setText(self._words.say("preview.print"))
        self.save.setText(self._words.say("preview.save"))
        self._close.setText(self._words.say("ask.close"))
        self.area.setAccessibleName(self._words.say("preview.pages_name"))
        self.area.setAccessibleDescription(self._words.say("preview.pages_about"))
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        """Give the pages the scale that is chosen; the page in view stays in view."""
        chosen = float(self.scale.currentData())
        room = self.area.viewport().size()
        at = self.pages.at(self.area.verticalScrollBar().value() + GAP)
        natural = PAPER_WIDTH_IN * self.logicalDpiX()
        if chosen == WIDTH:
            width = float(self.area.maximumViewportSize().width() - 2 * GAP)
            width -= self.area.verticalScrollBar().sizeHint().width()
        elif chosen == WHOLE:
            width = (room.height() - 2 * GAP) * SIDES
        else:
            width = natural * chosen
        self.pages.be_wide(round(min(max(width, natural * LEAST), natural * MOST)))
        if at:
            self.area.verticalScrollBar().setValue(self.pages.top(at) - GAP)
        self._tell_where()

    def _step(self, by: int) -> None:
        """Go to the next larger or smaller scale."""
        at = self.scale.currentIndex()
        first = 2 + SCALES.index(1.0)
        wanted = at + by if at > 1 else first + min(by, 0)
        self.scale.setCurrentIndex(min(max(wanted, 2), self.scale.count() - 1))

    def _tell_where(self) -> None:
        middle = self.area.verticalScrollBar().value() + self.area.viewport().height() // 2
        at = self.pages.at(middle) + 1
        self.where.setText(self._words.say("preview.where", page=at, pages=self.pages.count))

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        for each in (self._scale_label, self.scale, self.where):
            line.addWidget(each)
        self.where.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        for press in (self._close, self.save, self.print):
            line.addWidget(press)
        page = QVBoxLayout(self)
        page.addLayout(line)
        page.addWidget(self.area, 1)
        height = self.fontMetrics().height()
        wanted = QSize(self.fontMetrics().averageCharWidth() * 140, height * 48)
        parent = self.parentWidget()
        self.resize(wanted if parent is None else wanted.boundedTo(parent.size()))


def print_pages(printer: QPrinter, pictures: Sequence[QImage]) -> None:
    """Print pages that are pictures of whole sheets, each as large as the paper takes."""
    printer.setFullPage(True)
    painter = QPainter(printer)
    paper = printer.pageLayout().fullRectPixels(printer.resolution())
    for at, picture in enumerate(pictures):
        if at:
            printer.newPage()
        size = picture.size().scaled(paper.size(), Qt.AspectRatioMode.KeepAspectRatio)
        left = (paper.width() - size.width()) // 2
        painter.drawImage(QRect(left, 0, size.width(), size.height()), picture)
    painter.end()
