"""Files beside the open book: one that is taken over, one that is marked, one that is printed.

What each needs is loaded when it is first asked for.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from ui.chunked_work import ChunkedWork
from ui.state import Step
from ui.widgets import Notice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from PySide6.QtWidgets import QWidget

    from planner.core.errors import Finding
    from planner.importing.mapping import ImportMapping
    from planner.importing.service import Seen
    from planner.jobs.file_requests import EarlierPlan
    from planner.jobs.requests import BookState
    from ui.files.print_preview import PrintPreview
    from ui.importing.dialog import ImportDialog
    from ui.importing.work import ImportWay, ImportWork
    from ui.services import Services
    from ui.session import Made
    from ui.theme import Theme
    from ui.words import Words

DOTS = 150  # to an inch: sharp enough for a screen and for paper
MAPPING = "json"  # the ending of a mapping's file
UNREAD = frozenset({"finding.column_unknown", "finding.columns_absent", "finding.no_header"})


class ReportActions:
    """Opens the dialogs about files, and offers one where a file was not wholly recognised."""

    def __init__(  # noqa: PLR0913 - what it stands on
        self,
        window: QWidget,
        desk: Callable[[], Services],
        words: Words,
        theme: Theme,
        *,
        store: Path,
        go_to: Callable[[Step], None],
    ) -> None:
        """Work above a window; `store` keeps what was chosen about files taken over."""
        self._window = window
        self._go_to = go_to
        self._desk = desk
        self._words = words
        self._theme = theme
        self._store = store
        self._path: Path | None = None  # the open file, where some of it was not recognised
        self._unread = 0
        self.notice = Notice("remark")
        self._look = self.notice.add_button(self._look_closer)
        self._dismiss = self.notice.add_button(lambda: self.offer(None))
        self.importing: ImportDialog | None = None
        self.preview: PrintPreview | None = None
        self._unpacking = ChunkedWork(window)
        words.changed.connect(self.reword)

    def import_file(self) -> None:
        """Ask for a file and look through it."""
        path = self._desk().commands.asking.open_path()
        if path is not None:
            self.import_path(path)

    def import_text(self, text: str) -> None:
        """Look through a text that was pasted, as through a file."""
        folder = Path(tempfile.mkdtemp(prefix="opvangplan-"))
        path = folder / self._words.say("import.pasted")
        path.write_text(text, encoding="utf-8")
        self.import_path(path)
        if self.importing is not None:
            self.importing.finished.connect(lambda _: shutil.rmtree(folder, ignore_errors=True))

    def import_path(self, path: Path) -> None:
        """Look through a file; nothing of it is taken over before the user says so."""
        from ui.importing.dialog import ImportDialog  # noqa: PLC0415 - not needed to start
        from ui.importing.work import ImportWork  # noqa: PLC0415 - as above

        desk = self._desk()
        work = ImportWork(path, desk.session, desk.jobs, self._store, self._words.language)
        dialog = ImportDialog(self._window, work, self._words, self._theme)
        dialog.wanted.connect(self._take_over)
        dialog.marking_wanted.connect(lambda found: self._mark(path, found))
        dialog.mapping_wanted.connect(lambda: self._read_by(work))
        dialog.keeping_wanted.connect(lambda mapping: self._keep_apart(path, mapping))
        self.importing = dialog
        dialog.open()
        work.look()

    def mark_findings(self) -> None:
        """Write a copy of the open workbook with what was found in its cells."""
        from planner.jobs.file_requests import WriteOwnFindings  # noqa: PLC0415 - not needed to start

        session, language = self._desk().session, self._words.language
        if not session.is_open:
            return
        source = None if session.unsaved else session.origin.path
        scenario = session.scenario or None
        self._desk().commands.write(
            "mark",
            lambda path: WriteOwnFindings(path, source, scenario, language),
            session.state,
        )

    def write_support_report(self) -> None:
        """Ask where to write what helps somebody who helps the user, and write it."""
        from planner.core.errors import TargetInUseError  # noqa: PLC0415 - not needed to start
        from planner.input.records import TABLES  # noqa: PLC0415 - as above
        from ui.files.support_report import WindowSummary, write_support_report  # noqa: PLC0415 - as above

        asking, session, words = self._desk().commands.asking, self._desk().session, self._words
        title = words.say("ask.support")
        path = asking.save_path(title, words.say("ask.support.name"))
        if path is None:
            return
        sheets = {each.key: session.sheet(each.key) for each in TABLES}
        rows = {key: len(sheet.frame) for key, sheet in sheets.items() if sheet is not None}
        standing = WindowSummary(words.language.value, rows, len(session.plans))
        try:
            write_support_report(path, self._store.parent, standing)
        except TargetInUseError as fault:
            asking.inform(title, fault.told.text(words.language))
            return
        asking.inform(title, words.say("support.written", file=path.name))

    def write_report(self) -> None:
        """Ask where to write the printable report of the plan and write it."""
        from planner.jobs.file_requests import WriteReport  # noqa: PLC0415 - not needed to start

        plans, language, name = self._desk().session.plans, self._words.language, self._name()
        if plans:
            earlier = self._earlier(plans)
            self._desk().commands.write(
                "report",
                lambda path: WriteReport(path, plans[0].plan, name, language, earlier),
                plans[0].state,
                beside=_states(plans),
            )

    def write_one_page(self) -> None:
        """Ask where to write the page for who decides and write it."""
        from planner.jobs.file_requests import WriteOnePage  # noqa: PLC0415 - not needed to start

        plans, language, name = self._desk().session.plans, self._words.language, self._name()
        if plans:
            self._desk().commands.write(
                "one_page",
                lambda path: WriteOnePage(path, plans[0].plan, name, language),
                plans[0].state,
            )

    def preview_report(self) -> None:
        """Show the pages of that report, to read, to print or to save."""
        from planner.jobs.file_requests import DrawReport  # noqa: PLC0415 - not needed to start

        plans = self._desk().session.plans
        if plans:
            task = DrawReport(
                plans[0].plan,
                self._name(),
                self._words.language,
                DOTS,
                self._earlier(plans),
            )
            commands = self._desk().commands
            commands.run(
                task, self._show_pages, ("busy.report", "report"), plans[0].state, _states(plans)
            )

    def offer(self, path: Path | None) -> None:
        """Offer to look closer into a file that was opened, where some was not recognised."""
        found = self._desk().session.checked.findings if path is not None else ()
        self._unread = sum(map(_unread, found))
        self._path = path if self._unread else None
        self.reword()

    def reword(self) -> None:
        """Say everything again in the language in use."""
        self._look.setText(self._words.say("import.choose"))
        self._dismiss.setText(self._words.say("import.dismiss"))
        self.notice.say(
            self._words.say("import.unread", count=self._unread) if self._path is not None else ""
        )

    def _look_closer(self) -> None:
        if self._path is not None:
            self.import_path(self._path)

    def _take_over(self, way: ImportWay, seen: Seen) -> None:
        """Do what was OK'd: one step of the open book, or a workbook of its own."""
        from planner.jobs.file_requests import WriteTaken  # noqa: PLC0415 - not needed to start

        desk, language = self._desk(), self._words.language
        if way.how is not None:
            self._finish(seen)
            self._go_to(Step.DATA)
            # By and by, and last: whatever asks for the book would have it done at once.
            desk.session.edit("undo.import", iter([seen.takeover.edits]))
            return

        def written(path: Path) -> None:
            self._finish(seen)
            desk.commands.open_path(path)

        edits = seen.takeover.edits
        desk.commands.write(
            "import_new",
            lambda path: WriteTaken(path, edits, language),
            doing="busy.save",
            then=written,
        )

    def _finish(self, seen: Seen) -> None:
        """Close the dialog and keep what was chosen for the next file of this shape."""
        from planner.jobs.file_requests import (  # noqa: PLC0415 - not needed to start
            KeepChoices,
            KeepMapping,
        )

        dialog, self.importing = self.importing, None
        if dialog is None:
            return
        commands = self._desk().commands
        if seen.mapping is not None:
            kept = KeepMapping(self._store, seen.mapping)
            commands.run(kept, lambda _kept: None, ("busy.save", "keep"))
        elif dialog.work.to_keep:
            task = KeepChoices(self._store, seen.shape, seen.choices)
            commands.run(task, lambda _kept: None, ("busy.save", "keep"))
        dialog.accept()
        self.offer(None)

    def _read_by(self, work: ImportWork) -> None:
        """Ask for the file of a mapping, and have the file that is looked through read by it."""
        from planner.core.errors import UnusableInputError  # noqa: PLC0415 - not needed to start
        from planner.importing.mapping import read_mapping  # noqa: PLC0415 - as above

        asking, title = self._desk().commands.asking, self._words.say("import.read_by")
        path = asking.open_other(title, MAPPING)
        if path is None:
            return
        try:
            work.read_by(read_mapping(path))
        except UnusableInputError as fault:
            asking.inform(title, fault.told.text(self._words.language), fault.findings)

    def _keep_apart(self, source: Path, mapping: ImportMapping) -> None:
        """Ask where to write a mapping, to mail it or to read next month's file by."""
        from planner.core.errors import TargetInUseError  # noqa: PLC0415 - not needed to start
        from planner.importing.mapping import write_mapping  # noqa: PLC0415 - as above

        asking, title = self._desk().commands.asking, self._words.say("import.keep")
        path = asking.save_path(title, f"{source.stem}.{MAPPING}")
        if path is None:
            return
        try:
            write_mapping(path, mapping)
        except TargetInUseError as fault:
            asking.inform(title, fault.told.text(self._words.language))

    def _mark(self, source: Path, found: Sequence[Finding]) -> None:
        from planner.jobs.file_requests import WriteFindings  # noqa: PLC0415 - not needed to start

        language = self._words.language
        self._desk().commands.write(
            "mark", lambda path: WriteFindings(path, source, tuple(found), language)
        )

    def _show_pages(self, pages: Sequence[bytes]) -> None:
        """Unpack the pages between other events, then show them."""
        from ui.files.print_preview import PrintPreview, unpacked  # noqa: PLC0415 - not needed to start

        def unpack() -> Iterator[None]:
            pictures = []
            for each in unpacked(pages):
                pictures.append(each)
                yield
            self.preview = PrintPreview(self._window, self._words, pictures)
            self.preview.saving_wanted.connect(self.write_report)
            self.preview.open()

        self._unpacking.begin(unpack())

    def _earlier(self, plans: Sequence[Made]) -> EarlierPlan | None:
        """Return the plan before the one that is shown, for the page on what differs."""
        from planner.jobs.file_requests import EarlierPlan  # noqa: PLC0415 - not needed to start

        before = [each for each in plans[1:] if each.plan.found]
        if not before:
            return None
        scenario = self._words.called(before[0].plan.scenario)
        name = self._words.say("comparison.of.before", scenario=scenario)
        return EarlierPlan(before[0].plan, before[0].state.version, name)

    def _name(self) -> str:
        origin = self._desk().session.origin
        return origin.path.stem if origin.path is not None else f"demo-{origin.demo}"


def _states(plans: Sequence[Made]) -> tuple[BookState, ...]:
    return tuple(each.state for each in plans)


def _unread(finding: Finding) -> bool:
    """Whether a finding is of something that could be recognised after all."""
    if finding.what.key == "finding.sheet_unknown":
        return finding.todo.key == "finding.sheet_unknown.nearest"
    return finding.what.key in UNREAD
