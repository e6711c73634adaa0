"""Every rule: its test, its level, and no row on a case that just fails to meet its condition."""

import ast
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

import pytest

from planner.core.law import DISTRIBUTION_ACT, NATIONAL_RECEPTION, RECEPTION
from planner.core.texts import catalogue
from planner.input.case import Case
from planner.input.kinds import Standing
from planner.input.parameters import supplied
from planner.input.switches import rule_names, switchable
from planner.model.objective import LEVELS
from planner.model.rules import RULES
from planner.model.rules.rule import Level
from planner.verify.recount import RULES as RECOUNTED
from tests.rules.cases import rows_of

HERE = Path(__file__).parent
BY_NAME = {rule.name: rule for rule in RULES}

THEMES = sorted({rule.rows.__module__.rpartition(".")[2] for rule in RULES})
# For each rule that does not always apply, a case that lacks just what it asks for.
JUST_NOT: Mapping[str, Case] = {
    name: of
    for theme in THEMES
    for name, of in import_module(f"tests.rules.test_{theme}").JUST_NOT.items()
}


def functions_in(file: Path) -> set[str]:
    """Return the names of the test functions of a file."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return {each.name for each in ast.walk(tree) if isinstance(each, ast.FunctionDef)}


def rule_of(test: str) -> str | None:
    """Return the rule that a test's name begins with, the longest name where several do."""
    named = [name for name in BY_NAME if f"{test}_".startswith(f"test_{name}_")]
    return max(named, key=len, default=None)


@pytest.mark.parametrize("name", BY_NAME)
def test_every_rule_has_a_test_under_its_name_in_the_file_of_its_theme(name: str) -> None:
    theme = BY_NAME[name].rows.__module__.rsplit(".", 1)[-1]
    assert name in {rule_of(test) for test in functions_in(HERE / f"test_{theme}.py")}


def test_every_rule_is_counted_again_at_its_level_unless_no_plan_may_breach_it() -> None:
    soft = {rule.name: rule.level for rule in RULES if rule.level is not None}
    assert soft == {name: Level(each.level) for name, each in RECOUNTED.items()}


def test_every_level_of_a_rule_is_solved() -> None:
    assert {rule.level for rule in RULES} <= {None, *(each.level for each in LEVELS)}


def test_physics_and_arithmetic_are_always_on_and_say_why() -> None:
    always_on = {rule.name for rule in RULES if not switchable(rule.name)}
    # Without the balance nobody would be there.
    assert always_on == {rule.name for rule in RULES if rule.hard} | {"everyone_placed"}


def test_the_words_of_rules_are_those_of_rules_there_are_in_reading_order() -> None:
    words = (key.split(".") for key in catalogue() if key.startswith("rule."))
    assert list(BY_NAME) == list(dict.fromkeys(name for _, name, _ in words))
    assert rule_names() == tuple(BY_NAME)


def test_every_condition_has_a_case_that_just_fails_to_meet_it() -> None:
    assert {rule.name for rule in RULES if not rule.always_applies} == JUST_NOT.keys()


@pytest.mark.parametrize("name", JUST_NOT)
def test_a_rule_has_no_rows_where_it_does_not_apply(name: str) -> None:
    assert [] == rows_of(BY_NAME[name], JUST_NOT[name], whole=True)


@pytest.mark.parametrize("name", BY_NAME)
def test_every_rule_says_what_it_is(name: str) -> None:
    rule = BY_NAME[name]
    for text in (rule.title, rule.sentence, rule.applies, rule.source.label):
        assert text.nl
        assert text.en
    assert rule.sentence.nl != rule.sentence.en
    assert rule.sentence.nl.endswith(".")
    assert rule.sentence.en.endswith(".")
    assert rule.unit in {"persons", "places", "share", "seats", "fte"}
    assert rule.rows.__doc__


@pytest.mark.parametrize("name", BY_NAME)
def test_the_parameters_of_a_rule_are_supplied_with_a_source(name: str) -> None:
    for parameter in BY_NAME[name].parameters:
        assert supplied()[parameter].parameter.source


@pytest.mark.parametrize("name", BY_NAME)
def test_a_rule_of_law_or_exception_cites_an_act_and_no_other_rule_an_article_alone(
    name: str,
) -> None:
    rule = BY_NAME[name]
    acts = {source.act for source in rule.sources}
    of_law = {RECEPTION, DISTRIBUTION_ACT, NATIONAL_RECEPTION}
    assert (rule.standing in {Standing.LAW, Standing.EXCEPTION}) == bool(acts & of_law)


def test_what_each_sort_of_rule_is_called() -> None:
    by_standing = {
        standing: {rule.name for rule in RULES if rule.standing is standing and not rule.hard}
        for standing in (Standing.LAW, Standing.EXCEPTION, Standing.NORM)
    }
    assert {"emergency_places"} == by_standing[Standing.EXCEPTION]
    assert {"occupancy_norm"} == by_standing[Standing.NORM]
    # Neither a term that the directive does not set, nor a place that Art. 21 does not prescribe.
    assert not by_standing[Standing.LAW] & {"emergency_term", "dublin_outside_dol", "staff"}


def test_names_of_rules_are_their_own() -> None:
    assert len(RULES) == len(BY_NAME)


def test_a_rule_follows_only_a_rule_there_is() -> None:
    assert {rule.follows for rule in RULES} <= {"", *BY_NAME}
