"""What people read beside the keys of a plan's sheets, and its words in both languages.

A sheet keeps the planner's own codes, which other programs read; a name and a title stand beside
them. They are written and never read: the keys say the same. Keys of the program itself are hidden
behind their words, and what falls short stands beside how much.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from planner.core.display_names import called
from planner.core.joined_ids import JOINER
from planner.core.texts import Language, Message, Text, catalogue, message
from planner.input.book import Book
from planner.input.column import Column, ColumnType
from planner.input.parameters import supplied
from planner.sheets.result_sheets import ResultSheet
from planner.sheets.result_table import result_column
from planner.sheets.result_tables import WORDS, Decision
from planner.sheets.units import unit_title

_TEXT = ColumnType.TEXT
_NAME = result_column("location_name", "Naam", "Name", _TEXT, optional=True)
# So many locations are named where people may have gone to any of them.
_MOST_NAMES = 4
_TO = result_column("to_names", "Waarheen", "Where to", _TEXT, optional=True)
_GROUP = result_column("group_title", "Groep in woorden", "Group in words", _TEXT, optional=True)
_MUNICIPALITY = result_column("municipality", "Gemeente", "Municipality", _TEXT, optional=True)
_PROVINCE = result_column("province", "Provincie", "Province", _TEXT, optional=True)
_UNIT = result_column("unit", "Eenheid", "Unit", _TEXT, optional=True)

# The words of a column of keys; of those of the program's own making, a reader sees these alone.
_WORDS_OF: Mapping[str, str] = {
    "location": _NAME.key, "group": _GROUP.key, "rule": "rule_title", "check": "title",
    "name": "title", "line": "title", "value": "unit", "amount": "unit",
}  # fmt: skip
_PROGRAMS_OWN = frozenset({"group", "rule", "check", "line"})
# What a reader looks for first in the sheets of many columns.
_FIRST: Mapping[str, tuple[str, ...]] = {
    "shortfalls": (
        "rule", "amount", "month", "location", "province", "region", "group", "kind", "standing",
    ),
    "checks": ("check", "holds", "month", "value", "limit", "why"),
    "explanation": ("part", "sentence", "location", "month"),
}  # fmt: skip


def for_readers(sheets: Sequence[ResultSheet], book: Book) -> tuple[ResultSheet, ...]:
    """Return the sheets with names beside their codes, and one with their words in both languages.

    `book` says what its locations are called.
    """
    words = {each: _of_locations(book, each) for each in ("name", "municipality", "province")}
    return (*(_beside(each, words) for each in sheets), _words(sheets))


def _of_locations(book: Book, column: str) -> Mapping[str, str]:
    """Return a column of the sheet Locations by code; empty where it is not there."""
    frame = book.frame("locations")
    if not {"id", column} <= set(frame.columns):
        return {}
    pairs = zip(frame["id"].tolist(), frame[column].tolist(), strict=True)
    return {str(code): str(name) for code, name in pairs if name is not None}


def _beside(sheet: ResultSheet, words: Mapping[str, Mapping[str, str]]) -> ResultSheet:
    """Return a sheet with what its codes are called, in columns after its own, which stay put."""
    frame = sheet.frame.copy()
    more: list[Column] = []
    if "cause" in frame.columns:
        frame["cause"] = _series(map(_cause, frame["cause"].tolist()), frame)
    if "location" in frame.columns and words["name"]:
        frame[_NAME.key] = _looked_up(words["name"], frame)
        more.append(_NAME)
    if "to" in frame.columns and words["name"]:
        told = (_destination(each, words["name"]) for each in frame["to"].tolist())
        frame[_TO.key] = _series(told, frame)
        more.append(_TO)
    if "group" in frame.columns:
        frame[_GROUP.key] = _series(map(_group, frame["group"].tolist()), frame)
        more.append(_GROUP)
    if sheet.table.key == "decisions":
        frame[_UNIT.key] = _series(map(decided_unit, frame["decision"].tolist()), frame)
        more.insert(0, _UNIT)
        for column in (_MUNICIPALITY, _PROVINCE):
            frame[column.key] = _looked_up(words[column.key], frame)
            more.append(column)
    hidden = [each for each in sheet.table.planned if each.key in frame.columns]
    shown = _in_reading_order(sheet.table.key, (*sheet.table.columns, *more))
    table = replace(sheet.table, columns=(*shown, *hidden))
    return replace(sheet, table=table, frame=frame)


def _in_reading_order(table: str, columns: Sequence[Column]) -> tuple[Column, ...]:
    """Return the columns with each name beside its code, and the amount beside what it is of."""
    by_key = {each.key: each for each in columns}
    first = _FIRST.get(table, ())
    order: list[str] = []
    for key in (*first, *by_key):
        for each in (key, _WORDS_OF.get(key, "")):
            if each in by_key and each not in order:
                order.append(each)
    return tuple(by_key[key] for key in order)


def is_behind_words(key: str, columns: Iterable[str]) -> bool:
    """Whether a column holds keys whose words stand beside them, so that it is hidden."""
    if key == "value":
        return {"subject", "words"} <= {*columns}  # of the sheet that tells how a plan came about
    return key in _PROGRAMS_OWN and _WORDS_OF[key] in columns


def _looked_up(words: Mapping[str, str], frame: pd.DataFrame) -> pd.Series:
    return _series((words.get(str(each)) for each in frame["location"].tolist()), frame)


def _series(values: Iterable[object], frame: pd.DataFrame) -> pd.Series:
    return pd.Series(list(values), index=frame.index, dtype=object)


def _group(key: object) -> Text | None:
    return called(key) if isinstance(key, str) else None


def _destination(to: object, names: Mapping[str, str]) -> Message:
    """Return where people moved to: to one location, one of some, or to none."""
    if not isinstance(to, str) or not to:
        return message("workbook.moved_to.nowhere")
    found = [names.get(each, each) for each in to.split(JOINER)]
    if len(found) == 1:
        return message("workbook.moved_to.one", name=found[0])
    few, rest = found[:_MOST_NAMES], len(found) - _MOST_NAMES
    if rest <= 0:
        return message("workbook.moved_to.any", names=", ".join(few[:-1]), last=few[-1])
    return message("workbook.moved_to.many", names=", ".join(few), count=rest)


def _cause(key: object) -> object:
    """Return the title of a sort of cause; one that is a parameter has the parameter's."""
    parameter = supplied().get(str(key))
    return catalogue().get(f"workbook.cause.{key}", key if parameter is None else parameter.title)


def decided_unit(decision: object) -> Text:
    """Return what the value of a decision counts: places of a DOL part, else a share."""
    unit = "places" if decision == Decision.PREPARE_DOL else "share"
    return Text(unit_title(unit, Language.NL), unit_title(unit, Language.EN))


def _words(sheets: Sequence[ResultSheet]) -> ResultSheet:
    pairs = dict.fromkeys(text for sheet in sheets for text in _texts(sheet) if text.nl != text.en)
    rows = [(each.nl, each.en) for each in pairs]
    about = message("workbook.words")
    return ResultSheet(WORDS, pd.DataFrame(rows, columns=["nl", "en"], dtype=object), (about,))


def _texts(sheet: ResultSheet) -> Iterator[Text]:
    """Yield every text of a sheet that has two languages."""
    for note in sheet.notes:
        if isinstance(note, Message | Text):
            yield note.both if isinstance(note, Message) else note
    for column in sheet.frame:
        if sheet.frame[column].dtype == object:
            for value in sheet.frame[column].tolist():
                if isinstance(value, Message | Text):
                    yield value.both if isinstance(value, Message) else value
