from __future__ import annotations

import datetime as dt
import importlib.util
from pathlib import Path

import pandas as pd
import pytest

from planner.errors import UnusableInputError
from planner.workbook import table_files
from planner.workbook.table_files import TableFormat, save_tables

FRAME = pd.DataFrame(
    {"location": ["L1", "L2"], "month": [dt.date(2026, 7, 1)] * 2, "people": [0.1 + 0.2, 12.0]}
)


def test_tables_are_written_whole_with_all_digits(tmp_path: Path) -> None:
    (file,) = save_tables(tmp_path / "out", {"placement": FRAME}, TableFormat.CSV)

    assert "placement.csv" == file.name
    assert "location,month,people\nL1,2026-07-01,0.30000000000000004\n" in file.read_text("utf-8")
    assert [file] == list(file.parent.iterdir())


def test_parquet_without_its_library_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)

    with pytest.raises(UnusableInputError):
        save_tables(tmp_path / "out", {"placement": FRAME}, TableFormat.PARQUET)

    assert not (tmp_path / "out").exists()


def test_a_column_of_figures_and_words_becomes_one_of_words() -> None:
    mixed = table_files._one_kind(
        pd.DataFrame({"value": pd.Series([1.5, "ja", None], dtype=object)})
    )

    assert ["1.5", "ja", None] == mixed["value"].tolist()
