"""A list beside a page to choose from; no part of the start, which Qt's lists would hold up."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QListWidget, QListWidgetItem


def side_list() -> QListWidget:
    """Return a list to choose a page from; its lines are as high as a finger needs."""
    made = QListWidget()
    made.setUniformItemSizes(True)
    height = made.fontMetrics().height()
    made.setIconSize(QSize(height, height))
    return made


def side_item(text: str) -> QListWidgetItem:
    """Return a line of such a list."""
    made = QListWidgetItem(text)
    made.setSizeHint(QSize(0, int(QFontMetrics(QFont()).height() * 2)))
    return made
