"""Track record: two or more old forecasts, or plans, beside what was counted later.

A horizon is the number of months from the count that a forecast started from. Every figure is
scored, and so are two forecasts that cost nothing: as many people as in the last month counted
then, and as many as in that month of the last year counted then. They have no band, so their score
is their absolute error; a part of it is always over the same figures.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd

from planner.core.errors import UnusableInputError
from planner.core.texts import Language, Message, message
from planner.files.compare_writer import write_comparison
from planner.files.reading import read_workbook
from planner.forecast.accuracy import Counts, Said, counts_in, forecast_in
from planner.forecast.cohorts.arrivals import HIGH, LOW
from planner.forecast.interval_score import interval_score
from planner.forecast.past_errors import (
    FEWEST,
    KIND,
    VERSION,
    PastErrors,
    past_errors,
    usable_errors,
)
from planner.input.book import Book
from planner.input.months import MONTHS_IN_YEAR, later, months_from
from planner.input.scenarios.scenario import MIDDLE
from planner.input.supplied_names import in_words
from planner.input.typed import read_tables
from planner.sheets.result_sheets import ResultSheet
from planner.sheets.track_record_tables import (
    GROUPS,
    HORIZONS,
    OLDS,
    TRACK_RECORD,
)

MOST_MONTHS = 24


@dataclass(frozen=True)
class Old:
    """An old forecast: what it is called, the month it started from, and what it said after it."""

    name: str
    start: dt.date
    said: tuple[Said, ...]
    known: Counts
    notes: tuple[Message, ...]


@dataclass(frozen=True)
class TrackRecord:
    """What old forecasts were off, in persons.

    `figures` has a row per old forecast, group and month counted; `horizons`, `groups` and `olds`
    their means by months ahead, by group and by forecast, as on the sheets.
    """

    scenario: str
    figures: pd.DataFrame
    horizons: pd.DataFrame
    groups: pd.DataFrame
    olds: pd.DataFrame
    notes: tuple[Message, ...]


def track_record(
    olds: Mapping[str, Book], later_book: Book, scenario: str | None = None
) -> TrackRecord:
    """Compare old books, by name, with the counts of a later one; of `middle` unless given.

    `UnusableInputError` for fewer than two, for the same one twice, where one cannot be used, and
    where there is one with no month counted.
    """
    if len(olds) < FEWEST:
        raise UnusableInputError(message("track_record.too_few", count=len(olds)))
    asked = scenario or MIDDLE
    counts = counts_in(later_book, "look_back.unusable")
    forecasts = [_old(name, book, asked, counts) for name, book in olds.items()]
    _refuse_twice(forecasts)
    apart = [each for each in forecasts if not _compared(each, counts)]
    if apart:
        raise UnusableInputError(
            message(
                "track_record.no_month",
                olds=tuple(_span(each) for each in apart),
                counted=tuple(counts),
            )
        )
    rows = [row for each in forecasts for row in _rows(each, counts)]
    figures = pd.DataFrame(rows, columns=[each.key for each in TRACK_RECORD.columns])
    return TrackRecord(
        asked,
        figures,
        _means(figures, "horizon"),
        _means(figures, "group"),
        _means(figures, "old"),
        tuple(map(in_words, _notes(forecasts, counts, figures))),
    )


def _old(name: str, book: Book, scenario: str, counts: Counts) -> Old:
    try:
        said, written = forecast_in(book, scenario)
    except UnusableInputError as fault:
        why = message("track_record.no_forecast", file=name, why=fault.told.both)
        raise UnusableInputError(why, fault.findings) from fault
    notes = [message(f"track_record.{'written' if written else 'computed'}", file=name)]
    said, supplied = _with_bands(book, said)
    if supplied:
        notes.append(message("track_record.bands_supplied", file=name))
    start = min(each.month for each in said)
    own = counts_in(book, "track_record.unusable", file=name)
    known = {month: each for month, each in {**counts, **own}.items() if month <= start}
    # What a forecast says of its first month is the count that it started from.
    begun = {each.group: each.people for each in said if each.month == start}
    known[start] = {**begun, **known.get(start, {})}
    ahead = tuple(each for each in said if each.month > start)
    return Old(name, start, ahead, known, tuple(notes))


def _with_bands(book: Book, said: Sequence[Said]) -> tuple[list[Said], bool]:
    """Return what was said, with the low and high forecast as the band where there was none."""
    given = {
        (each.scenario, each.group, each.month): each.people
        for each in read_tables(book)[0].records("forecast")
        if each.scenario in {LOW, HIGH} and each.people is not None
    }
    found, supplied = [], False
    for each in said:
        low, high = (given.get((end, each.group, each.month)) for end in (LOW, HIGH))
        bare = each.scenario == MIDDLE and each.low is None
        if bare and low is not None and high is not None and low <= each.people <= high:
            supplied = True
            found.append(replace(each, low=low, high=high, middle=each.people))
        else:
            found.append(each)
    return found, supplied


def _refuse_twice(forecasts: Sequence[Old]) -> None:
    for at, each in enumerate(forecasts):
        for other in forecasts[:at]:
            if each.said == other.said:
                raise UnusableInputError(
                    message("track_record.same", one=other.name, other=each.name)
                )


def _span(old: Old) -> object:
    last = max((each.month for each in old.said), default=old.start)
    return message("track_record.span", file=old.name, first=old.start, last=last).both


def _ahead(start: dt.date, month: dt.date) -> int:
    return len(months_from(start, month)) - 1


def _compared(old: Old, counts: Counts) -> list[Said]:
    """Return what an old forecast said of who was counted, as far ahead as is looked."""
    return [
        each
        for each in old.said
        if _ahead(old.start, each.month) <= MOST_MONTHS and each.group in counts.get(each.month, {})
    ]


def _rows(old: Old, counts: Counts) -> Iterator[tuple[object, ...]]:
    for each in _compared(old, counts):
        ahead = _ahead(old.start, each.month)
        counted = counts[each.month][each.group]
        error = each.people - counted
        middle = each.people if each.middle is None else each.middle
        score = interval_score(counted, middle, each.low, each.high)
        years = -(-ahead // MONTHS_IN_YEAR)
        year_ago = old.known.get(later(each.month, -years * MONTHS_IN_YEAR), {}).get(each.group)
        yield (
            old.name, each.scenario, each.group, each.month, ahead,
            each.people, each.low, each.high, counted,
            error, error / counted if counted else None,
            score.total, *score, each.inside(counted),
            old.known[old.start].get(each.group), year_ago,
        )  # fmt: skip


def _means(figures: pd.DataFrame, by: str) -> pd.DataFrame:
    """Return the means over the figures that have one thing in common."""
    rows = [
        {by: value, **judged(each)} for value, each in figures.groupby(by, sort=by == "horizon")
    ]
    return pd.DataFrame(rows)


def judged(figures: pd.DataFrame) -> Mapping[str, float | int | None]:
    """Return what figures come to together: means in persons, parts as shares.

    Empty where there is nothing to take a mean or a part of.
    """
    counted = float(figures["counted"].sum())
    wrong = figures["error"].abs()
    banded = figures["inside_band"].dropna()
    found: dict[str, float | int | None] = {
        "olds": int(figures["old"].nunique()),
        "figures": len(figures),
        "mean_error": float(figures["error"].mean()),
        "mean_absolute": float(wrong.mean()),
        "relative": float(wrong.sum()) / counted if counted else None,
        **{key: float(figures[key].mean()) for key in ("score", "width", "over", "under")},
        "inside_share": float(banded.astype(float).mean()) if len(banded) else None,
    }
    for key in ("last_month", "last_year"):
        same = figures[figures[key].notna()]
        naive = (same[key].astype(float) - same["counted"]).abs()
        score = float(naive.mean()) if len(same) else None
        found[key] = score
        found[f"to_{key}"] = float(same["score"].mean()) / score if score else None
    return found


def _notes(forecasts: Sequence[Old], counts: Counts, figures: pd.DataFrame) -> Iterator[Message]:
    """Yield what is compared with what, and what is left out."""
    for each in forecasts:
        yield from each.notes
        compared = _compared(each, counts)
        months = {said.month for said in compared}
        spanned = [
            month
            for month in sorted({said.month for said in each.said})
            if month <= max(months) and _ahead(each.start, month) <= MOST_MONTHS
        ]
        gaps = tuple(month for month in spanned if month not in months)
        if gaps:
            yield message("track_record.gaps", file=each.name, months=gaps)
        groups = {said.group for said in each.said}
        missing = {g for g in groups if any(g not in counts[m] for m in months)}
        if missing:
            yield message("track_record.not_counted", file=each.name, groups=tuple(sorted(missing)))
        unknown = {g for month in months for g in counts[month]} - groups
        if unknown:
            yield message(
                "track_record.not_forecast", file=each.name, groups=tuple(sorted(unknown))
            )
    unbanded = int(figures["p10"].isna().sum())
    if unbanded:
        yield message("track_record.no_band", count=unbanded, figures=len(figures))
    yield message("track_record.naive")
    without = int(figures["last_year"].isna().sum())
    if without:
        yield message("track_record.no_last_year", count=without, figures=len(figures))


def past_errors_in(
    paths: Sequence[Path], later_book: Book, scenario: str | None = None
) -> PastErrors:
    """Return how far the forecasts in old workbooks were off the counts of a later book.

    `UnusableInputError` as of a track record, and where that tells nothing.
    """
    olds = {path.name: read_workbook(path) for path in paths}
    rows = track_record(olds, later_book, scenario).figures
    columns = rows[["old", "horizon", "forecast", "counted"]].itertuples(index=False, name=None)
    found = past_errors(
        (str(old), int(ahead), float(forecast), float(counted))
        for old, ahead, forecast, counted in columns
    )
    return usable_errors(found, ", ".join(olds))


def track_record_sheets(found: TrackRecord) -> tuple[ResultSheet, ...]:
    """Return the sheets of a track record."""
    return (
        ResultSheet(HORIZONS, found.horizons, found.notes),
        ResultSheet(GROUPS, found.groups),
        ResultSheet(OLDS, found.olds),
        ResultSheet(TRACK_RECORD, found.figures),
    )


def save_track_record(path: Path, found: TrackRecord, language: Language) -> None:
    """Write a track record to a workbook; `TargetInUseError` where the file is in use."""
    write_comparison(path, track_record_sheets(found), (), (), (), language)


def track_record_record(found: TrackRecord) -> Mapping[str, object]:
    """Return a track record as the object of the file that `--json` writes."""
    parts = {
        "horizons": found.horizons,
        "groups": found.groups,
        "olds": found.olds,
        "figures": found.figures,
    }
    return {
        "kind": KIND,
        "version": VERSION,
        "scenario": found.scenario,
        "notes": [each.both.en for each in found.notes],
        **{name: [_plain(row) for row in each.to_dict("records")] for name, each in parts.items()},
    }


def _plain(row: Mapping[object, object]) -> Mapping[str, object]:
    return {str(key): _value(value) for key, value in row.items()}


def _value(value: object) -> object:
    match value:
        case dt.date():
            return value.isoformat()
        case float() if np.isnan(value):
            return None
        case np.bool_():
            return bool(value)
        case np.integer():
            return int(value)
        case _:
            return value
