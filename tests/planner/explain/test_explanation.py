"""The explanation as a whole: its lines, its sheet, its JSON, and what can be asked."""

from __future__ import annotations

from functools import cache
from random import Random
from typing import Any

import pandas as pd
import pytest

from planner.api import PlanOptions, open_demo, plan
from planner.core.outcome import Ending, Stop
from planner.core.texts import Language, Text, catalogue
from planner.explain.explained import explain, explanation_table
from planner.explain.line_explainer import Explainer
from planner.explain.wording.lines import ExplanationLine
from planner.input.kinds import Standing
from planner.model.rules import RULES
from planner.result.plan import Plan
from planner.result.result_file import result_record
from planner.result.tables import EXPLANATION_COLUMNS
from planner.sheets.result_tables import RESULT_TABLES
from tests.rules.cases import case, group, location
from tests.rules.planned import planned
from tests.rules.random_cases import random_case
from tests.tables import about

PARTS = {"note", "shortfall", "limit", "choice", "repair"}


@cache
def demo_plan() -> Plan:
    return plan(open_demo("small"), options=PlanOptions(trials=0))


def lines_of(seed: int, *, whole: bool = False, trials: int = 0) -> list[ExplanationLine]:
    made = planned(random_case(Random(seed)), whole=whole)  # noqa: S311 - no secret
    return explain(made.problem, made.solution, trials)


def test_the_sheet_has_the_declared_columns_and_a_readable_number_of_rows() -> None:
    table = demo_plan().tables["explanation"]
    declared = [column.key for column in RESULT_TABLES["explanation"].columns]
    # What names a line to the program is in the result file and not on the sheet.
    assert {"section", "sort", "subject"} == set(EXPLANATION_COLUMNS) - set(declared)
    assert set(declared) < set(EXPLANATION_COLUMNS)
    assert list(EXPLANATION_COLUMNS) == list(table.columns)
    assert 20 <= len(table) <= 300


def test_shortfalls_come_first_laws_before_choices_and_then_by_level() -> None:
    table = demo_plan().tables["explanation"]
    parts = [each.en for each in table["part"]]
    assert "shortfall" == parts[0]
    assert sorted(parts, key=["shortfall", "limit", "choice"].index) == parts
    order = [each.name for each in demo_plan().levels]
    standings = [each.value for each in Standing]
    places = [
        (standings.index(standing), order.index(level))
        for standing, level, part in zip(table["standing"], table["level"], parts, strict=True)
        if part == "shortfall"
    ]
    assert sorted(places) == places
    assert len({standing for standing, _ in places}) > 1


def test_every_shortfall_of_the_plan_is_in_the_explanation() -> None:
    table, short = demo_plan().tables["explanation"], demo_plan().tables["shortfalls"]
    mine = table[[each.en == "shortfall" for each in table["part"]]]
    explained = mine.groupby("rule")["used"].sum().to_dict()
    amounts = short.groupby("rule")["amount"].sum().to_dict()
    assert set(amounts) == set(explained)
    for rule, amount in amounts.items():
        assert amount == pytest.approx(float(explained[rule]), rel=1e-6)


@pytest.mark.parametrize("seed", range(12))
def test_every_line_can_be_said_in_both_languages(seed: int) -> None:
    for line in lines_of(seed, trials=20):
        assert line.part in PARTS
        for language in Language:
            told = line.sentence.text(language)
            assert told
            assert "{" not in told
            assert "  " not in told


def test_every_sort_of_limit_and_cause_has_its_texts() -> None:
    texts = catalogue()
    sorts = {key.split(".")[2] for key in texts if key.startswith("explain.limit.")}
    sorts = {sort for sort in sorts if not sort.endswith("_at")}
    for sort in sorts:
        assert f"explain.limits.{sort}" in texts
        assert f"explain.more.{sort}" in texts


def test_whole_plans_say_that_the_whole_decisions_are_kept() -> None:
    seed = next(s for s in range(40) if random_case(Random(s)).locations and _has_terms(s))  # noqa: S311 - no secret
    lines = lines_of(seed, whole=True)
    assert "note" == lines[0].part
    assert "whole decisions" in lines[0].sentence.text(Language.EN)


def _has_terms(seed: int) -> bool:
    made = planned(random_case(Random(seed)), whole=True)  # noqa: S311 - no secret
    return bool(made.problem.columns.wholes().any())


def test_an_explanation_is_the_same_every_time() -> None:
    first, second = lines_of(5, trials=20), lines_of(5, trials=20)
    assert [each.sentence for each in first] == [each.sentence for each in second]


def test_the_result_file_holds_the_explanation_with_both_languages() -> None:
    record: Any = result_record(demo_plan())
    records = record["tables"]["explanation"]
    assert isinstance(records, list)
    assert len(demo_plan().tables["explanation"]) == len(records)
    assert {"nl", "en"} == set(records[0]["sentence"])
    assert {rule.name for rule in RULES} >= {each["rule"] for each in records if each["rule"]}


def test_without_an_explanation_the_result_file_has_an_empty_list() -> None:
    nothing = Plan(
        scenario="middle",
        fingerprint="",
        ending=Ending.NOTHING_FOUND,
        stop=Stop.TIME_LIMIT,
        levels=(),
        measures={},
        tables={},
        notes=(),
        provenance={},
        timings={},
    )
    record: Any = result_record(nothing)
    assert [] == record["tables"]["explanation"]


def test_texts_stand_in_the_table_in_both_languages() -> None:
    table = explanation_table(lines_of(3))
    assert isinstance(table, pd.DataFrame)
    assert all(isinstance(each, Text) for each in table["sentence"])


def explainer() -> Explainer:
    made = planned(
        case(
            location("azc", beds=10),
            groups=[group("men")],
            people={"men": 13},
            months=2,
            occupancy_norm=1.0,
            dol_band_low=0.0,
        )
    )
    return Explainer.of(made.problem, made.solution)


def test_one_limit_can_be_asked_for() -> None:
    line = explainer().limit("beds", "azc")
    assert line is not None
    assert ("unplaced", 2.0) == (line.level, about(line.worth))
    assert "solved again" in line.sentence.text(Language.EN)


def test_a_limit_that_does_not_matter_is_told_as_none_and_an_unknown_one_is_refused() -> None:
    assert explainer().limit("demand", "men") is not None
    with pytest.raises(KeyError):
        explainer().limit("beds", "elsewhere")


def test_repairs_of_one_shortfall_can_be_asked_for() -> None:
    asked = explainer()
    told = [each.sentence.text(Language.EN) for each in asked.repairs(asked.shortfalls()[0])]
    assert any("3 beds more at azc" in each for each in told)


def test_causes_of_one_shortfall_can_be_asked_for() -> None:
    asked = explainer()
    line = asked.causes(asked.shortfalls()[0])
    assert ("shortfall", "everyone_placed") == (line.part, line.rule and line.rule.name)
