"""Calibration as a verb: past counts in, fitted inputs out, with what the counts cannot tell.

The demand calculation is started from the earliest count and compared with every later one. The
fit is offered as edits; nothing is changed by itself.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from planner.core.display_names import called
from planner.core.texts import Message, Text, message
from planner.forecast.calibration_edits import RowPlaces, edits_for, place_of
from planner.forecast.cohorts.arrivals import inflow_name
from planner.forecast.cohorts.fittable import Fittable, fittable, model_of, past_case
from planner.forecast.cohorts.fitting import CONFIDENCE, Fit, PastCounts, fit
from planner.forecast.cohorts.intake import DEPARTURES, SHARE, STAY, UncertainInput
from planner.forecast.cohorts.people_present import Computed, compute
from planner.forecast.cohorts.rows import BACKLOG
from planner.forecast.cohorts.stays import Floats
from planner.forecast.demand_forecast import uncertain_input_text, usable_demand
from planner.input.book import Book
from planner.input.case import Case
from planner.input.checks.streams import BORDER
from planner.input.counts import people_counted
from planner.input.edits import Edit
from planner.input.kinds import PlaceKind
from planner.input.months import later, months_from
from planner.input.typed import read_tables
from planner.sheets.forecast_tables import FORECAST_TABLES
from planner.sheets.result_sheets import ResultSheet

# With fewer counts after the first, chance cannot be told from a trend.
FEWEST_LATER = 3

# From this correlation on, the other input is named as what an input cannot be told from.
_ALIKE = 0.9

_UNITS = {STAY: "months", SHARE: "share", DEPARTURES: "people per month"}

RESIDUALS = ("group", "month", "counted", "fitted", "residual")
CORRELATION = ("input", "other", "correlation")


@dataclass(frozen=True)
class FittedInput:
    """An input that the counts tell: its value before and fitted, with its 95 % interval.

    `key` is the knob of the demand calculation that turns it, `unit` a key of the units' texts,
    `cell` where its value stands (`Stromen!F3`), empty where it is a supplied one.
    """

    key: UncertainInput
    title: Text
    before: float
    value: float
    standard_error: float
    low: float
    high: float
    unit: str
    cell: str


@dataclass(frozen=True)
class Calibration:
    """What past counts say of a scenario's inputs.

    `residuals` has a row per group and later count, in persons (fitted less counted);
    `correlation` one per pair of inputs told. `refused` says which inputs are not told and why, or
    why nothing is. `edits` would put the fitted values in the book. `r_squared` is the part of the
    changes within the groups that the fit explains; the errors are roots of mean squares, in
    persons.
    """

    scenario: str
    inputs: tuple[FittedInput, ...] = ()
    residuals: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(RESIDUALS)))
    correlation: pd.DataFrame = field(
        default_factory=lambda: pd.DataFrame(columns=list(CORRELATION))
    )
    refused: tuple[Message, ...] = ()
    edits: tuple[Edit, ...] = ()
    notes: tuple[Message, ...] = ()
    r_squared: float | None = None
    rmse: float | None = None
    rmse_before: float | None = None


@dataclass(frozen=True)
class _Past:
    """The past that is fitted to: the calculation from its first count, and what came after."""

    computed: Computed
    groups: tuple[str, ...]
    months: tuple[dt.date, ...]
    counted: PastCounts

    @property
    def at(self) -> tuple[int, ...]:
        """The places of the counts among the months of the calculation."""
        return tuple(self.computed.case.months.index(month) for month in self.months)


def calibrate(book: Book, scenario: str | None = None) -> Calibration:
    """Fit the uncertain inputs of a scenario to the past counts of a book.

    `UnusableInputError` with all findings where the book cannot be used. Where the counts do not
    allow a fit, the reasons are in `refused`.
    """
    case = usable_demand(book, scenario)
    counts = _known(case, people_counted(read_tables(book)[0]))
    why = tuple(_impossible(case, counts))
    if why:
        return Calibration(case.scenario, refused=why)
    past = _past(case, counts)
    inputs = fittable(past.computed)
    numbers = int(np.isfinite(past.counted.people).sum())
    if not inputs or numbers <= len(inputs):
        told = message("calibration.few_numbers", numbers=numbers, inputs=len(inputs))
        return Calibration(case.scenario, refused=(told,))
    left_out = tuple(month for month in counts if month < past.computed.case.months[0])
    return _fitted(book, case, past, inputs, left_out)


def _known(
    case: Case, counts: Mapping[dt.date, Mapping[str, float]]
) -> Mapping[dt.date, Mapping[str, float]]:
    """Return the counts with nobody in DOL where it did not exist yet, though no row says so."""
    start = case.parameters.date("dublin_start_date")
    nobody = {name: 0.0 for name, each in case.groups.items() if each.prefers(PlaceKind.DOL)}
    return {
        month: {**nobody, **people} if start is not None and month <= start else people
        for month, people in counts.items()
    }


def _impossible(case: Case, counts: Mapping[dt.date, Mapping[str, float]]) -> Iterator[Message]:
    """Yield why nothing can be fitted, if so."""
    after = len(_whole(case, counts)) - 1
    if after < FEWEST_LATER:
        yield message("calibration.few_counts", count=max(after, 0), fewest=FEWEST_LATER)
        return
    first, last = min(_whole(case, counts)), max(counts)
    needed = months_from(first, later(last, -1))
    name = inflow_name(case)
    given = {(each.stream, each.month) for each in case.inflow if each.scenario == name}
    for stream in dict.fromkeys(stream for stream, _ in given):
        missing = [month for month in needed if (stream, month) not in given]
        if missing and stream not in (BORDER, BACKLOG):
            yield message(
                "calibration.inflow_gap",
                stream=called(stream),
                count=len(missing),
                first=missing[0],
            )


def _whole(
    case: Case, counts: Mapping[dt.date, Mapping[str, float]]
) -> Mapping[dt.date, Mapping[str, float]]:
    """Return the counts from the first one on that has every group that is ever counted."""
    ever = {group for people in counts.values() for group in people if group in case.groups}
    starts = [month for month, people in counts.items() if ever <= set(people)]
    return {month: each for month, each in counts.items() if starts and month >= starts[0]}


def _past(case: Case, counts: Mapping[dt.date, Mapping[str, float]]) -> _Past:
    counts = _whole(case, counts)
    first, *months = counts
    computed = compute(past_case(case, first, months[-1], counts[first]))
    ever = [g for g in case.groups if any(each.get(g, 0.0) for each in counts.values())]
    people = np.array([[counts[m].get(g, np.nan) for m in months] for g in ever], dtype=float)
    seen = np.isfinite(people).any(axis=1)
    groups = tuple(group for group, known in zip(ever, seen, strict=True) if known)
    since = np.array([len(months_from(first, month)) - 1 for month in months], dtype=float)
    return _Past(computed, groups, tuple(months), PastCounts(people[seen], since))


def _fitted(
    book: Book,
    case: Case,
    past: _Past,
    inputs: tuple[Fittable, ...],
    left_out: tuple[dt.date, ...],
) -> Calibration:
    model = model_of(past.computed, inputs, past.groups, past.at)
    found = fit(model, past.counted, [(each.low, each.high) for each in inputs])
    refused = dict(_refused(inputs, found))
    told = [at for at in range(len(inputs)) if at not in refused]
    chosen = [(inputs[at], float(np.exp(found.logs[at]))) for at in told]
    places = RowPlaces(book)
    before = model(np.zeros((1, len(inputs))))[0]
    period = (past.computed.case.months[0], past.months[-1])
    return Calibration(
        scenario=case.scenario,
        inputs=tuple(_input(places, case, inputs[at], found, at) for at in told),
        residuals=_residuals(past, found.fitted),
        correlation=_correlation(inputs, found, told),
        refused=tuple(dict.fromkeys(refused.values())),
        edits=tuple(edits_for(places, case, chosen, period)),
        notes=tuple(_notes(past, found, left_out)),
        r_squared=_explained(past.counted.people, found.fitted),
        rmse=_root_mean_square(found.fitted - past.counted.people),
        rmse_before=_root_mean_square(before - past.counted.people),
    )


def _explained(counted: Floats, fitted: Floats) -> float | None:
    """Return the part of the changes within the groups that a fit explains, if they change."""
    around = counted - np.nanmean(counted, axis=1, keepdims=True)
    whole = float(np.nansum(around**2))
    return 1.0 - float(np.nansum((fitted - counted) ** 2)) / whole if whole else None


def _root_mean_square(misfit: Floats) -> float:
    return float(np.sqrt(np.nanmean(misfit**2)))


def _refused(inputs: Sequence[Fittable], found: Fit) -> Iterator[tuple[int, Message]]:
    """Yield the inputs that the counts cannot tell, with the reason."""
    titles = [title_of(each) for each in inputs]
    opened = {at: one for one in found.open_sets for at in one}
    for at, each in enumerate(inputs):
        if at in opened:
            others = tuple(titles[other] for other in opened[at])
            if len(others) == 1:
                yield at, message("calibration.unseen", input=titles[at])
            else:
                yield at, message("calibration.together", inputs=others)
        elif at in found.as_good:
            value = each.value * float(np.exp(found.as_good[at]))
            fields = {"input": titles[at], "value": value, "before": each.value}
            yield at, message("calibration.as_good", **fields)
        elif at in found.at_bound:
            value = each.value * float(np.exp(found.logs[at]))
            told = message("calibration.bound", input=titles[at], value=value, before=each.value)
            yield at, told
        elif _breadth(each, found, at) > 2 * each.off * each.value:
            yield at, _wide(inputs, found, at)


def _wide(inputs: Sequence[Fittable], found: Fit, at: int) -> Message:
    """Return that an interval is wider than what was assumed already, and owing to which input."""
    low, high = _interval(inputs[at], found, at)
    fields = {"input": title_of(inputs[at]), "low": low, "high": high, "off": 100 * inputs[at].off}
    alike = np.abs(np.nan_to_num(found.correlation[at]))
    alike[at] = 0.0
    other = int(alike.argmax())
    if alike[other] < _ALIKE:
        return message("calibration.wide", **fields)
    return message("calibration.wide_beside", other=title_of(inputs[other]), **fields)


def _interval(each: Fittable, found: Fit, at: int) -> tuple[float, float]:
    """Return the 95 % interval of an input's value."""
    reach = found.quantile * found.errors[at]
    low, high = np.exp(found.logs[at] - reach), np.exp(found.logs[at] + reach)
    return each.value * float(low), each.value * float(high)


def _breadth(each: Fittable, found: Fit, at: int) -> float:
    low, high = _interval(each, found, at)
    return high - low


def title_of(each: Fittable) -> Text:
    """Return in words which input it is."""
    return uncertain_input_text(each.key)


def _input(places: RowPlaces, case: Case, each: Fittable, found: Fit, at: int) -> FittedInput:
    place = place_of(places, case, each)
    low, high = _interval(each, found, at)
    value = each.value * float(np.exp(found.logs[at]))
    return FittedInput(
        key=each.key,
        title=title_of(each),
        before=each.value,
        value=value,
        standard_error=value * float(found.errors[at]),
        low=low,
        high=high,
        unit=_UNITS[each.key[0]],
        cell="" if place is None else place.shown(places.book),
    )


def _residuals(past: _Past, fitted: Floats) -> pd.DataFrame:
    rows = [
        (group, month, float(counted), float(people), float(people - counted))
        for group, row, made in zip(past.groups, past.counted.people, fitted, strict=True)
        for month, counted, people in zip(past.months, row, made, strict=True)
        if np.isfinite(counted)
    ]
    return pd.DataFrame(rows, columns=list(RESIDUALS))


def _correlation(inputs: Sequence[Fittable], found: Fit, told: Sequence[int]) -> pd.DataFrame:
    rows = [
        (title_of(inputs[one]), title_of(inputs[other]), float(found.correlation[one, other]))
        for place, one in enumerate(told)
        for other in told[place + 1 :]
    ]
    return pd.DataFrame(rows, columns=list(CORRELATION))


def _notes(past: _Past, found: Fit, left_out: tuple[dt.date, ...]) -> Iterator[Message]:
    """Yield what the fit rests on."""
    yield message(
        "calibration.rests_on",
        first=past.computed.case.months[0],
        count=len(past.months),
        last=past.months[-1],
        persistence=found.persistence,
        percent=100 * CONFIDENCE,
    )
    if left_out:
        yield message("calibration.left_out", months=left_out)
    if not past.computed.coming.given:
        yield message("calibration.from_parameters")


def calibration_sheets(found: Calibration) -> tuple[ResultSheet, ...]:
    """Return the result sheets of a calibration."""
    inputs = [
        (
            each.title, each.cell, each.unit, each.before, each.value, each.standard_error,
            each.low, each.high,
        )
        for each in found.inputs
    ]  # fmt: skip
    columns = [each.key for each in FORECAST_TABLES["calibration"].columns]
    frames = {
        "calibration": pd.DataFrame(inputs, columns=columns),
        "calibration_fit": found.residuals,
        "calibration_correlation": found.correlation,
    }
    said = (*found.notes, *quality(found), *found.refused)
    return tuple(
        ResultSheet(FORECAST_TABLES[key], frame, said if key == "calibration" else ())
        for key, frame in frames.items()
    )


def quality(found: Calibration) -> Iterator[Message]:
    """Yield in words how well the fit follows the counts."""
    if found.rmse is not None and found.rmse_before is not None:
        yield message("calibration.quality", rmse=found.rmse, before=found.rmse_before)
    if found.r_squared is not None:
        yield message("calibration.explained", percent=100 * found.r_squared)
