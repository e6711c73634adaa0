"""`opvangplan ensemble`: a workbook in which every member stands, and what cannot be asked."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from planner import api
from planner.cli import run
from planner.core.texts import Language
from tests.planner.input.conftest import EMERGENCY, KINDS, book_of

DAY = dt.date(2026, 6, 30)
JULY = dt.date(2026, 7, 1)

SHEETS: Mapping[str, Sequence[Sequence[Any]]] = {
    "Locaties": [["Locatiecode", "Type", "Bedden"], ["L1", "azc", 100]],
    "Bezetting": [["Peildatum", "Locatie", "Groep", "Personen"], [DAY, "L1", "men", 90]],
    "Groepen": [
        ["Groep", *KINDS, *EMERGENCY],
        ["men", "barred", "preferred", *["barred"] * 5, *["fallback"] * 3],
    ],
    "Prognose": [
        ["Scenario", "Maand", "Groep", "Personen"],
        ["low", JULY, "men", 80], ["middle", JULY, "men", 95], ["high", JULY, "men", 120],
    ],
    "Parameters": [["Parameter", "Waarde"], ["occupancy_norm", 1]],
}  # fmt: skip


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "in.xlsx"
    api.save_book(path, book_of(SHEETS), Language.EN)
    return path


def asked(source: Path, *more: str) -> int:
    out = source.with_name("out.xlsx")
    given = ["ensemble", str(source), "--out", str(out), "--workers", "1", "--language", "en"]
    return run([*given, *more])


def test_every_future_stands_in_the_workbook(
    source: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan, result = source.with_name("plan.xlsx"), source.with_name("r.json")
    assert 0 == run(["plan", str(source), "--out", str(plan), "--quiet"])
    assert 0 == asked(plan, "--members", "6", "--json", str(result))

    told = capsys.readouterr().out
    assert "The plan's decisions in 6 sampled futures (seed 0)" in told
    assert "it is planned first" not in told
    record = json.loads(result.read_text(encoding="utf-8"))
    assert 6 == len(record["members"])
    workbook = openpyxl.load_workbook(source.with_name("out.xlsx"), read_only=True)
    assert 4 == len(workbook.sheetnames)
    rows = list(workbook["Ensemble members"].iter_rows(values_only=True))
    workbook.close()
    assert [1, 2, 3, 4, 5, 6] == [row[0] for row in rows if isinstance(row[0], int | float)]
    titles = ("DOL needed (places)", "Without a place (person-months)", "Cost (euro)")
    assert set(titles) <= set(rows[1])


def test_a_workbook_without_a_plan_is_planned_first(
    source: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert 0 == asked(source, "--members", "2")
    assert "it is planned first" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (["--members", "0"], "from 1 to"),
        (["--members", "2", "--workers", "0"], "1 or more"),
        (["--members", "2", "--places", "many"], "are no numbers of places"),
        (["--members", "2", "--places", "1.200"], "are no numbers of places"),
        (["--members", "2", "--track-record", "none.json"], "none.json is not there"),
        (["--members", "2", "--scheduler", "tcp://127.0.0.1:1"], "not both"),
    ],
)
def test_what_cannot_be_asked_is_told(
    source: Path, given: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert 2 == asked(source, *given)
    assert told in capsys.readouterr().err


def test_a_track_record_widens_the_futures_and_says_so(
    source: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two forecasts of 100 for the next month, of whom 80 and 125 came: 25 % either way."""
    august = [[name, dt.date(2026, 8, 1), "men", n] for name, n in (("low", 84), ("high", 120))]
    rows = [*SHEETS["Prognose"], *august, ["middle", dt.date(2026, 8, 1), "men", 95]]
    api.save_book(source, book_of({**SHEETS, "Prognose": rows}), Language.EN)
    past = source.with_name("past.json")
    figures = [
        {"old": old, "horizon": 1, "forecast": 100.0, "counted": n}
        for old, n in (("a", 80), ("b", 125))
    ]
    record = {"kind": "opvangplan-track-record", "version": 1, "figures": figures}
    past.write_text(json.dumps(record), encoding="utf-8")
    result = source.with_name("r.json")
    given = ["--members", "3", "--fractions", "--json", str(result), "--overwrite"]

    assert 0 == asked(source, *given)
    without = json.loads(result.read_text(encoding="utf-8"))
    assert 0 == asked(source, *given, "--track-record", str(past))
    told = capsys.readouterr().out
    assert "how far 2 old forecasts were off in total: 25 % at 1 month ahead" in told
    widened = json.loads(result.read_text(encoding="utf-8"))
    assert (None, 2) == (without["track_record"], widened["track_record"]["olds"])
    assert without["members"] != widened["members"]
