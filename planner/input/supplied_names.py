"""The names that the program supplies, as cells call them: in either language, or by their code.

A workbook calls groups, streams, stages, scenarios, parameters and units in its own language. Read
back, each is the code by which the program knows it; any other name is the planner's own and stays
as it is.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from functools import cache
from importlib.resources import files

from planner.core.display_names import called
from planner.core.texts import Language, Message, Text, catalogue
from planner.input.names import plain, tidy
from planner.input.supplied_words import as_supplied, supplied_text

_UNIT, _CALLED = "unit.", "called."
_RULE = re.compile(r"rule\.(\w+)\.title")


class Named(StrEnum):
    """What the names of a column are names of; of a source, the supplied wordings."""

    GROUPS = "groups"
    STREAMS = "streams"  # a group is a stream too: of those who leave it
    STAGES = "stages"
    SCENARIOS = "scenarios"
    PARAMETERS = "parameters"
    UNITS = "units"
    SOURCES = "sources"


def code_of(named: Named, written: str) -> str:
    """Return the code of a supplied name in either language; any other name as it is."""
    if named is Named.SOURCES:
        return as_supplied(written)
    return _codes(named).get(_form(named, written), written)


def name_of(named: Named, code: str, language: Language) -> str:
    """Return what a workbook in a language calls a code; one that has no name of its own, as it is.

    Read back it is the same code; of a unit, one that is called so too.
    """
    if named is Named.SOURCES:
        return supplied_text(code).in_(language)
    title = _titles(named).get(code)
    name = code if title is None else title.in_(language)
    # Two units may share a name: which is meant, the parameter tells.
    return name if named is Named.UNITS or code_of(named, name) == code else code


def title_of(named: Named, code: str) -> Text:
    """Return what a code is called in both languages; one that has no name of its own, as it is."""
    return Text(*(name_of(named, code, each) for each in Language))


# What the parts of a message are names of, by their field; a name is the first of these that it is.
_SORTS: Mapping[str, tuple[Named, ...]] = {
    "group": (Named.GROUPS,),
    "groups": (Named.GROUPS,),
    "dol": (Named.GROUPS,),
    "stream": (Named.STREAMS,),
    "streams": (Named.STREAMS,),
    "circle": (Named.STREAMS,),
    "stage": (Named.STAGES,),
    "scenario": (Named.SCENARIOS,),
    "name": (Named.PARAMETERS, Named.SCENARIOS),
    "names": (Named.PARAMETERS, Named.SCENARIOS),
}


def in_words(told: Message) -> Message:
    """Return a message that calls what it names as a sheet does, and not by its code."""
    if not any(key in _SORTS for key, _ in told.fields):
        return told
    return Message(told.key, tuple((key, _in_words(key, part)) for key, part in told.fields))


def _in_words(key: str, part: object) -> object:
    if isinstance(part, tuple):
        return tuple(_in_words(key, each) for each in part)
    for named in _SORTS.get(key, ()):
        if isinstance(part, str) and part in _titles(named):
            return title_of(named, part)
    return part


def is_called_so(named: Named, one: str, other: str) -> bool:
    """Whether two codes have a name in common."""
    return any(name_of(named, one, each) == name_of(named, other, each) for each in Language)


def _form(named: Named, written: str) -> str:
    """Return the form in which names are compared; of a unit the signs tell apart."""
    return tidy(written).casefold() if named is Named.UNITS else plain(written)


@cache
def _codes(named: Named) -> Mapping[str, str]:
    """Return the codes by every way to write them: a code goes before a name."""
    titles = _titles(named)
    found = {_form(named, code): code for code in titles}
    # Where two units share a title, that which is a title itself keeps it: months are no count of
    # planned months.
    for code, text in sorted(titles.items(), key=lambda each: each[0] != each[1].en):
        for title in (text.nl, text.en):
            found.setdefault(_form(named, title), code)
    return found


@cache
def _titles(named: Named) -> Mapping[str, Text]:
    """Return the titles of what the program supplies, by code."""
    match named:
        case Named.UNITS:
            units = (key for key in catalogue() if key.startswith(_UNIT))
            return {key.removeprefix(_UNIT): catalogue()[key] for key in units}
        case Named.PARAMETERS:
            rows = _rows("parameters")
            titles = {row["parameter"]: Text(row["title_nl"], row["title_en"]) for row in rows}
            return {**titles, **_switches()}
        case Named.SCENARIOS:
            others = {code for each in (Named.STREAMS, Named.STAGES) for code in _titles(each)}
            names = (key.removeprefix(_CALLED) for key in catalogue() if key.startswith(_CALLED))
            return {code: called(code) for code in names if code not in others}
        case Named.GROUPS:
            return _called(row["group"] for row in _rows("groups"))
        case Named.STREAMS:
            streams = [row["stream"] for row in _rows("streams")]
            return _called((*_titles(Named.GROUPS), *streams))
        case _:
            stages = [row["stage"] for row in _rows("stages")]
            passed = [row[key] for row in _rows("streams") for key in ("stage", "stage_left")]
            return _called((*stages, *passed))


def _switches() -> dict[str, Text]:
    """Return what the parameters that switch rules are called, by their names."""
    found: dict[str, Text] = {}
    for key, text in catalogue().items():
        if rule := _RULE.fullmatch(key):
            found[f"rule_{rule[1]}"] = Text(f"Regel: {text.nl}", f"Rule: {text.en}")
    return found


def _called(codes: Iterable[str]) -> Mapping[str, Text]:
    return {code: called(code) for code in codes if code}


def _rows(table: str) -> Iterator[Mapping[str, str]]:
    text = (files("seeds") / f"{table}.csv").read_text(encoding="utf-8")
    return csv.DictReader(text.splitlines())
