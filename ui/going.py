"""What is going on now, in the line below the window and on the start page."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QLabel

    from ui.widgets import Notice
    from ui.words import Words


class Doing(NamedTuple):
    """Something that takes a while: its text in the catalogue, and what stands in it."""

    key: str
    fields: Mapping[str, object]


class Going:
    """Says what is being done and whether the engine answers, in the language in use."""

    def __init__(self, line: QLabel, start: Notice, words: Words) -> None:
        """Say it in a line that is always in view, and on the start page."""
        self._line = line
        self._start = start
        self._words = words
        self._doing: Doing | None = None
        self._silent = False
        words.changed.connect(self._say)

    def tell(self, doing: Doing | None) -> None:
        """Say what is being done, or that nothing is."""
        self._doing = doing
        self._say()

    def tell_silence(self, *, silent: bool) -> None:
        """Say that the engine gives no sign of life, or no longer."""
        self._silent = silent
        self._say()

    def _say(self) -> None:
        doing = self._doing
        said = "" if doing is None else self._words.say(doing.key, **doing.fields)
        self._start.say(said)
        self._line.setText(self._words.say("busy.silent") if self._silent else said)
