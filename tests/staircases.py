"""Small models to solve: by hand, and random staircases of months that always have a plan."""

from collections.abc import Mapping, Sequence

import numpy as np

from planner.solver.outcome import LevelCost, LinearModel

INF = float("inf")

Row = tuple[float, Mapping[int, float], float]
"""Lower limit, coefficient per column, upper limit."""


def small_model(  # noqa: PLR0913 - a model's parts, each by name
    bounds: Sequence[tuple[float, float]],
    rows: Sequence[Row],
    levels: Sequence[Mapping[int, float]],
    *,
    column_stage: Sequence[int] | None = None,
    row_stage: Sequence[int] | None = None,
    whole: Sequence[int] = (),
    constants: Sequence[float] | None = None,
) -> LinearModel:
    """Return a model from bounds, rows and the costs of each level by column."""
    columns = len(bounds)
    names = [f"level{number}" for number in range(1, len(levels) + 1)]
    costs = [np.array([cost.get(column, 0.0) for column in range(columns)]) for cost in levels]
    return LinearModel(
        lower=np.array([low for low, _ in bounds], dtype=float),
        upper=np.array([high for _, high in bounds], dtype=float),
        row_lower=np.array([low for low, _, _ in rows], dtype=float),
        row_upper=np.array([high for _, _, high in rows], dtype=float),
        starts=np.cumsum([0, *(len(terms) for _, terms, _ in rows)]),
        indices=np.array([column for _, terms, _ in rows for column in terms], dtype=int),
        values=np.array([size for _, terms, _ in rows for size in terms.values()], dtype=float),
        whole=np.isin(np.arange(columns), list(whole)),
        levels=tuple(
            LevelCost(name, "people", cost, constant)
            for name, cost, constant in zip(
                names, costs, constants or [0.0] * len(names), strict=True
            )
        ),
        column_stage=np.array(column_stage or [-1] * columns),
        row_stage=np.array(row_stage or [-1] * len(rows)),
    )


def random_staircase(seed: int, *, months: int = 5, whole_share: float = 0.0) -> LinearModel:
    """Return a model of months, each tied to the one before, and of columns that span them.

    Its rows are written around a plan, so there is one; coefficients are few and alike, so that
    many plans are equally good at the first levels and the later ones have something to choose.
    """
    chance = np.random.default_rng(seed)
    bounds: list[tuple[float, float]] = [(0.0, 1.0), (0.0, INF), (-3.0, 4.0)]
    plan: list[float] = [0.5, 2.0, 1.0]
    stages, rows, row_stages = [-1, -1, -1], list[Row](), list[int]()
    before: list[int] = []
    for month in range(months):
        here = list(range(len(bounds), len(bounds) + 7))
        bounds += [(0.0, INF)] * 4 + [(0.0, 6.0), (-2.0, 5.0), (-INF, INF)]
        plan += [float(each) for each in chance.integers(0, 4, 7)]
        stages += [month] * 7
        for kind in range(6):
            columns = [*chance.choice(here, 3, replace=False)]
            columns += [int(chance.choice(before))] if before else []
            columns += [int(chance.integers(0, 3))] if kind % 3 == 0 else []
            terms = {int(column): float(chance.choice([1, 1, 1, -1, 0.91])) for column in columns}
            left = sum(size * plan[column] for column, size in terms.items())
            low, high = _limits(kind, left, float(chance.integers(0, 3)))
            rows.append((low, terms, high))
            row_stages.append(month)
        # A free column is held from both sides, so that no level falls without end.
        rows.append((-9.0, {here[6]: 1.0}, 9.0))
        row_stages.append(month)
        before = here
    levels = [
        {
            column: float(chance.choice([1, 1, 2, 2.5]))
            for column in range(len(bounds))
            if chance.random() < 0.4 and column != 1
        }
        for _ in range(4)
    ]
    levels[3][1] = 0.5
    count = len(bounds)
    whole = np.flatnonzero(chance.random(count) < whole_share) if whole_share else np.array([])
    # What is whole is planned whole, so that there still is a plan.
    chosen = [int(each) for each in whole if float(plan[each]).is_integer()]
    return small_model(
        bounds, rows, levels, column_stage=stages, row_stage=row_stages, whole=chosen
    )


def _limits(kind: int, left: float, room: float) -> tuple[float, float]:
    """Return limits around a left side: an equality, a range, at most or at least."""
    if kind == 0:
        return left, left
    if kind == 1:
        return left - room - 1.0, left + room
    return (-INF, left + room) if kind % 2 else (left - room, INF)
