"""The program's icon as a picture of points, drawn from the one drawing in `resources/icons`."""

from __future__ import annotations

import os
from pathlib import Path

import resources

SIDE = 256  # points; Windows and macOS make the smaller ones of it
DRAWING = resources.FOLDER / "icons" / "opvangplan.svg"


def draw_icon(path: Path) -> Path:
    """Draw the icon into `path`, a PNG, and return it."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import Qt  # noqa: PLC0415 - after the platform was chosen
    from PySide6.QtGui import QImage, QPainter  # noqa: PLC0415 - the same
    from PySide6.QtSvg import QSvgRenderer  # noqa: PLC0415 - the same

    image = QImage(SIDE, SIDE, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(DRAWING)).render(painter)
    painter.end()
    if not image.save(str(path)):
        raise OSError(path)
    return path
