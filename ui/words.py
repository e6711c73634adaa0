"""The language of the window: words, numbers and dates, and a signal when it changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from planner.core.display_names import called
from planner.core.texts import (
    Language,
    Message,
    Text,
    say,
    show,
    show_date,
    show_month,
    show_number,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence


class Words(QObject):
    """Says everything in the language that the user chose; `changed` when that is another."""

    changed = Signal()

    def __init__(self, language: Language, parent: QObject | None = None) -> None:
        """Begin in a language."""
        super().__init__(parent)
        self._language = language

    @property
    def language(self) -> Language:
        """The language in use."""
        return self._language

    def choose(self, language: Language) -> None:
        """Go on in a language; every view is told to word itself again."""
        if language is not self._language:
            self._language = language
            self.changed.emit()

    def say(self, key: str, /, **fields: object) -> str:
        """Return a text of the catalogue; window texts go by their key without `window.`."""
        return say(f"window.{key}", self._language, **fields)

    def counted(self, noun: str, count: float, /) -> str:
        """Return a number, whole, with what is counted: the catalogue's `count.<noun>`."""
        return say(f"window.count.{noun}", self._language, count=self.number(count))

    def tell(self, told: Message) -> str:
        """Return a message of the engine in words."""
        text = told.text(self._language)
        return text[:1].upper() + text[1:]

    def title(self, text: Text) -> str:
        """Return a title in the language."""
        return text.in_(self._language)

    def called(self, name: object) -> str:
        """Return how a group or stream is called; the user's own go by their names."""
        return called(name).in_(self._language) if isinstance(name, str) else self.value(name)

    def value(self, value: object) -> str:
        """Return any value as a reader of the language writes it; nothing for an empty one."""
        if value is None:
            return ""
        import datetime as dt  # noqa: PLC0415 - not needed to start

        if isinstance(value, dt.datetime):
            return show_date(value.date(), self._language)
        return show(value, self._language)

    def number(self, value: float, digits: int | None = 0) -> str:
        """Return a number with the language's marks, whole unless told otherwise."""
        if round(value, 2 if digits is None else digits) == 0:
            value = 0.0  # never a minus before a nought
        return show_number(value, self._language, digits)

    def month(self, month: dt.date) -> str:
        """Return a month as its short name and year."""
        return show_month(month, self._language)

    def listed(self, parts: Sequence[str]) -> str:
        """Return the parts as a list within a sentence."""
        return ", ".join(parts)
