"""Causes and repairs tried again from the changed case alone, a part at a time.

`python -m tests.planner.explain.tried "national middle shares" --to FILE` tries what a plan prints,
and of a large plan what is told when it is asked for, and writes a line for each part as soon as it
is done. Begun again it goes on behind what stands there, so that it may be stopped at any time.
`--level protected` tries only what falls short at a level, beside what all more people make.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import chain, zip_longest
from pathlib import Path

import numpy as np
import pytest

from planner.api import open_demo
from planner.core.outcome import Ending
from planner.core.task_control import TaskControl
from planner.explain.causes.in_common import CauseInCommon, causes_in_common
from planner.explain.causes.likeliest import Causes, ExplainedShortfall
from planner.explain.changes import with_people
from planner.explain.choices import Choice, choices, opposite
from planner.explain.confirming import Confirmed
from planner.explain.explained import (
    caused,
    limits_told,
    repaired,
    resumed_of,
    shares_of,
    trials_affordable,
)
from planner.explain.figures import Limit
from planner.explain.plan_explainer import LARGE, TRIALS_OF_LARGE
from planner.explain.prices import Worth
from planner.explain.remedies.repairs import Repair, repairs, settled_at
from planner.explain.rise_of_all import LAST, people_without_rise, rise_of_all
from planner.explain.shortfalls import Shortfall, shortfalls
from planner.explain.solved import Solved
from planner.explain.trials import Trials, change_by, rows_of
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
from planner.solver.outcome import LevelCost, LinearModel
from tests.shorter import shorter

WITHIN = 1e-6
# A busy machine takes longer over a national plan than a user would wait, in seconds.
LONG = 7200.0
SEED = 20260612
RISE = "rise"
# Where the plan is too large for trials of its own, this many are given to what is asked first.
ASKED = 12
# The demo cut to its first months, for the ordinary run.
SHORT, MONTHS = "brief", 6


@dataclass(frozen=True)
class Part:
    """What is tried at once: what it is called, its level, and the trying.

    That returns how many causes or repairs hold what is said of them; `AssertionError` where one
    does not.
    """

    name: str
    level: int
    tried: Callable[[], int]


@dataclass(frozen=True)
class Again:
    """A plan to question, and changed cases solved from nothing with whole decisions kept."""

    solved: Solved

    def least(self, case: Case, level: int) -> list[float]:
        """Return the levels of a case up to one."""
        return self._values(self._kept(case, level)[1])

    def left(self, case: Case, level: int, short: Shortfall) -> tuple[list[float], float]:
        """Return the levels of a case up to one, and the least that is left of a shortfall then.

        Where the levels before its own are as in the plan, what is short beside it at its level
        stays month by month what it is in the plan, or what is more is added to what is left.
        """
        problem, model = self._kept(case, level)
        *levels, left = self._values(self._beside(problem, model, short))
        plan = [each.value for each in self.solved.solution.levels]
        if all(
            abs(was - now) <= WITHIN * max(1.0, abs(was))
            for was, now in zip(plan[: short.level], levels[: short.level], strict=True)
        ):
            return levels, left
        alone = LevelCost("alone", "", _own(problem, short))
        *levels, left = self._values(replace(model, levels=(*model.levels, alone)))
        return levels, left

    def _beside(self, problem: Problem, model: LinearModel, short: Shortfall) -> LinearModel:
        now = problem.levels[short.level].costs - _own(problem, short)
        plan = self.solved.problem
        was = plan.levels[short.level].costs - _own(plan, short)
        was *= self.solved.solution.values
        stages = range(-1, len(problem.case.months))
        columns, wider = len(model.lower), len(model.lower) + len(stages)
        starts, indices, values, most = [*model.starts], [*model.indices], [*model.values], []
        for number, stage in enumerate(stages):
            mine = np.flatnonzero((model.column_stage == stage) & (now != 0))
            indices += [*mine, columns + number]
            values += [*now[mine], -1.0]
            starts.append(len(indices))
            most.append(float(was[plan.columns.stages() == stage].sum()))
        beside = np.zeros(wider)
        beside[:columns] = _own(problem, short)
        beside[columns:] = 1.0
        more = len(stages)
        return replace(
            model,
            lower=np.append(model.lower, np.zeros(more)),
            upper=np.append(model.upper, np.full(more, 1e9)),
            row_lower=np.append(model.row_lower, np.full(more, -np.inf)),
            row_upper=np.append(model.row_upper, most),
            starts=np.array(starts, dtype=model.starts.dtype),
            indices=np.array(indices, dtype=model.indices.dtype),
            values=np.array(values),
            whole=np.zeros(wider, dtype=bool),
            column_stage=np.append(model.column_stage, list(stages)),
            row_stage=np.append(model.row_stage, list(stages)),
            levels=(
                *(replace(e, cost=np.append(e.cost, np.zeros(more))) for e in model.levels),
                LevelCost("beside", "", beside),
            ),
        )

    def _kept(self, case: Case, level: int) -> tuple[Problem, LinearModel]:
        """Build a case anew with the levels up to one, and whole decisions as they were taken."""
        large = len(self.solved.problem.columns) > LARGE
        rules = rules_up_to(case, level) if large else None
        problem = build(case, whole=self.solved.whole, rules=rules)
        model = linear_model(problem)
        lower, upper = model.lower.copy(), model.upper.copy()
        for was, now in self._same_choices(problem):
            value = round(float(self.solved.solution.values[was]))
            lower[now] = upper[now] = value
        whole, levels = np.zeros(len(lower), dtype=bool), model.levels[: level + 1]
        return problem, replace(model, lower=lower, upper=upper, whole=whole, levels=levels)

    @staticmethod
    def _values(model: LinearModel) -> list[float]:
        outcome = solve_levels(model)
        assert Ending.OPTIMAL is outcome.ending
        assert outcome.solution is not None
        return [each.value for each in outcome.solution.levels]

    def _same_choices(self, now: Problem) -> Iterator[tuple[int, int]]:
        if not self.solved.whole:
            return
        before = self.solved.problem
        for family in ("open", "extend", "dol_in_use", "dol_begun"):
            mine: dict[object, Variable] = getattr(before.choose, family)
            theirs: dict[object, Variable] = getattr(now.choose, family)
            for key in mine.keys() & theirs.keys():
                yield before.columns.index(mine[key]), now.columns.index(theirs[key])


def _own(problem: Problem, short: Shortfall) -> np.ndarray:
    """Return the cost by which the shortfalls of a shortfall's rows add up."""
    rows, cost = rows_of(short), np.zeros(len(problem.columns))
    for each in problem.rows:
        if each.shortfall is not None and (each.rule.name, each.row.key) in rows:
            for column, share in each.shortfall.items():
                cost[problem.columns.index(column)] += each.row.weight * float(share)
    return cost


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


def trials_of(of: Again) -> tuple[int, int]:
    """Return how many trials the explanation gives to causes and to repairs, or is asked for."""
    share = shares_of(trials_affordable(of.solved.problem))
    return share.causes or ASKED, share.repairs or ASKED


def printed_causes(of: Again) -> Iterator[Part]:
    """Yield the causes of the shortfalls that have the first trials."""
    causes = Causes(of.solved, Trials(of.solved, trials_of(of)[0]))
    for short, told in caused(causes, shortfalls(of.solved)):
        if told.causes:
            tried = partial(holds_of_causes, of, short, told)
            yield Part(_name("causes", short), short.level, tried)


def printed_repairs(of: Again) -> Iterator[Part]:
    """Yield the repairs of the most important shortfalls."""
    trials = Trials(of.solved, trials_of(of)[1])
    for short, repair in repaired(of.solved, shortfalls(of.solved), trials):
        name = _name("repair", short, repair.sort, repair.subject)
        yield Part(name, short.level, partial(holds_of_repair, of, short, repair))


def printed_in_common(of: Again) -> Iterator[Part]:
    """Yield what several shortfalls are said to have in common."""
    trials = Trials(of.solved, shares_of(trials_affordable(of.solved.problem)).in_common)
    if not trials.affordable():
        return
    for found in causes_in_common(Causes(of.solved, trials), shortfalls(of.solved)):
        name = f"in_common|{found.cause.sort}|{found.cause.subject}"
        yield Part(name, found.first, partial(holds_in_common, of, found))


def printed_worths(of: Again) -> Iterator[Part]:
    """Yield what a unit more of a limit, and the opposite of a decision, are said to change."""
    solved = of.solved
    allowed = trials_affordable(solved.problem)
    share, (resumed, turned) = shares_of(allowed), resumed_of(solved, allowed)
    for mine, worths in limits_told(solved, Trials(solved, share.limits), resumed):
        for each, worth in zip(mine, worths, strict=False):
            if worth is not None:
                name = f"worth|{each.limit.sort}|{each.limit.subject}"
                yield Part(name, each.worth.level, partial(holds_of_worth, of, each.limit, worth))
    trials = Trials(solved, share.decisions)
    for choice in choices(solved, trials, resumed.for_others(turned)):
        if choice.solved:
            level = 0 if choice.opposite is None else choice.opposite.level
            name = f"choice|{choice.decision}|{choice.location}"
            yield Part(name, level, partial(holds_of_choice, of, choice))


def asked_for(of: Again) -> Iterator[Part]:
    """Yield the causes and repairs of a large plan's shortfalls, found when they are tried."""
    for short in by_chance(of):
        yield Part(_name("causes", short), short.level, partial(_causes_asked_for, of, short))
        yield Part(_name("repairs", short), short.level, partial(_repairs_asked_for, of, short))


def rise(of: Again) -> Part:
    """Return what a large plan tells by itself: what the rise of all makes of its levels."""
    return Part(RISE, of.solved.level_place(LAST.value), partial(holds_of_rise, of))


def _causes_asked_for(of: Again, short: Shortfall) -> int:
    causes = Causes(of.solved, Trials(of.solved, TRIALS_OF_LARGE[AskCauses]))
    return holds_of_causes(of, short, causes.of(short))


def _repairs_asked_for(of: Again, short: Shortfall) -> int:
    trials = Trials(of.solved, TRIALS_OF_LARGE[AskRepairs])
    return sum(holds_of_repair(of, short, each) for each in repairs(of.solved, short, trials))


def _name(sort: str, short: Shortfall, *more: str) -> str:
    key = short.key
    of = (short.rule.name, key.location, key.group, key.province, key.region)
    return "|".join((sort, *of, *more))


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


def holds_of_causes(of: Again, short: Shortfall, told: ExplainedShortfall) -> int:
    """Solve the case without each cause that is told from nothing; return how many there are."""
    solved = of.solved
    slack = WITHIN * max(1.0, solved.solution.levels[short.level].value)
    for cause in told.causes:
        _, left = of.left(cause.without(solved.case), short.level, short)
        gone, said = short.weighted - left, cause.part * short.weighted
        assert said <= max(gone, 0.0) + slack, (cause.sort, cause.subject)
        assert cause.part >= 1 or said >= gone - slack, (cause.sort, cause.subject)
    if told.in_turn:
        case = solved.case
        for cause in told.causes:
            case = cause.without(case)
        _, left = of.left(case, short.level, short)
        assert sum(told.in_turn) <= max(short.weighted - left, 0.0) + slack
        assert all(each >= 0 for each in told.in_turn)
    return len(told.causes)


def holds_of_repair(of: Again, short: Shortfall, repair: Repair) -> int:
    """Solve the case with a repair from nothing; it is one that holds."""
    solved = of.solved
    at, level = settled_at(solved, short), short.level
    levels = of.least(solved.case, at)
    after, left = of.left(repair.changed(solved.case, round(repair.by)), at, short)
    assert repair.before == pytest.approx(levels[level], rel=WITHIN, abs=WITHIN)
    assert repair.left == pytest.approx(after[level], rel=WITHIN, abs=WITHIN)
    gone = min(levels[level] - after[level], short.weighted - left)
    assert repair.removes * short.weighted == pytest.approx(
        min(max(gone, 0.0), short.weighted), rel=WITHIN, abs=WITHIN * max(1.0, levels[level])
    )
    return 1


def holds_of_rise(of: Again) -> int:
    """Solve the case without the rise of all from nothing; return of how many levels it is told."""
    solved = of.solved
    told = rise_of_all(solved, TaskControl())
    if told is None:
        return 0
    held, _, _ = people_without_rise(solved)
    case = with_people(solved.case, held, solved.problem)
    levels = of.least(case, solved.level_place(LAST.value))
    assert list(told.after) == pytest.approx(levels, rel=WITHIN, abs=WITHIN)
    return len(levels)


def holds_in_common(of: Again, found: CauseInCommon) -> int:
    """Solve the case without a figure from nothing; return of how many levels it is told."""
    case = found.cause.without(of.solved.case)
    levels = of.least(case, len(found.after) - 1)
    assert list(found.after) == pytest.approx(levels, rel=WITHIN, abs=WITHIN)
    return len(levels)


def holds_of_worth(of: Again, limit: Limit, told: Confirmed) -> int:
    """Solve the case with a limit looser from nothing: a unit, and as many as it is to hold for."""
    case, plan = of.solved.case, [each.value for each in of.solved.solution.levels]
    for by in {1.0, told.up_to or 1.0}:
        _same_but(plan, of.least(limit.looser(case, by), told.until), told.worth, by)
    if told.together is not None:
        case, worth = limit.looser(case, 1.0), told.together.worth
        for other in told.together.others:
            case = other.looser(case, 1.0)
        _same_but(plan, of.least(case, worth.level), worth, 1.0)
    return 1


def holds_of_choice(of: Again, choice: Choice) -> int:
    """Solve every level of the plan with a decision turned round."""
    after = opposite(of.solved, Trials(of.solved), choice.decision, choice.location)
    assert after is not None
    worth = change_by(of.solved, after)
    if choice.opposite is None or worth is None:
        assert choice.opposite == worth
    else:
        assert choice.opposite.level == worth.level
        assert choice.opposite.change == pytest.approx(worth.change, rel=WITHIN, abs=WITHIN)
    return 1


def _same_but(
    plan: Sequence[float], after: Sequence[float], worth: Worth | None, by: float
) -> None:
    """Hold levels to those of the plan, the one that is worth something changed by so much."""
    for at, (was, now) in enumerate(zip(plan, after, strict=False)):
        if worth is None or at < worth.level:
            assert abs(now - was) <= WITHIN * max(1.0, abs(was)), (at, was, now)
        elif at == worth.level:
            said = was + by * worth.change
            assert abs(now - said) <= WITHIN * max(1.0, abs(was)), (at, was, now, said)


def main(size: str, to: Path, level: str) -> None:
    """Try each part that is not in a file of lines yet, and write there what came of it."""
    done = {json.loads(line)["part"] for line in to.read_text().splitlines()} if to.exists() else ()
    of = again(size)
    large = len(of.solved.problem.columns) > LARGE
    for part in chain((rise(of),), printed_worths(of), (asked_for if large else _printed)(of)):
        asked = level in {"", of.solved.level(part.level).level.value} or part.name == RISE
        if part.name in done or not asked:
            continue
        begun, fault, count = time.process_time(), "", 0
        try:
            count = part.tried()
        except AssertionError as fell:
            fault = str(fell)
        seconds = round(time.process_time() - begun, 1)
        line = {"part": part.name, "hold": count, "fault": fault, "seconds": seconds}
        with to.open("a") as lines:
            lines.write(f"{json.dumps(line)}\n")


def _printed(of: Again) -> Iterator[Part]:
    yield from printed_in_common(of)
    yield from printed_causes(of)
    yield from printed_repairs(of)


if __name__ == "__main__":
    arguments = argparse.ArgumentParser()
    arguments.add_argument("size")
    arguments.add_argument("--to", type=Path, required=True)
    arguments.add_argument("--level", default="")
    given = arguments.parse_args()
    main(given.size, given.to, given.level)
