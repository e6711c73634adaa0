"""How a shape of workbook is read: a value that is kept as a file, mailed, and used again.

A mapping is versioned JSON. Its parts say which cells of which sheets fill which table; `values`
what written words mean. What nobody has answered stands as `?`, and stops an import that needs it.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from planner.core.errors import UnusableInputError
from planner.core.texts import Language, message
from planner.files.json_file import write_json
from planner.input.column import Column, ColumnType
from planner.input.names import tidy
from planner.input.records import TABLES
from planner.input.records import table as table_of

VERSION = 1
OPEN = "?"  # a question that nobody has answered
ANY_SHEET = ("*",)

Meaning = str | int | float | None  # None: an empty cell


class Fill(StrEnum):
    """Where the values of a column come from."""

    COLUMN = "column"  # a column of the sheet, by its heading, or by its letters where it has none
    CONSTANT = "constant"
    SHEET = "sheet"  # the sheet's name
    FILE = "file"  # the file's name
    ABOVE = "above"  # what stands above the headings: a day
    SECTION = "section"  # a row with nothing but a name, above the rows that it holds for


@dataclass(frozen=True)
class ColumnSource:
    """What fills one column: `value` is a heading, letters in brackets, or the constant."""

    fill: Fill
    value: Meaning = None

    @property
    def is_open(self) -> bool:
        """Whether it is still a question."""
        return self.fill is Fill.CONSTANT and self.value == OPEN


@dataclass(frozen=True)
class Part:
    """Which cells of some sheets fill one table.

    `sheets` are patterns of names, as `*` for all with these headings. `across` are the columns
    that the headings of a block stand for, top row first; the block's cells fill `cells`.
    `fill_down` are columns whose empty cells mean what stands above them; `left_out` headings.
    """

    table: str
    fields: Mapping[str, ColumnSource]
    sheets: tuple[str, ...] = ANY_SHEET
    header_rows: int = 1
    across: tuple[str, ...] = ()
    cells: str = ""
    fill_down: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()

    def of_columns(self) -> Iterator[tuple[str, str]]:
        """Yield the keys that are filled from a column of the sheet, with its heading."""
        for key, source in self.fields.items():
            if source.fill is Fill.COLUMN:
                yield key, str(source.value)


@dataclass(frozen=True)
class ImportMapping:
    """How files of one shape are read.

    `language` settles commas and dates; `year` is that of the first month where months come
    without one; `values` gives per thing named (`naming`) what a written word means. With
    `check_totals` off, totals that do not match their rows are a remark.
    """

    parts: tuple[Part, ...] = ()
    language: Language | None = None
    values: Mapping[str, Mapping[str, Meaning]] = field(default_factory=dict)
    year: int | str | None = None
    check_totals: bool = True
    sheets_left_out: tuple[str, ...] = ()

    def meaning(self, about: str, written: str) -> tuple[bool, Meaning]:
        """Return whether somebody said what a word means there, and what."""
        known = self.values.get(about, {})
        spelled = spelling(written)
        return spelled in known, known.get(spelled)

    def with_meaning(self, about: str, written: str, meaning: Meaning) -> ImportMapping:
        """Return the mapping with what a word means."""
        there = {**self.values.get(about, {}), spelling(written): meaning}
        return replace(self, values={**self.values, about: there})

    def with_constant(self, part: int, key: str, value: Meaning) -> ImportMapping:
        """Return the mapping with a constant for a column of a part."""
        old = self.parts[part]
        new = replace(old, fields={**old.fields, key: ColumnSource(Fill.CONSTANT, value)})
        return replace(self, parts=(*self.parts[:part], new, *self.parts[part + 1 :]))


def spelling(written: str) -> str:
    """Return a word as it is looked up: without case and double spaces, its signs kept."""
    return tidy(written).casefold()


def naming(table: str, column: Column) -> str:
    """Return under which name the words of a column are explained, once for all such columns."""
    if column.key in {"group", "scenario", "stream", "province"}:
        return f"{column.key}s"
    if column.refers_to or (table, column.key) == ("locations", "id"):
        return column.refers_to or "locations"
    if column.holds in {ColumnType.DATE, ColumnType.MONTH}:
        return "dates"
    if column.holds in {ColumnType.NUMBER, ColumnType.WHOLE}:
        return "numbers"
    return f"{table}.{column.key}"


def read_mapping(path: Path) -> ImportMapping:
    """Read a mapping's file; `UnusableInputError` where it is none, saying which part is wrong."""
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
    except OSError as fault:
        raise UnusableInputError(message("mapping.unread", file=str(path))) from fault
    except ValueError as fault:
        raise _not_one(path, "JSON") from fault
    if not isinstance(kept, dict) or "parts" not in kept:
        raise _not_one(path, "parts")
    if kept.get("version") != VERSION:
        version = str(kept.get("version"))
        told = message("mapping.version", file=str(path), version=version, known=str(VERSION))
        raise UnusableInputError(told)
    try:
        return mapping_of(kept)
    except _PartError as fault:
        raise _not_one(path, str(fault), fault.can_be) from fault


class _PartError(Exception):
    """A part of a mapping's file that cannot be used; its text says which, `can_be` what it can."""

    def __init__(self, part: str, can_be: Iterable[str] = ()) -> None:
        super().__init__(part)
        self.can_be = tuple(can_be)


def _not_one(path: Path, part: str, can_be: tuple[str, ...] = ()) -> UnusableInputError:
    if can_be:
        told = message("mapping.not_one.can_be", file=str(path), part=part, options=can_be)
    else:
        told = message("mapping.not_one", file=str(path), part=part)
    return UnusableInputError(told)


def write_mapping(path: Path, mapping: ImportMapping, questions: object = ()) -> None:
    """Write a mapping; `questions` are put beside it for who fills it in, and never read back."""
    write_json(path, {**mapping_record(mapping), "questions": questions})


def mapping_record(mapping: ImportMapping) -> dict[str, object]:
    """Return a mapping as its file holds it."""
    return {
        "version": VERSION,
        "language": None if mapping.language is None else mapping.language.value,
        "year": mapping.year,
        "check_totals": mapping.check_totals,
        "sheets_left_out": list(mapping.sheets_left_out),
        "parts": [_part_record(each) for each in mapping.parts],
        "values": {about: dict(known) for about, known in mapping.values.items()},
    }


def _part_record(part: Part) -> dict[str, object]:
    return {
        "table": part.table,
        "sheets": list(part.sheets),
        "header_rows": part.header_rows,
        "fields": {key: {each.fill.value: each.value} for key, each in part.fields.items()},
        "across": list(part.across),
        "cells": part.cells,
        "fill_down": list(part.fill_down),
        "left_out": list(part.left_out),
    }


def mapping_of(kept: Mapping[str, Any]) -> ImportMapping:
    """Return the mapping that a file holds; an error that names the part that cannot be used."""
    known = {each.value: each for each in Language}
    language = kept.get("language")
    if language is not None and language not in known:
        raise _PartError(f"language: {language}", known)
    return ImportMapping(
        parts=tuple(_part(at, each) for at, each in enumerate(_listed(kept, "parts"))),
        language=None if language is None else known[language],
        values=_values(kept.get("values", {})),
        year=_year(kept.get("year")),
        check_totals=kept.get("check_totals", True) is not False,
        sheets_left_out=tuple(map(str, _listed(kept, "sheets_left_out"))),
    )


def _year(kept: object) -> int | str | None:
    if kept is None or kept == OPEN or (isinstance(kept, int) and dt.MINYEAR < kept < dt.MAXYEAR):
        return kept
    raise _PartError(f"year: {kept}")


def _listed(kept: Mapping[str, Any], key: str) -> list[Any]:
    found = kept.get(key, [])
    if not isinstance(found, list):
        raise _PartError(key)
    return found


def _values(kept: object) -> dict[str, dict[str, Meaning]]:
    if not isinstance(kept, dict) or not all(isinstance(each, dict) for each in kept.values()):
        raise _PartError("values")
    found = {
        about: {spelling(str(written)): _meaning(meaning) for written, meaning in known.items()}
        for about, known in kept.items()
    }
    return found  # noqa: RET504 - named for the reader


def _meaning(kept: object) -> Meaning:
    if kept is None or isinstance(kept, str | int | float):
        return kept
    raise _PartError(f"values: {kept}")


def _part(at: int, kept: object) -> Part:
    where = f"parts[{at}]"
    tables = tuple(each.key for each in TABLES)
    if not isinstance(kept, dict):
        raise _PartError(where)
    if kept.get("table") not in tables:
        raise _PartError(f"{where}.table: {kept.get('table')}", tables)
    declared = table_of(kept["table"])
    fields = kept.get("fields", {})
    if not isinstance(fields, dict):
        raise _PartError(f"{where}.fields")
    across = tuple(map(str, _listed(kept, "across")))
    cells = str(kept.get("cells", ""))
    for key in (*fields, *across, *filter(None, [cells])):
        if not declared.knows(key):
            columns = (each.key for each in declared.columns)
            raise _PartError(f"{where}: {declared.key}.{key}", columns)
    if across and not cells:
        raise _PartError(f"{where}.cells")
    return Part(
        declared.key,
        {key: _source(f"{where}.{key}", each) for key, each in fields.items()},
        tuple(map(str, _listed(kept, "sheets"))) or ANY_SHEET,
        max(int(kept.get("header_rows", 1)), len(across), 1),
        across,
        cells,
        tuple(map(str, _listed(kept, "fill_down"))),
        tuple(map(str, _listed(kept, "left_out"))),
    )


def _source(where: str, kept: object) -> ColumnSource:
    known = {each.value: each for each in Fill}
    if not isinstance(kept, dict) or len(kept) != 1 or not known.keys() >= kept.keys():
        raise _PartError(f"{where}: {json.dumps(kept, ensure_ascii=False)}", known)
    ((fill, value),) = kept.items()
    return ColumnSource(known[fill], _meaning(value))
