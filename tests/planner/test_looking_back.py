"""An old forecast beside later counts: how far it was off, and whether its band held."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import openpyxl
import pytest

from planner import api
from planner.cli import run
from planner.core.errors import UnusableInputError
from planner.core.texts import Language
from planner.forecast import demand_forecast
from planner.forecast.accuracy import LookBack, look_back
from planner.input.book import Book
from planner.input.edits import AddRow, SetCell, apply
from planner.input.months import later
from planner.sheets.result_sheets import read_results
from tests.past_book import BEDS, FIRST, STAYS, book_of, months_on, past_book

SPAN = months_on(6, later(FIRST, 1))
ARRIVALS = {"come": dict.fromkeys(months_on(40, later(FIRST, -8)), 200.0)}
START = {"men": 1500.0, "permits": 600.0, "waiting": 120.0, "dol": 100.0}

Counts = Mapping[dt.date, Mapping[str, float]]


@pytest.fixture(scope="module")
def old() -> Book:
    return past_book({FIRST: START}, ARRIVALS)


@pytest.fixture(scope="module")
def said(old: Book) -> Counts:
    computed = demand_forecast.forecast(old, "middle").scenarios[0].computed
    return {month: {group: computed.people(group, month) for group in START} for month in SPAN}


def counted_later(counts: Counts) -> Book:
    """Return a book with nothing but counts, as months stand for the day before them."""
    rows = [
        [month - dt.timedelta(days=1), "L1", group, round(people)]
        for month, groups in counts.items()
        for group, people in groups.items()
    ]
    return book_of({"Bezetting": [["Peildatum", "Locatie", "Groep", "Personen"], *rows]})


def off_by(said: Counts, men: float) -> Counts:
    return {month: {**groups, "men": groups["men"] + men} for month, groups in said.items()}


def notes(found: LookBack) -> set[str]:
    return {told.key for told in found.notes}


def test_a_forecast_that_came_true_is_off_by_less_than_a_person(old: Book, said: Counts) -> None:
    found = look_back(old, counted_later(said), "middle")

    assert len(START) * len(SPAN) == len(found.errors)
    assert found.errors["error"].abs().max() <= 0.5
    assert [True] == found.errors["inside_band"].unique().tolist()
    assert [1.0] * len(START) == found.summary["inside_share"].tolist()
    assert "look_back.computed" in notes(found)


def test_an_error_is_the_forecast_less_the_count(old: Book, said: Counts) -> None:
    found = look_back(old, counted_later(off_by(said, -300.0)), "middle")

    men = found.errors[(found.errors["group"] == "men") & (found.errors["month"] == SPAN[2])]
    row = men.iloc[0]
    counted = round(said[SPAN[2]]["men"] - 300.0)
    error = said[SPAN[2]]["men"] - counted
    assert (counted, pytest.approx(error)) == (row["counted"], row["error"])
    assert row["relative"] == pytest.approx(error / counted)
    assert row["inside_band"] is False


def test_groups_and_months_are_summed_up(old: Book, said: Counts) -> None:
    found = look_back(old, counted_later(off_by(said, -300.0)), "middle")

    men = found.summary.set_index("group").loc["men"]
    assert pytest.approx(300.0, abs=0.5) == men["mean_error"] == men["mean_absolute"]
    assert len(SPAN) == men["months"]
    total = found.totals.set_index("month").loc[SPAN[2]]
    assert pytest.approx(300.0, abs=2.0) == total["error"]
    assert total["forecast"] == pytest.approx(sum(said[SPAN[2]].values()))


def test_the_count_that_the_forecast_started_from_is_no_test_of_it(old: Book, said: Counts) -> None:
    found = look_back(old, counted_later({FIRST: START, **said}), "middle")

    assert FIRST not in set(found.errors["month"])
    assert "look_back.other_months" in notes(found)


def test_every_scenario_is_looked_back_on(said: Counts) -> None:
    base = past_book({FIRST: START}, ARRIVALS)
    rows = [
        AddRow("inflow", 500 + at, {"scenario": "high", "month": month, "stream": "come",
                                    "people": 300.0})
        for at, month in enumerate(ARRIVALS["come"])
    ]  # fmt: skip
    both, _ = apply(base, rows)
    found = look_back(both, counted_later(said))

    assert {"middle", "high"} == set(found.errors["scenario"])
    means = found.summary.set_index(["scenario", "group"])["mean_error"]
    assert means["high", "men"] > means["middle", "men"]


def test_what_was_written_then_goes_before_what_is_computed_now(
    old: Book, said: Counts, tmp_path: Path
) -> None:
    output = tmp_path / "forecast.xlsx"
    made = demand_forecast.forecast(old, "middle")
    demand_forecast.save_forecast(output, old, made, Language.EN)
    written = api.open_workbook(output)
    row = written.frame("inflow").index[0]
    # Arrivals that were corrected since do not change what was forecast then.
    changed, _ = apply(written, [SetCell("inflow", int(row) + 10, "people", 9000.0)])
    found = look_back(changed, counted_later(said), "middle")

    assert "look_back.written" in notes(found)
    assert found.errors["error"].abs().max() <= 0.5
    assert found.errors["inside_band"].notna().all()


def test_numbers_of_the_sheet_forecast_have_no_band(old: Book, said: Counts) -> None:
    rows = [
        AddRow("forecast", 2 + at, {"scenario": "middle", "month": month, "group": "men",
                                    "people": 1000.0})
        for at, month in enumerate(months_on(8))
    ]  # fmt: skip
    given, _ = apply(old, rows)
    found = look_back(given, counted_later(said), "middle")

    men = found.errors[found.errors["group"] == "men"]
    assert [1000.0] * len(SPAN) == men["forecast"].tolist()
    assert men["inside_band"].isna().all()
    assert "look_back.no_band" in notes(found)
    assert np.isnan(found.summary.set_index("group")["inside_share"]["men"])


def test_groups_left_out_are_named(old: Book, said: Counts) -> None:
    fewer = {
        month: {g: n for g, n in groups.items() if g != "dol"} for month, groups in said.items()
    }
    more = {month: {**groups, "women": 4.0} for month, groups in fewer.items()}
    found = look_back(old, counted_later(more), "middle")

    told = {each.key: dict(each.fields) for each in found.notes}
    assert ("women",) == told["look_back.not_forecast"]["groups"]
    assert ("dol",) == told["look_back.not_counted"]["groups"]
    assert {"men", "permits", "waiting"} == set(found.errors["group"])


def test_nobody_counted_has_no_relative_error(old: Book, said: Counts) -> None:
    empty = {month: {**groups, "dol": 0.0} for month, groups in said.items()}
    found = look_back(old, counted_later(empty), "middle")

    dol = found.errors[found.errors["group"] == "dol"]
    assert dol["relative"].isna().all()
    assert (dol["error"] > 0).all()


def test_counts_of_other_months_are_refused(old: Book) -> None:
    far = counted_later({later(FIRST, -3): START})

    with pytest.raises(UnusableInputError) as refused:
        look_back(old, far, "middle")
    assert "look_back.no_month" == refused.value.told.key


def test_faulty_counts_are_refused_with_their_cells(old: Book, said: Counts) -> None:
    book = counted_later(said)
    faulty, _ = apply(book, [SetCell("occupancy", 3, "people", "many")])

    with pytest.raises(UnusableInputError) as refused:
        look_back(old, faulty, "middle")
    (found,) = refused.value.findings
    assert "D3" == found.cell
    assert found.sheet.startswith(f"[{faulty.name}]")


def test_a_book_without_counts_is_refused(old: Book) -> None:
    with pytest.raises(UnusableInputError):
        look_back(old, book_of({"Locaties": [["Locatiecode", "Type"], ["L1", "azc"]]}), "middle")


def test_faults_elsewhere_in_the_later_book_do_not_matter(old: Book, said: Counts) -> None:
    later_book = past_book({FIRST: START, **said}, ARRIVALS, stays={**STAYS, "men": 0.2})
    found = look_back(old, replace(later_book), "middle")

    assert len(START) * len(SPAN) == len(found.errors)
    assert BEDS > found.totals["counted"].max()


def test_the_command_writes_the_later_book_with_the_look_back(
    old: Book, said: Counts, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before, after, output = (tmp_path / name for name in ("old.xlsx", "later.xlsx", "out.xlsx"))
    api.save_book(before, old, Language.NL)
    api.save_book(after, counted_later(off_by(said, -300.0)), Language.NL)

    code = run(["look-back", str(before), str(after), "--out", str(output), "--language", "en"])

    told = capsys.readouterr()
    assert (0, "") == (code, told.err)
    assert "middle, men: 300 people off the count" in told.out
    tables = read_results(api.open_workbook(output))
    assert len(START) * len(SPAN) == len(tables["look_back"])
    assert {True, False} == set(tables["look_back"]["inside_band"])
    assert len(START) == len(tables["look_back_groups"])
    assert len(SPAN) == len(tables["look_back_totals"])


def test_the_sheets_call_scenarios_and_groups_in_their_language(
    old: Book, said: Counts, tmp_path: Path
) -> None:
    before, after, output = (tmp_path / name for name in ("old.xlsx", "later.xlsx", "out.xlsx"))
    api.save_book(before, old, Language.NL)
    api.save_book(after, counted_later(said), Language.NL)
    assert 0 == run(["look-back", str(before), str(after), "--out", str(output)])

    sheet = openpyxl.load_workbook(output)["Terugblik"]
    assert "midden" in {row[0] for row in sheet.iter_rows(values_only=True)}
    tables = read_results(api.open_workbook(output))
    assert {"middle"} == {*tables["look_back"]["scenario"]}


def test_the_command_refuses_counts_of_other_months(
    old: Book, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before, after, output = (tmp_path / name for name in ("old.xlsx", "later.xlsx", "out.xlsx"))
    api.save_book(before, old, Language.NL)
    api.save_book(after, counted_later({later(FIRST, -3): START}), Language.NL)

    assert 2 == run(["look-back", str(before), str(after), "--out", str(output)])
    assert "terugblikken kan niet" in capsys.readouterr().err
    assert not output.exists()
