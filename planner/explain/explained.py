"""`explain`: the whole explanation of a plan as lines, the most important first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from operator import itemgetter
from typing import NamedTuple

import pandas as pd

from planner.core.errors import CancelledError
from planner.core.task_control import TaskControl
from planner.core.texts import Text, message
from planner.explain.beds import BedPrices
from planner.explain.causes.in_common import causes_in_common
from planner.explain.causes.likeliest import Causes, ExplainedShortfall
from planner.explain.choices import Choice, choices
from planner.explain.confirming import Confirmed, confirm
from planner.explain.figures import CellKey
from planner.explain.limits import Binding, binding_limits
from planner.explain.month_worth import MonthWorth, month_worths
from planner.explain.remedies.repairs import Repair, repairs
from planner.explain.rise_of_all import rise_of_all
from planner.explain.shortfalls import Shortfall, shortfalls
from planner.explain.solved import NOTHING, Solved
from planner.explain.trials import Trials
from planner.explain.warm_worths import Resumed
from planner.explain.wording.choices import choice_line, repair_line, silent_line
from planner.explain.wording.lines import (
    SHORTFALL,
    ExplanationLine,
    limit_line,
    month_line,
    note_line,
    others_line,
    shortfall_line,
)
from planner.explain.wording.otherwise import common_line, rise_line
from planner.input.kinds import Standing
from planner.model.build import Problem
from planner.result.tables import EXPLANATION_COLUMNS
from planner.solver.outcome import Solution

# Cells of one line that are told; the others are found by asking for them.
CELLS = 5
# Limits of one sort at one level that are told apart; the rest are counted in one line.
TOLD_APART = 4
CHOICES = 60
# Trials that are done without being asked for: many on small problems, none on large ones.
SMALL = 140_000
MOST_TRIALS = 60
FEWEST_TRIALS = 8
ENOUGH_FOR_REPAIRS = 30
# Levels that are solved again from where the plan was left: about 0.15 s each on a large problem.
FEW_RESUMED = 10
MANY_RESUMED = 150
# The same for decisions turned round, a few levels each.
FEW_TURNED = 40
MANY_TURNED = 600


def trials_affordable(problem: Problem) -> int:
    """Return how many trials go with a plan of this size, so that explaining stays a small part."""
    affordable = min(SMALL // max(len(problem.columns), 1), MOST_TRIALS)
    return affordable if affordable >= FEWEST_TRIALS else 0


def explain(
    problem: Problem,
    solution: Solution,
    trials: int | None = None,
    control: TaskControl | None = None,
) -> list[ExplanationLine]:
    """Return the explanation of a plan; `trials` is how many times it may solve again.

    Without a number that depends on the size of the problem. Most of the trials go to causes;
    repairs take many, so they are looked for only where there are enough. Where whoever has the
    `control` waits no longer, it is what was found until then, and says so.
    """
    control = control or TaskControl()
    if control.cancelled:
        return [note_line("stopped")]
    solved = Solved.of(problem, solution)
    lines = [note_line("whole_kept")] if solved.whole else []
    try:
        for line in _lines(solved, trials, control):
            lines.append(line)
            control.check()
    except CancelledError:
        return [note_line("stopped"), *lines]
    return lines


def _lines(solved: Solved, trials: int | None, control: TaskControl) -> Iterator[ExplanationLine]:
    """Yield the lines of all parts, in the order in which they are told."""
    allowed = trials_affordable(solved.problem) if trials is None else trials
    share = shares_of(allowed)
    if trials != 0:
        # Before what the other parts keep: nothing takes as much memory as this trial.
        yield from _rise_lines(solved, control)
    short = shortfalls(solved)
    resumed, turned = resumed_of(solved, allowed) if trials != 0 else (Resumed(solved, 0), 0)
    yield from _common_lines(solved, short, Trials(solved, share.in_common, control))
    yield from _shortfall_lines(solved, short, Trials(solved, share.causes, control))
    yield from _repair_lines(solved, short, Trials(solved, share.repairs, control))
    yield from _limit_lines(solved, Trials(solved, share.limits, control), resumed)
    decisions = Trials(solved, share.decisions, control)
    yield from _choice_lines(solved, decisions, resumed.for_others(turned))


def resumed_of(solved: Solved, allowed: int) -> tuple[Resumed, int]:
    """Return what solves levels again for limits, and how many it may for decisions turned round.

    By whether trials are `allowed`, which they are not of large plans.
    """
    if allowed == 0:
        return Resumed(solved, FEW_RESUMED, large=True), FEW_TURNED
    return Resumed(solved, MANY_RESUMED), MANY_TURNED


def _rise_lines(solved: Solved, control: TaskControl) -> Iterator[ExplanationLine]:
    """Yield what a plan falls short for the rise of all, for which one trial is enough."""
    found = rise_of_all(solved, control)
    if found is not None:
        yield rise_line(solved, found)


def _common_lines(
    solved: Solved, short: list[Shortfall], trials: Trials
) -> Iterator[ExplanationLine]:
    """Yield the figures that several levels fall short by, as far as trials go."""
    if trials.affordable():
        found = causes_in_common(Causes(solved, trials), short)
        yield from (common_line(solved, each) for each in found)


class Shares(NamedTuple):
    """How many of the trials go to what.

    Decisions are turned round from where the plan was left, so that few need a trial.
    """

    causes: int
    in_common: int
    repairs: int
    limits: int
    decisions: int


def shares_of(allowed: int) -> Shares:
    """Return how many of the trials go to what."""
    repairs = allowed // 3 if allowed >= ENOUGH_FOR_REPAIRS else 0
    each = (allowed - repairs) // 4
    causes = allowed - repairs - 2 * each
    return Shares(causes, each, repairs, each - each // 4, each // 4)


def _shortfall_lines(
    solved: Solved, short: list[Shortfall], trials: Trials
) -> Iterator[ExplanationLine]:
    causes = Causes(solved, trials)
    explained = {id(each): found for each, found in caused(causes, short)}
    for each in short:
        yield shortfall_line(solved, each, explained[id(each)], causes.own_cells(each))


def caused(
    causes: Causes, short: list[Shortfall]
) -> Iterator[tuple[Shortfall, ExplainedShortfall]]:
    """Yield the shortfalls with their causes, in the order in which those are solved."""
    for each in _first_of_each_rule(short):
        causes.trials.control.check()
        yield each, causes.of(each)


def _first_of_each_rule(short: list[Shortfall]) -> list[Shortfall]:
    """Return the shortfalls in the order in which their causes are solved, as far as trials go."""
    seen: dict[str, int] = defaultdict(int)
    turn = []
    for each in short:
        turn.append(seen[each.rule.name])
        seen[each.rule.name] += 1
    return [each for _, each in sorted(zip(turn, short, strict=True), key=itemgetter(0))]


def _repair_lines(
    solved: Solved, short: list[Shortfall], trials: Trials
) -> Iterator[ExplanationLine]:
    """Yield repairs of the most important shortfalls, as far as trials go."""
    for each, repair in repaired(solved, short, trials):
        yield repair_line(solved, each, repair)


def repaired(
    solved: Solved, short: list[Shortfall], trials: Trials
) -> Iterator[tuple[Shortfall, Repair]]:
    """Yield the most important shortfalls with what would remove each, as far as trials go."""
    for each in short:
        if not trials.affordable():
            return
        for repair in repairs(solved, each, trials):
            yield each, repair


def _limit_lines(solved: Solved, trials: Trials, resumed: Resumed) -> Iterator[ExplanationLine]:
    """Yield the limits that matter, of each sort the few that are worth most."""
    for mine, worths in limits_told(solved, trials, resumed):
        for each, worth in zip(mine, worths, strict=False):
            yield limit_line(solved, each, worth)
        if mine[TOLD_APART:]:
            yield others_line(solved, mine[TOLD_APART:])
    months: dict[tuple[int, str], list[MonthWorth]] = defaultdict(list)
    for month in month_worths(solved, BedPrices(solved)):
        months[month.worth.level, month.sort].append(month)
    for told in months.values():
        yield from (month_line(solved, month) for month in told[:TOLD_APART])


def _choice_lines(solved: Solved, trials: Trials, resumed: Resumed) -> Iterator[ExplanationLine]:
    """Yield the decisions; those that were not turned round are counted in one line each."""
    told: list[Choice] = []
    silent: dict[str, list[Choice]] = defaultdict(list)
    for each in choices(solved, trials, resumed):
        if each.solved or (each.taken > NOTHING and len(told) < CHOICES):
            told.append(each)
        elif each.taken > NOTHING:
            silent[each.decision].append(each)
    yield from (choice_line(solved, each) for each in told[:CHOICES])
    yield from (silent_line(decision, mine) for decision, mine in silent.items())


def limits_told(
    solved: Solved, trials: Trials, resumed: Resumed
) -> list[tuple[list[Binding], list[Confirmed | None]]]:
    """Return the limits that matter by level and sort, with what units of the first are worth.

    By solving, as far as that may be done: as many of each as are told apart. The first of every
    sort at every level goes before the second of any. How far a worth holds is only followed from
    where the plan was left: another limit solved again tells more than a range.
    """
    gathered: dict[tuple[int, str], list[Binding]] = defaultdict(list)
    for each in binding_limits(solved):
        gathered[each.worth.level, each.limit.sort].append(each)
    told = [(mine, list[Confirmed | None]()) for mine in gathered.values()]
    for rank in range(TOLD_APART):
        for mine, worths in told:
            for each in mine[rank : rank + 1]:
                trials.control.check()
                worth = resumed.confirm(each)
                if worth is None and trials.affordable():
                    worth = confirm(trials, each.limit, each.worth.level, farthest=1.0)
                worths.append(worth)
    return told


PlacesOf = Callable[[CellKey], Iterable[str]]


def explanation_table(lines: list[ExplanationLine], place: PlacesOf | None = None) -> pd.DataFrame:
    """Return the explanation as a table; what does not apply to a line is empty.

    What falls short stands by what its rule rests on, laws first. `place` says where a cell stands
    in the workbook; without it the cells are left out.
    """
    rows = [_cells(each, place) for each in _by_standing(lines)]
    return pd.DataFrame(rows, columns=list(EXPLANATION_COLUMNS), dtype=object)


def _by_standing(lines: list[ExplanationLine]) -> Iterator[ExplanationLine]:
    """Yield the lines with those of shortfalls by what the rule rests on, in the same places."""
    order = list(Standing)
    short = [each for each in lines if each.part == SHORTFALL]
    grouped = iter(
        sorted(short, key=lambda each: order.index(each.rule.standing) if each.rule else -1)
    )
    for each in lines:
        yield next(grouped) if each.part == SHORTFALL else each


def _cells(line: ExplanationLine, place: PlacesOf | None) -> tuple[object, ...]:
    rule, key = line.rule, line.key
    return (
        line.part,
        message(f"explain.is.{line.part}").both,
        None if rule is None else rule.name,
        None if rule is None else rule.title,
        line.level,
        None if rule is None else rule.standing.value,
        line.source or (None if rule is None else rule.source.label),
        key.location or None,
        str(key.kind) or None,
        key.group or None,
        key.month,
        line.used,
        line.limit,
        line.room,
        _unit_text(line.unit),
        None if line.users is None else line.users.both,
        line.worth,
        _unit_text(line.worth_unit),
        line.up_to,
        line.confirmed,
        line.cause,
        key.province or None,
        key.region or None,
        line.sort,
        line.subject,
        None if place is None else _places(line, place),
        "; ".join(map(str, line.edits)) or None,
        line.sentence.both,
    )


def _places(line: ExplanationLine, place: PlacesOf) -> str | None:
    """Return where a line's first cells stand, such as `Locaties!J5; Bezetting!E12`."""
    found = dict.fromkeys(at for cell in line.cells for at in place(cell))
    return "; ".join(list(found)[:CELLS]) or None


def _unit_text(unit: str | None) -> Text | None:
    return None if unit is None else message(f"unit.{unit}").both
