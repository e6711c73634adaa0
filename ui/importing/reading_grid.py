"""What the panels of an import are made of: a grid to read, and a choice within it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QTableWidget


def reading_grid(line: float) -> QTableWidget:
    """Return an empty grid to read, its rows so many times as high as the text."""
    made = QTableWidget()
    made.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    made.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    made.setTabKeyNavigation(False)
    made.setWordWrap(False)
    height = int(made.fontMetrics().height() * line)
    made.verticalHeader().setMinimumSectionSize(height)
    made.verticalHeader().setDefaultSectionSize(height)
    made.horizontalHeader().setHighlightSections(False)
    made.horizontalHeader().setDefaultAlignment(
        Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    )
    return made
