"""The rule register: every rule with what is solved, as supplied and as it stands in a case."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from planner import api
from planner.cli import run
from planner.core.texts import Language
from planner.input.case import Case
from planner.input.parameters import Parameters, supplied
from planner.model.build import build
from planner.model.decisions import decide
from planner.model.rules import RULES
from planner.model.rules.rule import Rule
from planner.result.register import RegisteredRule, register, rule_record
from planner.result.rule_words import rule_lines
from tests.rules.cases import case, group, location

KEYS = [
    "name",
    "title_nl",
    "title_en",
    "sentence_nl",
    "sentence_en",
    "source",
    "unit",
    "level",
    "hard",
    "parameters",
    "applies",
    "rows",
]


@dataclass(frozen=True)
class Watched(Parameters):
    """Parameters that remember which of them were asked for."""

    asked: set[str] = field(default_factory=set)

    def optional(self, name: str, month: dt.date | None = None) -> float | None:
        self.asked.add(name)
        return super().optional(name, month)

    def date(self, name: str) -> dt.date | None:
        self.asked.add(name)
        return super().date(name)


@pytest.fixture(scope="module")
def demo() -> Case:
    return api.usable(api.open_demo("small"))


def named(of: tuple[RegisteredRule, ...], name: str) -> RegisteredRule:
    return next(each for each in of if each.rule.name == name)


def test_every_rule_that_is_solved_is_registered_in_order() -> None:
    assert [rule.name for rule in RULES] == [each.rule.name for each in register()]


@pytest.mark.parametrize("each", register(), ids=lambda each: each.rule.name)
def test_a_record_has_what_is_agreed_in_plain_values(each: RegisteredRule) -> None:
    record = rule_record(each)

    assert set(KEYS) <= set(record)
    assert record == json.loads(json.dumps(record))
    assert (None, None) == (record["rows"], record["on"])


def test_rows_are_those_of_the_problem_that_is_solved(demo: Case) -> None:
    solved = [each.rule.name for each in build(demo).rows]

    for each in register(demo):
        assert solved.count(each.rule.name) == each.rows


def test_a_rule_that_is_off_has_no_rows_and_says_so() -> None:
    off = case(groups=[group("families", school_share=0.5)], rule_school_seats=0)

    each = named(register(off), "school_seats")

    assert (False, 0) == (each.on, each.rows)
    assert "  Not applicable here, because the planner has switched this rule off" in list(
        rule_lines(each, Language.EN)
    )


def test_a_rule_without_rows_says_that_it_does_not_apply() -> None:
    each = named(register(case()), "ceilings")

    lines = list(rule_lines(each, Language.NL))

    assert any(line.startswith("  Hier niet van toepassing, want ") for line in lines)
    assert "  Geldt: als het blad Plafonds rijen heeft" in lines


def test_a_case_gives_its_own_values_and_none_gives_the_supplied_ones() -> None:
    changed = case(location(), occupancy_norm=0.8)

    ours = named(register(changed), "occupancy_norm").parameters[0]
    theirs = named(register(), "occupancy_norm").parameters[0]

    assert ("occupancy_norm", 0.8) == (ours.parameter, ours.value)
    assert supplied()["occupancy_norm"].parameter == theirs


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_names_every_parameter_it_asks_for(demo: Case, rule: Rule) -> None:
    asked: set[str] = set()
    # Filled in, so that rules which ask for a path or a reserve have rows.
    wanted: dict[str, Any] = dict.fromkeys(
        ("emergency_ceiling_start", "emergency_ceiling_end", "reserve_places"), 5.0
    )
    there = case(
        location(dol_beds=4, staff_fte=1.0, region="Noord"),
        location("tent", "emergency_tent", staff_fte=1.0, region="Noord", emergency_max_months=0),
        groups=[group("men", "regular", "emergency_tent", school_share=0.5)],
        lives={("azc", "men"): 4},
        months=2,
        **wanted,
    )
    for of in (demo, there):
        watching = replace(
            of, parameters=Watched(of.parameters.by_name, of.parameters.dated, asked)
        )
        list(rule.rows(watching, decide(of)))
        for name in of.groups:
            rule.counts_unplaced(watching, name, of.months[0])

    assert set(rule.parameters) == asked


def test_the_command_prints_every_rule_and_writes_the_register(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workbook, file = tmp_path / "demo.xlsx", tmp_path / "rules.json"
    api.save_book(workbook, api.open_demo("small", Language.EN), Language.EN)

    code = run(["rules", str(workbook), "--json", str(file), "--language", "en"])

    printed = capsys.readouterr().out
    records = json.loads(file.read_text(encoding="utf-8"))["rules"]
    assert 0 == code
    assert [rule.name for rule in RULES] == [each["name"] for each in records]
    assert all(isinstance(each["rows"], int) for each in records)
    for rule in RULES:
        assert f"{rule.title.en} ({rule.name})\n" in printed


def test_the_command_needs_no_workbook(capsys: pytest.CaptureFixture[str]) -> None:
    assert 0 == run(["rules"])
    assert "Bezettingsnorm (occupancy_norm)\n" in capsys.readouterr().out


def test_the_command_refuses_a_workbook_that_cannot_be_planned(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "empty.xlsx"
    api.save_template(file, Language.NL)

    assert 2 == run(["rules", str(file)])
    assert not capsys.readouterr().out
