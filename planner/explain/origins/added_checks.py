"""What a check beside the plan is reckoned from: who counts in it, and which cells it reads.

A check is asked again with all but one of its records set to nothing: what is left is that
record's part. Where the parts do not add up to the figure, as where it is rounded, it has none.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from planner.core.texts import Text
from planner.explain.origins.contributions import NOTHING, Contribution
from planner.explain.origins.recording_case import Read, recording, recording_choices
from planner.input.case import Case
from planner.input.parameters import Parameters
from planner.model.algebra import Key
from planner.model.build import Problem
from planner.result.checks import Absent, Check, Reckoned, check_words
from planner.result.queries import Figure

Tables = Mapping[str, pd.DataFrame]
CLOSE = 1e-6


@dataclass(frozen=True)
class Counted:
    """A check's outcome, what it is added up from, and what it read of the input."""

    outcome: Reckoned | Absent
    contributions: tuple[Contribution, ...]
    reads: tuple[Read, ...]


def counted(
    check: Check, problem: Problem, tables: Tables, month: dt.date | None, words: str
) -> Counted | None:
    """Return what a check came to and from what; `None` where it has no such outcome.

    `words` are those of its row in Dutch; empty takes the outcome of the month.
    """
    noted: list[Read] = []
    seen = replace(
        problem,
        case=recording(problem.case, noted.append),
        choose=recording_choices(problem.choose, noted.append),
    )
    parameters: list[Read] = []
    for place, outcome in enumerate(check.reckon(seen, tables)):
        parameters += [read for read in noted if read[0] == "parameters"]
        if _month(outcome) == month and words in {"", check_words(check, outcome).nl}:
            told = _that_matter(check, problem, tables, place, outcome, parameters)
            reads = [*told, *(read for read in noted if read[0] in {"demand", "locations"})]
            parts = list(_parts(check, problem, tables, place))
            arrived = [part.read for part in parts if part.read is not None]
            found = tuple(part.contribution(check.title, month) for part in parts)
            if not _adds_up(outcome, found):
                found = ()
            return Counted(outcome, found, tuple(dict.fromkeys([*reads, *arrived])))
        noted.clear()
    return None


def _that_matter(  # noqa: PLR0913, PLR0917 - a check, what it is asked of, and what it said
    check: Check,
    problem: Problem,
    tables: Tables,
    place: int,
    outcome: Reckoned | Absent,
    parameters: Sequence[Read],
) -> Iterator[Read]:
    """Yield the parameters without which an outcome would be another; all where there is none."""
    known = problem.case.parameters.by_name
    for read in dict.fromkeys(parameters):
        others = {name: each for name, each in known.items() if name != read[1][0]}
        case = replace(problem.case, parameters=Parameters(others))
        without = _without(check, replace(problem, case=case), tables)
        if isinstance(outcome, Absent) or outcome not in without[place : place + 1]:
            yield read


def _without(check: Check, problem: Problem, tables: Tables) -> list[Reckoned | Absent]:
    """Return what a check says; nothing where a parameter is missing that it cannot do without."""
    try:
        return list(check.reckon(problem, tables))
    except LookupError:
        return []


@dataclass(frozen=True)
class _Part:
    """What one group, or one cell of arrivals, counts for in a check."""

    amount: float
    group: str
    when: dt.date | None = None
    read: Read | None = None

    def contribution(self, title: Text, month: dt.date | None) -> Contribution:
        if self.read is not None:
            return Contribution("", title, Key(self.group, month=self.when), self.amount, None)
        figure = Figure("demand", group=self.group, month=month)
        return Contribution("", title, Key(self.group, month=month), self.amount, figure)


def _parts(check: Check, problem: Problem, tables: Tables, place: int) -> Iterator[_Part]:
    nothing = _reckoned(check, _alone(problem), _of_group(tables, ""), place)
    for group in problem.case.groups:
        alone = _alone(problem, group=group)
        amount = _reckoned(check, alone, _of_group(tables, group), place) - nothing
        if abs(amount) > NOTHING:
            yield _Part(amount, group)
    for at, arrival in enumerate(problem.case.inflow):
        amount = _reckoned(check, _alone(problem, arrival=at), _of_group(tables, ""), place)
        if abs(amount - nothing) > NOTHING:
            key = (arrival.scenario, str(arrival.month), arrival.stream)
            read = ("inflow", key, "people")
            yield _Part(amount - nothing, arrival.stream, arrival.month, read)


def _alone(problem: Problem, group: str = "", arrival: int | None = None) -> Problem:
    """Return the problem with nobody but a group present, nobody arriving but in one cell."""
    demand = {key: people if key[0] == group else 0.0 for key, people in _demand(problem).items()}
    case: Case = replace(
        problem.case,
        inflow=tuple(
            each if at == arrival else replace(each, people=0)
            for at, each in enumerate(problem.case.inflow)
        ),
    )
    return replace(problem, case=case, choose=replace(problem.choose, demand=demand))


def _demand(problem: Problem) -> Mapping[tuple[str, dt.date], float]:
    return problem.choose.demand


def _of_group(tables: Tables, group: str) -> Tables:
    """Return the tables with, of who lives where and who falls short, the rows of one group."""
    kept = {name: tables[name] for name in ("placement", "shortfalls")}
    own = {name: frame[frame["group"] == group] for name, frame in kept.items()}
    return {**tables, **own}


def _reckoned(check: Check, problem: Problem, tables: Tables, place: int) -> float:
    """Return what a check comes to in its row of that number, 0 where it comes to nothing."""
    for at, outcome in enumerate(check.reckon(problem, tables)):
        if at == place and isinstance(outcome, Reckoned):
            return outcome.value
    return 0.0


def _adds_up(outcome: Reckoned | Absent, parts: tuple[Contribution, ...]) -> bool:
    if isinstance(outcome, Absent):
        return False
    total = math.fsum(part.amount for part in parts)
    return abs(total - outcome.value) <= CLOSE * max(1.0, abs(outcome.value))


def _month(outcome: Reckoned | Absent) -> dt.date | None:
    return outcome.month
