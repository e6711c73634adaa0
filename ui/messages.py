"""The message dialog: a text, and the findings that explain it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QWidget

from ui.results.model import ResultModel, ShownColumn
from ui.results.table import ResultGrid
from ui.widgets import column, heading, plain_label

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
        table.setVisible(len(findings) > 1)
        about = plain_label()
        about.setWordWrap(True)
        about.setText(_said_once(text, findings[0], words) if len(findings) == 1 else "")
        about.setVisible(bool(about.text()))
        buttons = QDialogButtonBox()
        close = buttons.addButton(words.say("ask.close"), QDialogButtonBox.ButtonRole.AcceptRole)
        close.setDefault(True)
        buttons.accepted.connect(self.accept)
        page = column(told, about, table, buttons, margin=16, spacing=12)
        layout = page.layout()
        if layout is not None:
            self.setLayout(layout)
        width = self.fontMetrics().averageCharWidth()
        rows = len(findings) if len(findings) > 1 else 0
        lines = LINES + 2 * min(rows, ROWS)
        self.resize(width * (WITH_ROWS if rows else WIDTH), self.fontMetrics().height() * lines)


def _said_once(text: str, finding: Finding, words: Words) -> str:
    """Return a finding as sentences below a text, without what that says already."""
    where = f"{finding.sheet}!{finding.cell}" if finding.cell else finding.sheet
    parts = (where, words.value(finding.what), words.value(finding.todo))
    fresh = [each for each in parts if each and each.casefold() not in text.casefold()]
    said = "; ".join(fresh)
    return f"{said[:1].upper()}{said[1:]}." if said else ""
