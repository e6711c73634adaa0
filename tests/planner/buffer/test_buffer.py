"""A reserve against emergency places: the break-even by hand, what is assumed, what is refused."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import openpyxl
import pytest

from planner import api
from planner.buffer import Need
from planner.buffer.reserve import reserve
from planner.cli import run
from planner.core.texts import Language
from planner.input.months import later
from tests.planner.ensemble.test_ensemble_command import SHEETS
from tests.planner.input.conftest import book_of
from tests.tables import about

FIRST = dt.date(2026, 1, 1)


def need(*people: float, regular: float = 2.0, emergency: float = 5.0) -> Need:
    """Return a need by month, with a place at 2 and an emergency place at 5 a month."""
    months = [later(FIRST, at) for at in range(len(people))]
    return Need(
        dict(zip(months, people, strict=True)),
        dict.fromkeys(months, regular),
        dict.fromkeys(months, emergency),
    )


def test_a_place_breaks_even_where_it_is_needed_in_two_months_of_five() -> None:
    """2 x 5 months = 5 x 2 months."""
    assert about(0.4) == need(0, 0, 0, 100, 300).break_even
    assert about(0.0) == need(0, 0, 0, 100, 100).saved(100)


def test_the_best_reserve_is_what_is_needed_often_enough() -> None:
    """Of four months 0, 0, 100, 300: a place must be needed in 0.4 x 4 = 1.6 months, so in two.

    100 places are, and save 5 x (100 + 100) - 2 x 100 x 4 = 200; the next 200 in one month only:
    5 x (100 + 300) - 2 x 300 x 4 = -400. Between, 200 - (n - 100) x (8 - 5) = 0 at n = 166.67.
    """
    four = need(0, 0, 100, 300)

    assert 100.0 == four.best
    assert (about(200.0), about(-400.0)) == (four.saved(100), four.saved(300))
    assert about(100 + 200 / 3) == four.pays_up_to
    assert about(0.0) == four.saved(four.pays_up_to)


def test_a_reserve_beyond_what_is_ever_needed_is_paid_for_all_the_same() -> None:
    """Every month 100: saves 5 x 100 - 2 x 100 = 300 a month; 2 a place more: up to 250 places."""
    always = need(100, 100)

    assert (100.0, about(250.0)) == (always.best, always.pays_up_to)


@pytest.mark.parametrize("people", [(0.0, 0.0, 0.0, 0.0), (0.0, 0.0, 0.0, 400.0)])
def test_no_reserve_pays_for_what_is_never_or_seldom_needed(people: tuple[float, ...]) -> None:
    """One month in four is less than two in five."""
    assert (0.0, 0.0) == (need(*people).best, need(*people).pays_up_to)


def test_no_reserve_pays_where_it_is_dearer_than_emergency_reception() -> None:
    dear = need(100, 100, regular=6.0)

    assert about(1.2) == dear.break_even
    assert (0.0, 0.0) == (dear.best, dear.pays_up_to)


def test_a_size_is_told_a_year() -> None:
    """200 places, 4 months of 12: kept 2 x 200 x 12 = 4,800; saved 5 x (100 + 200) x 3 = 4,500."""
    told = reserve("middle", need(0, 0, 100, 300), 200.0)

    assert (about(4800.0), about(4500.0), about(300.0)) == (told.kept, told.avoided, told.extra)
    assert 1 == told.needed
    assert about(300 / 800) == told.used


def test_a_rate_of_a_month_counts_in_that_month() -> None:
    """An emergency place at 5, and at 20 in the month it is needed: 20 x 100 - 2 x 100 x 2."""
    months = [FIRST, later(FIRST, 1)]
    dated = Need(
        dict(zip(months, (0.0, 100.0), strict=True)),
        dict.fromkeys(months, 2.0),
        dict(zip(months, (5.0, 20.0), strict=True)),
    )
    assert about(1600.0) == dated.saved(100)
    assert about(1800.0) == dated.of_year(2026).saved(100) + 200.0


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A hundred beds in one month; 80, 95 and 120 men are expected."""
    path = tmp_path / "in.xlsx"
    api.save_book(path, book_of(SHEETS), Language.EN)
    return path


def test_the_command_tells_the_range_over_the_scenarios(
    source: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Only of 120 men 20 have no place: in that one month 20 x (5,780 - 2,530) = 65,000."""
    out, result = source.with_name("out.xlsx"), source.with_name("r.json")
    given = ["buffer", str(source), "--sizes", "0,20,40", "--budget", "2026=1000000", "--fractions"]
    assert 0 == run([*given, "--out", str(out), "--json", str(result), "--language", "en"])

    told = capsys.readouterr().out
    assert "needed in 44 % of the months (5.3 of 12)" in told
    assert "A reserve of 20 places saves most: 780,000 euros a year" in told
    assert "the size that saves most lies between 0 and 20 places" in told
    assert "high: 20 of those places are needed in every month" in told
    assert "Assumed: " in told
    record = json.loads(result.read_text(encoding="utf-8"))
    # The plan of 120 men has no place for 20, whose emergency places are no part of its cost.
    assert [0, 0, about(20 * 5780)] == [
        each["without"].get("2026", 0) for each in record["scenarios"]
    ]
    costs = [each["cost"]["2026"] + each["without"].get("2026", 0) for each in record["scenarios"]]
    left = [f"{round(1_000_000 - cost, -3):,.0f} euros" for cost in (max(costs), min(costs))]
    assert "2026 (1 month of the plan): the budget is 1,000,000 euros, the plan costs " in told
    assert f"{left[0]} to {left[1]} left" in told
    assert "emergency places count here for who is without a place" in told
    assert [0.0, 0.0, 20.0] == [each["best"] for each in record["scenarios"]]
    assert about(20 * 5780 / 2530) == record["scenarios"][2]["pays_up_to"]
    years = list(openpyxl.load_workbook(out)["Buffer by year"].iter_rows(values_only=True))
    high = next(row for row in years if row[1] == "high" and row[2] == 20)
    plan = record["scenarios"][2]["cost"]["2026"]
    assert (about(20 * 5780), about(20 * 2530)) == high[5:7]
    assert (about(20 * 5780), 1_000_000) == (high[7], high[9])
    # With the reserve nobody is without a place, for 20 x 2,530 on top of the plan.
    assert about(1_000_000 - plan - 50_600) == high[10]


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (("--sizes", "0,many"), "“0,many” are no sizes"),
        (("--sizes=-5",), "“-5” are no sizes"),
        (("--sizes", "1.000"), "“1.000” are no sizes"),
        (("--budget", "2026=1.500"), "is no budget of a year"),
        (("--budget", "2026=1,2026=2"), "is no budget of a year"),
        (("--budget", "2026"), "“2026” is no budget of a year"),
        (("--budget", "2026=-1"), "is no budget of a year"),
        (("--scenarios", "lowest,low,highest"), "has no scenarios lowest, highest; it has: "),
    ],
)
def test_what_cannot_be_asked_is_refused(
    source: Path, capsys: pytest.CaptureFixture[str], more: tuple[str, ...], told: str
) -> None:
    assert 2 == run(["buffer", str(source), "--language", "en", *more])
    assert told in capsys.readouterr().err


@pytest.mark.parametrize("rate", [None, 0])
def test_emergency_places_that_cost_nothing_are_refused_with_their_parameter(
    source: Path, capsys: pytest.CaptureFixture[str], rate: float | None
) -> None:
    rates: list[list[object]] = [["Parameter", "Waarde"], ["cost_emergency_bed_month", rate]]
    api.save_book(source, book_of({**SHEETS, "Parameters": rates}), Language.EN)

    code = run(["buffer", str(source), "--fractions", "--scenarios", "low", "--language", "en"])
    assert 2 == code
    assert "Cost of an emergency bed" in capsys.readouterr().err
