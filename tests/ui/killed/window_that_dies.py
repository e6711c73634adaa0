"""A window that works by itself until somebody kills it, and says each thing that it has done.

Run as a program: the folder with the workbooks, and a seed. On standard output, one line each:
`at` a book that is open, `did` a state that a user has seen, `doing` what may be under way.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from multiprocessing import active_children
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from planner.core.texts import Language
from planner.input.edits import Edit, SetCell
from ui import app
from ui.dialogs import Asking
from ui.files.recovery import left_behind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.core.errors import Finding
    from planner.input.book import Book
    from ui.session import Session
    from ui.window import Window

SEEN = {"locations": ("name", "beds"), "occupancy": ("people",)}
BOOKS = ("a.xlsx", "b.xlsx")
EVERY_MS = 15


def say(kind: str, **fields: object) -> None:
    sys.stdout.write(f"{json.dumps({'kind': kind, **fields})}\n")
    sys.stdout.flush()


def seen_in(book: Book) -> dict[str, object]:
    """Return what a user sees of a book: the name of the first location, and all in short."""
    cells = [
        [str(value) for value in book.frame(table)[column]]
        for table, columns in SEEN.items()
        for column in columns
    ]
    whole = hashlib.sha256(json.dumps(cells).encode()).hexdigest()
    return {"name": str(book.frame("locations")["name"].iloc[0]), "whole": whole}


class Alone(Asking):
    """Answers by itself: saves under the name of the moment, and always goes on."""

    saving: Path

    def save_path(self, title: str, name: str, also: Sequence[str] = ()) -> Path | None:
        del title, name, also
        return self.saving

    def choose(self, title: str, text: str, options: Sequence[str]) -> int:
        say("asked", title=title, text=text, options=list(options))
        return 1 if "Toch vervangen" in options else 0

    def inform(self, title: str, text: str, findings: Sequence[Finding] = ()) -> None:
        del findings
        say("told", title=title, text=text)


class Busy:
    """Edits, takes back, saves and kills its own engine, as chance will have it."""

    def __init__(self, window: Window, folder: Path, seed: int) -> None:
        self.window = window
        self.folder = folder
        self.chance = Random(seed)  # noqa: S311 - no secret
        self.asking = Alone(window.words)
        self.asking.saving = folder / BOOKS[0]
        window.commands.asking = self.asking
        window.commands.wrote.connect(lambda path: say("wrote", path=str(path)))
        self.number = 0
        self.owes_word = False  # a long step is seen, and still being written down
        self.timer = QTimer()
        self.timer.setInterval(EVERY_MS)
        self.timer.timeout.connect(self.act)

    @property
    def session(self) -> Session:
        return self.window.session

    def begin(self) -> None:
        """Get lost work back, else open the workbook that is named last."""
        commands = self.window.commands
        found = left_behind(app.data_folder() / "journals")
        say("found", left=len(found.left), unreadable=len(found.unreadable))
        last = self.folder / "last"
        path = self.folder / (last.read_text() if last.exists() else BOOKS[0])
        if found.left:
            commands.recover(found.left[0])
        else:
            commands.opened.connect(lambda _: self.go_on())
            commands.open_path(path)
            return
        # The book is adopted before its steps are done; another turn comes after both.
        commands.opened.connect(lambda _: QTimer.singleShot(0, self.go_on))

    def go_on(self) -> None:
        say("at", path=str(self.session.origin.path), **self.state())
        self.timer.start()

    def state(self) -> dict[str, object]:
        desk = self.session._desk  # noqa: SLF001 - reading a table would end what goes on
        assert desk is not None
        return seen_in(desk.book)

    def act(self) -> None:
        if self.owes_word:
            self.say_done()
            return
        kind = self.chance.choices(
            ["cell", "paste", "undo", "redo", "save", "save as", "engine"],
            [30, 6, 8, 5, 6, 2, 1],
        )[0]
        if kind in {"cell", "paste"}:
            self.edit(1 if kind == "cell" else self.chance.choice([50, 400, 1500]))
        elif kind in {"undo", "redo"}:
            say("doing", walk=kind)
            (self.session.undo if kind == "undo" else self.session.redo)()
            self.session.settle()
            self.say_done()
        elif kind == "engine":
            for child in active_children():
                child.kill()
        elif not self.window.jobs.at_desk:
            self.save(elsewhere=kind == "save as")

    def edit(self, cells: int) -> None:
        self.number += 1
        name = f"{os.getpid()}-{self.number}"
        locations = self.session.sheet("locations")
        counted = self.session.sheet("occupancy")
        assert locations is not None
        assert counted is not None
        edits: list[Edit] = [SetCell("locations", int(locations.frame.index[0]), "name", name)]
        rows = [int(each) for each in counted.frame.index]
        edits.extend(
            SetCell("occupancy", rows[at % len(rows)], "people", self.number + at)
            for at in range(cells - 1)
        )
        say("doing", name=name)
        self.session.edit("undo.cell", edits)
        self.session.settle()
        self.say_done()

    def say_done(self) -> None:
        """Say what is seen, once it is written down: some milliseconds later for a long step."""
        self.owes_word = self.window.commands._journal._by_and_by._work is not None  # noqa: SLF001 - whether a long step is still being written
        if not self.owes_word:
            say("did", **self.state())

    def save(self, *, elsewhere: bool) -> None:
        self.asking.saving = self.folder / self.chance.choice(BOOKS)
        if elsewhere:
            say("doing", path=str(self.asking.saving))
            self.window.commands.save_as()
        else:
            say("doing", path=str(self.session.origin.path))
            self.window.commands.save()


def main() -> int:
    folder, seed = Path(sys.argv[1]), int(sys.argv[2])
    made = app.application()
    window = app.assemble(app.data_folder(), Language.NL)
    window.show()
    busy = Busy(window, folder, seed)
    say("up")
    QTimer.singleShot(0, busy.begin)
    return int(made.exec())


if __name__ == "__main__":
    sys.exit(main())
