"""What people read beside the keys of a plan's sheets, and its words in both languages.

A sheet keeps the planner's own codes, which other programs read; a name and a title stand beside
them. They are written and never read: the keys say the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from planner.core.display_names import called
from planner.core.texts import Language, Message, Text, catalogue, message
from planner.files.result_tables import WORDS, Decision, result_column
from planner.files.results import ResultSheet
from planner.files.units import unit_title
from planner.input.book import Book
from planner.input.column import Column, ColumnType
from planner.input.parameters import supplied

_TEXT = ColumnType.TEXT
_NAME = result_column("location_name", "Naam", "Name", _TEXT, optional=True)
_GROUP = result_column("group_title", "Groep in woorden", "Group in words", _TEXT, optional=True)
_UNIT = result_column("unit", "Eenheid", "Unit", _TEXT, optional=True)


def for_readers(sheets: Sequence[ResultSheet], book: Book) -> tuple[ResultSheet, ...]:
    """Return the sheets with names beside their codes, and one with their words in both languages.

    `book` says what its locations are called.
    """
    names = _location_names(book)
    return (*(_beside(each, names) for each in sheets), _words(sheets))


def _location_names(book: Book) -> Mapping[str, str]:
    frame = book.frame("locations")
    if not {"id", "name"} <= set(frame.columns):
        return {}
    pairs = zip(frame["id"].tolist(), frame["name"].tolist(), strict=True)
    return {str(code): str(name) for code, name in pairs if name is not None}


def _beside(sheet: ResultSheet, names: Mapping[str, str]) -> ResultSheet:
    """Return a sheet with what its codes are called, in columns after its own, which stay put."""
    frame = sheet.frame.copy()
    more: list[Column] = []
    if "cause" in frame.columns:
        frame["cause"] = _series(map(_cause, frame["cause"].tolist()), frame)
    if "location" in frame.columns and names:
        codes = frame["location"].tolist()
        frame[_NAME.key] = _series((names.get(str(each)) for each in codes), frame)
        more.append(_NAME)
    if "group" in frame.columns:
        frame[_GROUP.key] = _series(map(_group, frame["group"].tolist()), frame)
        more.append(_GROUP)
    if sheet.table.key == "decisions":
        frame[_UNIT.key] = _series(map(_decided_unit, frame["decision"].tolist()), frame)
        more.insert(0, _UNIT)
    hidden = [each for each in sheet.table.planned if each.key in frame.columns]
    table = replace(sheet.table, columns=(*sheet.table.columns, *more, *hidden))
    return replace(sheet, table=table, frame=frame)


def _series(values: Iterable[object], frame: pd.DataFrame) -> pd.Series:
    return pd.Series(list(values), index=frame.index, dtype=object)


def _group(key: object) -> Text | None:
    return called(key) if isinstance(key, str) else None


def _cause(key: object) -> object:
    """Return the title of a sort of cause; one that is a parameter has the parameter's."""
    parameter = supplied().get(str(key))
    return catalogue().get(f"workbook.cause.{key}", key if parameter is None else parameter.title)


def _decided_unit(decision: object) -> Text:
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
