"""The words people use for columns, groups, streams and values: `resources/import_words.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import Any

import resources
from planner.core.display_names import called
from planner.importing.mapping import spelling
from planner.input.names import plain
from planner.input.records import TABLES

TableColumn = tuple[str, str]  # a table and a column of it

_TOTAL = re.compile(
    r"\b(?:sub|eind|rij)?-?tota(?:al|len|ls?)\b|\b(?:grand|sub)[ -]?totals?\b|"
    r"^\s*(?:som|sum)\s*:?\s*$",
    re.IGNORECASE,
)
_MOST_WORDS_OF_TOTAL = 6
_PART_OF = re.compile(r"^\s*(?:w\.?\s?v\.?|waarvan|of which)\s+", re.IGNORECASE)
_BETWEEN = re.compile(r"^(.+?)\s*[(\[](.+)[)\]]\s*$")


@cache
def _words() -> Mapping[str, Any]:
    return tomllib.loads((resources.FOLDER / "import_words.toml").read_text(encoding="utf-8"))


@cache
def columns_called() -> Mapping[str, tuple[TableColumn, ...]]:
    """Return per heading, as `plain` writes it, the columns that it may stand for.

    The program's own names come before the words people use.
    """
    found: dict[str, list[TableColumn]] = {}
    for table in TABLES:
        for column in table.columns:
            for name in (column.key, column.title.nl, column.title.en):
                found.setdefault(plain(name), []).append((table.key, column.key))
    for place, names in _words()["columns"].items():
        table_key, column_key = place.split(".")
        for name in names:
            found.setdefault(plain(name), []).append((table_key, column_key))
    return {name: tuple(dict.fromkeys(places)) for name, places in found.items()}


def columns_as(text: str) -> tuple[TableColumn, ...]:
    """Return the columns that a heading may stand for; of `plaats (gemeente)` by either word."""
    known = columns_called()
    if plain(text) in known or (parts := _BETWEEN.match(text)) is None:
        return known.get(plain(text), ())
    first, second = (known.get(plain(each), ()) for each in parts.groups())
    return tuple(each for each in first if each in second) or first


@cache
def supplied(about: str) -> Mapping[str, str]:
    """Return per name the supplied group, stream, scenario or province that it is.

    The program's own key and its Dutch and English names.
    """
    found: dict[str, str] = {}
    for key in _words().get(about, {}):
        title = called(key)
        found |= {plain(name): key for name in (title.nl, title.en, key)}
    return found


@cache
def used_for(about: str) -> Mapping[str, str]:
    """Return per word that people use the supplied group, stream, scenario or province."""
    known = _words().get(about, {})
    return {plain(name): key for key, names in known.items() for name in names}


def called_alone(text: str) -> str:
    """Return how a group or such is called, without words that say it is part of a whole."""
    return _PART_OF.sub("", text)


def listed_as(about: str, text: str) -> tuple[str, ...]:
    """Return the values of a listed column that a text may stand for.

    Of `noodopvang (boot)` those that both words may be, else those of the word that is known.
    """
    known = _value_words(about)
    if plain(text) in known or (parts := _BETWEEN.match(text)) is None:
        return known.get(plain(text), ())
    first, second = (known.get(plain(each), ()) for each in parts.groups())
    both = tuple(each for each in first if each in second)
    return both or (first + second if not first or not second else ())


@cache
def _value_words(about: str) -> Mapping[str, tuple[str, ...]]:
    """Return per word the values of a listed column that it may stand for."""
    known = _words()["values"].get(about, {})
    return {plain(word): tuple(keys.split("|")) for keys, words in known.items() for word in words}


@cache
def nothing_words() -> frozenset[str]:
    """Return what people write where nothing is known or there is no end."""
    return frozenset(map(spelling, _words()["nothing"]["words"]))


@cache
def doubtful_words() -> frozenset[str]:
    """Return what may be nought and may be not known, in a column of numbers."""
    return frozenset(map(spelling, _words()["doubtful"]["words"]))


def is_capacity(texts: Iterable[str]) -> bool:
    """Whether a title or the name of a sheet says that its figures are beds."""
    words = {plain(each) for each in _words()["capacity"]["words"]}
    return any(plain(word) in words for text in texts for word in text.split())


def is_total(value: object) -> bool:
    """Whether a cell is the label of a total."""
    return isinstance(value, str) and _is_total(value)


@lru_cache(maxsize=4096)
def _is_total(value: str) -> bool:
    return len(value.split()) <= _MOST_WORDS_OF_TOTAL and bool(_TOTAL.search(value))


def is_heading(text: str) -> bool:
    """Whether a text is a title that people put over a column, a group or stream among them.

    What may be a value as well, such as the type of a location, is none.
    """
    name = plain(text)
    about = ("groups", "streams")
    named = name in columns_called() or any(name in used_for(each) for each in about)
    return named and not any(letter.isdigit() for letter in text) and name not in _values()


@cache
def _values() -> frozenset[str]:
    """Return the names of listed values, and of supplied groups and streams in rows."""
    listed = {
        plain(name)
        for table in TABLES
        for column in table.columns
        for each in column.choices or ()
        for name in (each.value, each.label.nl, each.label.en)
    }
    keys = {plain(key) for about in ("groups", "streams") for key in _words()[about]}
    return frozenset(listed | keys)
