"""A solved plan kept alive: edits go in one by one, and each answer goes on from the one before.

The levels that a changed case leaves as they are keep their prices and are not solved again; where
nothing can be gone on from, the case is solved from the start, and the answer says so. Every
answer is recomputed without the solver before it is given. What cannot be used changes nothing.

Openings, extensions and DOL parts may be in fractions: an answer in a moment says which way a plan
goes; a plan in whole locations is made of it with `plan`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

import numpy as np
import pandas as pd

from planner.core.errors import (
    CancelledError,
    Finding,
    OpvangplanError,
    ProgramFaultError,
    Severity,
    UnusableInputError,
)
from planner.core.memory import give_back
from planner.core.outcome import CancelToken, Progress
from planner.core.texts import message
from planner.input.book import Book
from planner.input.case import Case, Parsed, parse, usable_of
from planner.input.edit_lines import EditLine, edits_in, refusal
from planner.input.edits import apply
from planner.model.identity import Identities
from planner.model.kept import KeptProblem
from planner.model.rules.rule import Level
from planner.result.from_decisions import measures_of
from planner.result.plan import Quantity
from planner.result.verification import verified_tables
from planner.solver.highs import Terms
from planner.solver.laid_over import LaidOver, laid_over
from planner.solver.lexicographic import solve_levels
from planner.solver.linear_model_of import linear_model
from planner.solver.outcome import LinearModel, NearPlan, Solution
from planner.solver.resettled import resettle
from planner.whatif.sizes import Sizes

# What may differ between models that have the same columns and rows.
_NUMBERS = ("upper", "row_lower", "row_upper", "values")
# The levels before this one say who has a place and where; they are told first.
EARLY = Level.MOVES


class Way(StrEnum):
    """How an answer was come by."""

    CERTIFIED = "certified"  # one run settled every level: those before it keep their prices
    WALKED = "walked"  # some levels were solved again
    ANEW = "anew"  # nothing could be gone on from


class NoAnswerError(OpvangplanError):
    """The changed case has no plan, or none was proven."""


@dataclass(frozen=True)
class LevelChange:
    """What a level came to, in its unit, and what it was before the edit."""

    unit: str
    value: float
    before: float


@dataclass(frozen=True)
class Answer:
    """What a plan became by edits: level by level, and the measures, each with its unit.

    `first_s` is how long it took until the levels before the moves were settled, `seconds` until
    all were, both from the moment the edit was given; `verified_s` until it had been recomputed
    without the solver.
    """

    edits: tuple[EditLine, ...]
    way: Way
    levels: Mapping[str, LevelChange]
    measures: Mapping[str, LevelChange]
    first_s: float
    seconds: float
    verified_s: float


@dataclass(frozen=True)
class _State:
    """A book as it stands, its case, and the problem with its solution.

    `columns` and `rows` are what those of the model stand for. `kept` is what it was built of, the
    larger part of all this; nothing where the next problem is built from that of the first plan.
    `edits` are those that make the book of the first.
    """

    book: Book
    case: Case
    kept: KeptProblem | None
    columns: Identities
    rows: Identities
    model: LinearModel
    solution: Solution
    measures: Mapping[str, Quantity]
    tables: Mapping[str, pd.DataFrame]
    edits: tuple[EditLine, ...] = ()


@dataclass
class _Watch:
    """When the early levels and all of them were settled, in seconds from the start."""

    tell: Callable[[str, float], None] | None
    begun: float = field(default_factory=time.perf_counter)
    first: float | None = None

    def settled(self, level: str, value: float) -> None:
        if self.tell is not None:
            self.tell(level, value)

    def passed(self) -> float:
        return time.perf_counter() - self.begun


class WhatIf:
    """Asks one question after another of one workbook; cold once, then from what is at hand."""

    def __init__(
        self,
        book: Book,
        scenario: str | None = None,
        *,
        parsed: Parsed | None = None,
        cancel: CancelToken | None = None,
        progress: Callable[[Progress], None] | None = None,
    ) -> None:
        """Solve a book in a scenario; what checking it gave may be handed over.

        `UnusableInputError` where it cannot be planned, `NoAnswerError` where there is no plan,
        `CancelledError`, and `ProgramFaultError` where the plan does not hold recomputed.
        """
        begun = time.perf_counter()
        case = usable_of(parsed or parse(book, scenario))
        self._kept = KeptProblem.of(case)
        model = linear_model(self._kept.problem)
        solution = _cold(model, cancel, progress)
        self._first = self._state = _verified(book, case, self._kept, model, solution)
        self.cold_s = time.perf_counter() - begun

    @property
    def book(self) -> Book:
        """The book with the edits made so far."""
        return self._state.book

    @property
    def first_book(self) -> Book:
        """The book of the first plan, without edits."""
        return self._first.book

    @property
    def scenario(self) -> str:
        """The scenario that is asked about."""
        return self._state.case.scenario

    @property
    def levels(self) -> Mapping[str, float]:
        """What each level comes to as things stand."""
        return {each.name: each.value for each in self._state.solution.levels}

    @property
    def first_levels(self) -> Mapping[str, LevelChange]:
        """What each level of the first plan comes to, changed by nothing."""
        return _levels(self._first, self._first)

    @property
    def sizes(self) -> Sizes:
        """The figures that are looked at first, as things stand."""
        return Sizes.of(self._state.tables, self._state.measures["cost"].value)

    @property
    def first_sizes(self) -> Sizes:
        """The same figures of the first plan."""
        return Sizes.of(self._first.tables, self._first.measures["cost"].value)

    @property
    def case(self) -> Case:
        """The case of the first plan."""
        return self._first.case

    def ask(
        self,
        edits: Sequence[EditLine],
        *,
        cancel: CancelToken | None = None,
        settled: Callable[[str, float], None] | None = None,
    ) -> Answer:
        """Return what edits make of the plan as it stands, which is then the one with them.

        `settled` hears of each level as soon as it stands, before it is recomputed.
        `UnusableInputError` where an edit names what is not there, makes the input unusable, or
        changes the months or the groups; the other errors as when the first plan is made. The state
        stays what it was then.
        """
        return self._answer(self._state, edits, cancel, settled)

    def pose(
        self,
        edits: Sequence[EditLine],
        *,
        cancel: CancelToken | None = None,
        settled: Callable[[str, float], None] | None = None,
    ) -> Answer:
        """Return what edits make of the first plan, instead of all edits since; else as `ask`.

        What the answer was before is that of the first plan. It is gone on from where things stand.
        """
        answer = self._answer(self._first, edits, cancel, settled)
        self._state = replace(self._state, kept=None)
        return replace(
            answer,
            levels=_levels(self._first, self._state),
            measures=_measures(self._first, self._state),
        )

    def _answer(
        self,
        onto: _State,
        edits: Sequence[EditLine],
        cancel: CancelToken | None,
        settled: Callable[[str, float], None] | None,
    ) -> Answer:
        watch = _Watch(settled)
        before = self._state
        book = apply(onto.book, edits_in(onto.book, before.case.scenario, edits))[0]
        case = self._usable(book, edits)
        kept = (onto.kept or self._kept).changed(case, self._kept)
        all_edits = (*onto.edits, *edits)
        after, way = self._next(book, all_edits, kept, watch, cancel)
        seconds = watch.passed()
        self._state = replace(after[0], edits=all_edits)
        give_back()
        return Answer(
            tuple(edits),
            way,
            _levels(before, after[0]),
            _measures(before, after[0]),
            seconds if watch.first is None else watch.first,
            after[1],
            seconds,
        )

    def _usable(self, book: Book, edits: Sequence[EditLine]) -> Case:
        """Return the changed case; refuse one of other months or groups, which has no before."""
        scenario = self._state.case.scenario
        parsed = parse(book, scenario, suspecting=False)
        if parsed.case is None:
            raise UnusableInputError(refusal(edits), parsed.findings)
        now = self._state.case
        if parsed.case.months != now.months or tuple(parsed.case.groups) != tuple(now.groups):
            findings = tuple(
                Finding(
                    Severity.ERROR,
                    message("what_if.other_frame", edit=str(line)),
                    message("what_if.other_frame.todo"),
                    sheet=line.file,
                    cell=line.cell,
                )
                for line in edits
            )
            raise UnusableInputError(refusal(edits), findings)
        return parsed.case

    def _next(
        self,
        book: Book,
        edits: Sequence[EditLine],
        kept: KeptProblem,
        watch: _Watch,
        cancel: CancelToken | None,
    ) -> tuple[tuple[_State, float], Way]:
        """Return the state of a changed case, when it was solved, and by which way."""
        case, model = kept.problem.case, linear_model(kept.problem)
        before = _nearest((self._state, self._first), kept, model, edits)
        over = laid_over(
            model, (kept.columns, kept.rows), before.model, (before.columns, before.rows)
        )
        # Where they are the same, so that what the problem was built with is let go of as a whole.
        kept = replace(
            kept,
            columns=_shared(kept.columns, over.columns, before.columns),
            rows=_shared(kept.rows, over.rows, before.rows),
        )
        late = [level.name for level in over.model.levels]
        early = set(late[: late.index(EARLY.value)]) if EARLY.value in late else set(late)

        def settled(level: str, value: float) -> None:
            if level in early:
                watch.first = watch.passed()
            watch.settled(level, value)

        near = _near(over, before.solution, early)
        terms = Terms(cancel=cancel)
        went = resettle(over, before.solution, EARLY.value, terms, settled, near)
        _heed(cancel)
        if went is not None:
            solved_s = watch.passed()
            try:
                state = _verified(book, case, kept, model, over.own(went.solution))
            except ProgramFaultError:
                watch.first = None  # what was told does not hold: solved from the start instead
            else:
                return (state, solved_s), Way.WALKED if went.walked else Way.CERTIFIED
        near = None if near is None else over.own_near(near)
        solution = _cold(model, cancel, lambda at: _tell_settled(at, settled), near)
        solved_s = watch.passed()
        return (_verified(book, case, kept, model, solution), solved_s), Way.ANEW


def _cold(
    model: LinearModel,
    cancel: CancelToken | None,
    progress: Callable[[Progress], None] | None,
    near: NearPlan | None = None,
) -> Solution:
    """Solve a model from the start; `NoAnswerError` where there is no proven optimum."""
    solution = solve_levels(model, cancel=cancel, progress=progress, near=near).proven()
    if solution is None:
        raise NoAnswerError(message("what_if.no_plan"))
    return solution


def _verified(
    book: Book, case: Case, kept: KeptProblem, model: LinearModel, solution: Solution
) -> _State:
    """Return a state whose plan holds recomputed; `ProgramFaultError` where it does not."""
    levels = {each.name: each.value for each in solution.levels}
    tables = verified_tables(kept.problem, solution.values, levels)
    measures = measures_of(kept.problem, solution.values)
    return _State(book, case, kept, kept.columns, kept.rows, model, solution, measures, tables)


def _nearest(
    known: Sequence[_State], kept: KeptProblem, model: LinearModel, edits: Sequence[EditLine]
) -> _State:
    """Return the state that a changed case is nearest to, the first of those that are as near."""
    first, *others = known
    if all(each is first for each in others):
        return first
    return min(known, key=lambda each: _apart(each, kept, model, edits))


def _apart(
    state: _State, kept: KeptProblem, model: LinearModel, edits: Sequence[EditLine]
) -> tuple[int, int]:
    """Return how many columns and rows only one of two has, then how many numbers differ.

    Where there are other columns or rows the numbers stand elsewhere, and edits are counted.
    """
    others = _others(state.columns, kept.columns) + _others(state.rows, kept.rows)
    pairs = [(getattr(state.model, name), getattr(model, name)) for name in _NUMBERS]
    if others or any(len(was) != len(now) for was, now in pairs):
        return others, len(set(edits) ^ set(state.edits))
    return 0, int(sum(np.count_nonzero(was != now) for was, now in pairs))


def _others(one: Identities, other: Identities) -> int:
    """Return how many things only one of two models has."""
    return 0 if one is other else len(set(one).symmetric_difference(other))


def _near(over: LaidOver, earlier: Solution, early: Collection[str]) -> NearPlan | None:
    """Return what is known of an earlier plan from the last of the early levels with a basis on."""
    known = [each.name for each in earlier.levels if each.name in early and each.basis is not None]
    return over.near(earlier, known[-1]) if known else None


def _shared(own: Identities, places: np.ndarray, earlier: Identities) -> Identities:
    """Return what columns or rows stand for, by the keys of an earlier model where they have one.

    `places` is where each stands in the model that is laid over that one.
    """
    if own is earlier:
        return own
    count = len(earlier)
    return tuple(
        earlier[place] if place < count else key
        for key, place in zip(own, places.tolist(), strict=True)
    )


def _heed(cancel: CancelToken | None) -> None:
    if cancel is not None and cancel.cancelled:
        raise CancelledError


def _tell_settled(at: Progress, settled: Callable[[str, float], None]) -> None:
    if at.level is not None and at.value is not None:
        settled(at.level, at.value)


def _levels(before: _State, after: _State) -> Mapping[str, LevelChange]:
    was = {each.name: each.value for each in before.solution.levels}
    units = {each.name: each.unit for each in after.model.levels}
    return {
        each.name: LevelChange(units[each.name], each.value, was.get(each.name, 0.0))
        for each in after.solution.levels
    }


def _measures(before: _State, after: _State) -> Mapping[str, LevelChange]:
    return {
        name: LevelChange(now.unit, now.value, before.measures[name].value)
        for name, now in after.measures.items()
    }
