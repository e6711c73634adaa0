"""The members that are done, in a file beside the output, so that what was stopped can go on.

The first line says what the ensemble is of: the mark of the input and the decisions, how many
members, the seed. A file of another ensemble is refused, never mixed in.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

from planner.core.errors import UnusableInputError
from planner.core.texts import message
from planner.ensemble.member import Member

_VERSION = 2


class KeptMembers:
    """A file of members that are done, added to one by one."""

    def __init__(self, path: Path, mark: str) -> None:
        """Keep where the file is and what ensemble it must be of."""
        self._path = path
        self._head = {"version": _VERSION, "ensemble": mark}

    def read(self) -> tuple[Member, ...]:
        """Return the members that are done; none where there is no file.

        `UnusableInputError` where it is of another ensemble, or no such file. A last line that was
        cut short is left out: that member is worked out again.
        """
        if not self._path.exists():
            return ()
        lines = self._path.read_text(encoding="utf-8").splitlines()
        try:
            head = json.loads(lines[0]) if lines else {}
        except ValueError:
            head = {}
        if head != self._head:
            raise UnusableInputError(message("ensemble.other_file", file=str(self._path)))
        return tuple(_members(lines[1:]))

    def begin(self, members: tuple[Member, ...]) -> None:
        """Write the file anew with members that are done."""
        with self._path.open("w", encoding="utf-8") as file:
            file.write(json.dumps(self._head) + "\n")
            file.writelines(_line(each) for each in members)

    def add(self, member: Member) -> None:
        """Add a member, on the disk before the next is waited for."""
        with self._path.open("a", encoding="utf-8") as file:
            file.write(_line(member))
            file.flush()
            os.fsync(file.fileno())

    def remove(self) -> None:
        """Take the file away once its members stand elsewhere."""
        self._path.unlink(missing_ok=True)


def _line(member: Member) -> str:
    return json.dumps(vars(member)) + "\n"


def _members(lines: list[str]) -> Iterator[Member]:
    for line in lines:
        try:
            yield Member(**json.loads(line))
        except ValueError:
            return
