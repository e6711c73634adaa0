"""The program's icons, drawn from their files; loaded when the first is asked for."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

import resources

PALE = 0.75  # of its ink; still 3 to 1 on every ground


def draw_icon(name: str, colour: str, muted: str) -> QIcon:
    """Draw an icon, and paler in the muted ink for what cannot be used.

    The drawing names its ink `currentColor`.
    """
    drawing = (resources.FOLDER / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    icon = QIcon()
    for mode, ink in ((QIcon.Mode.Normal, colour), (QIcon.Mode.Disabled, muted)):
        renderer = QSvgRenderer(QByteArray(drawing.replace("currentColor", ink).encode()))
        for size in (16, 24, 32, 48, 64):
            picture = QPixmap(QSize(size, size))
            picture.fill(Qt.GlobalColor.transparent)
            painter = QPainter(picture)
            if mode is QIcon.Mode.Disabled:
                painter.setOpacity(PALE)
            renderer.render(painter)
            painter.end()
            icon.addPixmap(picture, mode)
    return icon
