"""The pages of the report in Qt's print preview: to read through, to print, to save as PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog
from PySide6.QtWidgets import QComboBox, QGraphicsView, QLineEdit, QWidget

from ui.widgets import button, row

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ui.words import Words


class PrintPreview(QPrintPreviewDialog):
    """Qt's preview, with its controls named and with saving the report beside them."""

    saving_wanted = Signal()  # the user wants the report as a file

    def __init__(self, parent: QWidget, words: Words, pages: Sequence[QImage]) -> None:
        """Show pages that are pictures of whole sheets."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        printer.setFullPage(True)
        super().__init__(printer, parent)
        self._printer = printer  # the dialog keeps no hold of it
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(words.say("preview.title"))
        self.paintRequested.connect(lambda paper: print_pages(paper, pages))
        self.save = button(self.saving_wanted.emit)
        self.save.setText(words.say("preview.save"))
        layout = self.layout()
        if layout is not None:
            layout.addWidget(row(self.save))
        self._name_controls(words)
        width = self.fontMetrics().averageCharWidth() * 140
        self.resize(QSize(width, self.fontMetrics().height() * 48).boundedTo(parent.size()))

    def _name_controls(self, words: Words) -> None:
        """Name what Qt leaves without a name."""
        for each in self.findChildren(QLineEdit):
            each.setAccessibleName(words.say("preview.page"))
        for scale in self.findChildren(QComboBox):
            scale.setAccessibleName(words.say("preview.scale"))
        for view in self.findChildren(QGraphicsView):
            view.setAccessibleName(words.say("preview.pages_name"))
            view.setAccessibleDescription(words.say("preview.pages_about"))


def unpacked(pages: Sequence[bytes]) -> Iterator[QImage]:
    """Yield pages given as PNG; without transparency, which a preview takes long to look for."""
    for each in pages:
        yield QImage.fromData(each).convertToFormat(QImage.Format.Format_RGB32)


def print_pages(printer: QPrinter, pages: Sequence[QImage]) -> None:
    """Print pages that are pictures of whole sheets, each as large as the paper takes."""
    painter = QPainter(printer)
    paper = printer.pageLayout().fullRectPixels(printer.resolution())
    for at, picture in enumerate(pages):
        if at:
            printer.newPage()
        size = picture.size().scaled(paper.size(), Qt.AspectRatioMode.KeepAspectRatio)
        left = (paper.width() - size.width()) // 2
        painter.drawImage(QRect(left, 0, size.width(), size.height()), picture)
    painter.end()
