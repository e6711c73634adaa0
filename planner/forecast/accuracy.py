"""Looking back as a verb: what an old forecast said, beside what was counted later.

An error is the forecast less the count, so that a forecast too high has a positive one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from planner.core.errors import Finding, Severity, UnusableInputError
from planner.core.texts import Language, Message, message
from planner.files.writing import write_workbook
from planner.forecast.cohorts.people_present import Origin
from planner.forecast.demand_forecast import ScenarioForecast, forecast
from planner.input.book import Book
from planner.input.checks.people import counts_are_whole
from planner.input.counts import people_counted
from planner.input.several_books import of_book
from planner.input.supplied_names import in_words
from planner.input.typed import read_tables
from planner.sheets.forecast_tables import FORECAST_TABLES
from planner.sheets.result_sheets import ResultSheet, read_results

ERRORS = (
    "scenario", "group", "month", "forecast", "counted", "error", "relative", "inside_band",
)  # fmt: skip
SUMMARY = (
    "scenario", "group", "months", "mean_error", "mean_absolute", "relative", "inside_share",
)  # fmt: skip
TOTALS = ("scenario", "month", "forecast", "counted", "error", "relative")

Counts = Mapping[dt.date, Mapping[str, float]]

# The part of the counts that lies between 10 and 90 % when the bands are right.
EXPECTED_INSIDE = 0.8


@dataclass(frozen=True)
class LookBack:
    """How far a forecast was off, in persons.

    `errors` has a row per scenario, group and month counted; `relative` is a part of the count,
    empty where nobody was counted, `inside_band` empty where the forecast came without a band.
    `summary` has a row per scenario and group, `totals` one per scenario and month, of the groups
    that were both forecast and counted.
    """

    errors: pd.DataFrame
    summary: pd.DataFrame
    totals: pd.DataFrame
    notes: tuple[Message, ...]


@dataclass(frozen=True)
class Said:
    """What a forecast said of a group in a month, in persons, with its band where it has one.

    The band is from 10 to 90 %, `middle` its 50 %.
    """

    scenario: str
    group: str
    month: dt.date
    people: float
    low: float | None
    high: float | None
    middle: float | None = None

    def inside(self, counted: float) -> bool | None:
        """Whether a count lies in the band, whose ends are fractions; None without a band."""
        if self.low is None or self.high is None:
            return None
        return bool(np.floor(self.low) <= counted <= np.ceil(self.high))


def look_back(old: Book, later: Book, scenario: str | None = None) -> LookBack:
    """Compare the forecast in an old book with the counts in a later one.

    The old book's result sheet is used where it has one, else its forecast is computed again. The
    later book needs no more than the sheet Occupancy; all its days are compared that the forecast
    looked ahead to. `UnusableInputError` where either cannot be used or they have no month in
    common.
    """
    counts = of_book(later, lambda book: counts_in(book, "look_back.unusable"))
    said, written = of_book(old, lambda book: forecast_in(book, scenario))
    first = min(each.month for each in said)
    ahead = [each for each in said if each.month > first]
    errors = _errors(ahead, counts)
    if errors.empty:
        last = max(each.month for each in said)
        raise UnusableInputError(
            message("look_back.no_month", first=first, last=last, counted=tuple(counts))
        )
    notes = map(in_words, _notes(ahead, counts, errors, written=written))
    return LookBack(errors, _summary(errors), _totals(errors), tuple(notes))


def counts_in(book: Book, unusable: str, /, **named: object) -> Counts:
    """Return the people counted by month and group; only faults in the counts matter here.

    `UnusableInputError` with all of them, in the words of `unusable`.
    """
    typed, reading = read_tables(book)
    found = (*book.findings, *reading, *counts_are_whole(typed))
    faults = tuple(each for each in found if _spoils(each))
    if faults:
        raise UnusableInputError(message(unusable, count=len(faults), **named), faults)
    return people_counted(typed)


def _spoils(each: Finding) -> bool:
    """Whether a finding leaves the counts in doubt."""
    return each.severity is Severity.ERROR and each.table in ("", "occupancy")


def forecast_in(old: Book, scenario: str | None) -> tuple[list[Said], bool]:
    """Return what the old book forecast, and whether that is written in it.

    `UnusableInputError` where it is not written and cannot be computed again.
    """
    sheet = read_results(old).get("forecast_people")
    if sheet is not None:
        written = list(_written(sheet, scenario))
        if written:
            return written, True
    computed = forecast(old, scenario)
    return [said for each in computed.scenarios for said in _computed(each)], False


def _written(sheet: pd.DataFrame, scenario: str | None) -> Iterator[Said]:
    for row in sheet.to_dict("records"):
        if scenario is None or row["scenario"] == scenario:
            own = row["origin"] == Origin.COMPUTED
            low, middle, high = (float(row[p]) if own else None for p in ("p10", "p50", "p90"))
            key = (str(row["scenario"]), str(row["group"]), row["month"])
            yield Said(*key, float(row["people"]), low, high, middle)


def _computed(each: ScenarioForecast) -> Iterator[Said]:
    case = each.computed.case
    for (group, month), origin in each.computed.origins.items():
        if origin is Origin.FORECAST:
            yield Said(each.name, group, month, case.forecast[group, month], None, None)
            continue
        low, middle, high = each.bands.groups[group][:, case.months.index(month)].tolist()
        people = each.computed.people(group, month)
        yield Said(each.name, group, month, people, low, high, middle)


def _errors(ahead: Sequence[Said], counts: Counts) -> pd.DataFrame:
    rows = []
    for each in ahead:
        counted = counts.get(each.month, {}).get(each.group)
        if counted is not None:
            error = each.people - counted
            inside = each.inside(counted)
            key = (each.scenario, each.group, each.month)
            rows.append((*key, each.people, counted, error, _part(error, counted), inside))
    found = pd.DataFrame(rows, columns=list(ERRORS))
    return found.astype({"relative": float, "inside_band": object})


def _part(error: float, counted: float) -> float:
    return error / counted if counted else float("nan")


def _summary(errors: pd.DataFrame) -> pd.DataFrame:
    """Return how far the forecast of each group was off over all months."""
    rows = []
    for (scenario, group), each in errors.groupby(["scenario", "group"], sort=False):
        wrong = each["error"].abs()
        banded = each["inside_band"].dropna()
        inside = float(banded.astype(float).mean()) if len(banded) else float("nan")
        part = _part(float(wrong.sum()), float(each["counted"].sum()))
        mean = float(each["error"].mean())
        rows.append((scenario, group, len(each), mean, float(wrong.mean()), part, inside))
    return pd.DataFrame(rows, columns=list(SUMMARY))


def _totals(errors: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for (scenario, month), each in errors.groupby(["scenario", "month"], sort=False):
        said, counted = float(each["forecast"].sum()), float(each["counted"].sum())
        error = said - counted
        rows.append((scenario, month, said, counted, error, _part(error, counted)))
    return pd.DataFrame(rows, columns=list(TOTALS))


def _notes(
    ahead: Sequence[Said],
    counts: Counts,
    errors: pd.DataFrame,
    *,
    written: bool,
) -> Iterator[Message]:
    """Yield what is compared with what, and what is left out."""
    yield message("look_back.written" if written else "look_back.computed")
    known = set(errors["month"])
    compared = [month for month in counts if month in known]
    said = {each.group for each in ahead}
    unknown = {group for month in compared for group in counts[month]} - said
    if unknown:
        yield message("look_back.not_forecast", groups=tuple(sorted(unknown)))
    missing = {group for group in said if any(group not in counts[month] for month in compared)}
    if missing:
        yield message("look_back.not_counted", groups=tuple(sorted(missing)))
    left_out = tuple(month for month in counts if month not in known)
    if left_out:
        yield message("look_back.other_months", months=left_out)
    banded = errors["inside_band"].dropna()
    if len(banded) < len(errors):
        yield message("look_back.no_band", count=len(errors) - len(banded))
    if len(banded):
        part = 100 * float(banded.astype(float).mean())
        expected = 100 * EXPECTED_INSIDE
        yield message("look_back.inside", percent=part, count=len(banded), expected=expected)


def look_back_sheets(found: LookBack) -> tuple[ResultSheet, ...]:
    """Return the result sheets of a look-back."""
    frames = {
        "look_back": found.errors,
        "look_back_groups": found.summary,
        "look_back_totals": found.totals,
    }
    return tuple(
        ResultSheet(FORECAST_TABLES[key], frame, found.notes if key == "look_back" else ())
        for key, frame in frames.items()
    )


def save_look_back(path: Path, later: Book, found: LookBack, language: Language) -> None:
    """Write the later book with the look-back; `TargetInUseError` where the file is in use."""
    write_workbook(path, later, look_back_sheets(found), language)
