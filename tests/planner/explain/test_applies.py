"""Every rule has rows in a case or says why it has none."""

from __future__ import annotations

import pytest

from planner.core.texts import Language, catalogue
from planner.model.build import build
from planner.model.rules import RULES
from planner.result.applies import rows_per_rule, rules_here, rules_table
from tests.rules.cases import case, group, location

DUBLIN = group("dublin", "dol", "regular")
WITH_DOL = case(
    location(dol_beds=4, dol_min_section=2), groups=[DUBLIN], months=3, dol_band_from=None
)


def test_rows_are_counted_by_rule_in_reading_order() -> None:
    rows = rows_per_rule(build(WITH_DOL))
    assert [rule.name for rule in RULES] == list(rows)
    assert 3 == rows["dol_within_prepared"]
    assert 0 == rows["reserve"]


def test_a_smallest_part_has_two_rows_a_month_and_one_where_whole_locations_are_chosen() -> None:
    assert 0 == rows_per_rule(build(WITH_DOL))["dol_smallest_part"]
    assert 2 * 3 + 1 == rows_per_rule(build(WITH_DOL, whole=True))["dol_smallest_part"]


def test_a_rule_has_rows_or_a_reason_and_never_both() -> None:
    for each in rules_here(build(WITH_DOL)):
        assert (each.rows == 0) == (each.reason is not None)


def test_a_rule_that_is_switched_off_says_so() -> None:
    of = case(location(max_people=5), rule_max_people=0.0)
    reasons = {each.rule.name: each.reason for each in rules_here(build(of))}
    told = reasons["max_people"]
    assert told is not None
    assert "the planner has switched this rule off" == told.text(Language.EN)


@pytest.mark.parametrize("rule", [rule.name for rule in RULES])
def test_every_rule_has_a_reason_in_both_languages(rule: str) -> None:
    text = catalogue()[f"rule.{rule}.without"]
    assert text.nl != text.en
    assert not text.en.endswith(".")


def test_the_table_has_every_rule_with_its_rows() -> None:
    table = rules_table(build(WITH_DOL))
    assert [rule.name for rule in RULES] == table["rule"].tolist()
    without = table[table["rows"] == 0]
    assert without["reason"].notna().all()
    assert table[table["rows"] > 0]["reason"].isna().all()
