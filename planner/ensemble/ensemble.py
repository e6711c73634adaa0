"""`ensemble`: what a plan's decisions come to in sampled futures, and what those that break share.

A future breaks the plan where somebody is without a place who was not in the plan. What the futures
that break have in common is looked for in who is present: a group that is more above what was
expected there than in the other futures.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import fsum
from pathlib import Path

import numpy as np

from planner.core.outcome import CancelToken
from planner.ensemble.executors import MemberExecutor
from planner.ensemble.kept_members import KeptMembers
from planner.ensemble.member import Member, Task, begin
from planner.ensemble.prepared import Kept
from planner.ensemble.trial import FutureResult
from planner.forecast.futures import ForecastPath, futures
from planner.forecast.past_errors import PastErrors
from planner.input.case import Case
from planner.input.kinds import PlaceKind
from planner.margin.stress import People
from planner.model.demand import demand

# Less than half a person-month more without a place is nobody.
SOMEBODY = 0.5
# A group tells futures that break from others where it is so much more apart than they vary.
_APART = 0.5
_NAMED = 3


@dataclass(frozen=True)
class Shared:
    """A group that is larger where the plan breaks: by how much there, and where it does not.

    Both are parts of what was expected, over the months together.
    """

    group: str
    where_broken: float
    elsewhere: float


@dataclass(frozen=True)
class Ensemble:
    """A plan's decisions in sampled futures, members by number.

    `people` are the futures, widened by `past` errors where there are, `expected` who was planned
    for and `planned` what the decisions come to there.
    """

    case: Case
    seed: int
    expected: People
    planned: FutureResult
    people: tuple[People, ...]
    members: tuple[Member, ...]
    past: PastErrors | None = None

    @property
    def done(self) -> tuple[Member, ...]:
        """The members that were worked out."""
        return tuple(each for each in self.members if not each.failed)

    @property
    def failed(self) -> tuple[Member, ...]:
        """The members that could not be worked out."""
        return tuple(each for each in self.members if each.failed)

    def amounts(self, name: str) -> np.ndarray:
        """Return a measure or a level in each member that was worked out."""
        return np.array(
            [each.measures.get(name, each.levels.get(name, np.nan)) for each in self.done]
        )

    def dol_needed(self, people: People) -> float:
        """Return the most people in a month that prefer a place in DOL."""
        dol = [name for name, group in self.case.groups.items() if group.prefers(PlaceKind.DOL)]
        return max(
            (fsum(people.get((g, month), 0.0) for g in dol) for month in self.case.months),
            default=0.0,
        )

    @cached_property
    def dol_needs(self) -> np.ndarray:
        """Return the DOL places needed in each member that was worked out, in its worst month."""
        return np.array([self.dol_needed(self.people[each.number]) for each in self.done])

    def fits(self, places: float) -> float:
        """Return in which part of the members so many DOL places are enough."""
        needs = self.dol_needs
        return float((needs <= places + 1e-6).mean()) if len(needs) else 0.0

    def breaks(self, member: Member) -> bool:
        """Whether a future breaks the plan: somebody more is without a place."""
        return member.measures["unplaced"] > self.planned.measures["unplaced"] + SOMEBODY

    @cached_property
    def broken(self) -> tuple[Member, ...]:
        """The members that break the plan."""
        return tuple(each for each in self.done if self.breaks(each))

    @cached_property
    def shared(self) -> tuple[Shared, ...]:
        """Return what those that break have in common, the clearest first; nothing for none."""
        broken = np.array([self.breaks(each) for each in self.done])
        if not len(broken) or broken.all() or not broken.any():
            return ()
        found = []
        for group in self.case.groups:
            usual = self._total(self.expected, group)
            if usual <= 0:
                continue
            parts = np.array(
                [self._total(self.people[m.number], group) / usual - 1 for m in self.done]
            )
            there, elsewhere = parts[broken].mean(), parts[~broken].mean()
            spread = float(parts.std())
            if spread > 0 and (there - elsewhere) / spread > _APART:
                found.append(
                    ((there - elsewhere) / spread, Shared(group, float(there), float(elsewhere)))
                )
        found.sort(key=lambda each: (-each[0], each[1].group))
        return tuple(each for _, each in found[:_NAMED])

    def _total(self, people: People, group: str) -> float:
        return fsum(people.get((group, month), 0.0) for month in self.case.months)

    def fullness(self, member: Member) -> float:
        """Return how many person-months a member has beside what was expected, as a part."""
        usual = fsum(self.expected.values())
        return fsum(self.people[member.number].values()) / usual - 1 if usual else 0.0


def ensemble(  # noqa: PLR0913 - what may be asked of it
    case: Case,
    kept: Kept,
    paths: Sequence[ForecastPath],
    count: int,
    *,
    seed: int,
    executor: MemberExecutor,
    past: PastErrors | None = None,
    file: Path | None = None,
    tell: Callable[[int], None] | None = None,
    cancel: CancelToken | None = None,
) -> Ensemble:
    """Return what decisions come to in so many futures; what stands in a file is not done again.

    The file holds what is done until all are.

    `UnusableInputError` where nothing can be sampled, or the file is of another ensemble;
    `FutureFailedError` where the decisions cannot be kept in what was expected; `CancelledError`
    when cancelled: what is done then stands in the file.
    """
    expected = demand(case)
    people = futures(case, expected, paths, count, seed, past)
    task = Task(mark_of(case, kept, people), case, kept)
    done = None if file is None else KeptMembers(file, task.mark)
    known = {} if done is None else {each.number: each for each in done.read()}
    planned = begin(task, cancel)
    if done is not None:
        done.begin(tuple(known.values()))
    left = {number: each for number, each in enumerate(people) if number not in known}
    for member in executor.members(task, left, cancel):
        known[member.number] = member
        if done is not None:
            done.add(member)
        if tell is not None:
            tell(len(known))
    members = tuple(known[number] for number in range(count))
    if done is not None:
        done.remove()
    return Ensemble(case, seed, expected, planned, people, members, past)


def mark_of(case: Case, kept: Kept, people: Sequence[People]) -> str:
    """Return a mark of an input, what is decided, and the futures it is tried in."""
    decided = sorted((str(each), float(value)) for each, value in kept.items())
    drawn = [sorted((g, f"{m:%Y-%m}", each[g, m]) for g, m in each) for each in people]
    told = json.dumps([case.fingerprint, case.scenario, decided, drawn])
    return hashlib.sha256(told.encode()).hexdigest()


def spread(amounts: np.ndarray) -> Mapping[str, float]:
    """Return the mean, the 10, 50 and 90 %, and the most of amounts."""
    if not len(amounts):
        return {}
    low, middle, high = np.percentile(amounts, (10, 50, 90))
    return {
        "mean": float(amounts.mean()),
        "p10": float(low),
        "p50": float(middle),
        "p90": float(high),
        "most": float(amounts.max()),
    }
