"""What a window shows of the demand calculation of one scenario, as plain values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from planner.core.texts import Language, Message
from planner.forecast.cohorts.arrivals import HIGH, LOW
from planner.forecast.cohorts.dol_size import DolSizing, dol_sizing
from planner.forecast.cohorts.people_present import compute
from planner.forecast.cohorts.uncertainty import LookedAt, bands, outcomes, sensitivity
from planner.forecast.demand_forecast import (
    DemandForecast,
    ScenarioForecast,
    forecast,
    forecast_sheets,
    save_forecast,
)
from planner.forecast.demand_inputs import UsedInput, supplied_rows, used_inputs
from planner.forecast.past_errors import PastErrors
from planner.forecast.track_record import past_errors_in
from planner.input.book import Book, RawValue
from planner.input.case import usable
from planner.input.scenarios.scenario import MIDDLE, scenario_names
from planner.input.typed import read_tables


@dataclass(frozen=True)
class ShownForecast:
    """The demand of a scenario: its sheets by key, what it hangs on, and where it comes from.

    `base` is the figure that an input moves, per outcome: DOL in its highest month, the others on
    average. `streams` is the supplied rows where the workbook gives none. `scenarios` are those to
    choose from.
    """

    scenario: str
    scenarios: tuple[str, ...]
    sheets: Mapping[str, pd.DataFrame]
    notes: tuple[Message, ...]
    base: Mapping[str, float]
    dol: DolSizing
    inputs: tuple[UsedInput, ...]
    streams: tuple[Mapping[str, RawValue | None], ...]


def shown_forecast(
    book: Book, scenario: str | None = None, olds: Sequence[Path] = ()
) -> ShownForecast:
    """Compute the demand of a scenario; `UnusableInputError` where the book cannot be used.

    With the workbooks of old forecasts the bands are at least as wide as these were off, by the
    counts in the book; `UnusableInputError` where these tell nothing.
    """
    past = past_errors_in(olds, book) if olds else None
    typed = read_tables(book)[0]
    named = scenario_names(typed)
    made = _forecast(book, scenario, named, past)
    computed = made.scenarios[0].computed
    people = outcomes(computed)
    return ShownForecast(
        scenario=made.scenarios[0].name,
        scenarios=named or (LOW, MIDDLE, HIGH),
        sheets={each.table.key: each.frame for each in forecast_sheets(made)},
        notes=made.notes,
        base={
            each.value: float(people[each].max() if each is LookedAt.DOL else people[each].mean())
            for each in LookedAt
        },
        dol=dol_sizing(computed),
        inputs=used_inputs(typed, computed),
        streams=() if computed.case.streams else supplied_rows(computed),
    )


def _forecast(
    book: Book, scenario: str | None, named: tuple[str, ...], past: PastErrors | None
) -> DemandForecast:
    """Return the demand of one scenario, also of a supplied one that the book does not name."""
    if scenario is None or named:
        return forecast(book, scenario or usable(book).scenario, past)
    notes = forecast(book, MIDDLE, past).notes
    computed = compute(replace(usable(book), scenario=scenario))
    made = ScenarioForecast(computed, bands(computed, past=past), sensitivity(computed))
    return DemandForecast((made,), notes)


def export_forecast(path: Path, book: Book, language: Language, olds: Sequence[Path] = ()) -> None:
    """Write the book with its sheet Forecast filled in for every scenario, and the result sheets.

    The workbooks of old forecasts widen the bands, as where they are shown.
    `UnusableInputError` where the book cannot be used, `TargetInUseError` where the file cannot
    be put in its place.
    """
    past = past_errors_in(olds, book) if olds else None
    save_forecast(path, book, forecast(book, past=past), language)
