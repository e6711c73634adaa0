"""Least squares of factors on what was counted, with what the data can and cannot tell.

Inputs are fitted as logarithms of factors, so that they stay positive and count alike. People
counted twice are largely the same people: a surplus fades as they leave. The misfit of a group is
therefore taken to go on from count to count by a persistence to the power of the months between
(an autoregression of the first order), estimated by restricted maximum likelihood; without it the
intervals would be far too narrow.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from planner.forecast.cohorts.stays import Floats

# The 95 % interval that is told.
CONFIDENCE = 0.95

# No input is looked for beyond this many times, or this part of, what it is now.
FURTHEST = 5.0

_STEP = 1e-4
_NOTHING = 1e-6
# From this part of a direction that the data leave open, an input is said to belong to it.
_PART = 0.05
_PERSISTENCES = np.linspace(0.0, 0.96, 13)
_ROUNDS = 4
_SETTLED = 0.05

# Of the persistences about as likely as the likeliest, the longest is taken: a few counts show too
# little of it. So much may its log-likelihood be less: one standard error.
_PRUDENT = 0.5

# The spread of all groups counts in each group's own as much as so many counts.
_DRAWN = 4.0
# A count is of whole people, so that it can be off by a uniform half: variance 1/12.
_ROUNDING = 1.0 / 12.0

# Logarithms of factors (samples, inputs) in, people (samples, groups, counts) out.
Model = Callable[[Floats], Floats]


@dataclass(frozen=True)
class PastCounts:
    """What was counted after the start: (groups, counts), not a number where it is not known.

    `months[k]` is how many months after the start the k-th count was.
    """

    people: Floats
    months: Floats


@dataclass(frozen=True)
class Fit:
    """The fitted logarithms and their standard errors, with what the data leave open.

    `open_sets` are sets of inputs that only count together: one input alone shows nowhere in the
    counts. `errors` are not a number for those. `fitted` is (groups, counts). `as_good` are inputs
    kept as they are, with the logarithm that would fit no better.
    """

    logs: Floats
    errors: Floats
    correlation: Floats
    open_sets: tuple[tuple[int, ...], ...]
    at_bound: tuple[int, ...]
    quantile: float
    persistence: float
    fitted: Floats
    as_good: Mapping[int, float] = field(default_factory=dict)


def fit(model: Model, counted: PastCounts, bounds: Sequence[tuple[float, float]]) -> Fit:
    """Fit the inputs between bounds on their logarithms, from what they are now.

    There are more numbers counted than inputs. An input that would change, though the counts are
    met as well without, is kept as it is and the others are fitted anew: the slope at the best
    value says nothing of a plain beyond it.
    """
    kept: dict[int, float] = {}
    while True:
        free = [at for at in range(len(bounds)) if at not in kept]
        some = _with_others(model, free, len(bounds))
        found, whitener = _fit(some, counted, [bounds[at] for at in free])
        as_good = _as_good(some, counted, whitener, found, [bounds[at] for at in free])
        if not as_good:
            return _among_all(found, free, kept, len(bounds))
        kept |= {free[at]: float(found.logs[at]) for at in as_good}


def _with_others(model: Model, free: Sequence[int], count: int) -> Model:
    """Return the model of some inputs, the others as they are now."""

    def people(logs: Floats) -> Floats:
        every = np.zeros((len(logs), count))
        every[:, list(free)] = logs
        return model(every)

    return people


def _among_all(found: Fit, free: Sequence[int], kept: Mapping[int, float], count: int) -> Fit:
    """Return the fit of some inputs as one of all, those kept as they are now."""
    places = list(free)
    logs, errors = np.zeros(count), np.full(count, np.nan)
    logs[places], errors[places] = found.logs, found.errors
    correlation = np.full((count, count), np.nan)
    correlation[np.ix_(places, places)] = found.correlation
    return replace(
        found,
        logs=logs,
        errors=errors,
        correlation=correlation,
        open_sets=tuple(tuple(places[at] for at in each) for each in found.open_sets),
        at_bound=tuple(places[at] for at in found.at_bound),
        as_good=kept,
    )


def _fit(
    model: Model, counted: PastCounts, bounds: Sequence[tuple[float, float]]
) -> tuple[Fit, Floats]:
    """Fit every input; return also by what the misfits were weighed."""
    low, high = np.array(bounds, dtype=float).reshape(-1, 2).T
    logs = np.zeros(len(bounds))
    noise = _Noise(0.0, _people_by_chance(counted))
    for _ in range(_ROUNDS):
        whitener = _whitener(counted, noise)
        logs = _least_squares(model, counted, whitener, logs, low, high)
        before, noise = noise, _noise(model, counted, logs, noise)
        alike = np.allclose(before.spreads, noise.spreads, rtol=_SETTLED)
        if alike and before.persistence == noise.persistence:
            break
    told = _told(model, counted, logs, noise)
    return replace(told, at_bound=_at_bound(logs, low, high)), _whitener(counted, noise)


def _as_good(
    model: Model,
    counted: PastCounts,
    whitener: Floats,
    found: Fit,
    bounds: Sequence[tuple[float, float]],
) -> tuple[int, ...]:
    """Return the inputs that are told apart from what they are now by their slope alone."""
    best = _weighed(model, counted, whitener, found.logs)
    away = np.abs(found.logs) > found.quantile * np.nan_to_num(found.errors, nan=np.inf)
    alike = []
    for at in np.flatnonzero(away).tolist():
        rest = [other for other in range(len(bounds)) if other != at]
        some = _with_others(model, rest, len(bounds))
        low, high = np.array([bounds[each] for each in rest], dtype=float).reshape(-1, 2).T
        logs = _least_squares(some, counted, whitener, found.logs[rest], low, high)
        if _weighed(some, counted, whitener, logs) - best < found.quantile**2:
            alike.append(at)
    return tuple(alike)


def _weighed(model: Model, counted: PastCounts, whitener: Floats, logs: Floats) -> float:
    """Return the sum of squares of what is new in the misfits."""
    new = whitener @ _misfit(model, counted, logs[None, :])[0]
    return float(new @ new)


def _at_bound(logs: Floats, low: Floats, high: Floats) -> tuple[int, ...]:
    near = 1e-3
    return tuple(np.flatnonzero((logs - low < near) | (high - logs < near)).tolist())


@dataclass(frozen=True)
class _Noise:
    """How misfits vary: what of them lasts a month, and what is new in a month, by group."""

    persistence: float
    spreads: Floats


def _people_by_chance(counted: PastCounts) -> Floats:
    """Return the root of the people of each group: how much they vary when each comes alone."""
    return np.asarray(np.sqrt(np.maximum(np.nanmean(counted.people, axis=1), 1.0)))


def _whitener(counted: PastCounts, noise: _Noise) -> Floats:
    """Return the matrix that turns misfits into what is new in each, all of one variance.

    It is (numbers, groups * counts); the misfit at the start is none.
    """
    groups, counts = counted.people.shape
    rows = []
    for group in range(groups):
        before, moment = None, 0.0
        for at in np.flatnonzero(np.isfinite(counted.people[group])):
            gap = float(counted.months[at]) - moment
            row = np.zeros((groups, counts))
            spread = noise.spreads[group] * math.sqrt(_variance(noise.persistence, gap))
            row[group, at] = 1.0 / spread
            if before is not None:
                row[group, before] = -(noise.persistence**gap) / spread
            rows.append(row.ravel())
            before, moment = at, float(counted.months[at])
    return np.array(rows)


def _variance(persistence: float, gap: float) -> float:
    """Return how much the misfit varies anew over a gap, against that of one month."""
    return float((1.0 - persistence ** (2.0 * gap)) / (1.0 - persistence**2))


def _misfit(model: Model, counted: PastCounts, logs: Floats) -> Floats:
    """Return what the model has less or more than was counted, nothing where it is not known."""
    apart = np.nan_to_num(model(logs) - counted.people[None], nan=0.0)
    return np.asarray(apart.reshape(len(logs), counted.people.size))


def _slopes(model: Model, counted: PastCounts, logs: Floats) -> Floats:
    """Return the change of every misfit by each input, (groups * counts, inputs)."""
    steps = np.concatenate([np.eye(len(logs)), -np.eye(len(logs))]) * _STEP
    ends = _misfit(model, counted, logs[None, :] + steps)
    up, down = np.split(ends, 2)
    return np.asarray((up - down).T / (2 * _STEP))


def _least_squares(  # noqa: PLR0913, PLR0917 - what a fit is made of
    model: Model, counted: PastCounts, whitener: Floats, start: Floats, low: Floats, high: Floats
) -> Floats:
    from scipy.optimize import least_squares  # noqa: PLC0415 - heavy, and rarely asked for

    if not len(start):
        return start
    found = least_squares(
        lambda logs: whitener @ _misfit(model, counted, logs[None, :])[0],
        np.clip(start, low + _NOTHING / 10, high - _NOTHING / 10),
        jac=lambda logs: whitener @ _slopes(model, counted, logs),
        bounds=(low, high),
        method="trf",
        max_nfev=60,
    )
    return np.asarray(found.x, dtype=float)


def _noise(model: Model, counted: PastCounts, logs: Floats, before: _Noise) -> _Noise:
    """Return how the misfits vary: the likeliest persistence, then what is new in each group.

    A group's own spread is drawn to that of all, the more so the fewer its counts.
    """
    misfit = _misfit(model, counted, logs[None, :])[0]
    slopes = _slopes(model, counted, logs)
    costs = np.array(
        [
            _unlikelihood(counted, misfit, slopes, replace(before, persistence=float(each)))
            for each in _PERSISTENCES
        ]
    )
    persistence = float(_PERSISTENCES[costs <= costs.min() + _PRUDENT].max())
    chance = _people_by_chance(counted)
    whitener = _whitener(counted, _Noise(persistence, chance))
    new, used = _rest(whitener, misfit, slopes)
    group = np.repeat(np.arange(len(chance)), np.isfinite(counted.people).sum(axis=1))
    squares = np.bincount(group, new**2, len(chance))
    freedom = np.bincount(group, 1.0 - used, len(chance))
    whole = max(float(squares.sum() / max(freedom.sum(), 1.0)), _ROUNDING / chance.max() ** 2)
    own = (squares + _DRAWN * whole) / (freedom + _DRAWN)
    return _Noise(persistence, chance * np.sqrt(own))


def _rest(whitener: Floats, misfit: Floats, slopes: Floats) -> tuple[Floats, Floats]:
    """Return what is new in the misfits beyond the inputs, and how much of each they take up."""
    left, sizes, _ = np.linalg.svd(whitener @ slopes, full_matrices=False)
    left = left[:, sizes > _NOTHING * max(float(sizes.max(initial=0.0)), 1e-300)]
    new = whitener @ misfit
    return new - left @ (left.T @ new), (left**2).sum(axis=1)


def _unlikelihood(counted: PastCounts, misfit: Floats, slopes: Floats, noise: _Noise) -> float:
    """Return the negative restricted log-likelihood of the noise, constants left out."""
    whitener = _whitener(counted, noise)
    sizes = np.linalg.svd(whitener @ slopes, compute_uv=False)
    sizes = sizes[sizes > _NOTHING * max(float(sizes.max(initial=0.0)), 1e-300)]
    rest, _ = _rest(whitener, misfit, slopes)
    freedom = max(len(rest) - len(sizes), 1)
    spread = max(float(rest @ rest) / freedom, 1e-300)
    # The matrix is triangular within a group, so that its determinant is that of its diagonal.
    size = float(np.log(sizes).sum() - np.log(whitener.max(axis=1)).sum())
    return freedom / 2 * math.log(spread) + size


def _told(model: Model, counted: PastCounts, logs: Floats, noise: _Noise) -> Fit:
    """Return the fit with its standard errors and what it leaves open."""
    from scipy.special import stdtrit  # noqa: PLC0415 - heavy, and rarely asked for

    whitener = _whitener(counted, noise)
    new = whitener @ _misfit(model, counted, logs[None, :])[0]
    slopes = whitener @ _slopes(model, counted, logs)
    lengths = np.linalg.norm(slopes, axis=0)
    safe = np.where(lengths > _NOTHING * lengths.max(initial=1e-300), lengths, np.inf)
    _, sizes, across = np.linalg.svd(slopes / safe, full_matrices=True)
    sizes = np.concatenate([sizes, np.zeros(len(logs) - len(sizes))])
    known = sizes > _NOTHING
    freedom = max(len(new) - int(known.sum()), 1)
    variance = max(float(new @ new) / freedom, 1.0)
    inverse = (across[known].T / sizes[known] ** 2) @ across[known]
    covariance = variance * inverse / np.outer(safe, safe)
    errors = np.sqrt(np.diag(covariance))
    opened = _open_sets(across[~known])
    errors[[each for one in opened for each in one]] = np.nan
    spread = np.where(np.isfinite(errors) & (errors > 0), errors, np.nan)
    return Fit(
        logs=logs,
        errors=errors,
        correlation=covariance / np.outer(spread, spread),
        open_sets=opened,
        at_bound=(),
        quantile=float(stdtrit(freedom, (1.0 + CONFIDENCE) / 2)),
        persistence=noise.persistence,
        fitted=model(logs[None, :])[0],
    )


def _open_sets(directions: Floats) -> tuple[tuple[int, ...], ...]:
    """Return the sets of inputs that directions without any effect are made of.

    The rows are first brought to steps, so that sets that have nothing to do with each other are
    told apart.
    """
    rows = np.array(directions, dtype=float)
    done = 0
    for column in range(rows.shape[1]):
        below = np.abs(rows[done:, column])
        if not len(below) or below.max() < _PART:
            continue
        pivot = done + int(below.argmax())
        rows[[done, pivot]] = rows[[pivot, done]]
        rows[done] /= rows[done, column]
        for other in range(len(rows)):
            if other != done:
                rows[other] -= rows[other, column] * rows[done]
        done += 1
    return tuple(
        tuple(np.flatnonzero(np.abs(row) > _PART * np.abs(row).max()).tolist()) for row in rows
    )
