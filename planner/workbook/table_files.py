"""The result tables as files of their own, for other programs: CSV, and Parquet where it can be.

Columns carry the keys of the result file; numbers are plain, months are the first day as ISO. The
files are the same whatever language the workbook is in, but for sentences and titles.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

import pandas as pd

from planner.errors import UnusableInputError
from planner.texts import message
from planner.workbook.whole_file import whole_file


class TableFormat(StrEnum):
    """The kinds of file that tables are written to."""

    CSV = "csv"
    PARQUET = "parquet"


def save_tables(
    folder: Path, tables: Mapping[str, pd.DataFrame], kind: TableFormat
) -> tuple[Path, ...]:
    """Write each table to a file named by its key and return the files.

    `UnusableInputError` where Parquet is asked for and pyarrow is not installed; `TargetInUseError`
    where a file cannot be put in its place.
    """
    if kind is TableFormat.PARQUET and importlib.util.find_spec("pyarrow") is None:
        raise UnusableInputError(message("export.no_parquet"))
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for key, frame in tables.items():
        path = folder / f"{key}.{kind.value}"
        with whole_file(path) as draft:
            if kind is TableFormat.PARQUET:
                _one_kind(frame).to_parquet(draft, index=False)
            else:
                # Each number with all the digits that tell it from its neighbours.
                frame.to_csv(draft, index=False, encoding="utf-8", lineterminator="\n")
        files.append(path)
    return tuple(files)


def _one_kind(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table whose columns each hold one kind of value: figures and words become words."""
    words = {
        str(name): pd.Series(
            [None if each is None else str(each) for each in frame[name]],
            index=frame.index,
            dtype=object,
        )
        for name in frame
        if frame[name].dtype == object and len({type(each) for each in frame[name].dropna()}) > 1
    }
    return frame.assign(**words)
