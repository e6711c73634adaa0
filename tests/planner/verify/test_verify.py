"""A plan that is right holds, and any one figure of it changed is found by the right check."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from planner.core.texts import Language
from planner.input.case import Case
from planner.verify import Breach, ClaimedPlan, verify

JUL, AUG, SEP = (dt.date(2026, month, 1) for month in (7, 8, 9))


def people(location: str, group: str, kind: str, month: dt.date) -> dict[str, Any]:
    return {"location": location, "group": group, "kind": kind, "month": month}


def places(location: str, kind: str, month: dt.date) -> dict[str, Any]:
    return {"location": location, "kind": kind, "month": month}


def short(rule: str, month: dt.date = SEP, **place: str) -> dict[str, Any]:
    return {"rule": rule, "month": month, **place}


def checks(found: tuple[Breach, ...]) -> set[str]:
    return {each.check for each in found}


def test_a_plan_that_is_right_holds(case: Case, plan: ClaimedPlan) -> None:
    assert () == verify(case, plan)


HARD = {
    "a person more than there are": (
        ("placement", people("new", "men", "regular", SEP), "people", 17),
        "placed_above_demand",
    ),
    "a person moved to a full place": (
        ("placement", people("amv", "minors", "minors", SEP), "people", 11),
        "people_above_places",
    ),
    "people in a kind that is not there": (
        ("placement", people("new", "dublin", "regular", SEP), "kind", "dol"),
        "kind_absent",
    ),
    "people in a kind that is barred": (
        ("placement", people("azc", "dublin", "dol", AUG), "group", "minors"),
        "barred",
    ),
    "places of a kind that is not there": (
        ("places", places("new", "regular", SEP), "kind", "special"),
        "kind_absent",
    ),
    "a place beyond the beds": (
        ("places", places("new", "regular", SEP), "places", 31),
        "places_above_beds",
    ),
    "a place beyond the shared pool of beds": (
        ("places", places("azc", "regular", JUL), "places", 95),
        "places_above_beds",
    ),
    "a place before a candidate can open": (
        ("places", {**places("new", "regular", JUL)}, "put in", {"places": 1, "beds": 0}),
        "outside_terms",
    ),
    "beds told otherwise": (
        ("places", places("azc", "regular", JUL), "beds", 101),
        "beds_differ",
    ),
    "an extension left out": (
        ("decisions", {"decision": "extend"}, "left out"),
        "places_above_beds",
    ),
    "an opening left out": (
        ("decisions", {"decision": "open"}, "left out"),
        "places_above_beds",
    ),
    "less extended than used": (
        ("decisions", {"decision": "extend"}, "value", 0.05),
        "places_above_beds",
    ),
    "more than the whole extended": (
        ("decisions", {"decision": "extend"}, "value", 1.5),
        "decision_above_one",
    ),
    "an extension of a contract that cannot be extended": (
        ("decisions", {"decision": "extend"}, "location", "azc"),
        "decision_impossible",
    ),
    "an opening of a location that is open": (
        ("decisions", {"decision": "open"}, "location", "azc"),
        "decision_impossible",
    ),
    "fitting out where there is no DOL part": (
        ("decisions", {"decision": "prepare_dol", "month": AUG}, "location", "new"),
        "decision_impossible",
    ),
    "an extension told twice": (
        (
            "decisions",
            {"location": "tent", "decision": "extend"},
            "put in",
            {"month": AUG, "value": 0.0},
        ),
        "decision_twice",
    ),
    "fitting out in no month": (
        ("decisions", {"decision": "prepare_dol", "month": AUG}, "month", None),
        "decision_without_month",
    ),
    "beds in use that were given up": (
        (
            "decisions",
            {"location": "tent", "decision": "close_early"},
            "put in",
            {"month": JUL, "value": 0.45},
        ),
        "places_above_beds",
    ),
    "DOL places not fitted out": (
        ("dol", {"month": SEP}, "prepared", 9),
        "dol_above_prepared",
    ),
    "a DOL part that shrinks": (
        ("decisions", {"decision": "prepare_dol", "month": AUG}, "value", 2.5),
        "dol_steps",
    ),
    "a DOL part that grows by itself": (
        ("dol", {"month": SEP}, "prepared", 11),
        "dol_steps",
    ),
    "a DOL part larger than can be separated": (
        ("dol", {"month": SEP}, "prepared", 21),
        "dol_above_part",
    ),
    "DOL fitted out too fast": (
        ("decisions", {"decision": "prepare_dol", "month": JUL}, "value", 4.5),
        "dol_growth",
    ),
    "DOL in use told otherwise": (("dol", {"month": JUL}, "in_use", 5), "dol_figures"),
    "people in DOL told otherwise": (("dol", {"month": JUL}, "people", 6), "dol_figures"),
    "idle DOL told otherwise": (("dol", {"month": JUL}, "idle", 0), "dol_figures"),
    "a month of DOL left out": (("dol", {"month": AUG}, "left out"), "dol_figures"),
    "a DOL part where none can be": (
        ("dol", {"month": SEP}, "location", "new"),
        "kind_absent",
    ),
}

REPORTED = {
    "a moved person told otherwise": (
        ("moves", {"group": "minors"}, "people", 1),
        "moves",
    ),
    "a move left out": (("moves", {"group": "minors"}, "left out"), "moves"),
    "a demand told otherwise": (
        ("demand", {"group": "men", "month": JUL}, "people", 76),
        "demand",
    ),
    "a demand left out": (("demand", {"group": "men", "month": JUL}, "left out"), "demand"),
    "more beds in the run-off": (
        ("runoff", {"month": AUG}, "portfolio_beds", 150),
        "runoff",
    ),
    "fewer beds needed": (("runoff", {"month": AUG}, "needed_beds", 120), "runoff"),
    "no shortage told": (("runoff", {"month": AUG}, "shortage", 0), "runoff"),
    "a month of run-off left out": (("runoff", {"month": JUL}, "left out"), "runoff"),
    "a shortfall of no rule": (
        ("shortfalls", short("dublin_outside_dol"), "rule", "no_such_rule"),
        "rule_unknown",
    ),
    "a shortfall at another level": (
        ("shortfalls", short("dublin_outside_dol"), "level", "norm"),
        "shortfall_level",
    ),
    "a shortfall of another province": (
        ("shortfalls", short("accessible_beds"), "region", "Zuid"),
        "shortfall_place",
    ),
    "a shortfall of a group it is not about": (
        ("shortfalls", short("accessible_beds"), "group", "men"),
        "shortfall_place",
    ),
    "a shortfall of another month": (
        ("shortfalls", short("dublin_outside_dol"), "month", AUG),
        "shortfall",
    ),
}

FORM = {
    "an empty cell": (
        ("places", places("azc", "dol", JUL), "places", None),
        "unreadable",
    ),
    "text for a number": (
        ("places", places("azc", "dol", JUL), "places", "6"),
        "unreadable",
    ),
    "no finite number": (
        ("runoff", {"month": JUL}, "shortage", float("inf")),
        "unreadable",
    ),
    "people below zero": (
        ("placement", people("new", "dublin", "regular", SEP), "people", -1),
        "negative",
    ),
    "an unknown location": (
        ("placement", people("new", "dublin", "regular", SEP), "location", "nw"),
        "unknown",
    ),
    "an unknown group": (("moves", {"group": "minors"}, "group", "women"), "unknown"),
    "a month outside the plan": (
        ("moves", {"group": "minors"}, "month", dt.date(2026, 10, 1)),
        "unknown",
    ),
    "no month": (("moves", {"group": "minors"}, "month", None), "unknown"),
    "an unknown decision": (
        ("decisions", {"decision": "extend"}, "decision", "close"),
        "unknown",
    ),
    "the same key twice": (
        ("placement", people("amv", "minors", "minors", SEP), "put in", {"people": 0}),
        "duplicate",
    ),
}


@pytest.mark.parametrize(
    ("change", "check"), [*HARD.values(), *REPORTED.values()], ids=[*HARD, *REPORTED]
)
def test_one_figure_changed_is_found(
    case: Case,
    plan: ClaimedPlan,
    changed: Callable[..., ClaimedPlan],
    change: tuple[Any, ...],
    check: str,
) -> None:
    assert check in checks(verify(case, changed(plan, *change)))


@pytest.mark.parametrize(("change", "check"), FORM.values(), ids=FORM)
def test_a_fault_in_the_form_is_told_alone(
    case: Case,
    plan: ClaimedPlan,
    changed: Callable[..., ClaimedPlan],
    change: tuple[Any, ...],
    check: str,
) -> None:
    assert [check] == [each.check for each in verify(case, changed(plan, *change))]


def test_a_plan_of_another_scenario_is_found(case: Case, plan: ClaimedPlan) -> None:
    assert {"scenario"} == checks(verify(case, replace(plan, scenario="high")))


def test_a_table_left_out_is_found(case: Case, plan: ClaimedPlan) -> None:
    tables = {name: frame for name, frame in plan.tables.items() if name != "dol"}
    assert ["table_missing"] == [each.check for each in verify(case, replace(plan, tables=tables))]


def test_a_column_left_out_is_found(case: Case, plan: ClaimedPlan) -> None:
    frame = plan.tables["dol"].drop(columns="idle")
    tables = {**plan.tables, "dol": frame}
    assert ["column_missing"] == [each.check for each in verify(case, replace(plan, tables=tables))]


def test_destinations_that_are_all_left_empty_are_found(case: Case, plan: ClaimedPlan) -> None:
    # A plan of before has no such column; in one that has it, people left for where others grew.
    assert () == verify(case, plan)
    blank = plan.tables["moves"].assign(to=None)
    found = verify(case, replace(plan, tables={**plan.tables, "moves": blank}))
    assert {"moved_to"} == checks(found)


def test_empty_tables_are_read_and_found_wanting(case: Case, plan: ClaimedPlan) -> None:
    tables = dict.fromkeys(plan.tables, pd.DataFrame())
    found = verify(case, replace(plan, tables=tables))
    assert {"demand", "runoff", "shortfall", "level_value", "moves", "dol_steps"} == checks(found)


def test_months_may_be_moments(case: Case, plan: ClaimedPlan) -> None:
    tables = {
        name: frame.assign(month=pd.to_datetime(frame["month"]))
        for name, frame in plan.tables.items()
    }
    assert () == verify(case, replace(plan, tables=tables))


@pytest.mark.parametrize("language", list(Language))
def test_every_breach_is_worded(
    case: Case, plan: ClaimedPlan, changed: Callable[..., ClaimedPlan], language: Language
) -> None:
    for change, _ in [*HARD.values(), *REPORTED.values(), *FORM.values()]:
        for each in verify(case, changed(plan, *change)):
            assert "{" not in each.what.text(language)


def test_a_breach_names_its_place_in_both_languages(
    case: Case, plan: ClaimedPlan, changed: Callable[..., ClaimedPlan]
) -> None:
    change, check = HARD["a person moved to a full place"]
    breach = next(each for each in verify(case, changed(plan, *change)) if each.check == check)
    assert {"location": "amv", "kind": "minors", "month": SEP} == {
        name: value for name, value in breach.what.fields if name in {"location", "kind", "month"}
    }
    assert "amv · amv · sep 2026: 11 personen op 10 plaatsen" == breach.what.text(Language.NL)
    assert "amv · minors · Sep 2026: 11 people in 10 places" == breach.what.text(Language.EN)
    assert 1 == breach.amount
