"""What could be done about a shortfall, one kind of remedy at a time.

Of each kind, beds, months of contract, opening earlier and so on, the smallest change that removes
the shortfall alone is looked for by solving. Where none does, that is said too, with what is left
at best.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from planner.explain.beds import BedPrices
from planner.explain.causes.cause import AskedCauses
from planner.explain.changes import with_parameter
from planner.explain.figures import limits
from planner.explain.input_edits import case_with, edits_between
from planner.explain.remedies.repairs import (
    REMOVED,
    Repair,
    TrialChange,
    changes,
    likeliest,
    smallest_repair,
)
from planner.explain.shortfalls import Shortfall
from planner.explain.solved import Solved
from planner.explain.trials import Trials
from planner.input.book import Book
from planner.input.case import Case
from planner.input.edit_lines import EditLine
from planner.model.rules.rule import Level

# The kinds of remedy in the order told, each with the sorts of change that are of it.
REMEDIES: Mapping[str, tuple[str, ...]] = {
    "beds": ("beds",),
    "contract": ("contract_months",),
    "earlier": ("months_earlier",),
    "ceilings": ("ceiling", "max_people"),
    "seats": ("school_seats", "accessible_beds"),
    "staff": ("staff",),
    "norm": ("occupancy_norm",),
    "dol": ("dol_part", "dol_growth"),
    "transfers": ("transfers",),
}
# Changes of every other figure that is the limit of a rule.
OTHER = "other"
# How many changes of one kind are tried.
OF_A_KIND = 3
TRANSFERS = "dublin_transferred_share"
POINT = 0.01


@dataclass(frozen=True)
class Remedy:
    """What one kind of remedy can do about a shortfall, as far as was tried.

    `repair` is the smallest change that removes it alone, or, where `alone` is false, the one that
    takes most of it off. `edits` are the cells to change for it and `cost` is what the whole plan
    then costs more, in euros; it is `None` where the plan was not solved to the end. Without a
    repair nothing of this kind takes anything off; `tried` is how many changes were tried.
    """

    kind: str
    tried: int
    repair: Repair | None = None
    alone: bool = False
    edits: tuple[EditLine, ...] = ()
    cost: float | None = None


def remedies(solved: Solved, book: Book, shortfall: Shortfall, trials: Trials) -> Iterator[Remedy]:
    """Yield what each kind of remedy can do about a shortfall, in the order of `REMEDIES`.

    Every change is tried from the cells of the input on: the book with those cells changed is read
    and solved to the last level. Whole decisions stay as they were taken.
    """
    asked = AskedCauses(solved, shortfall, BedPrices(solved), limits(solved))
    by_sort: dict[str, list[TrialChange]] = defaultdict(list)
    for change in (*changes(asked), *_norm(asked), *_transfers(asked)):
        by_sort[change.sort].append(change)
    told = {sort for sorts in REMEDIES.values() for sort in sorts}
    others = tuple(sort for sort in by_sort if sort not in told)
    for kind, sorts in (*REMEDIES.items(), *((OTHER, others),) * bool(others)):
        mine = sorted((each for sort in sorts for each in by_sort[sort]), key=likeliest)
        yield _remedy(solved, book, shortfall, trials, kind, mine[:OF_A_KIND])


def _remedy(  # noqa: PLR0913, PLR0917 - a shortfall, what may be tried, and how often
    solved: Solved,
    book: Book,
    shortfall: Shortfall,
    trials: Trials,
    kind: str,
    tried: list[TrialChange],
) -> Remedy:
    best: tuple[Repair, TrialChange] | None = None
    count = 0
    for change in tried:
        if not trials.affordable():
            break
        count += 1
        repair = smallest_repair(solved, shortfall, change, trials, at_best=True)
        if repair is not None and (best is None or repair.removes > best[0].removes):
            best = repair, change
        if best is not None and best[0].removes >= 1 - REMOVED:
            break
    if best is None:
        return Remedy(kind, count)
    repair, change = best
    edits = edits_between(solved.case, change.changed(solved.case, round(repair.by)))
    remedy = Remedy(kind, count, repair, alone=repair.removes >= 1 - REMOVED, edits=edits)
    return _confirmed(solved, book, shortfall, trials, remedy)


def _confirmed(
    solved: Solved, book: Book, shortfall: Shortfall, trials: Trials, remedy: Remedy
) -> Remedy:
    """Return a remedy as it comes out when its cells are changed and the whole plan is solved."""
    if remedy.repair is None:
        return remedy
    case = case_with(book, solved.case.scenario, remedy.edits)
    after = trials.solve(case, len(solved.problem.levels) - 1)
    if after is None:
        return Remedy(remedy.kind, remedy.tried)
    before = [each.value for each in solved.solution.levels]
    at = solved.level_place(Level.COST.value)
    left = after.levels[shortfall.level]
    return replace(
        remedy,
        repair=replace(remedy.repair, left=left),
        cost=after.levels[at] - before[at],
    )


def _norm(asked: AskedCauses) -> Iterator[TrialChange]:
    """Yield the occupancy norm, some percentage points higher and never above a person a place."""
    now = asked.case.parameters.by_name["occupancy_norm"].value
    if isinstance(now, float | int) and now < 1:
        most = float(round((1 - now) / POINT))
        if most >= 1:
            yield _points(asked, "occupancy_norm", "occupancy_norm", now, most)


def _transfers(asked: AskedCauses) -> Iterator[TrialChange]:
    """Yield a larger part of those with a transfer decision being transferred."""
    known = asked.case.parameters.by_name.get(TRANSFERS)
    now = None if known is None else known.value
    if isinstance(now, float | int) and now < 1 and asked.case.inflow:
        most = float(round((1 - now) / POINT))
        if most >= 1:
            yield _points(asked, "transfers", TRANSFERS, now, most)


def _points(asked: AskedCauses, sort: str, parameter: str, now: float, most: float) -> TrialChange:
    """Return a parameter that is a share, so many percentage points higher."""
    own = any(each.rule.name == parameter for each in asked.shortfall.rows)

    def changed(case: Case, by: float) -> Case:
        return with_parameter(case, parameter, min(now + POINT * by, 1.0))

    cells = (("parameters", parameter, "value"),)
    return TrialChange(sort, "", "points", 1.0, most, changed, cells, own=own)
