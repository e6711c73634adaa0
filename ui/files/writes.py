"""Writing files for the window: never onto the work of somebody else, and with a way on.

A refusal is told with what can be done instead: a copy under another name, or, where the open file
was changed by another program, to replace that.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol

from planner.files.guarding import HeldFile, Written
from planner.jobs.requests import BookState, ExportPlan, Failed, GuardedWrite, SaveBook
from ui.jobs import Job

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from planner.jobs.requests import Task
    from ui.dialogs import Asking
    from ui.session import Session
    from ui.words import Words

CHANGED, OTHER_KIND = "file.changed", "file.other_kind"
# Saving would lose something; where a new workbook alone is possible, that is offered.
ANEW = "file.not_in_place"
LOSSES = {"file.would_lose": "ask.save_without", ANEW: "ask.copy_without"}
IN_THE_WAY = frozenset(
    {
        "file.in_use", "file.not_writable", "file.no_folder",
        "file.no_plain_target", "file.name_too_long", "file.disk_full",
        "file.open_at", "file.is_open_input", CHANGED,
        OTHER_KIND,
    }
)  # fmt: skip


@dataclass(frozen=True)
class Writing:
    """What is to be written: the task for a place, what follows, what is said meanwhile.

    `beside` are other states of the book that the task names.
    `saves` is whether it may take the place of the open file; `replaces` whether also of what
    another program made of it.
    """

    task: Callable[[Path], Task]
    done: Callable[[Written], None]
    doing: str
    state: BookState | None = None
    saves: bool = False
    replaces: bool = False
    beside: tuple[BookState, ...] = ()


class OpenAt(Protocol):
    """Who asks the user, and what our lock on the open file is signed with."""

    asking: Asking
    signature: Callable[[], str]


class Writes:
    """Writes to places that the user chose."""

    def __init__(
        self,
        session: Session,
        words: Words,
        open_at: OpenAt,
        run: Callable[[Job[Any], str], None],
        failed: Callable[[Failed], None],
    ) -> None:
        """Write for a session; `failed` tells what no other place would mend."""
        self._at = open_at
        self._session = session
        self._words = words
        self._run = run
        self._failed = failed
        self._agreed: dict[tuple[int, Path], bool] = {}  # where it may lose, and whether anew

    def write(self, path: Path, writing: Writing) -> None:
        """Write something; where that may not be, offer a copy elsewhere."""
        task = GuardedWrite(self._task(path, writing), path, self._held(writing), writing.saves)

        def failed(failure: Failed) -> None:
            if failure.told.key in LOSSES:
                self._ask_without(path, writing, failure)
            elif failure.told.key in IN_THE_WAY:
                self._ask(path, writing, failure)
            else:
                self._failed(failure)

        job = Job(task, writing.done, failed, writing.state, beside=writing.beside)
        self._run(job, writing.doing)

    def _task(self, path: Path, writing: Writing) -> Task:
        """Return the task for a place, with what the user agreed to lose of this book there."""
        task = writing.task(path)
        anew = self._agreed.get((_token(writing), path))
        if anew is None:
            return task
        if isinstance(task, SaveBook):
            return replace(task, lossy=True, anew=anew)
        return replace(task, anew=anew) if isinstance(task, ExportPlan) else task

    def _ask_without(self, path: Path, writing: Writing, failure: Failed) -> None:
        """Say what would be lost, and go on as the user chooses; a new workbook goes elsewhere."""
        key, anew = failure.told.key, failure.told.key == ANEW
        options = [self._words.say(each) for each in (LOSSES[key], "ask.unsaved.back")]
        title, told = self._words.say("failed.save.title"), self._words.tell(failure.told)
        if self._at.asking.choose(title, told, options) != 0:
            return
        to: Path | None = path
        if anew:
            name = self._words.say("ask.copy.name", name=path.stem) + ".xlsx"
            to = self._at.asking.save_path(options[0], name)
        if to is not None:
            self._agreed[_token(writing), to] = anew
            self.write(to, writing)

    def _held(self, writing: Writing) -> HeldFile | None:
        path = self._session.origin.path
        if path is None:
            return None
        stamp = None if writing.replaces else self._session.stamp
        return HeldFile(path, stamp, self._at.signature())

    def _ask(self, path: Path, writing: Writing, failure: Failed) -> None:
        """Say why a file was not written, and go on as the user chooses."""
        keys = ["ask.copy", "ask.unsaved.back"]
        if failure.told.key == CHANGED:
            keys.insert(1, "ask.replace")
        options = [self._words.say(key) for key in keys]
        title, told = self._words.say("failed.save.title"), self._words.tell(failure.told)
        chosen = keys[self._at.asking.choose(title, told, options)]
        if chosen == "ask.replace":
            self.write(path, replace(writing, replaces=True))
        elif chosen == "ask.copy":
            ending = ".xlsx" if failure.told.key == OTHER_KIND else path.suffix
            name = self._words.say("ask.copy.name", name=path.stem) + ending
            other = self._at.asking.save_path(options[0], name)
            if other is not None:
                self.write(other, writing)


def _token(writing: Writing) -> int:
    """Return which book is written."""
    return 0 if writing.state is None else writing.state.token
