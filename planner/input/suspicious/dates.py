"""Dates that were right a year ago, or whose digits changed places."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator

from planner.core.errors import Finding
from planner.core.texts import Text
from planner.input.counts import reference_date, rows_at_start
from planner.input.location import Location
from planner.input.months import later
from planner.input.parameters import supplied
from planner.input.span import planned_months
from planner.input.suspicious.remark import Odd, remarks
from planner.input.typed import TypedRow, TypedTables

_FAR_YEARS = 30
# Who writes the last or first day of a year near 2100 or later for "no end" means what it does.
_NO_END = 2090
_OF_NO_END = frozenset({(12, 31), (1, 1)})
# The longest other contract of emergency reception times this is no contract of it any more.
_LONGER = 2.5
_FEWEST_CONTRACTS, _FEWEST_EXTENSIONS = 4, 2
_DAYS_OF_MONTH = 365.25 / 12
# A law may begin to hold a year later than supplied; beyond that it is a slip of the year.
_YEARS = 2


def _inhabited(typed: TypedTables) -> Iterator[tuple[TypedRow, int, dt.date]]:
    """Yield the locations in use where people were counted, how many, and on which day."""
    date = reference_date(typed)
    if date is None:
        return
    people: dict[str, int] = defaultdict(int)
    for counted in rows_at_start(typed):
        people[counted.record.location] += counted.record.people
    for each in typed.rows("locations"):
        living = people.get(each.record.id, 0)
        if living and not each.record.candidate:
            yield each, living, date


def contracts_are_renewed(typed: TypedTables) -> Iterator[Finding]:
    """Yield contracts that were over when people were still counted there: last year's end."""

    def odd() -> Iterator[Odd]:
        for each, living, date in _inhabited(typed):
            end = each.record.open_until
            if end is not None and end < date:
                fields = {"end": end, "date": date, "people": living}
                yield Odd("locations", each.row, "open_until", "contract_over", fields)

    return remarks(typed, odd())


def openings_come_before_residents(typed: TypedTables) -> Iterator[Finding]:
    """Yield contracts that begin after people were counted there."""

    def odd() -> Iterator[Odd]:
        for each, living, date in _inhabited(typed):
            begin = each.record.open_from
            if begin is not None and begin > date:
                fields = {"begin": begin, "date": date, "people": living}
                yield Odd("locations", each.row, "open_from", "opened_later", fields)

    return remarks(typed, odd())


def ends_are_near(typed: TypedTables) -> Iterator[Finding]:
    """Yield contract days so far ahead that digits of the year may have changed places."""

    def odd() -> Iterator[Odd]:
        date = reference_date(typed)
        if date is None:
            return
        for each in typed.rows("locations"):
            location: Location = each.record
            for column in ("open_from", "open_until", "extendable_until"):
                day: dt.date | None = getattr(location, column)
                if day is not None and day.year > date.year + _FAR_YEARS and not _endless(day):
                    fields = {"day": day, "years": day.year - date.year}
                    yield Odd("locations", each.row, column, "day_far", fields)

    return remarks(typed, odd())


def _endless(day: dt.date) -> bool:
    return day.year >= _NO_END and (day.month, day.day) in _OF_NO_END


def contracts_are_as_long(typed: TypedTables) -> Iterator[Finding]:
    """Yield contracts of emergency reception, and extensions, far longer than the longest other."""

    def odd() -> Iterator[Odd]:
        for last, fault, fewest in (
            ("open_until", "contract_long", _FEWEST_CONTRACTS),
            ("extendable_until", "extension_long", _FEWEST_EXTENSIONS),
        ):
            days = {
                each.row: (end - each.record.open_from).days
                for each in typed.rows("locations")
                if each.record.emergency and each.record.open_from
                if (end := getattr(each.record, last))
            }
            if len(days) <= fewest:
                continue
            longest = max(days, key=days.__getitem__)
            other = max(length for row, length in days.items() if row != longest)
            if other > 0 and days[longest] >= _LONGER * other:
                months = round(days[longest] / _DAYS_OF_MONTH)
                fields = {"months": months, "other": round(other / _DAYS_OF_MONTH)}
                yield Odd("locations", longest, last, fault, fields)

    return remarks(typed, odd())


def durable_places_stay(typed: TypedTables) -> Iterator[Finding]:
    """Yield places that count as durable though their contract ends within the planned months."""

    def odd() -> Iterator[Odd]:
        months = planned_months(typed)
        for each in typed.rows("locations"):
            location: Location = each.record
            end = location.extendable_until or location.open_until
            if months and location.durable and end is not None and end < later(months[-1], 1):
                yield Odd("locations", each.row, "durable", "durable_ends", {"end": end})

    return remarks(typed, odd())


def ceilings_are_ahead(typed: TypedTables) -> Iterator[Finding]:
    """Yield ceilings for a month that is not planned: they bind nothing."""
    months = planned_months(typed)
    odd = (
        Odd(
            "ceilings",
            each.row,
            "month",
            "month_not_planned",
            {"month": each.record.month, "first": months[0], "last": months[-1]},
        )
        for each in typed.rows("ceilings")
        if months and each.record.month is not None and each.record.month not in months
    )
    return remarks(typed, odd)


def previous_plan_reaches_ahead(typed: TypedTables) -> Iterator[Finding]:
    """Yield a previous plan of which no month is planned: nothing is kept near it."""

    def odd() -> Iterator[Odd]:
        months, rows = planned_months(typed), typed.rows("previous_plan")
        if months and rows and not any(each.record.month in months for each in rows):
            last = max(rows, key=lambda each: each.record.month)
            fields = {"month": last.record.month, "first": months[0], "last": months[-1]}
            yield Odd("previous_plan", last.row, "month", "previous_plan_over", fields)

    return remarks(typed, odd())


def terms_are_renewed(typed: TypedTables) -> Iterator[Finding]:
    """Yield parameters that were given until a day before the plan, with nothing after it."""

    def odd() -> Iterator[Odd]:
        months = planned_months(typed)
        if not months:
            return
        names = Counter(each.record.parameter for each in typed.rows("parameters"))
        for each in typed.rows("parameters"):
            parameter = each.record
            known = supplied().get(parameter.parameter)
            as_supplied = known and known.parameter.valid_until == parameter.valid_until
            end = parameter.valid_until
            if end is None or end >= months[0] or as_supplied or names[parameter.parameter] > 1:
                continue
            title = known.title if known else Text(parameter.parameter, parameter.parameter)
            fields = {"end": end, "name": title, "first": months[0]}
            yield Odd("parameters", each.row, "valid_until", "term_over", fields)

    return remarks(typed, odd())


def years_are_as_supplied(typed: TypedTables) -> Iterator[Finding]:
    """Yield days of parameters some years from the supplied one, where only one row has the name.

    Laws begin when they begin: a day two years off or more is a slip in the year, and so is the
    same day of another year from which a statutory value would hold.
    """

    def odd() -> Iterator[Odd]:
        names = Counter(each.record.parameter for each in typed.rows("parameters"))
        for each in typed.rows("parameters"):
            known = supplied().get(each.record.parameter)
            if known is None or names[each.record.parameter] > 1:
                continue
            for column in ("value", "valid_from", "valid_until"):
                day, usual = getattr(each.record, column), getattr(known.parameter, column)
                if not isinstance(day, dt.date) or not isinstance(usual, dt.date):
                    continue
                same_day = (day.month, day.day) == (usual.month, usual.day)
                years = abs(day.year - usual.year)
                if years >= _YEARS or (years and same_day and column != "value"):
                    fields = {"day": day, "usual": usual, "name": known.title}
                    yield Odd("parameters", each.row, column, "year_unlike", fields)

    return remarks(typed, odd())
