"""What a rule declares to hang on is what its rows move with: parameters, beds, people expected."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from types import MappingProxyType

import pytest

from planner import api
from planner.input.case import Case, parse
from planner.input.parameters import Parameters
from planner.input.settings import Municipality
from planner.model.algebra import Constraint
from planner.model.decisions import Decisions, decide
from planner.model.rules import RULES
from planner.model.rules.limit import LimitKind, OfParameter
from planner.model.rules.rule import Rule
from tests.rules.cases import case as tiny
from tests.rules.cases import location
from tests.rules.hand_worked import HAND_WORKED

Row = tuple[object, ...]


@pytest.fixture(scope="module")
def planned() -> tuple[tuple[Case, Decisions], ...]:
    demo = parse(api.open_demo("small")).case
    assert demo is not None
    with_tasks = replace(
        tiny(location(durable=True, municipality="Assen", province="Drenthe"), reserve_places=5.0),
        municipalities={"Assen": Municipality(municipality="Assen", province="Drenthe", task=9.0)},
    )
    cases = (demo, with_tasks, *(make() for make in HAND_WORKED.values()))
    return tuple((of, decide(of, whole=True)) for of in cases)


def rows(rule: Rule, case: Case, choose: Decisions) -> list[Row]:
    return [as_data(row) for row in rule.rows(case, choose)]


def as_data(row: Constraint) -> Row:
    """Return a row as data; rounding apart, so that it can be compared."""
    left = {column: round(share, 9) for column, share in row.left.items()}
    return row.key, row.sense, left, round(row.limit, 9), round(row.weight, 9)


def changed(case: Case, names: set[str]) -> Case:
    """Return the case with every number of some parameters half as much again, and a half more."""
    values = case.parameters.by_name
    more = {
        name: replace(each, value=each.value * 1.5 + 0.5)
        for name, each in values.items()
        if name in names and isinstance(each.value, int | float)
    }
    by_name = MappingProxyType({**values, **more})
    dated = {name: each for name, each in case.parameters.dated.items() if name not in names}
    return replace(case, parameters=Parameters(by_name, MappingProxyType(dated)))


@pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])
def test_a_rule_goes_by_no_parameter_that_it_does_not_declare(
    planned: tuple[tuple[Case, Decisions], ...], rule: Rule
) -> None:
    for case, choose in planned:
        others = set(case.parameters.by_name) - set(rule.parameters)
        assert rows(rule, case, choose) == rows(rule, changed(case, others), choose)


def with_more_beds(case: Case) -> Case:
    locations = {name: replace(each, beds=each.beds + 1) for name, each in case.locations.items()}
    return replace(case, locations=locations)


def with_more_people(choose: Decisions) -> Decisions:
    return replace(choose, demand={key: people + 1.0 for key, people in choose.demand.items()})


def moving(planned: tuple[tuple[Case, Decisions], ...], what: str) -> Iterator[str]:
    """Yield the rules that a bed more everywhere, or a person more of each group, moves."""
    for case, choose in planned:
        other = with_more_beds(case) if what == "beds" else case
        chosen = with_more_people(choose) if what == "people" else choose
        for rule in RULES:
            before, after = rows(rule, case, choose), rows(rule, other, chosen)
            kept = [row for row in after if row[:2] in {each[:2] for each in before}]
            if before != kept:
                yield rule.name


def test_the_rules_that_add_up_beds_are_those_that_move_with_them(
    planned: tuple[tuple[Case, Decisions], ...],
) -> None:
    declared = {rule.name for rule in RULES if rule.beds or rule.limit is LimitKind.BEDS}
    assert set(moving(planned, "beds")) == declared


def test_the_rules_that_go_by_the_people_expected_are_those_that_move_with_them(
    planned: tuple[tuple[Case, Decisions], ...],
) -> None:
    declared = {rule.name for rule in RULES if rule.by_people or rule.limit is LimitKind.DEMAND}
    assert set(moving(planned, "people")) == declared


def test_a_limit_is_a_parameter_that_the_rule_declares() -> None:
    for rule in RULES:
        if isinstance(rule.limit, OfParameter):
            assert rule.limit.parameter in rule.parameters
