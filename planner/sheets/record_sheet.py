"""What a plan's workbook keeps of its making on a hidden sheet, for whoever verifies it.

It is one object, packed and written as text: a spreadsheet program that saves the workbook anew
keeps hidden sheets, where it drops parts of a file that it does not know.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import json
import math
import zlib
from collections.abc import Mapping
from typing import Any

import pandas as pd

from planner.core.texts import Message, Text, message
from planner.sheets.result_sheets import ResultSheet
from planner.sheets.result_tables import RECORD

# A cell holds 32,767 letters.
_LETTERS = 30_000
# What a packed record may unpack to.
_MOST_BYTES = 200_000_000

Record = Mapping[str, Any]


def record_sheet(record: Record) -> ResultSheet:
    """Return the sheet that holds a record: texts, numbers, dates, lists and objects by name."""
    plain = json.dumps(record, default=_plain, separators=(",", ":"), allow_nan=False)
    packed = base64.b85encode(zlib.compress(plain.encode(), 6)).decode()
    parts = [packed[at : at + _LETTERS] for at in range(0, len(packed), _LETTERS)]
    frame = pd.DataFrame({"part": pd.Series(parts, dtype=object)})
    return ResultSheet(RECORD, frame, (message("workbook.record"),))


def _plain(value: object) -> object:
    match value:
        case Text():
            return {"nl": value.nl, "en": value.en}
        case Message():
            return _plain(value.both)
        case dt.date():
            return {"day": f"{value:%Y-%m-%d}"}
        case _:
            return value.item()  # type: ignore[attr-defined] # a number of numpy's


def record_of(frame: pd.DataFrame | None) -> Record | None:
    """Return the record that a sheet holds; `None` for none, or one that cannot be read."""
    if frame is None:
        return None
    packed = "".join(str(part) for part in frame["part"].dropna().tolist())
    try:
        unpacking = zlib.decompressobj()
        plain = unpacking.decompress(base64.b85decode(packed), _MOST_BYTES)
        record = json.loads(plain, object_hook=_of_object)
    except (ValueError, zlib.error, binascii.Error):
        return None
    return record if isinstance(record, dict) else None


def _of_object(found: dict[str, Any]) -> object:
    if found.keys() == {"nl", "en"}:
        return Text(found["nl"], found["en"])
    if found.keys() == {"day"}:
        return dt.date.fromisoformat(found["day"])
    return found


def columns_of(frame: pd.DataFrame) -> dict[str, list[Any]]:
    """Return a table by column for a record; a cell without a value is `None`."""
    return {str(name): [_cell(each) for each in frame[name].tolist()] for name in frame.columns}


def _cell(value: object) -> object:
    if value is None or (isinstance(value, float) and math.isnan(value)) or value is pd.NaT:
        return None
    return value


def frame_of(columns: Mapping[str, list[Any]]) -> pd.DataFrame:
    """Return the table of a record, each cell as it was."""
    return pd.DataFrame({name: pd.Series(each, dtype=object) for name, each in columns.items()})
