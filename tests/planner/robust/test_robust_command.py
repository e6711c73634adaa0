"""`opvangplan robust`: a workbook that holds, half a page, and what cannot be asked."""

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
from planner.compare.views import StageProgress
from planner.core.outcome import CancelToken, Progress
from planner.core.texts import Language
from planner.jobs.future_handlers import ask_futures
from planner.jobs.future_requests import AskFutures, FuturesQuestion
from tests.planner.input.conftest import EMERGENCY, KINDS, book_of

DAY = dt.date(2026, 6, 30)
JULY = dt.date(2026, 7, 1)

SHEETS: Mapping[str, Sequence[Sequence[Any]]] = {
    "Locaties": [
        ["Locatiecode", "Type", "Status", "Bedden", "Kosten per plaats per maand",
         "Openingskosten"],
        ["L1", "azc", "open", 100, 1000, None],
        ["A", "azc", "candidate", 10, 30, 100],
        ["B", "azc", "candidate", 10, 5, 300],
    ],
    "Bezetting": [["Peildatum", "Locatie", "Groep", "Personen"], [DAY, "L1", "men", 100]],
    "Groepen": [
        ["Groep", *KINDS, *EMERGENCY],
        ["men", "barred", "preferred", *["barred"] * 5, *["fallback"] * 3],
    ],
    "Prognose": [
        ["Scenario", "Maand", "Groep", "Personen"],
        ["few", JULY, "men", 102], ["many", JULY, "men", 110],
    ],
    "Parameters": [["Parameter", "Waarde"], ["occupancy_norm", 1]],
}  # fmt: skip


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "in.xlsx"
    api.save_book(path, book_of(SHEETS), Language.EN)
    return path


def asked(source: Path, *more: str) -> int:
    out = source.with_name("plan.xlsx")
    given = ["robust", str(source), "--out", str(out), "--language", "en", *more]
    return run(given)


def test_the_plan_is_written_with_what_it_is_worth_and_holds(
    source: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A opened for both, 280 on average besides the 100,000 of L1; B for many alone, 330."""
    result = source.with_name("r.json")
    assert 0 == asked(source, "--scenarios", "many,few", "--json", str(result), "--futures", "5")

    told = capsys.readouterr().out
    assert "Decisions that are the same in: many (50 %), few (50 %)." in told
    assert "This plan opens 1 location," in told
    assert "come out worse: cost 50 euros more; the cost is 50 euros higher" in told
    record = json.loads(result.read_text(encoding="utf-8"))
    assert "many" == record["base"]
    assert pytest.approx(100_280) == record["expected"]["plan"]["cost"]
    assert pytest.approx(100_330) == record["expected"]["base_alone"]["cost"]
    assert pytest.approx(100_255) == record["expected"]["foresight"]["cost"]
    assert 5 == record["futures"]["tried"]

    out = source.with_name("plan.xlsx")
    verdict = api.verify(out)
    assert () == verdict.breaches
    assert () == verdict.levels
    workbook = openpyxl.load_workbook(out, read_only=True)
    cells = [str(c) for row in workbook["Robust"].iter_rows(values_only=True) for c in row if c]
    rows = workbook["Robust decisions"].iter_rows(values_only=True)
    decided = [(*row[:2], *row[3:5]) for row in rows]
    workbook.close()
    assert any(each.startswith("Planning on many alone is expected") for each in cells)
    assert ("A", "open", 1, 0) in decided
    assert not any(0 < abs(float(each)) < 1e-6 for each in cells if _is_number(each))
    assert ("B", "open", 0, 1) in decided


def _is_number(cell: str) -> bool:
    return cell.replace(".", "", 1).replace("e-", "", 1).lstrip("-").isdigit()


def test_a_plan_for_all_can_be_opened_and_planned_again(source: Path) -> None:
    assert 0 == asked(source, "--scenarios", "many,few", "--futures", "0", "--quiet")
    again = source.with_name("again.xlsx")
    plan = ["plan", str(source.with_name("plan.xlsx")), "--scenario", "many", "--out", str(again)]

    assert 0 == run([*plan, "--quiet"])
    sheets = openpyxl.load_workbook(again, read_only=True).sheetnames
    assert not {"Robust", "Robuust"} & set(sheets)


def test_a_sheet_called_as_in_versions_before_is_known(
    source: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert 0 == asked(source, "--scenarios", "many,few", "--futures", "0", "--quiet")
    old, again = source.with_name("plan.xlsx"), source.with_name("again.xlsx")
    workbook = openpyxl.load_workbook(old)
    workbook["Robust decisions"].title = "Robuust besluiten"
    workbook.save(old)
    capsys.readouterr()

    plan = ["plan", str(old), "--scenario", "many", "--out", str(again), "--quiet"]
    assert 0 == run(plan)

    assert "Robuust" not in capsys.readouterr().err
    assert "Robuust besluiten" not in openpyxl.load_workbook(again, read_only=True).sheetnames


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (["--scenarios", "many,none"], "has no scenario none; it has: few, many."),
        (["--scenarios", "none,many,nobody"], "has no scenarios none, nobody; it has: few, many."),
        (["--scenarios", ","], "In this workbook: few, many"),
        (["--scenarios", "many,few,many"], "many is named more than once"),
        (["--scenarios", "many,few", "--weights", "1"], "there is 1 weight for 2 scenarios"),
        (["--scenarios", "many,few", "--weights", "0.5,0.6"], "the weights add up to 1.1"),
        (["--scenarios", "many,few", "--weights", "much,0.6"], "is no weight"),
        (["--scenarios", "many,few", "--weights", "0,1"], "is no weight"),
        (["--scenarios", "many,few", "--common-until", "soon"], "is no month"),
        (["--scenarios", "many,few", "--common-until", "2030-01"], "from 2026-07 to 2026-07"),
        (["--scenarios", "many,few", "--futures", "-1"], "from 0 to"),
    ],
)
def test_what_cannot_be_asked_is_told(
    source: Path, given: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert 2 == asked(source, *given)
    assert told in capsys.readouterr().err
    assert not source.with_name("plan.xlsx").exists()


def test_the_window_is_told_how_many_of_the_futures_are_done() -> None:
    """So that its bar moves along: first the plans, of which there is no telling how many."""
    stages: list[StageProgress] = []
    ask = AskFutures(FuturesQuestion.ROBUST, scenarios=("many", "few"))

    def keep(progress: Progress) -> None:
        assert isinstance(progress, StageProgress)
        stages.append(progress)

    answer = ask_futures(ask, book_of(SHEETS), keep, CancelToken())

    assert answer.sentences
    of_futures = [(each.done, each.total) for each in stages if each.total]
    (count,) = {total for _, total in of_futures}
    assert [(done, count) for done in range(count)] == of_futures
    assert 0 == stages[0].total
