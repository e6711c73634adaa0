"""Units as the reader's language names them, and back to their keys."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from planner.tables.names import tidy
from planner.texts import Language, catalogue

_PREFIX = "unit."


def unit_title(unit: str, language: Language) -> str:
    """Return a unit in a language; one that the catalogue does not name, as it is."""
    text = catalogue().get(f"{_PREFIX}{unit}")
    return unit if text is None else text.in_(language)


def unit_key(title: str) -> str:
    """Return the key of a unit that stands in a workbook in either language."""
    return _keys_by_title().get(tidy(title).casefold(), title)


@cache
def _keys_by_title() -> Mapping[str, str]:
    """Return the keys by every title; where two units share one, the first keeps it."""
    found: dict[str, str] = {}
    for key, text in catalogue().items():
        if key.startswith(_PREFIX):
            unit = key.removeprefix(_PREFIX)
            for title in (unit, text.nl, text.en):
                found.setdefault(title.casefold(), unit)
    return found
