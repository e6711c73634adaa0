"""The message dialog: a text, and the findings that explain it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QWidget

from ui.results.model import ResultModel, ShownColumn
from ui.results.table import ResultGrid
from ui.widgets import column, heading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.core.errors import Finding
    from ui.words import Words


WIDTH, WITH_ROWS = 70, 150  # characters, without and with findings
LINES = 10  # of text, beside what each finding takes
ROWS = 12  # findings that are seen at once


class MessageDialog(QDialog):
    """A message, with a table of findings where there are any."""

    def __init__(
        self,
        parent: QWidget | None,
        words: Words,
        title: str,
        text: str,
        findings: Sequence[Finding],
    ) -> None:
        """Show a message."""
        super().__init__(parent)
        self.setWindowTitle(title)
        told = heading(1.0)
        told.setText(text)
        model = ResultModel(
            [
                ShownColumn("cell"),
                ShownColumn("severity"),
                ShownColumn("what"),
                ShownColumn("todo"),
            ],
            words,
        )
        table = ResultGrid(model)
        table.setAccessibleName(words.say("tables.findings_name"))
        model.show(
            [
                (
                    f"{each.sheet}!{each.cell}" if each.cell else each.sheet,
                    each.severity.label,
                    each.what,
                    each.todo,
                )
                for each in findings
            ]
        )
        table.setVisible(bool(findings))
        buttons = QDialogButtonBox()
        close = buttons.addButton(words.say("ask.close"), QDialogButtonBox.ButtonRole.AcceptRole)
        close.setDefault(True)
        buttons.accepted.connect(self.accept)
        page = column(told, table, buttons, margin=16, spacing=12)
        layout = page.layout()
        if layout is not None:
            self.setLayout(layout)
        width = self.fontMetrics().averageCharWidth()
        lines = LINES + 2 * min(len(findings), ROWS)
        self.resize(width * (WITH_ROWS if findings else WIDTH), self.fontMetrics().height() * lines)
