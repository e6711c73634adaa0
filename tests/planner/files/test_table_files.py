from __future__ import annotations

import datetime as dt
import importlib.util
import json
import re
from pathlib import Path

import pandas as pd
import pytest
from pyarrow import parquet

from planner.core.errors import TargetInUseError, UnusableInputError
from planner.core.texts import Language
from planner.files.table_files import TableFormat, save_tables

FRAME = pd.DataFrame(
    {"location": ["L1", "L2"], "month": [dt.date(2026, 7, 1)] * 2, "people": [0.1 + 0.2, 12.0]}
)


def test_tables_are_written_whole_with_all_digits(tmp_path: Path) -> None:
    file, manifest = save_tables(tmp_path / "out", {"placement": FRAME}, TableFormat.CSV)

    assert "placement.csv" == file.name
    assert "location,month,people\nL1,2026-07-01,0.30000000000000004\n" in file.read_text("utf-8")
    assert {file, manifest} == set(file.parent.iterdir())


def test_parquet_without_its_library_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)

    with pytest.raises(UnusableInputError):
        save_tables(tmp_path / "out", {"placement": FRAME}, TableFormat.PARQUET)

    assert not (tmp_path / "out").exists()


def test_a_column_of_figures_and_words_becomes_one_of_words(tmp_path: Path) -> None:
    mixed = pd.DataFrame({"value": pd.Series([1.5, "ja", None], dtype=object)})
    file, _ = save_tables(tmp_path, {"placement": mixed}, TableFormat.PARQUET)

    assert ["1.5", "ja", None] == parquet.read_table(file)["value"].to_pylist()


# Parquet for real, and CSV for a Dutch Excel.

TEXTS = ["=1+1", "a;b", 'zegt "ja"', "0012", "\N{HOUSE BUILDING}", "x" * 200]
WILD = pd.DataFrame(
    {
        "location": TEXTS,
        "month": [dt.date(2026, 7, 1)] * len(TEXTS),
        "people": [0.1 + 0.2, 12.0, 1e-9, float("nan"), -1.5, 1_234.5],
        "kind": [None] * len(TEXTS),
        "holds": [True, None, False, True, None, None],
    }
)


def test_parquet_keeps_months_as_dates_and_codes_as_text(tmp_path: Path) -> None:
    file, manifest = save_tables(tmp_path, {"placement": WILD}, TableFormat.PARQUET)

    kinds = {field.name: str(field.type) for field in parquet.read_schema(file)}
    assert {"location": "string", "month": "date32[day]", "people": "double"} == {
        key: kinds[key].removeprefix("large_") for key in ("location", "month", "people")
    }
    back = pd.read_parquet(file)
    assert TEXTS == back["location"].tolist()
    assert WILD["month"].tolist() == back["month"].tolist()
    assert WILD["people"].equals(back["people"])
    assert back["kind"].isna().all()
    assert [True, None, False, True, None, None] == back["holds"].tolist()
    assert "manifest.json" == manifest.name


def test_csv_for_excel_has_no_formulas(tmp_path: Path) -> None:
    file, _ = save_tables(tmp_path, {"placement": WILD}, TableFormat.EXCEL_CSV)

    assert file.read_bytes().startswith(b"\xef\xbb\xbflocation;month;people")
    back = pd.read_csv(file, sep=";", decimal=",", dtype={"location": str}, encoding="utf-8-sig")
    assert ["'=1+1", *TEXTS[1:]] == back["location"].tolist()
    assert WILD["people"].tolist()[:3] == pytest.approx(back["people"].tolist()[:3])
    assert "0,30000000000000004" in file.read_text("utf-8-sig")


def test_plain_csv_keeps_every_text_but_what_a_spreadsheet_would_calculate(tmp_path: Path) -> None:
    file, manifest = save_tables(tmp_path, {"placement": WILD}, TableFormat.CSV)

    back = pd.read_csv(file, dtype={"location": str, "people": str})
    assert ["'=1+1", *TEXTS[1:]] == back["location"].tolist()
    assert "'" == json.loads(manifest.read_text("utf-8"))["dialect"]["before formulas"]
    assert WILD["people"].equals(back["people"].map(float))


@pytest.mark.parametrize("kind", [TableFormat.CSV, TableFormat.EXCEL_CSV])
@pytest.mark.parametrize(
    "text", ["=cmd|'/c calc'!A0", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", " =1+1", "\uff1d1+1"]
)
def test_no_text_of_a_csv_is_a_formula(tmp_path: Path, kind: TableFormat, text: str) -> None:
    frame = pd.DataFrame({"location": [text], "people": [-1.5]})

    file, _ = save_tables(tmp_path, {"placement": frame}, kind)

    written = file.read_bytes().decode("utf-8-sig").split("\n", 1)[1].lstrip('"')
    assert written.startswith("'")
    assert text.strip() in written
    # A number below nothing stays a number.
    assert written.rstrip()[-5:] in {",-1.5", ";-1,5"}


@pytest.mark.parametrize("kind", [TableFormat.CSV, TableFormat.EXCEL_CSV])
def test_no_text_of_a_csv_goes_on_in_a_cell_of_its_own(tmp_path: Path, kind: TableFormat) -> None:
    frame = pd.DataFrame({"location": ["L1\r=1+1"], "people": [1.5]})

    file, _ = save_tables(tmp_path, {"placement": frame}, kind)

    assert b'"L1\n\'=1+1"' in file.read_bytes()


@pytest.mark.parametrize("kind", [TableFormat.CSV, TableFormat.EXCEL_CSV])
def test_no_part_of_a_text_is_a_formula_wherever_a_spreadsheet_parts_the_line(
    tmp_path: Path, kind: TableFormat
) -> None:
    texts = ["x;=cmd|'/c calc'!A0;", "x,=cmd|'/c calc'!A0,", "x\t+1", "x\n@SUM(A1)", "x; -1+1"]
    frame = pd.DataFrame({"location": [*texts, "10-12; 2027-08, 3 = 3"]})

    file, _ = save_tables(tmp_path, {"placement": frame}, kind)

    written = file.read_bytes().decode("utf-8-sig")
    cells = [each.strip(' "') for each in re.split(r"[;,\t\n]", written)]
    assert [] == [each for each in cells if each.startswith(("=", "+", "-", "@"))]
    assert "10-12; 2027-08, 3 = 3" in written


def test_the_manifest_names_every_file_with_its_units(tmp_path: Path) -> None:
    tables = {"placement": FRAME, "words": FRAME}
    *files, manifest = save_tables(tmp_path, tables, TableFormat.CSV, {"scenario": "middle"})

    told = json.loads(manifest.read_text("utf-8"))
    assert ["placement.csv"] == [each.name for each in files]
    assert {"scenario": "middle"} == told["plan"]
    (table,) = told["tables"]
    assert ("placement.csv", 2) == (table["file"], table["rows"])
    assert [
        ("location", "text", None),
        ("month", "month", None),
        ("people", "number", "persons"),
    ] == [(each["key"], each["type"], each["unit"]) for each in table["columns"]]


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")

    with pytest.raises(TargetInUseError):
        save_tables(tmp_path / "out", {"placement": FRAME}, TableFormat.CSV)


def test_a_folder_whose_name_is_too_long_is_told_as_that(tmp_path: Path) -> None:
    with pytest.raises(TargetInUseError) as caught:
        save_tables(tmp_path / ("n" * 300), {"placement": FRAME}, TableFormat.CSV)

    assert "kies een kortere" in caught.value.told.text(Language.NL)
    assert "choose a shorter one" in caught.value.told.text(Language.EN)
