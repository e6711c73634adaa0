"""Scenarios: applied without touching the input, edited as rows, made of what was edited."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.core.errors import Severity
from planner.input.case import parse
from planner.input.edits import Edit, SetCell, apply
from planner.input.scenarios import scenario_edits as making
from planner.input.scenarios.from_edits import scenario_from
from planner.input.scenarios.scenario import with_scenario
from planner.input.typed import read_tables
from tests.scenario_rows import (
    JUL,
    NL,
    SLOW,
    MakeBook,
    Sheets,
    case_of,
    error_keys,
    lines,
    same,
    shown,
    with_rows,
)

BEDS = st.builds(
    SetCell, st.just("locations"), st.sampled_from([2, 3]), st.just("beds"), st.integers(100, 400)
)
PEOPLE = st.builds(
    SetCell, st.just("forecast"), st.sampled_from([2, 3]), st.just("people"), st.integers(0, 400)
)
NORM = st.builds(SetCell, st.just("parameters"), st.just(2), st.just("value"), st.floats(0.5, 1.0))
UNTIL = st.builds(
    SetCell,
    st.just("locations"),
    st.just(2),
    st.just("open_until"),
    st.one_of(st.none(), st.dates(dt.date(2027, 1, 1), dt.date(2031, 1, 1))),
)
EDITS = st.lists(st.one_of(BEDS, PEOPLE, NORM, UNTIL), min_size=1, max_size=6)


@SLOW
@given(edits=EDITS)
def test_a_scenario_of_edits_is_what_the_edits_were_and_the_input_is_as_before(
    sheets: Sheets, make_book: MakeBook, edits: list[Edit]
) -> None:
    before = make_book(sheets)
    after, _ = apply(before, edits)

    taken = scenario_from(before, after, NL)
    made, undo = apply(after, taken.edits(after.tables.get("scenarios"), "mijn plan"))

    assert same(case_of(before), case_of(made))
    if taken.moved:
        assert same(case_of(after), case_of(made, "mijn plan"))
    back, _ = apply(made, undo)
    assert same(case_of(after), case_of(back))
    assert [] == lines(back, "mijn plan")


@SLOW
@given(edits=EDITS)
def test_a_scenario_applied_leaves_the_input_untouched(
    sheets: Sheets, make_book: MakeBook, edits: list[Edit]
) -> None:
    before = make_book(sheets)
    after, _ = apply(before, edits)
    taken = scenario_from(before, after, NL)
    book, _ = apply(after, taken.edits(after.tables.get("scenarios"), "x"))
    frames = {key: sheet.frame.copy() for key, sheet in book.tables.items()}

    changed, faults = with_scenario(book, read_tables(book)[0], "x")

    assert () == faults
    for key, frame in frames.items():
        assert frame.equals(book.tables[key].frame)
    assert same(case_of(changed), case_of(after))


LINES = st.lists(
    st.tuples(st.sampled_from(["L1", "L2", "L3"]), st.sampled_from(["beds", "name"]),
              st.integers(1, 3)),
    unique_by=lambda each: each[:2],
    min_size=1,
    max_size=5,
)  # fmt: skip


@SLOW
@given(ours=LINES, theirs=LINES)
def test_two_scenarios_combined_hold_both_and_come_apart_again(
    sheets: Sheets, make_book: MakeBook, ours: list[Any], theirs: list[Any]
) -> None:
    rows = [["a", "Locaties", key, column, value] for key, column, value in ours]
    rows += [["b", "locations", key, column, value] for key, column, value in theirs]
    book = make_book(with_rows(sheets, *rows))
    sheet = book.tables["scenarios"]
    first, second = making.of_scenario(sheet, "a"), making.of_scenario(sheet, "b")

    both, undo = apply(book, making.combined(sheet, first, second, "beide"))

    values = {each.address: each.value for each in second} | {e.address: e.value for e in first}
    assert values == {each[:3]: each[3] for each in lines(both, "beide")}
    assert {each.first.address for each in making.clashes(first, second)} == {
        each.address
        for each in first
        if any(e.address == each.address and e.value != each.value for e in second)
    }
    own = [each for each in lines(both, "beide") if each[:3] in {e.address for e in first}]
    assert sorted(lines(book, "a"), key=str) == sorted(own, key=str)
    assert (lines(book, "a"), lines(book, "b")) == (lines(both, "a"), lines(both, "b"))
    assert [] == lines(apply(both, undo)[0], "beide")


def test_a_change_that_is_not_active_does_not_count(sheets: Sheets, make_book: MakeBook) -> None:
    on = with_rows(sheets, ["a", "Locaties", "L1", "beds", 300, "ja"])
    off = with_rows(sheets, ["a", "Locaties", "L1", "beds", 300, "nee"])

    assert 300 == case_of(make_book(on), "a").locations["L1"].beds
    assert 120 == case_of(make_book(off), "a").locations["L1"].beds


def test_the_last_change_of_a_cell_holds_and_the_earlier_is_told_so(
    sheets: Sheets, make_book: MakeBook
) -> None:
    rows = [["a", "Locaties", "L1", "beds", 300], ["a", "locations", "L1", "Bedden", 200]]
    book = make_book(with_rows(sheets, *rows))

    assert 200 == case_of(book, "a").locations["L1"].beds
    assert [True, False] == [each.overruled for each in shown(book, "a").changes]


def test_a_scenario_may_set_two_parameters_that_the_sheet_does_not_give(
    sheets: Sheets, make_book: MakeBook
) -> None:
    rows = [
        ["a", "Parameters", "rule_moves", "value", 0],
        ["a", "Parameters", "reserve_places", "value", 12],
        ["a", "parameters", "rule_moves", "Waarde", 1],
    ]
    parameters = case_of(make_book(with_rows(sheets, *rows)), "a").parameters

    assert (1.0, 12.0) == (parameters.optional("rule_moves"), parameters.optional("reserve_places"))


@pytest.mark.parametrize(
    ("row", "key", "cell"),
    [
        (["other", "Hotels", "L1", "beds", 5], "scenario.table_unknown", "B2"),
        (["other", "Scenarios", "a|b|c|d", "value", 5], "scenario.table_unknown", "B2"),
        (["other", "Locaties", "L1", "beds", "veel"], "value.not_number", "E2"),
        (["other", "Locaties", "L1", "beds", None], "finding.empty_cell", "E2"),
        (["other", None, "L1", "beds", 5], "finding.empty_cell", "B2"),
        (["other", "Locaties", "L1", "beds", 5, "soms"], "value.not_yes_no", "F2"),
    ],
)
def test_what_is_wrong_with_a_scenario_stops_that_one_alone(
    sheets: Sheets, make_book: MakeBook, row: list[Any], key: str, cell: str
) -> None:
    sheets["Prognose"].append(["other", *sheets["Prognose"][1][1:]])
    book = make_book(with_rows(sheets, row))

    found = [each for each in parse(book).findings if each.what.key == key]

    assert [(Severity.REMARK, "Scenarios", cell)] == [(f.severity, f.sheet, f.cell) for f in found]
    assert set() == error_keys(book)
    assert key in error_keys(book, "other")


def test_a_double_change_stops_only_its_own_scenario(sheets: Sheets, make_book: MakeBook) -> None:
    sheets["Prognose"].append(["other", *sheets["Prognose"][1][1:]])
    twice = ["other", "Locaties", "L1", "beds", 300]
    book = make_book(with_rows(sheets, twice, twice))

    assert set() == error_keys(book)
    assert {"finding.duplicate"} == error_keys(book, "other")


def test_a_faulty_change_that_is_not_active_stops_nothing(
    sheets: Sheets, make_book: MakeBook
) -> None:
    book = make_book(with_rows(sheets, ["middle", "Hotels", "L1", "beds", 5, "nee"]))

    assert set() == error_keys(book, "middle")


def test_what_a_scenario_makes_impossible_is_told_where_its_value_stands(
    sheets: Sheets, make_book: MakeBook
) -> None:
    book = make_book(with_rows(sheets, ["a", "Locaties", "L1", "dol_beds", 500]))

    (found,) = [each for each in parse(book, "a").findings if each.severity is Severity.ERROR]

    assert ("Scenarios", "E2") == (found.sheet, found.cell)


def test_a_scenario_may_use_another_forecast(sheets: Sheets, make_book: MakeBook) -> None:
    sheets["Prognose"].append(["2027", JUL, "men", 180])
    asked = ["a", "Parameters", "forecast_scenario", "value", "2027"]
    book = make_book(with_rows(sheets, asked, ["b", "Locaties", "L1", "beds", 300]))

    assert 180 == case_of(book, "a").forecast["men", JUL]
    assert 140 == case_of(book, "b").forecast["men", JUL]
    assert ("2027", "middle") == (shown(book, "a").forecast, shown(book, "b").forecast)


@pytest.mark.parametrize("value", [2027, "2027"])
def test_a_forecast_whose_name_is_a_number_is_found(
    sheets: Sheets, make_book: MakeBook, value: object
) -> None:
    sheets["Prognose"].append(["2027", JUL, "men", 180])
    sheets["Parameters"].append(["forecast_scenario", value])

    assert 180 == case_of(make_book(sheets)).forecast["men", JUL]


def test_a_forecast_that_is_not_there_is_told_where_it_is_asked_for(
    sheets: Sheets, make_book: MakeBook
) -> None:
    asked = ["a", "Parameters", "forecast_scenario", "value", "hoog"]
    book = make_book(with_rows(sheets, asked))

    found = [f for f in parse(book, "a").findings if f.what.key == "check.forecast_unknown"]

    assert [("Scenarios", "E2", Severity.ERROR)] == [(f.sheet, f.cell, f.severity) for f in found]
    assert set() == error_keys(book)


def test_the_only_forecast_is_planned_beside_scenarios_that_change_cells(
    sheets: Sheets, make_book: MakeBook
) -> None:
    for row in sheets["Prognose"][1:]:
        row[0] = "raming"
    book = make_book(with_rows(sheets, ["a", "Locaties", "L1", "beds", 300]))

    assert "raming" == case_of(book).scenario
    assert 140 == case_of(book, "a").forecast["men", JUL]
