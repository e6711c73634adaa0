"""Changes of a scenario as a planner says them, as rows of the sheet Scenarios.

A phrase is one choice (closing, opening, the end of a contract, beds, a location more or less,
people, arrivals, a stay, a parameter) with what it is about, how much, and when; it becomes one
row, in the words that the sheet is read in, so that whoever opens the workbook reads the same.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from planner.core.texts import Language, Text, say, show_month
from planner.input.book import RawValue
from planner.input.months import last_day, month_of
from planner.input.records import table
from planner.input.scenarios.by_key import names_of_key
from planner.input.scenarios.scenario_edits import ScenarioRow, change_of
from planner.input.scenarios.whole_rows import GONE, NEW
from planner.input.supplied_names import Named, name_of

CLOSING = Text("sluiten", "close")
EVERYTHING = "*"


class Phrase(StrEnum):
    """What a change is about."""

    CLOSES = "closes"  # a location, from a month
    OPENS = "opens"  # a location, in a month
    ENDS = "ends"  # the contract of a location, after a month
    BEDS = "beds"  # of a location, so many
    BEDS_SHARE = "beds_share"  # of a location, a province or all, so many per cent
    ADDED = "added"  # a location like another, with so many beds, from a month
    DROPPED = "dropped"  # a location that is not there at all
    PEOPLE = "people"  # of a group that are expected, so many per cent, for a time
    ARRIVALS = "arrivals"  # in a stream, so many per cent, for a time
    STAY = "stay"  # of a group, so many per cent, for a time
    SHARE = "share"  # of a stream that goes to a group, so many per cent, for a time
    STAGE_STAY = "stage_stay"  # of a stage, so many per cent longer, for a time
    PARAMETER = "parameter"  # a value, for a time


# Phrases that name a location, or locations of a province.
OF_LOCATIONS = frozenset(
    {
        Phrase.CLOSES,
        Phrase.OPENS,
        Phrase.ENDS,
        Phrase.BEDS,
        Phrase.BEDS_SHARE,
        Phrase.ADDED,
        Phrase.DROPPED,
    }
)


# Those that may be about a location which the scenario itself adds.
OF_ADDED = frozenset({Phrase.CLOSES, Phrase.OPENS, Phrase.ENDS, Phrase.BEDS, Phrase.BEDS_SHARE})


@dataclass(frozen=True)
class MonthSpan:
    """Months that something holds in, by their first days; throughout without either."""

    begin: dt.date | None = None
    end: dt.date | None = None

    def in_key(self, language: Language) -> str:
        """Return the period as a key of the sheet Scenarios is read: `from Oct 2026`, or `*`."""
        begin, end = (
            None if day is None else show_month(day, language) for day in (self.begin, self.end)
        )
        match begin, end:
            case None, None:
                return EVERYTHING
            case str(), None:
                return say("scenario.phrase.from", language, begin=begin)
            case None, str():
                return say("scenario.phrase.until", language, end=end)
            case _:
                return say("scenario.phrase.between", language, begin=begin, end=end)


@dataclass(frozen=True)
class SaidChange:
    """A phrase filled in.

    `about` is the code of a location, group, stream or parameter, the key of a row of
    Streams or Stages, `*` for all, or
    `province Groningen`; `month` the first day of the month in which it happens; `amount` a
    number of beds, a percentage (10 is ten per cent more) or a parameter's value; `forecast` the
    forecast whose people or arrivals are meant; `new` the code of a location that is added.
    """

    phrase: Phrase
    about: str
    month: dt.date | None = None
    amount: RawValue | None = None
    period: MonthSpan = MonthSpan()
    forecast: str = EVERYTHING
    new: str = ""


_CELLS = {
    Phrase.OPENS: ("locations", "open_from"),
    Phrase.ENDS: ("locations", "open_until"),
    Phrase.BEDS: ("locations", "beds"),
    Phrase.BEDS_SHARE: ("locations", "beds"),
    Phrase.STAY: ("groups", "stay_months"),
    Phrase.PARAMETER: ("parameters", "value"),
}


def row_of(change: SaidChange, scenario: str, language: Language) -> ScenarioRow:
    """Return a change as a row of the sheet Scenarios, worded in a language; it has no row yet."""
    if change.phrase in {Phrase.PEOPLE, Phrase.ARRIVALS}:
        return _people(change, scenario, language)
    if change.phrase in {Phrase.SHARE, Phrase.STAGE_STAY}:
        return _dated(change, scenario, language)
    if change.phrase is Phrase.STAY and change.period != MonthSpan():
        return _stay_for_a_time(change, scenario, language)
    if change.phrase in {Phrase.ADDED, Phrase.DROPPED}:
        return _whole_location(change, scenario, language)
    value = _value(change)
    if change.phrase is Phrase.CLOSES:
        title = table("locations").title.in_(language)
        return ScenarioRow(scenario, title, change.about, CLOSING.in_(language), value)
    declared, column = _CELLS[change.phrase]
    key = "|".join((change.about, *_days(change.period)))
    return change_of(scenario, declared, key, column, value, language)


def _whole_location(change: SaidChange, scenario: str, language: Language) -> ScenarioRow:
    title = table("locations").title.in_(language)
    if change.phrase is Phrase.DROPPED:
        return ScenarioRow(scenario, title, change.about, GONE.in_(language), None)
    month = "" if change.month is None else show_month(change.month, language)
    beds = int(change.amount) if isinstance(change.amount, int | float) else 0
    said = say("scenario.phrase.new", language, like=change.about, beds=str(beds), month=month)
    return ScenarioRow(scenario, title, change.new, NEW.in_(language), said)


def _value(change: SaidChange) -> RawValue | None:
    """Return what the cell gets: a day of the month, a percentage, or the amount itself."""
    if change.phrase in {Phrase.CLOSES, Phrase.OPENS}:
        return None if change.month is None else month_of(change.month)
    if change.phrase is Phrase.ENDS:
        return None if change.month is None else last_day(month_of(change.month))
    if change.phrase in {Phrase.BEDS_SHARE, Phrase.STAY}:
        return _per_cent(change.amount)
    return change.amount


def _people(change: SaidChange, scenario: str, language: Language) -> ScenarioRow:
    name = "forecast" if change.phrase is Phrase.PEOPLE else "inflow"
    declared = table(name)
    # The period is words already; names are given theirs part by part.
    forecast = name_of(Named.SCENARIOS, change.forecast, language)
    about = names_of_key(declared, f"{change.forecast}|{EVERYTHING}|{change.about}", language)
    key = f"{forecast}|{change.period.in_key(language)}|{about.split('|')[2]}"
    share = _per_cent(change.amount)
    title = declared.column("people").title.in_(language)
    return ScenarioRow(scenario, declared.title.in_(language), key, title, share)


def _stay_for_a_time(change: SaidChange, scenario: str, language: Language) -> ScenarioRow:
    """Return a stay for a time: Groups holds throughout, its stages may hold from a month."""
    declared = table("stages")
    group = name_of(Named.GROUPS, change.about, language)
    key = f"{EVERYTHING}|{group}|{change.period.in_key(language)}"
    title = declared.column("stay_months").title.in_(language)
    share = _per_cent(change.amount)
    return ScenarioRow(scenario, declared.title.in_(language), key, title, share)


def _dated(change: SaidChange, scenario: str, language: Language) -> ScenarioRow:
    """Return a change of a row of Streams or Stages, throughout or for a time.

    A share is the part itself, since those of a stream are one together.
    """
    share = change.phrase is Phrase.SHARE
    declared = table("streams" if share else "stages")
    key = names_of_key(declared, change.about, language)
    if change.period != MonthSpan():
        key = f"{key}|{change.period.in_key(language)}"
    column = declared.column("share" if share else "stay_months").title.in_(language)
    amount = change.amount if isinstance(change.amount, int | float) else 0
    value: RawValue = amount / 100 if share else _per_cent(amount)
    return ScenarioRow(scenario, declared.title.in_(language), key, column, value)


def _per_cent(amount: RawValue | None) -> str:
    """Return a percentage as a value of the sheet is read: `+10 %`."""
    number = amount if isinstance(amount, int | float) else 0
    sign = "-" if number < 0 else "+"
    return f"{sign}{abs(number):g} %"


def _days(period: MonthSpan) -> tuple[str, ...]:
    """Return from when until when a row of a parameter holds; it needs a first day to have one."""
    if period.begin is None:
        return ()
    begin = month_of(period.begin).isoformat()
    if period.end is None:
        return (begin,)
    return begin, last_day(month_of(period.end)).isoformat()
