from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from planner.api import open_demo
from planner.core.errors import Finding, Severity
from planner.core.texts import Language
from planner.input.case import parse
from planner.input.records import table

Rows = list[list[Any]]
Sheets = dict[str, Rows]
Found = Callable[[Sheets], dict[str, list[Finding]]]

KINDS = ["Aanmelding", "Regulier", "Versneld", "Amv", "Bijzondere zorg", "Terugkeer", "DOL",
         "Noodopvang gebouw", "Noodopvang tent of hal", "Crisisnoodopvang"]  # fmt: skip
HEADERS = ["Stroom", "Groep", "Aandeel", "Aandeel volgens parameter", "Vertraging",
           "Verblijfsduur"]  # fmt: skip
JUL, AUG = dt.date(2026, 7, 1), dt.date(2026, 8, 1)


@pytest.fixture
def arrivals(sheets: Sheets) -> Sheets:
    """Return a book of two months in which everybody who comes joins the men."""
    sheets["Groepen"] = [
        ["Groep", *KINDS],
        ["men", *["preferred"] * 6, "barred", *["fallback"] * 3],
        ["minors", *["barred"] * 3, "preferred", *["barred"] * 3, *["fallback"] * 3],
        ["dublin", *["fallback"] * 6, "preferred", *["fallback"] * 3],
    ]
    sheets["Stromen"] = [HEADERS, ["come", "men", 1, None, 0, 6]]
    sheets["Instroom"] = [
        ["Scenario", "Maand", "Stroom", "Personen"],
        ["middle", JUL, "come", 20],
        ["middle", AUG, "come", 30],
    ]
    return sheets


def cells(found: dict[str, list[Finding]], key: str) -> list[tuple[str, str, Severity]]:
    return [(each.sheet, each.cell, each.severity) for each in found[key]]


ERROR, REMARK = Severity.ERROR, Severity.REMARK


def test_a_good_book_has_no_error(arrivals: Sheets, findings_of: Found) -> None:
    errors = [e for each in findings_of(arrivals).values() for e in each if e.severity is ERROR]
    assert [] == errors


def test_shares_over_one(arrivals: Sheets, findings_of: Found) -> None:
    arrivals["Stromen"] += [["come", "minors", 0.2, None, 0, 6]]

    assert [("Stromen", "C3", ERROR)] == cells(findings_of(arrivals), "check.shares_over")


def test_shares_above_what_a_parameter_leaves_are_found_in_a_period(
    arrivals: Sheets, findings_of: Found
) -> None:
    # Of what the claims leave 0.7 + 0.3, and from August on 0.7 + 0.9.
    arrivals["Stromen"] = [
        [*HEADERS, "Geldig vanaf"],
        ["come", "dublin", None, "Aandeel aanvaarde Dublinclaims", 0, 3, None],
        ["come", "men", 0.7, None, 0, 6, None],
        ["come", "minors", 0.3, None, 0, 6, None],
    ]
    assert "check.shares_over_in" not in findings_of(arrivals)
    arrivals["Stromen"] += [["come", "minors", 0.9, None, 0, 6, AUG]]
    assert [("Stromen", "C5", ERROR)] == cells(findings_of(arrivals), "check.shares_over_in")


def test_people_left_out_are_told(arrivals: Sheets, findings_of: Found) -> None:
    arrivals["Stromen"][1][2] = 0.9

    assert [("Stromen", "C2", REMARK)] == cells(findings_of(arrivals), "check.shares_under")


def test_who_of_the_backlog_goes_on_living_elsewhere_is_not_left_out(
    arrivals: Sheets, findings_of: Found
) -> None:
    arrivals["Stromen"] += [["backlog", "men", 0.33, None, 0, 6]]

    assert "check.shares_under" not in findings_of(arrivals)


def test_more_than_all_of_the_backlog_is_too_many(arrivals: Sheets, findings_of: Found) -> None:
    arrivals["Stromen"] += [
        ["backlog", "men", 0.6, None, 0, 6],
        ["backlog", "minors", 0.5, None, 0, 6],
    ]

    assert [("Stromen", "C4", ERROR)] == cells(findings_of(arrivals), "check.shares_over")


@pytest.mark.parametrize("demo", ["small", "national"])
def test_a_supplied_case_does_not_complain_about_its_own_streams(demo: str) -> None:
    of_streams = {table(key).title.nl for key in ("streams", "stages", "inflow")}

    found = parse(open_demo(demo, Language.NL)).findings

    assert [] == [each.line(Language.EN) for each in found if each.sheet in of_streams]


def test_a_negative_stay(arrivals: Sheets, findings_of: Found) -> None:
    arrivals["Stromen"][1][5] = -2

    assert [("Stromen", "F2", ERROR)] == cells(findings_of(arrivals), "value.too_low")


def test_an_empty_share_is_not_zero(arrivals: Sheets, findings_of: Found) -> None:
    arrivals["Stromen"][1][2] = None

    assert [("Stromen", "C2", ERROR)] == cells(findings_of(arrivals), "check.share_empty")


def test_a_parameter_without_a_number(arrivals: Sheets, findings_of: Found) -> None:
    arrivals["Stromen"][1][2:4] = [None, "no_such_share"]

    assert [("Stromen", "D2", ERROR)] == cells(findings_of(arrivals), "check.stream_parameter")


def test_circular_streams(arrivals: Sheets, findings_of: Found) -> None:
    arrivals["Stromen"] += [["men", "minors", 0.5, None, 0, 6], ["minors", "men", 0.5, None, 0, 6]]
    found = findings_of(arrivals)

    assert [("Stromen", "B4", ERROR)] == cells(found, "check.streams_circular")
    assert "men > minors > men" in str(found["check.streams_circular"][0].what)


def test_a_group_that_leads_to_itself(arrivals: Sheets, findings_of: Found) -> None:
    arrivals["Stromen"] += [["men", "men", 0.5, None, 0, 6]]

    assert [("Stromen", "B3", ERROR)] == cells(findings_of(arrivals), "check.streams_circular")


def test_a_stream_that_leads_nowhere(arrivals: Sheets, findings_of: Found) -> None:
    arrivals["Instroom"] += [["middle", JUL, "others", 5], ["middle", AUG, "others", 5]]

    assert [("Instroom", "C4", ERROR)] == cells(findings_of(arrivals), "check.stream_nowhere")


def test_a_stream_in_which_nobody_comes(arrivals: Sheets, findings_of: Found) -> None:
    arrivals["Stromen"] += [["others", "men", 1, None, 0, 6]]

    assert [("Stromen", "A3", REMARK)] == cells(findings_of(arrivals), "check.stream_nobody")


def test_missing_months(arrivals: Sheets, findings_of: Found) -> None:
    del arrivals["Instroom"][2]

    assert [("Instroom", "B2", ERROR)] == cells(findings_of(arrivals), "check.inflow_gap")


def test_missing_months_that_nothing_hangs_on(arrivals: Sheets, findings_of: Found) -> None:
    del arrivals["Instroom"][2]
    arrivals["Prognose"] += [
        ["middle", month, group, 0] for month in (JUL, AUG) for group in ("minors", "dublin")
    ]

    assert [("Instroom", "B2", REMARK)] == cells(findings_of(arrivals), "check.inflow_gap")


def test_minors_do_not_come_into_dol(arrivals: Sheets, findings_of: Found) -> None:
    arrivals["Stromen"] += [["minors", "dublin", 0.1, None, 0, 3]]

    assert [("Stromen", "B3", ERROR)] == cells(findings_of(arrivals), "check.minors_to_dol")


def test_a_stay_in_dol_beyond_the_transfer_term(arrivals: Sheets, findings_of: Found) -> None:
    arrivals["Stromen"] += [["men", "dublin", 0.1, None, 0, 7]]

    assert [("Stromen", "F3", REMARK)] == cells(findings_of(arrivals), "check.stay_over")


def test_a_run_off_that_is_not_known(arrivals: Sheets, findings_of: Found) -> None:
    arrivals["Parameters"] += [["backlog_shape", "3", None, None]]

    assert [("Parameters", "B3", ERROR)] == cells(findings_of(arrivals), "check.backlog_shape")


def test_groups_that_nobody_joins_are_told(arrivals: Sheets, findings_of: Found) -> None:
    found = findings_of(arrivals)["check.group_not_joined"]

    assert [REMARK] == [each.severity for each in found]
    assert ("minors", "dublin") == dict(found[0].what.fields)["groups"]


def test_groups_without_a_forecast_are_computed(arrivals: Sheets, findings_of: Found) -> None:
    assert "check.forecast_groups_computed" in findings_of(arrivals)


def test_streams_of_an_older_book_are_read(arrivals: Sheets, findings_of: Found) -> None:
    arrivals["Stromen"] = [
        ["Stroom", "Groep", "Aandeel", "Vertraging", "Verblijfsduur"],
        ["come", "men", 1, 0, 6],
        ["come", "dublin", 0.1, 2.5, 3],
    ]

    errors = [e for each in findings_of(arrivals).values() for e in each if e.severity is ERROR]
    assert [] == errors
