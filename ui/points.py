"""Sentences as points of a list: what goes on in a further line stands below the first."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

if TYPE_CHECKING:
    from collections.abc import Sequence

INDENT = 1.1  # times the height of a letter, for the point


class Points(QLabel):
    """Shows sentences as they stand, though a name in them may look like markup."""

    def __init__(self) -> None:
        """Show none yet."""
        super().__init__()
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    def say(self, sentences: Sequence[str]) -> None:
        """Show sentences, each with a point before it."""
        beside = round(self.fontMetrics().height() * INDENT)
        points = "".join(
            f'<li style="margin-left:{beside}px">{escape(each)}</li>' for each in sentences
        )
        self.setText(f'<ul style="margin:0; -qt-list-indent:0">{points}</ul>' if points else "")
        self.setAccessibleName("\n".join(sentences))
