"""What ends each shortfall: the worst of each rule first, and nothing begun when time is up."""

from __future__ import annotations

import time

from planner.api import open_demo
from planner.explain.remedies.ending import asked_for, ended
from planner.explain.solved import Solved
from planner.explain.trials import Trials
from planner.input.case import Case
from tests.rules.cases import case, group, location
from tests.rules.planned import planned

# Men and women beyond the beds, and a tent in which nobody should be.
MEN = group("men", "regular emergency_tent")
WOMEN = group("women", "regular", "emergency_tent", needs_women_safe=True)


def crowded() -> Case:
    places = [
        location("north", beds=10),
        location("south", beds=4),
        location("tent", "emergency_tent", beds=6),
        location("hall", "emergency_tent", beds=3),
    ]
    return case(*places, groups=[MEN, WOMEN], people={"men": 17, "women": 8})


def solved() -> Solved:
    plan = planned(crowded())
    return Solved.of(plan.problem, plan.solution)


def test_the_worst_of_each_rule_comes_before_the_next_of_any() -> None:
    asked = asked_for(solved(), "")
    names = [each.rule.name for each in asked]
    first = len(set(names))
    assert first < len(names)
    assert first == len(set(names[:first]))
    for name in set(names):
        amounts = [each.weighted for each in asked if each.rule.name == name]
        assert amounts == sorted(amounts, reverse=True)
    standings = [each.rule.standing.value for each in asked[:first]]
    assert "law" not in standings[standings.count("law") :]


def test_what_time_does_not_reach_is_told() -> None:
    of = solved()
    asked = asked_for(of, "")
    passed = time.monotonic() - 1
    book = open_demo("small")
    found = list(ended(of, book, asked, Trials(of), passed))
    assert [(each.tried, each.best, each.in_time) for each in found] == [
        (0, None, False) for _ in asked
    ]
