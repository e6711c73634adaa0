"""`explain`: the whole explanation of a plan as lines, the most important first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import pandas as pd

from planner.insight.explain.beds import BedPrices
from planner.insight.explain.causes import Causes
from planner.insight.explain.choices import choices
from planner.insight.explain.confirming import Confirmed, confirm
from planner.insight.explain.limits import Binding, binding_limits
from planner.insight.explain.month_worth import MonthWorth, month_worths
from planner.insight.explain.repairs import repairs
from planner.insight.explain.shortfalls import Shortfall, shortfalls
from planner.insight.explain.solved import NOTHING, Solved
from planner.insight.explain.trials import Trials
from planner.insight.explain.wording import (
    Line,
    choice_line,
    limit_line,
    month_line,
    note_line,
    others_line,
    repair_line,
    shortfall_line,
    silent_line,
)
from planner.model.build import Problem
from planner.solve.outcome import Solution
from planner.texts import Text, message

COLUMNS = (
    "part",
    "rule",
    "rule_title",
    "level",
    "source",
    "location",
    "kind",
    "group",
    "month",
    "used",
    "limit",
    "worth",
    "unit",
    "cause",
    "sentence",
)
# Limits of one sort at one level that are told apart; the rest are counted in one line.
TOLD_APART = 4
CHOICES = 60
# Trials that are done without being asked for: many on small problems, none on large ones.
SMALL = 40_000
MOST_TRIALS = 60
FEWEST_TRIALS = 8
ENOUGH_FOR_REPAIRS = 30


def trials_affordable(problem: Problem) -> int:
    """Return how many trials go with a plan of this size, so that explaining stays a small part."""
    affordable = min(SMALL // max(len(problem.columns), 1), MOST_TRIALS)
    return affordable if affordable >= FEWEST_TRIALS else 0


def explain(problem: Problem, solution: Solution, trials: int | None = None) -> list[Line]:
    """Return the explanation of a plan; `trials` is how many times it may solve again.

    Without a number that depends on the size of the problem. Most of the trials go to causes;
    repairs take many, so they are looked for only where there are enough.
    """
    solved = Solved.of(problem, solution)
    allowed = trials_affordable(problem) if trials is None else trials
    short = shortfalls(solved)
    lines = [note_line("whole_kept")] if solved.whole else []
    for_repairs = allowed // 3 if allowed >= ENOUGH_FOR_REPAIRS else 0
    rest = Trials(solved, allowed // 4)
    for_causes = Trials(solved, allowed - for_repairs - allowed // 4)
    lines += _shortfall_lines(solved, short, for_causes)
    lines += _repair_lines(solved, short, Trials(solved, for_repairs))
    lines += _limit_lines(solved, rest)
    lines += _choice_lines(solved, rest)
    return lines


def _shortfall_lines(solved: Solved, short: list[Shortfall], trials: Trials) -> Iterator[Line]:
    causes = Causes(solved, trials)
    for each in short:
        yield shortfall_line(solved, each, causes.of(each))


def _repair_lines(solved: Solved, short: list[Shortfall], trials: Trials) -> Iterator[Line]:
    """Yield repairs of the most important shortfalls, as far as trials go."""
    for each in short:
        if not trials.affordable():
            return
        for repair in repairs(solved, each, trials):
            yield repair_line(solved, each, repair)


def _limit_lines(solved: Solved, trials: Trials) -> Iterator[Line]:
    """Yield the limits that matter, of each sort the few that are worth most."""
    gathered: dict[tuple[int, str], list[Binding]] = defaultdict(list)
    for each in binding_limits(solved):
        gathered[each.worth.level, each.limit.sort].append(each)
    for mine in gathered.values():
        for each in mine[:TOLD_APART]:
            yield limit_line(solved, each, _confirmed(trials, each))
        if mine[TOLD_APART:]:
            yield others_line(solved, mine[TOLD_APART:])
    months: dict[tuple[int, str], list[MonthWorth]] = defaultdict(list)
    for month in month_worths(solved, BedPrices(solved)):
        months[month.worth.level, month.sort].append(month)
    for told in months.values():
        yield from (month_line(solved, month) for month in told[:TOLD_APART])


def _choice_lines(solved: Solved, trials: Trials) -> Iterator[Line]:
    """Yield the decisions; those whose prices say nothing are counted in one line each."""
    told, silent = [], defaultdict(list)
    for each in choices(solved, trials):
        if each.opposite is not None or not each.at_least:
            told.append(each)
        elif each.taken > NOTHING:
            silent[each.decision].append(each)
    yield from (choice_line(solved, each) for each in told[:CHOICES])
    yield from (silent_line(decision, mine) for decision, mine in silent.items())


def _confirmed(trials: Trials, each: Binding) -> Confirmed | None:
    """Return the worth of a unit found by solving, where there are trials left for it."""
    if not trials.affordable():
        return None
    return confirm(trials, each.limit, each.worth.level, farthest=4.0)


def explanation_table(lines: list[Line]) -> pd.DataFrame:
    """Return the explanation as a table; what does not apply to a line is empty."""
    return pd.DataFrame([_cells(each) for each in lines], columns=list(COLUMNS), dtype=object)


def _cells(line: Line) -> tuple[object, ...]:
    rule, key = line.rule, line.key
    return (
        message(f"explain.is.{line.part}").both,
        None if rule is None else rule.name,
        None if rule is None else rule.title,
        line.level,
        None if rule is None else rule.source.label,
        key.location or None,
        str(key.kind) or None,
        key.group or None,
        key.month,
        line.used,
        line.limit,
        line.worth,
        _unit_text(line.unit),
        line.cause,
        line.sentence.both,
    )


def _unit_text(unit: str | None) -> Text | None:
    return None if unit is None else message(f"unit.{unit}").both
