"""Wishes on tiny cases: what the nearest plan that grants one loses, by arithmetic."""

from __future__ import annotations

from typing import Any

import pytest

from planner import api
from planner.core.errors import UnusableInputError
from planner.core.outcome import Ending, Stop
from planner.core.texts import Language
from planner.explain.solved_plan import SolvedPlan
from planner.explain.wishes.nearest import NearestPlan, nearest_plan
from planner.explain.wishes.priorities import order_prices
from planner.explain.wishes.wish import read_wish
from planner.explain.wording.answers import granted_words
from planner.input.book import Book
from planner.input.case import Case
from planner.result.plan import LevelValue, Plan
from tests.rules.cases import AUG, JUL, candidate, case, group, location
from tests.rules.planned import planned

PLAIN: dict[str, Any] = {"occupancy_norm": 1.0, "dol_band_low": 0.0}


def worked(of: Case, *, whole: bool = False) -> SolvedPlan:
    """Return a tiny case as a plan that questions can be asked of."""
    made = planned(of, whole=whole)
    levels = tuple(
        LevelValue(each.name, content.content.unit, each.value)
        for each, content in zip(made.solution.levels, made.problem.levels, strict=True)
    )
    plan = Plan(
        scenario=of.scenario,
        fingerprint="",
        ending=Ending.OPTIMAL,
        stop=Stop.FINISHED,
        levels=levels,
        measures={},
        tables=made.tables,
        notes=(),
        provenance={"whole": "true" if whole else "false"},
        timings={},
    )
    return SolvedPlan(plan, Book(), made.problem, made.solution)


def wished(of: Case, words: str, *, whole: bool = False) -> NearestPlan:
    asked = worked(of, whole=whole)
    return nearest_plan(asked, read_wish(of, words))


def changes(found: NearestPlan) -> dict[str, float]:
    return {each.name: round(each.by, 6) for each in found.changed_levels}


def two_centres() -> Case:
    """Return fifteen men for two months in two centres of ten beds."""
    return case(location("north"), location("south"), people={"men": 15}, months=2, **PLAIN)


def with_emergency() -> Case:
    """Return fifteen men for two months: ten beds in a centre, ten in a tent."""
    return case(
        location("azc"),
        location("tent", "emergency_tent"),
        groups=[group("men", "regular", "emergency_tent")],
        people={"men": 15},
        months=2,
        **PLAIN,
    )


@pytest.mark.parametrize("words", ["south dicht vanaf augustus", "south closed from Aug 2026"])
def test_closing_a_centre_leaves_five_men_without_a_place_in_the_month_it_is_closed(
    words: str,
) -> None:
    found = wished(two_centres(), words)
    assert 5.0 == changes(found)["unplaced"]
    assert ("south", "close_early", AUG, 1.0) == found.wish.pin
    rules = {each.name: each for each in found.rules}
    assert (AUG, 5.0) == rules["everyone_placed"].worst


def test_closed_without_a_month_is_closed_throughout() -> None:
    assert 10.0 == changes(wished(two_centres(), "north gesloten"))["unplaced"]


@pytest.mark.parametrize("words", ["niemand in noodopvang", "nobody in tents from 2026-07"])
def test_nobody_in_tents_leaves_five_a_month_without_a_place(words: str) -> None:
    found = wished(with_emergency(), words)
    assert 10.0 == changes(found)["unplaced"]


def words_of(of: Case, words: str, language: Language) -> list[str]:
    return [each.text(language) for each in granted_words(of, wished(of, words))]


def test_what_falls_short_no_more_is_told_over_its_months() -> None:
    """Five men a month in the tent, for two months, are ten person-months and no ten persons."""
    told = words_of(with_emergency(), "niemand in tenten", Language.EN)

    (line,) = [each for each in told if "Emergency reception of applicants" in each]
    assert "10 person-months less (from 10 to 0)" in line
    assert not any("10 persons" in each for each in told)


def test_the_worst_month_of_a_rule_is_told_in_its_unit() -> None:
    told = words_of(with_emergency(), "niemand in tenten", Language.NL)

    assert any("het meest in jul 2026, 5 personen" in each for each in told)
    # A third of the men have no place: a share is told in percents.
    assert any("het meest in jul 2026, 33" in each and " %)" in each for each in told)


def test_a_lower_cost_stands_with_the_people_who_have_no_place() -> None:
    """Five men a month in a tent of 100 euro a bed: without it two months cost 1,000 euro less."""
    of = case(
        location("azc"),
        location("tent", "emergency_tent", cost_per_bed_month=100.0),
        groups=[group("men", "regular", "emergency_tent")],
        people={"men": 15},
        months=2,
        **PLAIN,
    )

    (line,) = [e for e in words_of(of, "niemand in tenten", Language.EN) if e.startswith("cost: ")]

    assert "1,000 euro less" in line
    assert line.endswith("while more people have no place (10 person-months more)")


def test_a_level_in_which_those_without_a_place_count_says_so() -> None:
    lines = words_of(with_emergency(), "niemand in tenten", Language.EN)

    # Five a month count as in crisis reception (4 each) where they counted as in a tent (2 each).
    emergency = next(each for each in lines if each.startswith("emergency reception: "))
    assert emergency.endswith("the people without a place count in this too")
    assert "count in this too" not in next(e for e in lines if e.startswith("without a place: "))


def test_nobody_in_tents_in_one_month_leaves_the_other_as_it_was() -> None:
    found = wished(with_emergency(), "niemand in tenten in juli")
    assert 5.0 == changes(found)["unplaced"]
    assert {JUL} == {each.worst[0] for each in found.rules if each.worst and each.by > 0}


def test_at_most_three_in_tents_leaves_two_a_month_without_a_place() -> None:
    assert 4.0 == changes(wished(with_emergency(), "at most 3 in emergency"))["unplaced"]


def test_at_most_so_many_at_a_centre_counts_those_who_live_there() -> None:
    found = wished(with_emergency(), "azc ten hoogste 8 mensen")
    # Two more a month in the tent, which has room; nobody goes without.
    assert "unplaced" not in changes(found)
    assert 0 < changes(found)["emergency"]


def test_a_group_that_is_not_to_be_somewhere() -> None:
    assert 10.0 == changes(wished(with_emergency(), "men niet in tenten"))["unplaced"]


def test_what_the_plan_grants_already_changes_nothing() -> None:
    found = wished(with_emergency(), "ten hoogste 5 in tenten")
    assert {} == changes(found)
    assert () == found.decisions
    told = [each.text(Language.NL) for each in granted_words(with_emergency(), found)]
    assert "voldoet er al aan" in told[1]


def test_a_candidate_opened_is_told_as_a_decision_and_its_cost() -> None:
    of = case(
        location("azc"),
        candidate("new", beds=10, opening_cost=1000.0),
        people={"men": 10},
        months=2,
        **PLAIN,
    )
    found = wished(of, "new open", whole=True)
    assert 1000.0 == pytest.approx(changes(found)["cost"])
    assert [("new", "open", 1.0)] == [(e.location, e.decision, e.after) for e in found.decisions]


def dol_case() -> Case:
    """Return a centre with a part of 20 beds for DOL, of which four a month can be fitted out."""
    return case(
        location("azc", beds=30, dol_beds=20),
        groups=[group("dublin", "dol", "regular")],
        people={"dublin": 4},
        months=3,
        dol_growth_per_month=4,
        **PLAIN,
    )


def test_dol_places_that_can_be_fitted_out_in_time() -> None:
    found = wished(dol_case(), "azc met 12 DOL-plaatsen")
    prepared = found.tables["dol"].set_index("month")["prepared"]
    assert 12.0 == pytest.approx(prepared.iloc[-1])
    assert found.decisions


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("azc met 21 DOL-plaatsen", "20 bedden"),
        ("elsewhere dicht", "geen locatie"),
        ("azc open", "geen kandidaat"),
        ("azc verlengd", "niet verlengd"),
        ("azc dicht vanaf januari", "geen maand"),
        ("maak het beter", "wordt niet begrepen"),
        ("gezinnen niet in noodopvang", "geen groep"),
    ],
)
def test_a_wish_that_nothing_can_grant_or_nobody_can_read_is_a_sentence(
    words: str, told: str
) -> None:
    with pytest.raises(UnusableInputError) as refused:
        wished(dol_case(), words)
    assert told in refused.value.told.text(Language.NL)
    assert "{" not in refused.value.told.text(Language.EN)


@pytest.mark.parametrize("decisions", ["whole", "shares"])
def test_a_wish_that_clashes_with_hard_rules_is_told_so_with_their_names(decisions: str) -> None:
    """Four places are fitted out and four a month can be: eight in July, not twelve."""
    whole = decisions == "whole"
    of = case(
        location("azc", beds=30, dol_beds=20, dol_prepared=4),
        location("other", beds=30),
        groups=[group("dublin", "dol", "regular")],
        people={"dublin": 4},
        months=2,
        dol_growth_per_month=4,
        **PLAIN,
    )
    with pytest.raises(UnusableInputError) as refused:
        wished(of, "azc met 12 DOL-plaatsen vanaf juli", whole=whole)

    told = refused.value.told.text(Language.EN)
    assert "azc has at least 12 DOL places fitted out" in told
    assert "It cannot go together with: " in told
    assert "Growth speed of DOL" in told
    assert "unplaced" not in changes(wished(of, "azc met 8 DOL-plaatsen vanaf juli", whole=whole))


def test_a_hundredth_given_up_at_a_level_is_priced_for_each_later_one() -> None:
    """Fifteen men: ten in a centre of 100 euro a bed, five in a tent of 10.

    A hundredth of five more in the tent is 0.05 of a person fewer in the centre: 0.05 times 90.
    """
    of = case(
        location("azc", cost_per_bed_month=100.0),
        location("tent", "emergency_tent", cost_per_bed_month=10.0),
        groups=[group("men", "regular", "emergency_tent")],
        people={"men": 15},
        months=1,
        **PLAIN,
    )
    found = {each.level: each for each in order_prices(worked(of))}
    emergency = next(each.value for each in worked(of).plan.levels if each.name == "emergency")
    assert 0.01 * emergency == pytest.approx(found["emergency"].given)
    assert 4.5 == pytest.approx(dict(found["emergency"].gains)["cost"], abs=1e-3)


@pytest.mark.slow
def test_the_nearest_plan_of_the_small_demo_leaves_dol_where_it_is() -> None:
    """L05 holds no DOL: closing it asks for no other part, though that would spare some moves."""
    found = wished(api.usable(api.open_demo("small")), "L05 dicht vanaf maart", whole=True)

    assert found.proven
    assert {"L04"} == {each.location for each in found.decisions}
    assert all(each.before > each.after for each in found.decisions)
    moves = {each.name: each for each in found.levels}["moves"]
    (better,) = found.better
    assert (better.name, better.before) == ("moves", moves.after)
    # Less than a hundredth is gained by changing more.
    assert 0 < better.before - better.after < 0.01 * better.before


@pytest.mark.slow
def test_a_plan_that_moves_dol_tells_what_keeping_it_would_make_worse() -> None:
    """With 200 people at L05 its other beds can be DOL; kept at L04, 1.4 have no place."""
    found = wished(api.usable(api.open_demo("small")), "L05 ten hoogste 200", whole=True)

    assert {"L04", "L05"} == {each.location for each in found.decisions}
    first = found.worse[0]
    assert ("unplaced", True) == (first.name, 1 < first.by < 2)
