"""Writing files for the window: never onto the work of somebody else, and with a way on.

A refusal is told with what can be done instead: a copy under another name, or, where the open file
was changed by another program, to replace that.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from planner.tasks import BookState, Failed, GuardedWrite
from planner.workbook.guarding import HeldFile, Written
from ui.jobs import Job

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from planner.tasks import Task
    from ui.asking import Asking
    from ui.session import Session
    from ui.words import Words

CHANGED = "file.changed"
IN_THE_WAY = frozenset(
    {
        "file.in_use", "file.not_writable", "file.no_folder",
        "file.no_plain_target", "file.name_too_long", "file.disk_full",
        "file.open_at", "file.is_open_input", CHANGED,
    }
)  # fmt: skip


@dataclass(frozen=True)
class Writing:
    """What is to be written: the task for a place, what follows, what is said meanwhile.

    `saves` is whether it may take the place of the open file; `replaces` whether also of what
    another program made of it.
    """

    task: Callable[[Path], Task]
    done: Callable[[Written], None]
    doing: str
    state: BookState | None = None
    saves: bool = False
    replaces: bool = False


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
        run: Callable[[Job, str], None],
        failed: Callable[[Failed], None],
    ) -> None:
        """Write for a session; `failed` tells what no other place would mend."""
        self._at = open_at
        self._session = session
        self._words = words
        self._run = run
        self._failed = failed

    def write(self, path: Path, writing: Writing) -> None:
        """Write something; where that may not be, offer a copy elsewhere."""
        task = GuardedWrite(writing.task(path), path, self._held(writing), writing.saves)

        def failed(failure: Failed) -> None:
            if failure.told.key in IN_THE_WAY:
                self._ask(path, writing, failure)
            else:
                self._failed(failure)

        self._run(Job(task, writing.done, failed, writing.state), writing.doing)

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
            name = self._words.say("ask.copy.name", name=path.stem) + path.suffix
            other = self._at.asking.save_path(options[0], name)
            if other is not None:
                self.write(other, writing)
