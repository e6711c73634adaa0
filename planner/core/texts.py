"""The one catalogue of texts, Dutch and English, for the engine and the window.

Every sentence a user can read stands in `resources/texts/*.toml` under a key with its two
languages. Code carries a `Message` (key and fields) and turns it into words only when it is
shown, so that the language can change without losing anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import chain
from math import floor, log10
from threading import Lock
from typing import TYPE_CHECKING, Any

import resources

if TYPE_CHECKING:
    import datetime as dt

MONTH_NAMES = {
    "nl": ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
}
# Less than this is the solver's rounding and not an amount.
ROUNDING = 1e-4


class Language(StrEnum):
    """The two languages of the program."""

    NL = "nl"
    EN = "en"


@dataclass(frozen=True)
class Text:
    """A title or sentence in both languages."""

    nl: str
    en: str

    def in_(self, language: Language) -> str:
        """Return the text in a language."""
        return self.nl if language is Language.NL else self.en


@dataclass(frozen=True)
class Message:
    """A sentence of the catalogue with the values that stand in it; worded when shown."""

    key: str
    fields: tuple[tuple[str, object], ...] = ()

    def text(self, language: Language) -> str:
        """Return the sentence in a language."""
        return say(self.key, language, **dict(self.fields))

    @property
    def both(self) -> Text:
        """The sentence in both languages, for a table that is shown in either."""
        return Text(self.text(Language.NL), self.text(Language.EN))


def message(key: str, /, **fields: object) -> Message:
    """Make a message of the catalogue; the key must exist (`KeyError` otherwise)."""
    catalogue()[key]
    return Message(key, tuple(fields.items()))


def say(key: str, language: Language, /, **fields: object) -> str:
    """Return the catalogue's text for a key with its fields filled in.

    A number may stand with what it counts, for one and for more: `{count:bed|beds}` gives
    "1 bed" and "2 beds"; `{count:~is|are}` gives the word alone.
    """
    pattern = catalogue()[key].in_(language)
    return pattern.format(**{name: _Field(show(value, language)) for name, value in fields.items()})


class _Field(str):
    """A value as it is shown, that knows the word for one from the word for more."""

    __slots__ = ()

    def __format__(self, spec: str) -> str:
        one, stroke, more = spec.removeprefix("~").partition("|")
        if not stroke:
            return super().__format__(spec)
        word = one if self == "1" else more
        return word if spec.startswith("~") else f"{self} {word}"


@cache
def catalogue() -> Mapping[str, Text]:
    """Return every text by its key; a key that stands in two files is refused."""
    return _Catalogue()


class _Catalogue(Mapping[str, Text]):
    """The texts by their keys. A file is read when a key that may stand in it is asked for.

    The window asks for its own first, in the file of its name and then in those that begin with
    it: reading others is part of the time until it is seen.
    """

    def __init__(self) -> None:
        self._folder = resources.FOLDER / "texts"
        # Names, and not paths: comparing these is part of the time until the window is seen.
        names = (each.name for each in self._folder.iterdir())
        self._unread = sorted(each for each in names if each.endswith(".toml"))
        self._written: dict[str, tuple[str, str]] = {}
        self._keys: dict[str, list[str]] = {}
        self._made: dict[str, Text] = {}
        self._reading = Lock()

    def __getitem__(self, key: str) -> Text:
        made = self._made.get(key)
        if made is None:
            nl, en = self._found(key)
            made = self._made[key] = Text(_quoted(nl), en)
        return made

    def __iter__(self) -> Iterator[str]:
        """Go through the files by name, whatever was read first: equal texts keep their order."""
        self._read("")
        return chain.from_iterable(self._keys[name] for name in sorted(self._keys))

    def __len__(self) -> int:
        return len(self._read(""))

    def __contains__(self, key: object) -> bool:
        return key in self._written or key in self._read("")

    def _found(self, key: str) -> tuple[str, str]:
        first = key.partition(".")[0]
        found = self._written.get(key) or self._read(f"{first}.toml").get(key)
        return found or self._read(first).get(key) or self._read("")[key]

    def _read(self, beginning: str) -> Mapping[str, tuple[str, str]]:
        """Read the files whose names begin so, and return the texts that were read."""
        with self._reading:
            wanted = [each for each in self._unread if each.startswith(beginning)]
            for name in wanted:
                content = (self._folder / name).read_text(encoding="utf-8")
                written = _written_in(content)
                self._keys[name] = [key for key, _, _ in written]
                for key, nl, en in written:
                    if key in self._written:
                        raise KeyError(f"the text {key!r} stands twice in resources/texts")
                    self._written[key] = nl, en
                self._unread.remove(name)
        return self._written


def _quoted(dutch: str) -> str:
    """Return a Dutch text with its quotes as they are shown, however it is written."""
    opened = dutch.replace("«", "\N{LEFT SINGLE QUOTATION MARK}")
    return opened.replace("»", "\N{RIGHT SINGLE QUOTATION MARK}")


# A text as nearly all of them are written; reading them so takes a tenth of the time, which is
# part of the time until the window is seen.
_PLAIN = re.compile(r'\["([^"\\\n]+)"\]\nnl = "([^"\\\n]*)"\nen = "([^"\\\n]*)"\n')
_SIGNS = 21  # of a text beside its key and sentences
_COMMENT = re.compile(r"^(#.*)?\n", re.MULTILINE)


def texts_of(content: str) -> Iterator[tuple[str, Text]]:
    """Yield the texts of a catalogue file with their keys."""
    return ((key, Text(nl, en)) for key, nl, en in _written_in(content))


def _written_in(content: str) -> Sequence[tuple[str, str, str]]:
    """Return the keys of a catalogue file with their Dutch and English, as they are written."""
    content = content.rstrip("\n") + "\n"
    bare = _COMMENT.sub("", content) if content[0] == "#" or "\n#" in content else content
    bare = bare.replace("\n\n", "\n")
    found: list[tuple[str, str, str]] = _PLAIN.findall(bare)
    if sum(map(len, map("".join, found))) + _SIGNS * len(found) == len(bare):
        return found
    import tomllib  # noqa: PLC0415 - only for a file that is written in another way

    return [(key, text.nl, text.en) for key, text in _texts_in(tomllib.loads(content), "")]


def _texts_in(branch: Mapping[str, Any], path: str) -> Iterator[tuple[str, Text]]:
    """Yield the texts of a TOML tree: `[finding.empty]` becomes the key `finding.empty`."""
    if isinstance(branch.get("nl"), str):
        yield path, Text(nl=branch["nl"], en=branch["en"])
        return
    for name, below in branch.items():
        yield from _texts_in(below, f"{path}.{name}" if path else name)


def show(value: object, language: Language) -> str:  # noqa: PLR0911 - one per sort of value
    """Return a value as a reader of the language writes it."""
    if isinstance(value, str):
        return str(value)
    import datetime as dt  # noqa: PLC0415 - a start asks for words only, and waits for a clock

    match value:
        case Text():
            return value.in_(language)
        case Message():
            return value.text(language)
        case bool():
            return {True: Text("ja", "yes"), False: Text("nee", "no")}[value].in_(language)
        case int() | float():
            return show_number(value, language)
        case dt.date():
            return show_date(value, language)
        case tuple() | list():
            parts = [show(part, language) for part in value]
            # Names with a comma of their own cannot be told apart between commas.
            return ("; " if any(", " in part for part in parts) else ", ").join(parts)
        case _:
            return str(value)


def show_number(value: float, language: Language, digits: int | None = None) -> str:
    """Return a number with the language's marks: 1.234,5 in Dutch, 1,234.5 in English.

    Without `digits`, at most two decimals and no trailing zeros; what would look like nothing is
    shown with its first figure, unless it is so little that it is rounding.
    """
    if digits is None:
        little = ROUNDING <= abs(value) < 0.005  # noqa: PLR2004 - half of the last decimal
        decimals = -floor(log10(abs(value))) if little else 2
        shown = f"{value:,.{decimals}f}".rstrip("0").rstrip(".")
        shown = "0" if shown == "-0" else shown
    else:
        shown = f"{value:,.{digits}f}"
    if language is Language.NL:
        return shown.translate(str.maketrans(",.", ".,"))
    return shown


def show_date(value: dt.date, language: Language) -> str:
    """Return a date as day, month name and year, which no reader can take two ways."""
    return f"{value.day} {show_month(value, language)}"


def show_month(value: dt.date, language: Language) -> str:
    """Return a month as its name and year."""
    return f"{MONTH_NAMES[language.value][value.month - 1]} {value.year}"


def month_words(month: dt.date) -> Text:
    """Return a month as its name and year, in both languages."""
    return Text(show_month(month, Language.NL), show_month(month, Language.EN))
