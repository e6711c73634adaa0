"""Months: each is the first of its month; arithmetic on them."""

from __future__ import annotations

import datetime as dt

MONTHS_IN_YEAR = 12


def month_of(day: dt.date) -> dt.date:
    """Return the month that a day lies in."""
    return dt.date(day.year, day.month, 1)


def later(month: dt.date, months: int) -> dt.date:
    """Return the month that lies a number of months later (earlier when negative)."""
    return month_at(month_number(month) + months)


def month_number(month: dt.date) -> int:
    """Return the number of a month, counted on from year to year."""
    return month.year * MONTHS_IN_YEAR + month.month - 1


def month_at(number: int) -> dt.date:
    """Return the month of a number."""
    return dt.date(number // MONTHS_IN_YEAR, number % MONTHS_IN_YEAR + 1, 1)


def last_day(month: dt.date) -> dt.date:
    """Return the last day of a month."""
    return later(month, 1) - dt.timedelta(days=1)


def months_from(first: dt.date, last: dt.date) -> tuple[dt.date, ...]:
    """Return the months from first to last, both included; none when last lies before first."""
    return tuple(month_at(at) for at in range(month_number(first), month_number(last) + 1))


def covers(month: dt.date, first_day: dt.date | None, final_day: dt.date | None) -> bool:
    """Whether a contract from first to final day, both included, covers the whole month.

    `None` leaves that side open.
    """
    begun = first_day is None or first_day <= month
    lasts = final_day is None or final_day >= last_day(month)
    return begun and lasts
