"""Arrivals and streams that would pass unnoticed: each a finding with its cell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pytest

from planner.core.errors import Finding, Severity
from planner.core.texts import Language
from planner.input.book import Book
from planner.input.case import parse
from planner.input.edits import AddRow, apply
from planner.input.months import later
from tests.past_book import FIRST, STAYS, STREAMS, months_on, past_book

START = {"men": 1500.0, "permits": 600.0, "waiting": 120.0, "dol": 100.0}
EVERY = dict.fromkeys(months_on(32, later(FIRST, -8)), 200.0)
ERROR, REMARK = Severity.ERROR, Severity.REMARK


def book(
    arrivals: Mapping[str, Mapping[dt.date, float]] | None = None,
    **more: Any,
) -> Book:
    given = {"come": EVERY} if arrivals is None else arrivals
    return past_book({FIRST: more.pop("start", START)}, given, **more)


def found(of: Book, key: str) -> list[tuple[Severity, str]]:
    return [(e.severity, f"{e.sheet}!{e.cell}") for e in findings(of) if e.what.key == key]


def findings(of: Book) -> tuple[Finding, ...]:
    return parse(of).findings


def row(*cells: object) -> tuple[object, ...]:
    """Return a row of Streams: stream, group, share, parameter, stay, family, departures."""
    return cells


def test_a_sound_book_has_none_of_these() -> None:
    assert [] == [e.what.key for e in findings(book()) if e.severity is ERROR]
    assert [] == found(book(), "check.inflow_history")


@pytest.mark.parametrize(
    ("extra", "key", "cell"),
    [
        (row("men", "dol", 1.2, "", None, "fixed", ""), "value.too_high", "C6"),
        (row("men", "dol", -0.1, "", None, "fixed", ""), "value.too_low", "C6"),
        (row("come", "permits", 0.2, "", None, "fixed", ""), "check.shares_over", "C6"),
        (row("come", "permits", 0.0, "", -2, "fixed", ""), "value.too_low", "E6"),
        (row("permits", "men", 0.5, "", None, "fixed", ""), "check.streams_circular", "B6"),
        (row("come", "nobody", 0.0, "", None, "fixed", ""), "finding.unknown_name", "B6"),
    ],
)
def test_a_faulty_row_of_streams(extra: tuple[object, ...], key: str, cell: str) -> None:
    assert [(ERROR, f"Stromen!{cell}")] == found(book(streams=(*STREAMS, extra)), key)


def test_parameters_that_take_more_than_everybody() -> None:
    extra = row("come", "permits", None, "accelerated_share", None, "fixed", "")
    of = book(streams=(*STREAMS, extra), accelerated_share=0.9, dublin_accepted_share=0.3)

    assert [(ERROR, "Stromen!D6")] == found(of, "check.shares_over")


def test_a_stream_that_leads_nowhere() -> None:
    of = book({"come": EVERY, "other": EVERY})

    assert [(ERROR, "Instroom!C34")] == found(of, "check.stream_nowhere")


def test_a_month_without_arrivals() -> None:
    gap = {month: people for month, people in EVERY.items() if month != later(FIRST, 7)}

    assert [(ERROR, "Instroom!B2")] == found(book({"come": gap}), "check.inflow_gap")


def test_a_scenario_that_lacks_a_stream_of_another() -> None:
    streams = (*STREAMS, row("more", "men", 1.0, "", None, "fixed", ""))
    of = book({"come": EVERY, "more": EVERY}, streams=streams)
    rows = [
        AddRow("inflow", 500 + at, {"scenario": "high", "month": month, "stream": "come",
                                    "people": 9.0})
        for at, month in enumerate(EVERY)
    ]  # fmt: skip
    both, _ = apply(of, rows)

    assert [] == found(of, "check.inflow_absent")
    assert [(ERROR, "Instroom!C500")] == found(both, "check.inflow_absent")


def test_supplied_streams_in_which_nobody_arrives() -> None:
    of = book({"first_applications": EVERY}, start={"families": 9.0}, stays={"families": 9.0},
              streams=())  # fmt: skip
    told = [e for e in findings(of) if e.what.key == "check.inflow_supplied"]

    assert [(REMARK, "C1")] == [(each.severity, each.cell) for each in told]
    assert "nareis, aanvragen aan de grens" in told[0].what.text(Language.NL)


def test_dublin_cases_of_before_the_plan_whose_arrival_is_not_known() -> None:
    late = {month: people for month, people in EVERY.items() if month >= FIRST}
    of = book({"come": late})

    assert [(REMARK, "Instroom!B2")] == found(of, "check.inflow_history")


def test_minors_do_not_come_into_dol_by_the_group_that_waits_for_it() -> None:
    extra = row("minors", "waiting", 0.5, "", None, "fixed", "")
    of = book(
        start={**START, "minors": 7.0}, stays={**STAYS, "minors": 9.0}, streams=(*STREAMS, extra)
    )

    assert [(ERROR, "Stromen!B6")] == found(of, "check.minors_to_dol")


def test_a_season_of_nothing() -> None:
    nothing: dict[str, Any] = {f"season_{number:02d}": 0.0 for number in range(1, 13)}
    of = past_book({FIRST: START}, **nothing)

    assert [ERROR] == [severity for severity, _ in found(of, "check.season_empty")]


@pytest.mark.parametrize(
    ("name", "value", "key"),
    [
        ("uncertain_stay", 2.0, "check.parameter_high"),
        ("uncertain_arrivals", 1.5, "check.parameter_high"),
        ("season_01", -1.0, "check.parameter_low"),
        ("backlog_months", -3.0, "check.parameter_low"),
        ("backlog_people", -100.0, "check.parameter_low"),
        ("backlog_shape", 5.0, "check.backlog_shape"),
        ("trafficking_share", 1.4, "check.parameter_high"),
        ("take_charge_share", -0.2, "check.parameter_low"),
        ("permits_housed_month", -5.0, "check.parameter_low"),
        ("dublin_transferred_share", 2.0, "check.parameter_high"),
        ("border_released_share", 1.5, "check.parameter_high"),
        ("first_applications_year", -10.0, "check.parameter_low"),
    ],
)
def test_a_parameter_out_of_bounds(name: str, value: float, key: str) -> None:
    given: dict[str, Any] = {name: value}
    assert [(ERROR, "Parameters!B4")] == found(book(**given), key)
