"""The result tables as files of their own, for other programs, and a manifest that explains them.

Columns carry the keys of the result file. CSV has points, commas and months as ISO, the same
whatever the language of the workbook, but for sentences and titles. CSV for Excel has what a Dutch
Excel opens with a double click: semicolons and decimal commas. In both a mark stands before text
that a spreadsheet would take for a formula, for either is opened in one. Parquet keeps months as
dates, codes as text and figures as numbers.
"""

from __future__ import annotations

import datetime as dt
import importlib.util
import re
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

import pandas as pd

from planner.core.errors import UnusableInputError
from planner.core.texts import message
from planner.files.json_file import write_json
from planner.files.whole_file import whole_folder
from planner.sheets.result_tables import HIDDEN, RESULT_TABLES

MANIFEST = "manifest.json"
# What a spreadsheet takes for a formula, a command or a link where a text begins with it; some read
# the wide signs of Asian scripts as the usual ones.
_SIGNS = r"[=+\-@\uff1d\uff0b\uff0d\uff20]"
_FORMULA = re.compile(rf"[\t\r]|\s*{_SIGNS}")
# A spreadsheet of another country parts a line at another sign, and there heeds no quotes.
_PARTED_ELSEWHERE = re.compile(rf"(?<=[;,\t\n])(?=[^\S\n]*{_SIGNS})")


class TableFormat(StrEnum):
    """The kinds of file that tables are written to."""

    CSV = "csv"
    EXCEL_CSV = "csv-excel"
    PARQUET = "parquet"

    @property
    def ending(self) -> str:
        """How the name of such a file ends."""
        return "parquet" if self is TableFormat.PARQUET else "csv"


def save_tables(
    folder: Path,
    tables: Mapping[str, pd.DataFrame],
    kind: TableFormat,
    about: Mapping[str, str] | None = None,
) -> tuple[Path, ...]:
    """Write each table to a file named by its key, and the manifest; return the files.

    `about` says which plan they are of. `UnusableInputError` where Parquet is asked for and pyarrow
    is not installed; `TargetInUseError` where a file cannot be put in its place.
    """
    own = {key: frame for key, frame in tables.items() if key not in {each.key for each in HIDDEN}}
    return write_together(folder, own, kind, MANIFEST, _manifest(own, kind, about or {}))


def write_together(
    folder: Path,
    tables: Mapping[str, pd.DataFrame],
    kind: TableFormat,
    name: str,
    description: Mapping[str, object],
) -> tuple[Path, ...]:
    """Write each table to a file named by its key, and what describes them to one of that name.

    All of them or none; returns the files. Errors as in saving tables.
    """
    if kind is TableFormat.PARQUET and importlib.util.find_spec("pyarrow") is None:
        raise UnusableInputError(message("export.no_parquet"))
    files = {f"{key}.{kind.ending}": frame for key, frame in tables.items()}
    with whole_folder(folder, last=name) as draft:
        for file, frame in files.items():
            _write_table(draft / file, frame, kind)
        write_json(draft / name, description)
    return tuple(folder / each for each in (*files, name))


def _write_table(draft: Path, frame: pd.DataFrame, kind: TableFormat) -> None:
    match kind:
        case TableFormat.PARQUET:
            _one_kind(frame).to_parquet(draft, index=False, engine="pyarrow")
        case TableFormat.EXCEL_CSV:
            frame.map(_harmless).to_csv(
                draft,
                index=False,
                sep=";",
                decimal=",",
                encoding="utf-8-sig",
                lineterminator="\r\n",
            )
        case TableFormat.CSV:
            # Each number with all the digits that tell it from its neighbours.
            frame.map(_harmless).to_csv(draft, index=False, encoding="utf-8", lineterminator="\n")


def _harmless(value: object) -> object:
    """Return a value with a mark before what of a text a spreadsheet would calculate.

    A lone carriage return ends a line for some programs, and what follows would begin a cell; so
    does what follows a sign at which some spreadsheet parts a line.
    """
    if not isinstance(value, str):
        return value
    text = value.replace("\r\n", "\n").replace("\r", "\n")
    text = _PARTED_ELSEWHERE.sub("'", text)
    return f"'{text}" if _FORMULA.match(value) else text


def _one_kind(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table whose columns each hold one kind of value: figures and words become words."""
    words = {
        str(name): pd.Series(
            [None if each is None else str(each) for each in frame[name]],
            index=frame.index,
            # Without a single value a column would have no type at all.
            dtype=object if frame[name].notna().any() else "string",
        )
        for name in frame
        if frame[name].dtype == object and len({type(each) for each in frame[name].dropna()}) != 1
    }
    return frame.assign(**words)


def _manifest(
    tables: Mapping[str, pd.DataFrame], kind: TableFormat, about: Mapping[str, str]
) -> dict[str, object]:
    """Return what a reader of the files has to know: columns, types, units, separators."""
    dialects = {
        TableFormat.CSV: {
            "separator": ",", "decimal": ".", "encoding": "utf-8", "before formulas": "'",
        },
        TableFormat.EXCEL_CSV: {
            "separator": ";", "decimal": ",", "encoding": "utf-8-sig", "before formulas": "'",
        },
        TableFormat.PARQUET: {},
    }  # fmt: skip
    return {
        "version": 1,
        "plan": dict(about),
        "format": kind.value,
        "dialect": dialects[kind],
        "tables": [_described(key, frame, kind) for key, frame in tables.items()],
    }


def _described(key: str, frame: pd.DataFrame, kind: TableFormat) -> dict[str, object]:
    declared = RESULT_TABLES.get(key)
    columns = {} if declared is None else {each.key: each for each in declared.columns}
    described: list[dict[str, object]] = []
    for name in map(str, frame.columns):
        column = columns.get(name)
        described.append(
            {
                "key": name,
                "title": None if column is None else {"nl": column.title.nl, "en": column.title.en},
                "type": _type(frame[name]),
                "unit": _unit(name, frame, "" if column is None else column.unit),
            }
        )
    title = None if declared is None else {"nl": declared.title.nl, "en": declared.title.en}
    meaning = None if declared is None else {"nl": declared.meaning.nl, "en": declared.meaning.en}
    return {
        "table": key,
        "file": f"{key}.{kind.ending}",
        "title": title,
        "meaning": meaning,
        "rows": len(frame),
        "columns": described,
    }


def _type(cells: pd.Series) -> str:
    """Return what a column holds: number, month, yes or no, or text."""
    if pd.api.types.is_numeric_dtype(cells) and cells.dtype != bool:
        return "number"
    kinds = {type(each) for each in cells.dropna()}
    if kinds and kinds <= {dt.date, dt.datetime}:
        return "month"
    return "yes or no" if kinds == {bool} else "text"


def _unit(name: str, frame: pd.DataFrame, declared: str) -> str | None:
    """Return the unit of a column of figures; where a row has its own, the column that names it."""
    if _type(frame[name]) != "number":
        return None
    if declared:
        return declared
    return "as the column unit says" if "unit" in frame.columns else None
