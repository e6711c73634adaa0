"""The linear problem of a plan whose decisions are kept, with one more column for each setback.

The column is by how much the setback comes true; its entries are what the limits of the rows move
by. The most that it can be, while what is frozen does not grow, is the margin: exact, since every
limit moves in proportion. Setbacks that are not straight (a longer stay) move the limits
themselves, and are halved until a person makes the difference.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

import numpy as np

from planner.core.errors import CancelledError, OpvangplanError
from planner.core.outcome import CancelToken
from planner.core.texts import message
from planner.margin.limits import Frozen
from planner.model.build import Problem
from planner.model.fixed_decisions import NOTHING, FixedDecisions
from planner.solver.highs import CONFIRMING, INTERIOR, WALKING, Ran, Solver, Terms
from planner.solver.linear_model_of import linear_model
from planner.solver.optimality import is_optimum
from planner.solver.outcome import LinearModel
from planner.solver.sparse import matrices as sp

_REFUSED = "refused"


class NoMarginError(OpvangplanError):
    """The plan's own figures cannot be met with its decisions kept, or no answer was proven."""


@dataclass(frozen=True)
class Most:
    """How much of a setback is borne, and the prices of rows and columns there.

    `values` are the columns' values there, `duals` and `reduced_costs` in setbacks per unit.
    """

    part: float
    values: np.ndarray
    duals: np.ndarray
    reduced_costs: np.ndarray


@dataclass(frozen=True)
class Direction:
    """What one unit of a setback moves: the limit of each row, in its own unit."""

    name: str
    rows: np.ndarray
    most: float


class Bearing:
    """A plan's problem, decisions kept and some sums frozen, asked for one setback at a time."""

    def __init__(
        self,
        problem: Problem,
        decided: FixedDecisions,
        frozen: Sequence[Frozen],
        directions: Sequence[Direction],
        cancel: CancelToken | None = None,
    ) -> None:
        """Load the problem; `NoMarginError` where the plan's own figures cannot be met in it."""
        self._columns = len(problem.columns)
        self._rows = len(problem.lower)
        self._at = {each.name: self._columns + number for number, each in enumerate(directions)}
        self._most = {each.name: each.most for each in directions}
        model = _kept(linear_model(problem), problem, decided, directions)
        self._model = _with_frozen(model, frozen)
        self._solver = Solver(self._model, Terms(cancel=cancel))
        self._solver.options(INTERIOR)
        self._ran(self._solver.run())
        self._start = self._solver.basis()

    def most(self, name: str, moved: np.ndarray | None = None) -> Most:
        """Return the most of a straight setback that is borne, the rows' limits moved before."""
        if moved is not None and moved.any():
            with self._moved(moved):
                return self.most(name)
        number = self._at[name]
        cost = np.zeros(len(self._model.lower))
        cost[number] = -1.0
        self._solver.column_bounds(np.array([number]), np.zeros(1), np.array([self._most[name]]))
        self._solver.costs(cost)
        self._solver.start_from(*self._start)
        self._solver.options(WALKING)
        if self._solver.run() is not Ran.OPTIMAL or not self._proven():
            self._solver.forget()
            self._solver.options(INTERIOR)
            self._ran(self._solver.run())
        point = self._solver.point()
        found = Most(float(point.values[number]), point.values, point.duals, point.reduced_costs)
        self._solver.column_bounds(np.array([number]), np.zeros(1), np.zeros(1))
        return found

    def bears(self, moved: np.ndarray) -> bool:
        """Whether the frozen sums can be kept with the limits of the rows moved by so much."""
        with self._moved(moved):
            return self._can_be()

    @contextmanager
    def _moved(self, moved: np.ndarray) -> Iterator[None]:
        """Have the limits of the rows moved for a while."""
        rows = np.flatnonzero(moved)
        low, high = self._model.row_lower[rows], self._model.row_upper[rows]
        self._solver.row_bounds(rows, low + moved[rows], high + moved[rows])
        try:
            yield
        finally:
            self._solver.row_bounds(rows, low, high)

    def _can_be(self) -> bool:
        """Whether there is any plan within the limits as they are."""
        self._solver.costs(np.zeros(len(self._model.lower)))
        self._solver.start_from(*self._start)
        self._solver.options(CONFIRMING)
        ran = self._solver.run()
        if ran not in {Ran.OPTIMAL, Ran.INFEASIBLE}:
            self._solver.forget()
            self._solver.options(INTERIOR)
            ran = self._solver.run()
        if ran is Ran.INFEASIBLE:
            return False
        self._ran(ran)
        return True

    def _proven(self) -> bool:
        return is_optimum(self._model, self._solver.limits, self._solver.cost, self._solver.point())

    def _ran(self, ran: Ran) -> None:
        if ran is Ran.CANCELLED:
            raise CancelledError
        if ran is not Ran.OPTIMAL:
            raise NoMarginError(message("margin.no_answer"))


def _kept(
    model: LinearModel,
    problem: Problem,
    decided: FixedDecisions,
    directions: Sequence[Direction],
) -> LinearModel:
    """Return the model with what was decided kept, and a column of nothing for each setback.

    What is extended becomes a row, so that extensions can be refused: the share that is extended,
    and the part of it that is refused, are together what was decided.
    """
    lower, upper = model.lower.astype(float), model.upper.astype(float)
    extended = {problem.columns.index(column) for column in problem.choose.extend.values()}
    refused = {}
    for target in decided.targets(problem.case, problem.choose):
        at = problem.columns.index(target.column)
        value = min(target.value, upper[at]) if target.value > NOTHING else 0.0
        if at in extended and value > 0:
            refused[at] = value
        else:
            lower[at] = upper[at] = value
    count = len(directions)
    matrix = sp.csr_matrix(
        (model.values, model.indices, model.starts), (len(model.row_lower), len(lower))
    )
    moving = np.column_stack([-each.rows for each in directions])
    matrix = sp.hstack([matrix, sp.csr_matrix(moving)], format="csr")
    names = [each.name for each in directions]
    entries = [(row, at, 1.0) for row, at in enumerate(refused)]
    if _REFUSED in names:
        moving_at = len(lower) + names.index(_REFUSED)
        entries += [(row, moving_at, value) for row, value in enumerate(refused.values())]
    extra = _sparse(entries, len(refused), len(lower) + count)
    matrix = sp.vstack([matrix, extra], format="csr")
    shares = np.array(list(refused.values()))
    return _of_matrix(
        replace(
            model,
            lower=np.concatenate([lower, np.zeros(count)]),
            upper=np.concatenate([upper, np.zeros(count)]),
            row_lower=np.concatenate([model.row_lower, shares]),
            row_upper=np.concatenate([model.row_upper, shares]),
        ),
        matrix,
    )


def _sparse(entries: Sequence[tuple[int, int, float]], rows: int, columns: int) -> sp.csr_matrix:
    """Return a matrix of entries: row, column, value."""
    if not entries:
        return sp.csr_matrix((rows, columns))
    at_rows, at_columns, values = zip(*entries, strict=True)
    return sp.csr_matrix((values, (at_rows, at_columns)), (rows, columns))


def _with_frozen(model: LinearModel, frozen: Sequence[Frozen]) -> LinearModel:
    """Return the model with a row for each sum that must not grow."""
    matrix = sp.csr_matrix(
        (model.values, model.indices, model.starts), (len(model.row_lower), len(model.lower))
    )
    rows = np.zeros((len(frozen), len(model.lower)))
    for at, each in enumerate(frozen):
        rows[at, : len(each.cost)] = each.cost
    return _of_matrix(
        replace(
            model,
            row_lower=np.concatenate([model.row_lower, np.full(len(frozen), -np.inf)]),
            row_upper=np.concatenate([model.row_upper, [each.most for each in frozen]]),
        ),
        sp.vstack([matrix, sp.csr_matrix(rows)], format="csr"),
    )


def _of_matrix(model: LinearModel, matrix: sp.csr_matrix) -> LinearModel:
    columns, rows = len(model.lower), len(model.row_lower)
    return replace(
        model,
        starts=matrix.indptr.astype(model.starts.dtype),
        indices=matrix.indices.astype(model.indices.dtype),
        values=matrix.data.astype(float),
        whole=np.zeros(columns, dtype=bool),
        levels=(),
        column_stage=np.full(columns, -1, dtype=model.column_stage.dtype),
        row_stage=np.full(rows, -1, dtype=model.row_stage.dtype),
    )


def moved_limits(before: Problem, after: Problem) -> np.ndarray:
    """Return by how much the limit of each row moves from one problem to another of the same rows.

    `NoMarginError` where the two differ in anything else that counts here.
    """
    alike = np.array_equal(before.starts, after.starts) and np.array_equal(
        before.numbers, after.numbers
    )
    if not alike:
        raise NoMarginError(message("margin.no_answer"))
    with np.errstate(invalid="ignore"):
        low, high = after.lower - before.lower, after.upper - before.upper
    return np.where(np.isfinite(low), low, np.where(np.isfinite(high), high, 0.0))


def by_group(
    problem: Problem, everybody: np.ndarray, registering: Mapping[str, np.ndarray]
) -> Mapping[str, np.ndarray]:
    """Return what each group's share of a move of all limits is.

    A row about one group moves with that group; one about who registers, with the groups that do.
    """
    found = {group: np.zeros(len(everybody)) for group in problem.case.groups}
    solved = [each for each in problem.rows if each.number is not None]
    for at, each in enumerate(solved):
        if not everybody[at]:
            continue
        if each.row.key.group:
            found[each.row.key.group][at] = everybody[at]
        else:
            for group, moves in registering.items():
                found[group][at] = moves[at]
    if not np.allclose(sum(found.values()), everybody, rtol=1e-9, atol=1e-9):
        raise NoMarginError(message("margin.no_answer"))
    return found
