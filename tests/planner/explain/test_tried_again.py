"""Every cause and repair that the explanation prints, tried again from the changed case alone."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import zip_longest

import numpy as np
import pytest

from planner.api import open_demo
from planner.core.outcome import Ending
from planner.explain.causes.likeliest import Causes, ExplainedShortfall
from planner.explain.explained import caused, repaired, shares_of, trials_affordable
from planner.explain.plan_explainer import LARGE, TRIALS_OF_LARGE
from planner.explain.remedies.repairs import Repair, repairs, settled_at
from planner.explain.shortfalls import Shortfall, shortfalls
from planner.explain.solved import Solved
from planner.explain.trials import Trials, WatchedRows, rows_of
from planner.input.case import Case
from planner.model.algebra import Variable
from planner.model.build import Problem, build
from planner.model.objective import levels_in_order
from planner.model.rules import active_rules
from planner.model.rules.rule import Rule
from planner.planning import PlanOptions, solved_plan
from planner.result.queries import AskCauses, AskRepairs
from planner.solver.lexicographic import solve_levels
from planner.solver.linear_model_of import linear_model
from planner.solver.outcome import LevelCost
from tests.shorter import shorter

WITHIN = 1e-6
# A busy machine takes longer over a national plan than a user would wait, in seconds.
LONG = 7200.0
# So many of a national plan are tried by chance.
BY_CHANCE = 20
SEED = 20260612
# Where the plan is too large for trials of its own, this many are given to what is asked first.
ASKED = 12
# The demos with the scenario planned; in the ordinary run the first half year of one.
SHORT, MONTHS = "brief", 6
SLOW = (
    "small middle",
    *(
        f"small {scenario}"
        for scenario in (
            "low", "high", "longer_contracts", "slower_dol", "transfers_stop",
            "transfers_stop_one_country", "twice_the_stay", "next_peak", "ter_apel_down",
            "three_municipalities_refuse",
        )
    ),
    "national middle",
    "national high",
)  # fmt: skip
SIZES = [f"{SHORT} middle", *(pytest.param(each, marks=pytest.mark.slow) for each in SLOW)]


@dataclass(frozen=True)
class Again:
    """A plan to question, and changed cases solved from nothing with whole decisions kept."""

    solved: Solved

    def least(self, case: Case, level: int, rows: WatchedRows) -> tuple[list[float], float]:
        """Return the levels up to one, and the least that chosen rows then fall short."""
        large = len(self.solved.problem.columns) > LARGE
        rules = rules_up_to(case, level) if large else None
        problem = build(case, whole=self.solved.whole, rules=rules)
        model = linear_model(problem)
        lower, upper = model.lower.copy(), model.upper.copy()
        for was, now in self._same_choices(problem):
            value = round(float(self.solved.solution.values[was]))
            lower[now] = upper[now] = value
        cost = np.zeros(len(lower))
        for each in problem.rows:
            if each.shortfall is not None and (each.rule.name, each.row.key) in rows:
                for column, share in each.shortfall.items():
                    cost[problem.columns.index(column)] += each.row.weight * float(share)
        levels = [*model.levels[: level + 1], LevelCost("chosen", "", cost)]
        whole = np.zeros(len(lower), dtype=bool)
        outcome = solve_levels(
            replace(model, lower=lower, upper=upper, whole=whole, levels=tuple(levels))
        )
        assert Ending.OPTIMAL is outcome.ending
        assert outcome.solution is not None
        values = [each.value for each in outcome.solution.levels]
        return values[:-1], values[-1]

    def _same_choices(self, now: Problem) -> Iterator[tuple[int, int]]:
        if not self.solved.whole:
            return
        before = self.solved.problem
        for family in ("open", "extend", "dol_in_use"):
            mine: dict[object, Variable] = getattr(before.choose, family)
            theirs: dict[object, Variable] = getattr(now.choose, family)
            for key in mine.keys() & theirs.keys():
                yield before.columns.index(mine[key]), now.columns.index(theirs[key])


def rules_up_to(case: Case, level: int) -> tuple[Rule, ...]:
    """Return the rules that bear on the levels up to one: later ones change none of these."""
    first = {None, *(each.level for each in levels_in_order(case)[: level + 1])}
    active = active_rules(case)
    matter = {each.name for each in active if each.level in first}
    matter |= {each.follows for each in active if each.name in matter}
    return tuple(each for each in active if each.name in matter)


@cache
def again(size: str) -> Again:
    demo, scenario, *shares = size.split()
    book = shorter(open_demo("small"), MONTHS) if demo == SHORT else open_demo(demo)
    options = PlanOptions(whole=not shares, trials=0, time_limit_s=LONG)
    made = solved_plan(book, scenario, options=options)
    assert made.solution is not None
    return Again(Solved.of(made.problem, made.solution))


def trials_of(size: str) -> tuple[int, int]:
    """Return how many trials the explanation gives to causes and to repairs, or the test does."""
    for_causes, for_repairs, _ = shares_of(trials_affordable(again(size).solved.problem))
    return for_causes or ASKED, for_repairs or ASKED


def watched(causes: Causes, short: Shortfall) -> WatchedRows:
    """Return the rows whose shortfall a cause is said to take off."""
    return causes._rows(short)  # noqa: SLF001 - only their words are told


def holds_of_causes(of: Again, causes: Causes, short: Shortfall, told: ExplainedShortfall) -> int:
    """Solve the case without each cause that is told from nothing; return how many there are."""
    solved = of.solved
    rows = watched(causes, short)
    levels, chosen = of.least(solved.case, short.level, rows)
    for cause in told.causes:
        after, left = of.least(cause.without(solved.case), short.level, rows)
        same = all(
            abs(one - other) <= WITHIN * max(1.0, abs(one))
            for one, other in zip(levels[:-1], after[:-1], strict=True)
        )
        gone = chosen - left if rows else levels[-1] - after[-1]
        if rows and same:
            gone = min(gone, levels[-1] - after[-1])
        said = cause.part * short.weighted
        slack = WITHIN * max(1.0, levels[-1])
        assert said <= max(gone, 0.0) + slack, (cause.sort, cause.subject)
        assert cause.part >= 1 or said >= gone - slack, (cause.sort, cause.subject)
    if told.in_turn:
        case = solved.case
        for cause in told.causes:
            case = cause.without(case)
        after, left = of.least(case, short.level, rows)
        most = chosen - left if rows else levels[-1] - after[-1]
        assert sum(told.in_turn) <= max(most, 0.0) + WITHIN * max(1.0, levels[-1])
        assert all(each >= 0 for each in told.in_turn)
    return len(told.causes)


def holds_of_repair(of: Again, short: Shortfall, repair: Repair) -> None:
    """Solve the case with a repair from nothing."""
    solved = of.solved
    at, rows = settled_at(solved, short), rows_of(short)
    levels, chosen = of.least(solved.case, at, rows)
    after, left = of.least(repair.changed(solved.case, round(repair.by)), at, rows)
    level = short.level
    assert repair.before == pytest.approx(levels[level], rel=WITHIN, abs=WITHIN)
    assert repair.left == pytest.approx(after[level], rel=WITHIN, abs=WITHIN)
    gone = min(levels[level] - after[level], short.weighted - left)
    assert chosen <= short.weighted + WITHIN * max(1.0, short.weighted)
    assert repair.removes * short.weighted == pytest.approx(
        min(max(gone, 0.0), short.weighted), rel=WITHIN, abs=WITHIN * max(1.0, levels[level])
    )


@pytest.mark.parametrize("size", SIZES)
def test_every_printed_cause_takes_off_what_is_said(size: str) -> None:
    of = again(size)
    causes = Causes(of.solved, Trials(of.solved, trials_of(size)[0]))
    found = caused(causes, shortfalls(of.solved))
    assert sum(holds_of_causes(of, causes, short, told) for short, told in found)


@pytest.mark.parametrize("size", SIZES)
def test_every_printed_repair_leaves_what_is_said(size: str) -> None:
    of = again(size)
    found = list(repaired(of.solved, shortfalls(of.solved), Trials(of.solved, trials_of(size)[1])))
    assert found
    for short, repair in found:
        holds_of_repair(of, short, repair)


def by_chance(of: Again) -> Iterator[Shortfall]:
    """Yield the shortfalls of a large plan in turn of their rules, within a rule by chance."""
    by_rule: dict[str, list[Shortfall]] = defaultdict(list)
    for each in shortfalls(of.solved):
        if not each.others:
            by_rule[each.rule.name].append(each)
    chance = random.Random(SEED)  # noqa: S311 - not to be secret
    for mine in by_rule.values():
        chance.shuffle(mine)
    for at_once in zip_longest(*by_rule.values()):
        yield from filter(None, at_once)


@pytest.mark.slow
def test_twenty_causes_of_a_national_plan_that_somebody_asks_for_take_off_what_is_said() -> None:
    of, tried = again("national middle shares"), 0
    for short in by_chance(of):
        causes = Causes(of.solved, Trials(of.solved, TRIALS_OF_LARGE[AskCauses]))
        tried += holds_of_causes(of, causes, short, causes.of(short))
        if tried >= BY_CHANCE:
            break
    assert tried >= BY_CHANCE


@pytest.mark.slow
def test_twenty_repairs_of_a_national_plan_that_somebody_asks_for_leave_what_is_said() -> None:
    of, tried = again("national middle shares"), 0
    for short in by_chance(of):
        for repair in repairs(of.solved, short, Trials(of.solved, TRIALS_OF_LARGE[AskRepairs])):
            holds_of_repair(of, short, repair)
            tried += 1
        if tried >= BY_CHANCE:
            break
    assert tried >= BY_CHANCE
