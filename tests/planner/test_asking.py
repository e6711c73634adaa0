"""Questions about a plan of the small demo short of school seats, asked of what was solved."""

from __future__ import annotations

import datetime as dt
from functools import cache

import pytest

from planner.core.errors import CancelledError
from planner.core.outcome import CancelToken, Progress
from planner.core.task_control import TaskControl
from planner.explain.plan_explainer import PlanExplainer
from planner.planning import PlanOptions, solved_plan
from planner.result.queries import (
    Answer,
    AskCauses,
    AskCells,
    AskChoice,
    AskDependents,
    AskLimit,
    AskRepairs,
    Behind,
    Dependents,
    Figure,
    Question,
    Reasons,
    plan_name,
)
from planner.result.result_file import result_record
from tests.short_of_seats import demo_short_of_seats
from tests.tables import row_called

SEATS_AT_L09 = Figure("shortfalls", rule="Schoolplaatsen", location="L09")
OCTOBER = dt.date(2026, 10, 1)


@cache
def questions(scenario: str | None = None) -> PlanExplainer:
    made = solved_plan(demo_short_of_seats(), scenario, options=PlanOptions(trials=0))
    found = PlanExplainer.about(made)
    assert found is not None
    return found


def ask(question: Question, scenario: str | None = None) -> Answer:
    return questions(scenario).answer(question, TaskControl())


def reasons(question: Question) -> Reasons:
    found = ask(question)
    assert isinstance(found, Reasons)
    return found


def behind(figure: Figure) -> Behind:
    found = ask(AskCells(figure))
    assert isinstance(found, Behind)
    return found


def dependents(table: str, row: int, column: str, scenario: str | None = None) -> Dependents:
    found = ask(AskDependents(table, row, column), scenario)
    assert isinstance(found, Dependents)
    return found


def row_of(table: str, key: str, column: str = "id") -> int:
    return row_called(demo_short_of_seats(), table, **{column: key})


def test_the_causes_of_a_shortfall_are_solved() -> None:
    line = reasons(AskCauses(SEATS_AT_L09)).lines.iloc[0]
    assert ("shortfall", "school_seats", "L09") == (line.section, line.rule, line.location)
    assert line.confirmed
    assert "nagerekend" in line.sentence.nl
    assert f"Locaties!X{row_of('locations', 'L09')}" in line.cells


def test_the_limit_that_is_passed_is_among_what_would_help() -> None:
    lines = reasons(AskRepairs(SEATS_AT_L09)).lines
    assert ("school_seats", "L09") in set(zip(lines.sort, lines.subject, strict=True))
    assert {"repair"} == set(lines.section)


def test_a_limit_and_a_choice_are_solved_again() -> None:
    limit = reasons(AskLimit("school_seats", "L09")).lines.iloc[0]
    assert limit.confirmed
    assert limit.up_to >= 2
    choice = reasons(AskChoice("open", "L20")).lines.iloc[0]
    assert choice.confirmed
    assert choice.worth > 0


def test_where_nothing_falls_short_there_are_words_and_no_lines() -> None:
    found = reasons(AskCauses(Figure("shortfalls", rule="school_seats", location="L03")))
    assert 0 == len(found.lines)
    assert found.told is not None
    assert "why.no_shortfall" == found.told.key


def test_each_trial_is_told_and_a_question_can_be_let_go() -> None:
    told: list[Progress] = []
    patience = TaskControl(CancelToken(), told.append)
    questions().answer(AskLimit("school_seats", "L09"), patience)
    assert patience.tried >= 2
    assert float(patience.tried) == told[-1].value
    assert {"ask", "trial", "level"} <= {each.step for each in told}

    def cancel_at_second(step: Progress) -> None:
        if step.value == 2.0:
            impatient.cancel.cancel()  # type: ignore[union-attr] # given below

    impatient = TaskControl(CancelToken(), cancel_at_second)
    with pytest.raises(CancelledError):
        questions().answer(AskRepairs(SEATS_AT_L09), impatient)
    assert 2 == impatient.tried


@pytest.mark.parametrize(
    ("figure", "rules"),
    [
        (Figure("places", location="L03", kind="regular", month=OCTOBER), {"Bezettingsnorm"}),
        (Figure("dol", month=OCTOBER), {"Ingroeisnelheid DOL"}),
        (Figure("demand", group="families", month=OCTOBER), {"Iedereen heeft een plaats"}),
        (SEATS_AT_L09, {"Schoolplaatsen"}),
        (Figure("levels", level="protected"), {"Schoolplaatsen"}),
        (
            Figure("decisions", location="L20", decision="open", month=dt.date(2026, 12, 1)),
            {"Plaatsen binnen de bedden"},
        ),
    ],
)
def test_a_figure_leads_to_its_rules_and_cells(figure: Figure, rules: set[str]) -> None:
    found = behind(figure)
    assert rules <= {each.title.nl for each in found.rules}
    assert all(each.cells for each in found.rules)
    assert found.told is None


def test_a_figure_of_the_placement_leads_to_everyone_placed_and_to_a_cell_with_its_value() -> None:
    place = questions().solved_plan.plan.tables["placement"].iloc[0]
    found = behind(Figure("placement", "", place.location, place.group, place.kind, place.month))
    assert "Iedereen heeft een plaats" in {each.title.nl for each in found.rules}
    beds = [cell for rule in found.rules for cell in rule.cells if cell.column == "beds"]
    book = demo_short_of_seats()
    assert beds
    assert all(each.value == book.cell("locations", each.row, "beds") for each in beds if each.row)


def test_the_run_off_leads_to_beds_and_people_without_a_rule() -> None:
    found = behind(Figure("runoff", month=OCTOBER))
    assert () == found.rules
    assert {"Bedden", "Personen"} <= {each.title.nl.partition(" · ")[0] for each in found.cells}
    assert found.more_cells > 0


def test_a_figure_beside_the_plan_says_that_no_rule_belongs_to_it() -> None:
    told = behind(Figure("provenance")).told
    assert told is not None
    assert "why.no_rows" == told.key


def test_a_row_says_how_much_of_how_much_is_used() -> None:
    rule = behind(SEATS_AT_L09).rules[0]
    assert 12 == rule.count
    assert all(each.room == pytest.approx(each.size - each.used) for each in rule.rows)
    assert rule.rows[0].room == min(each.room for each in rule.rows)
    again = behind(rule.rows[0].figure)
    assert [rule.rows[0]] == list(again.rules[0].rows)


def test_what_depends_on_a_cell_is_grouped_by_rule() -> None:
    found = dependents("locations", row_of("locations", "L09"), "school_seats")
    rules = [(each.title.nl, each.count) for each in found.rules]
    assert [("Schoolplaatsen", 12), ("Schoolplaatsen, alle groepen samen", 12)] == rules
    assert 0 == found.cell.value


def test_a_row_of_the_sheet_scenarios_is_followed_to_what_it_changes() -> None:
    row = row_called(demo_short_of_seats(), "scenarios", scenario="slower_dol")
    found = dependents("scenarios", row, "value", "slower_dol")
    assert "Ingroeisnelheid DOL" in {each.title.nl for each in found.rules}
    with pytest.raises(KeyError):
        dependents("scenarios", row, "value")


def test_every_line_of_limits_and_choices_about_one_thing_names_its_cells() -> None:
    table = questions().solved_plan.plan.tables["explanation"]
    named = table[table.section.isin(["limit", "choice"]) & table.subject.notna()]
    without = named[named.cells.isna()]
    # People of a region or a norm as supplied stand in no single cell of the workbook.
    assert {"staff"} >= set(without.sort)
    assert all("!" in cells for cells in named.cells.dropna())


def test_the_result_file_carries_rule_place_and_cells() -> None:
    plan = questions().solved_plan.plan
    tables = result_record(plan)["tables"]
    assert isinstance(tables, dict)
    line = next(each for each in tables["explanation"] if each["section"] == "shortfall")
    assert {"rule", "location", "month", "cells", "sentence"} <= set(line)
    assert "school_seats" == line["rule"]
    assert plan_name(plan) == questions().plan
