"""The map on paper: a picture with title, key and credit, as PNG, SVG or PDF."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QGuiApplication,
    QImage,
    QImageWriter,
    QPageSize,
    QPaintDevice,
    QPainter,
    QPdfWriter,
)
from PySide6.QtSvg import QSvgGenerator

from ui.map.drawing import MapPicture, draw_map, whole
from ui.theme import LIGHT

if TYPE_CHECKING:
    from pathlib import Path

PAPER = QRectF(0, 0, 900, 1060)  # pixels at 96 to the inch
DOTS_PER_INCH = 96
PNG_QUALITY = 70  # less than Qt's own packs quicker; nothing is lost in it
SHARPER = 2  # a picture in pixels is for printing too
TOP, BOTTOM, EDGE = 64.0, 34.0, 14.0


@dataclass(frozen=True)
class MapSheet:
    """A map for on paper: what it shows, its title, and who is to be credited."""

    picture: MapPicture
    title: str
    subtitle: str
    credit: str


def image(sheet: MapSheet) -> QImage:
    """Return a map as a picture in pixels, on a light ground."""
    made = QImage(PAPER.size().toSize() * SHARPER, QImage.Format.Format_RGB32)
    made.setDevicePixelRatio(SHARPER)
    _draw_on(made, sheet)
    return made


def saved(sheet: MapSheet, path: Path) -> str:
    """Write a map to a file as `save` does; return the key of what is told of it."""
    try:
        save(sheet, path)
    except OSError:
        return "map.not_saved"
    return "map.saved"


def save(sheet: MapSheet, path: Path) -> None:
    """Write a map to a file; the name's ending decides the kind: SVG, PDF, or else PNG.

    `OSError` where the file cannot be written.
    """
    kind = path.suffix.lower()
    file = QBuffer()
    file.open(QIODevice.OpenModeFlag.WriteOnly)
    if kind == ".svg":
        _draw_on(_drawing(file, sheet), sheet)
    elif kind == ".pdf":
        _draw_on(_page(file, sheet.title), sheet)
    else:
        writer = QImageWriter(file, QByteArray(b"png"))
        writer.setQuality(PNG_QUALITY)
        writer.write(image(sheet))
    path.write_bytes(file.data().data())


def _drawing(file: QIODevice, sheet: MapSheet) -> QSvgGenerator:
    made = QSvgGenerator()
    made.setOutputDevice(file)
    made.setSize(PAPER.size().toSize())
    made.setViewBox(PAPER)
    made.setTitle(sheet.title)
    made.setDescription(sheet.credit)
    made.setResolution(DOTS_PER_INCH)
    return made


def _page(file: QIODevice, title: str) -> QPdfWriter:
    inches = QSizeF(PAPER.width() / DOTS_PER_INCH, PAPER.height() / DOTS_PER_INCH)
    made = QPdfWriter(file)
    made.setResolution(DOTS_PER_INCH)
    made.setPageSize(QPageSize(inches, QPageSize.Unit.Inch))
    made.setPageMargins(QMarginsF(0, 0, 0, 0))
    made.setTitle(title)
    return made


def _draw_on(device: QPaintDevice, sheet: MapSheet) -> None:
    painter = QPainter(device)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(PAPER, QColor(LIGHT.surface))
    painter.setPen(QColor(LIGHT.text))
    lines = ((sheet.title, 18, 10.0, True), (sheet.subtitle, 13, 36.0, False))
    for text, size, top, bold in lines:
        painter.setFont(_font(size, bold=bold))
        painter.drawText(
            QRectF(EDGE, top, PAPER.width() - 2 * EDGE, 26), Qt.AlignmentFlag.AlignLeft, text
        )
    painter.setFont(_font(12, bold=False))
    area = PAPER.adjusted(EDGE, TOP, -EDGE, -BOTTOM)
    draw_map(painter, area, sheet.picture, whole(area.adjusted(10, 10, -10, -10)), LIGHT)
    painter.setPen(QColor(LIGHT.muted))
    painter.setFont(_font(11, bold=False))
    foot = QRectF(EDGE, PAPER.bottom() - BOTTOM + 8, PAPER.width() - 2 * EDGE, 20)
    painter.drawText(foot, Qt.AlignmentFlag.AlignLeft, sheet.credit)
    painter.end()


def _font(pixels: int, *, bold: bool) -> QFont:
    font = QFont(QGuiApplication.font())
    font.setPixelSize(pixels)
    font.setBold(bold)
    return font
