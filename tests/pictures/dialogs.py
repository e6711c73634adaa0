"""`DIALOGS`: what is drawn of the dialogs about files, each with how to come there."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.pictures.views import PATIENCE_S, wait

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QDialog

    from ui.window import Window


@dataclass(frozen=True)
class Dialog:
    """How to open a dialog above the window, and whether it is about a plan."""

    show: Callable[[Window], QDialog | None]
    of_plan: bool = False


def _import(tab: int) -> Dialog:
    def show(window: Window) -> QDialog | None:
        window.paper.import_path(messy_file())
        dialog = window.paper.importing
        if dialog is not None:
            wait(lambda: not dialog.work.looking, PATIENCE_S)
            names = [each.name for each in dialog.work.seen.seen.sheets]
            dialog.sheets.setCurrentRow(names.index("Locaties"))
            dialog.tabs.setCurrentIndex(tab)
        return dialog

    return Dialog(show)


def _report(window: Window) -> QDialog | None:
    before = window.paper.preview
    window.paper.preview_report()
    wait(lambda: window.paper.preview is not before, PATIENCE_S)
    return window.paper.preview


def messy_file() -> Path:
    """Return a copy of the small demo as people keep such files."""
    import openpyxl  # noqa: PLC0415 - the scale is set before anything is loaded

    from planner import workflow  # noqa: PLC0415 - as above
    from planner.texts import Language  # noqa: PLC0415 - as above

    path = Path(tempfile.mkdtemp()) / "locaties juni.xlsx"
    workflow.save_book(path, workflow.open_demo("small"), Language.NL)
    book = openpyxl.load_workbook(path)
    sheet = book["Locaties"]
    line = next(row for row in sheet.iter_rows() if row[0].value == "Locatiecode")
    titles = {cell.value: cell for cell in line}
    first, bed = line[0].row + 1, titles["Bedden"]
    bed.value = "Aantal bedden"
    sheet.cell(first, bed.column).value = 77
    sheet.cell(first + 2, titles["Provincie"].column).value = "Gronigen"
    sheet.cell(first + 3, titles["Gemeente"].column).value = "Assen"
    book["Provincies"].title = "Per provincie"
    book.save(path)
    return path


DIALOGS: dict[str, Dialog] = {
    "import": _import(0),
    "import_findings": _import(1),
    "import_changes": _import(2),
    "report": Dialog(_report, of_plan=True),
}
