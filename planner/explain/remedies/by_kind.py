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
    ChangeTrials,
    Repair,
    TrialChange,
    changes,
    likeliest,
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


@dataclass(frozen=True)
class LikelyChange:
    """The change of one kind that takes most off a shortfall at its largest, of so many tried."""

    kind: str
    tried: int
    change: ChangeTrials | None = None

    @property
    def enough(self) -> bool:
        """Whether it ends the shortfall alone."""
        return self.change is not None and self.change.enough

    @property
    def most(self) -> float:
        """Which part of the shortfall it takes off at most."""
        return 0.0 if self.change is None else self.change.most

    def remedy(self, book: Book) -> Remedy:
        """Return the smallest size that takes as much off, with what the whole plan then costs.

        The book with its cells changed is read and solved to the last level.
        """
        change = self.change
        repair = None if change is None else change.repair(at_best=True)
        if change is None or repair is None:
            return Remedy(self.kind, self.tried)
        solved = change.solved
        edits = edits_between(solved.case, change.change.changed(solved.case, round(repair.by)))
        after = change.trials.with_edits(
            edits, lambda: case_with(book, solved.case.scenario, edits)
        )
        if after is None:
            return Remedy(self.kind, self.tried)
        at = solved.level_place(Level.COST.value)
        return Remedy(
            self.kind,
            self.tried,
            replace(repair, left=after.levels[change.shortfall.level]),
            alone=repair.removes >= 1 - REMOVED,
            edits=edits,
            cost=after.levels[at] - solved.solution.levels[at].value,
        )


def remedies(solved: Solved, book: Book, shortfall: Shortfall, trials: Trials) -> Iterator[Remedy]:
    """Yield what each kind of remedy can do about a shortfall, in the order of `REMEDIES`.

    Every change is tried from the cells of the input on. Whole decisions stay as they were taken.
    """
    for each in likely_changes(solved, shortfall, trials):
        yield each.remedy(book)


def likely_changes(solved: Solved, shortfall: Shortfall, trials: Trials) -> Iterator[LikelyChange]:
    """Yield of each kind of remedy, in the order of `REMEDIES`, the change that does most.

    It is the first that is enough at its largest, else the one that takes most off then.
    """
    asked = AskedCauses(solved, shortfall, BedPrices(solved), limits(solved))
    by_sort: dict[str, list[TrialChange]] = defaultdict(list)
    for change in (*changes(asked), *_norm(asked), *_transfers(asked)):
        by_sort[change.sort].append(change)
    told = {sort for sorts in REMEDIES.values() for sort in sorts}
    others = tuple(sort for sort in by_sort if sort not in told)
    for kind, sorts in (*REMEDIES.items(), *((OTHER, others),) * bool(others)):
        best = LikelyChange(kind, 0)
        mine = sorted((each for sort in sorts for each in by_sort[sort]), key=likeliest)
        for count, change in enumerate(mine[:OF_A_KIND], 1):
            if best.enough or not trials.affordable():
                break
            tried = LikelyChange(kind, count, ChangeTrials(solved, shortfall, change, trials))
            best = tried if tried.most > best.most else replace(best, tried=count)
        yield best


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
