"""Switching a rule off: what the sheets Parameters and Scenarios may say, and what they may not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from planner.core.errors import Finding, Severity
from planner.core.texts import Language
from planner.input.book import Book
from planner.input.case import parse
from planner.input.parameters import supplied
from planner.input.switches import is_switch, rule_names, switch_of, switchable
from planner.model.rules import RULES

Sheets = dict[str, list[list[Any]]]
FindingsOf = Callable[[Sheets], dict[str, list[Finding]]]
MakeBook = Callable[[Mapping[str, list[list[Any]]]], Book]

ERROR, REMARK = Severity.ERROR, Severity.REMARK
EDIT_HEADER = ["Scenario", "Tabel", "Sleutel", "Kolom", "Waarde"]


def switched(sheets: Sheets, *cells: object) -> Sheets:
    sheets["Parameters"].append(list(cells))
    return sheets


def edited(sheets: Sheets, key: str, value: object, scenario: str = "middle") -> Sheets:
    sheets["Scenarios"] = [EDIT_HEADER, [scenario, "parameters", key, "value", value]]
    return sheets


def test_a_switch_is_known_for_each_rule_and_only_soft_ones_can_be_off() -> None:
    soft = {rule.name for rule in RULES if not rule.hard}

    assert tuple(rule.name for rule in RULES) == rule_names()
    assert soft - {"everyone_placed"} == {name for name in rule_names() if switchable(name)}


def test_a_rule_that_cannot_be_off_says_why(sheets: Sheets, findings_of: FindingsOf) -> None:
    (found,) = findings_of(switched(sheets, "rule_dol_growth", 0))["check.switch_fixed"]

    assert found.what.text(Language.EN) == (
        "the rule “dol_growth” cannot be switched off: raise “DOL growth speed” to fit out faster"
    )


def test_no_supplied_parameter_is_taken_for_a_switch() -> None:
    assert not [name for name in supplied() if is_switch(name)]


@pytest.mark.parametrize(
    ("cells", "key", "severity", "at"),
    [
        (["rule_occupency_norm", 0], "switch_unknown", ERROR, "A3"),
        (["rule_of_thumb", 0], "switch_unknown", ERROR, "A3"),
        (["rule_people_within_places", 0], "switch_fixed", ERROR, "B3"),
        (["rule_everyone_placed", 0], "switch_fixed", ERROR, "B3"),
        (["rule_occupancy_norm", 2], "switch_value", ERROR, "B3"),
        (["rule_occupancy_norm", "misschien"], "switch_value", ERROR, "B3"),
        (["rule_occupancy_norm", None], "switch_empty", REMARK, "B3"),
    ],
)
def test_a_faulty_switch_is_told_at_its_cell(  # noqa: PLR0913, PLR0917 - a table of cases
    sheets: Sheets,
    findings_of: FindingsOf,
    cells: list[object],
    key: str,
    severity: Severity,
    at: str,
) -> None:
    found = findings_of(switched(sheets, *cells))

    (finding,) = found[f"check.{key}"]
    assert (severity, "Parameters", at) == (finding.severity, finding.sheet, finding.cell)
    assert "finding.parameter_unknown" not in found


def test_a_mistyped_rule_is_told_with_the_nearest_one(
    sheets: Sheets, findings_of: FindingsOf
) -> None:
    (found,) = findings_of(switched(sheets, "rule_occupency_norm", 0))["check.switch_unknown"]

    assert (("nearest", "rule_occupancy_norm"),) == found.todo.fields


def test_a_switch_for_part_of_the_time_is_refused(sheets: Sheets, findings_of: FindingsOf) -> None:

    found = findings_of(switched(sheets, "rule_moves", 0, dt.date(2026, 8, 1)))

    assert ["C3"] == [each.cell for each in found["check.switch_dates"]]


@pytest.mark.parametrize("value", [0, "0", 0.0])
def test_a_switch_holds_in_the_case(sheets: Sheets, make_book: MakeBook, value: object) -> None:
    case = parse(make_book(switched(sheets, "rule_moves", value))).case

    assert case is not None
    assert case.parameters.optional(switch_of("moves")) == 0.0


def test_a_rule_is_on_where_nothing_is_said_of_it(sheets: Sheets, make_book: MakeBook) -> None:
    case = parse(make_book(sheets)).case

    assert case is not None
    assert case.parameters.optional(switch_of("moves")) is None


def test_one_for_a_hard_rule_changes_nothing_and_is_no_fault(
    sheets: Sheets, make_book: MakeBook
) -> None:
    parsed = parse(make_book(switched(sheets, "rule_dol_growth", 1)))

    assert parsed.case is not None
    assert not [f for f in parsed.findings if f.what.key.startswith("check.switch")]


def test_a_scenario_switches_a_rule_that_the_parameters_do_not_name(
    sheets: Sheets, make_book: MakeBook
) -> None:
    sheets["Prognose"].append(["low", *sheets["Prognose"][1][1:]])
    book = make_book(edited(sheets, "rule_moves", 0, "low"))

    low, middle = parse(book, "low").case, parse(book, "middle").case

    assert low is not None
    assert middle is not None
    assert low.parameters.optional("rule_moves") == 0.0
    assert middle.parameters.optional("rule_moves") is None


def test_a_scenario_switches_a_rule_on_again(sheets: Sheets, make_book: MakeBook) -> None:
    case = parse(make_book(edited(switched(sheets, "rule_moves", 0), "rule_moves", 1))).case

    assert case is not None
    assert case.parameters.optional("rule_moves") == 1.0


@pytest.mark.parametrize(
    ("name", "value", "key"),
    [
        ("rule_of_thumb", 0, "switch_unknown"),
        ("rule_people_within_places", 0, "switch_fixed"),
        ("rule_moves", 5, "switch_value"),
    ],
)
@pytest.mark.parametrize(("scenario", "severity"), [("middle", ERROR), ("other", REMARK)])
def test_a_faulty_switch_of_a_scenario_is_told_once_at_its_row(  # noqa: PLR0913, PLR0917 - a table
    sheets: Sheets,
    findings_of: FindingsOf,
    name: str,
    value: object,
    key: str,
    scenario: str,
    severity: Severity,
) -> None:
    found = findings_of(edited(sheets, name, value, scenario))

    (finding,) = found[f"check.{key}"]
    assert (severity, "Scenarios", "C2") == (finding.severity, finding.sheet, finding.cell)
