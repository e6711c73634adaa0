"""The program's icons, drawn from their files; loaded when the first is asked for."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

import resources


def draw_icon(name: str, colour: str, muted: str) -> QIcon:
    """Draw an icon; the drawing names its ink `currentColor`."""
    drawing = (resources.FOLDER / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    icon = QIcon()
    inks = [(QIcon.Mode.Normal, colour)]
    if muted != colour:  # else the style greys the picture itself
        inks.append((QIcon.Mode.Disabled, muted))
    for mode, ink in inks:
        renderer = QSvgRenderer(QByteArray(drawing.replace("currentColor", ink).encode()))
        for size in (16, 24, 32, 48, 64):
            picture = QPixmap(QSize(size, size))
            picture.fill(Qt.GlobalColor.transparent)
            painter = QPainter(picture)
            if mode is QIcon.Mode.Disabled:
                painter.setOpacity(0.5)
            renderer.render(painter)
            painter.end()
            icon.addPixmap(picture, mode)
    return icon
