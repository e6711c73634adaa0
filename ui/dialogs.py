"""Questions and messages to the user: files to open and save, a choice, a list of findings.

Everything that waits for an answer goes through `Asking`, so that a test can answer. Buttons have
our own words, for Qt's own are not translated in every installation.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QPushButton, QWidget

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.core.errors import Finding
    from ui.words import Words

WORKBOOKS = ("xlsx", "xlsm", "ods", "xls", "csv", "tsv")
PICTURES = ("png", "svg", "pdf")


class Asking:
    """Asks and tells with dialogs above a window."""

    def __init__(self, words: Words) -> None:
        """Ask in the language in use, above the window that `parent` is set to."""
        self.parent: QWidget | None = None
        self._words = words
        self.folder = Path.home()  # where the last file was opened or saved

    def open_path(self) -> Path | None:
        """Ask which workbook to open; nothing when the user thinks better of it."""
        patterns = " ".join(f"*.{ending}" for ending in WORKBOOKS)
        kinds = f"{self._words.say('ask.files')} ({patterns})"
        dialog = self.file_dialog(self._words.say("ask.open"), self.folder, kinds)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        return self._remember(_asked(dialog))

    def open_other(self, title: str, ending: str) -> Path | None:
        """Ask which file of another kind to open, by its ending."""
        dialog = self.file_dialog(title, self.folder, self._kind(ending))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        return self._remember(_asked(dialog))

    def save_path(self, title: str, name: str, also: Sequence[str] = ()) -> Path | None:
        """Ask where to write a file, with a name to begin from; its ending tells the kind.

        `also` are the endings of other kinds that it can be.
        """
        ending = Path(name).suffix.lstrip(".") or "xlsx"
        kinds = {self._kind(each): each for each in (ending, *also)}
        dialog = self.file_dialog(title, self.folder / name, ";;".join(kinds))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        # Else a name without its ending would be asked about as another file than is written.
        dialog.setDefaultSuffix(ending)
        dialog.filterSelected.connect(lambda kind: dialog.setDefaultSuffix(kinds[kind]))
        return self._remember(_asked(dialog), ending)

    def _kind(self, ending: str) -> str:
        """Return a kind of file as a dialog lists it."""
        named = {"xlsx": "ask.workbooks", "ods": "ask.open_workbooks", "odt": "ask.open_texts"}
        said = self._words.say(named[ending]) if ending in named else ending.upper()
        return f"{said} (*.{ending})"

    def picture_path(self, title: str) -> Path | None:
        """Ask where to write a chart."""
        kinds = ";;".join(f"{ending.upper()} (*.{ending})" for ending in PICTURES)
        dialog = self.file_dialog(self._words.say("ask.chart"), self.folder / f"{title}.png", kinds)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("png")
        dialog.filterSelected.connect(lambda kind: dialog.setDefaultSuffix(kind[:3].lower()))
        chosen = _asked(dialog)
        return self._remember(chosen, dialog.selectedNameFilter()[:3].lower() or "png")

    def file_dialog(self, title: str, begin: Path, kinds: str) -> QFileDialog:
        """Return a dialog for a file, which begins in a folder or at a file.

        Qt's Dutch lacks two of its labels.
        """
        folder, name = (begin, "") if begin.is_dir() else (begin.parent, begin.name)
        dialog = QFileDialog(self.parent, title, str(folder), kinds)
        labels = QFileDialog.DialogLabel
        dialog.setLabelText(labels.LookIn, self._words.say("ask.look_in"))
        dialog.setLabelText(labels.FileType, self._words.say("ask.file_type"))
        if name:
            dialog.selectFile(name)
        return dialog

    def choose(self, title: str, text: str, options: Sequence[str]) -> int:
        """Ask to choose one of the options; the last one when the dialog is closed."""
        box, buttons = self.question(title, text, options)
        box.exec()
        clicked = box.clickedButton()
        return next((at for at, each in enumerate(buttons) if each is clicked), len(options) - 1)

    def question(
        self, title: str, text: str, options: Sequence[str]
    ) -> tuple[QMessageBox, list[QPushButton]]:
        """Return the dialog that asks, with its buttons in the order of the options."""
        box = QMessageBox(self.parent)
        box.setWindowTitle(title)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(text)
        buttons = [box.addButton(each, QMessageBox.ButtonRole.ActionRole) for each in options]
        box.setDefaultButton(buttons[0])
        box.setEscapeButton(buttons[-1])
        return box, buttons

    def inform(self, title: str, text: str, findings: Sequence[Finding] = ()) -> None:
        """Tell something, with the findings that explain it."""
        from ui.messages import MessageDialog  # noqa: PLC0415 - not needed to start

        dialog = MessageDialog(self.parent, self._words, title, text, findings)
        dialog.exec()

    def _remember(self, chosen: str, ending: str = "") -> Path | None:
        if not chosen:
            return None
        path = Path(chosen)
        self.folder = path.parent
        return path if path.suffix or not ending else path.with_suffix(f".{ending}")


def _asked(dialog: QFileDialog) -> str:
    """Return the path that was chosen; empty when the user thought better of it."""
    chosen = dialog.selectedFiles() if dialog.exec() else []
    dialog.deleteLater()
    return chosen[0] if chosen else ""
