"""`DIALOGS`: what is drawn of the dialogs about files, each with how to come there."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.pictures.views import PATIENCE_S, wait

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from ui.window import Window


@dataclass(frozen=True)
class Dialog:
    """How to open a dialog or menu above the window, and whether it is about a plan."""

    show: Callable[[Window], QWidget | None]
    of_plan: bool = False


def _import(tab: int) -> Dialog:
    def show(window: Window) -> QWidget | None:
        window.paper.import_path(messy_file())
        dialog = window.paper.importing
        if dialog is not None:
            wait(lambda: not dialog.work.looking, PATIENCE_S)
            assert dialog.work.seen is not None
            names = [each.name for each in dialog.work.seen.seen.sheets]
            dialog.sheets.setCurrentRow(names.index("Locaties"))
            dialog.tabs.setCurrentIndex(tab)
        return dialog

    return Dialog(show)


def _mapping(window: Window) -> QWidget | None:
    """Look through a workbook of another layout, with a question that is open."""
    import openpyxl  # noqa: PLC0415 - the scale is set before anything is loaded

    path = Path(tempfile.mkdtemp()) / "bezetting juli.xlsx"
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (
        ["Stand per 1 juli 2026"],
        ["Locatie", "Capaciteit", "Einddatum", "Gezin", "mannen", "categorie M", "Totaal"],
        ["N001", "1.250", "31-12-2027", 120, "<5", 4, 124],
        ["N002", 300, "onbepaald", 80, 20, 6, 106],
    ):
        sheet.append(row)
    book.save(path)
    window.paper.import_path(path)
    dialog = window.paper.importing
    if dialog is not None:
        wait(lambda: not dialog.work.looking, PATIENCE_S)
    return dialog


def _menu(place: str) -> Dialog:
    def show(window: Window) -> QWidget | None:
        from PySide6.QtWidgets import QMenu  # noqa: PLC0415 - the scale is set before Qt is loaded

        from ui.state import Menu  # noqa: PLC0415 - as above

        menus = [each.menu() for each in window.menuBar().actions()]
        menu = menus[list(Menu).index(Menu(place))]
        assert isinstance(menu, QMenu)
        menu.popup(window.mapToGlobal(window.rect().topLeft()))
        return menu

    return Dialog(show)


def _options(window: Window) -> QWidget | None:
    window.pages.options.show_below()
    return window.pages.options


def _help(window: Window) -> QWidget | None:
    window.show_help()
    from ui.help.window import HelpWindow  # noqa: PLC0415 - the scale is set before Qt is loaded

    return window.findChildren(HelpWindow)[0]


def _question(window: Window) -> QWidget | None:
    """Ask what is asked before unsaved work is left."""
    say = window.words.say
    options = [say(f"ask.unsaved.{each}") for each in ("save", "discard", "back")]
    box, _ = window.commands.asking.question(say("ask.unsaved.title"), say("ask.unsaved"), options)
    box.show()
    return box


def _message(window: Window) -> QWidget | None:
    """Tell what was found about the demo."""
    from ui.messages import MessageDialog  # noqa: PLC0415 - as above

    say = window.words.say
    found = window.session.checked.findings
    dialog = MessageDialog(window, window.words, say("title"), say("fault"), found)
    dialog.show()
    return dialog


def _report(window: Window) -> QWidget | None:
    before = window.paper.preview
    window.paper.preview_report()
    wait(lambda: window.paper.preview is not before, PATIENCE_S)
    return window.paper.preview


def messy_file() -> Path:
    """Return a copy of the small demo as people keep such files."""
    import openpyxl  # noqa: PLC0415 - the scale is set before anything is loaded

    from planner import api  # noqa: PLC0415 - as above
    from planner.core.texts import Language  # noqa: PLC0415 - as above

    path = Path(tempfile.mkdtemp()) / "locaties juni.xlsx"
    api.save_book(path, api.open_demo("small"), Language.NL)
    book = openpyxl.load_workbook(path)
    sheet: Any = book["Locaties"]
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
    "import": _import(1),
    "import_findings": _import(2),
    "import_mapping": Dialog(_mapping),
    "import_changes": _import(3),
    "report": Dialog(_report, of_plan=True),
    **{f"menu_{place}": _menu(place) for place in ("file", "edit", "calculate", "view", "help")},
    "calculation_options": Dialog(_options),
    "help": Dialog(_help),
    "question": Dialog(_question),
    "message": Dialog(_message),
}
