"""Days and months written as text: every day that a Dutch or an English writer can mean by it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

# A sheet counts days from here; its fault of a 29 February 1900 lies before every day we accept.
_DAY_ZERO = dt.date(1899, 12, 30)

FIRST_YEAR = 1900
LAST_YEAR = 2199

# A day that is written out, with the day of the week and the time, takes half of this.
_LONGEST = 100

# What may stand around a day that was written out: the day of the week, the time.
_WEEKDAY = re.compile(
    r"^(?:ma|di|wo|do|vr|za|zo|mon?|tue?s?|wed|thu?r?s?|fri|sat|sun|maan|dins|woens|donder|vrij|"
    r"zater|zon|wednes|satur)(?:dag|day)?[., ]+(?=\d)"
)
_TIME = re.compile(r"(?:(?<=\d)t|(?<![ ,])[ ,]+)\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?z?$")

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_NUMBERS = re.compile(r"(\d{1,2})\s*([-/. ])\s*(\d{1,2})\s*\2\s*(\d{4})")
_DAY_NAME_YEAR = re.compile(
    r"(\d{1,2})(?:(?:e|ste|de|st|nd|rd|th)(?= ))?[-/. ]*([a-z]+)[-/., ]*(\d{4})"
)
_NAME_DAY_YEAR = re.compile(r"([a-z]+)[-/. ]*(\d{1,2})(?:st|nd|rd|th)?[-/., ]+(\d{4})")
_NAME_YEAR = re.compile(r"([a-z]+)[-/., ]*(\d{4})")
_YEAR_MONTH = re.compile(r"(\d{4})[-/.](\d{1,2})")
_MONTH_YEAR = re.compile(r"(\d{1,2})[-/.](\d{4})")

_NAMES = (
    "january januari jan",
    "february februari feb febr",
    "march maart mar mrt",
    "april apr",
    "may mei",
    "june juni jun",
    "july juli jul",
    "august augustus aug",
    "september sep sept",
    "october oktober oct okt",
    "november nov",
    "december dec",
)
_MONTHS = {name: at + 1 for at, names in enumerate(_NAMES) for name in names.split()}


def day_readings(written: str) -> tuple[dt.date, ...]:
    """Return the days that a text can mean: none, one, or two where it is ambiguous.

    `03-04-2026` is 3 April to a Dutch writer and 4 March to an American one; points between the
    numbers are written on this side of the ocean only. A year has four digits.
    """
    return tuple(dict.fromkeys(_days(_bare(written))))


def month_readings(written: str) -> tuple[dt.date, ...]:
    """Return the days that a text in a column of months can mean, a bare month as its first day."""
    text = _bare(written)
    return tuple(dict.fromkeys((*_bare_months(text), *_days(text))))


def day_of_serial(number: float) -> dt.date | None:
    """Return the day that a sheet shows for a number, or nothing for one out of range."""
    try:
        day = _DAY_ZERO + dt.timedelta(days=int(number))
    except (OverflowError, ValueError):
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None


def _bare(written: str) -> str:
    """Return a text without the day of the week before it and the time behind it.

    A text that is too long for any day is left out.
    """
    if len(written) > _LONGEST:
        return ""
    return _TIME.sub("", _WEEKDAY.sub("", written.strip().casefold()))


def _days(text: str) -> Iterator[dt.date]:
    if found := _ISO.fullmatch(text):
        yield from _day(found[1], found[2], found[3])
    elif found := _NUMBERS.fullmatch(text):
        yield from _day(found[4], found[3], found[1])
        if found[2] in "-/":
            yield from _day(found[4], found[1], found[3])
    elif found := _DAY_NAME_YEAR.fullmatch(text):
        yield from _named(found[3], found[2], found[1])
    elif found := _NAME_DAY_YEAR.fullmatch(text):
        yield from _named(found[3], found[1], found[2])


def _bare_months(text: str) -> Iterator[dt.date]:
    if found := _NAME_YEAR.fullmatch(text):
        yield from _named(found[2], found[1], "1")
    elif found := _YEAR_MONTH.fullmatch(text):
        yield from _day(found[1], found[2], "1")
    elif found := _MONTH_YEAR.fullmatch(text):
        yield from _day(found[2], found[1], "1")


def _named(year: str, name: str, day: str) -> Iterator[dt.date]:
    if name in _MONTHS:
        yield from _day(year, str(_MONTHS[name]), day)


def _day(year: str, month: str, day: str) -> Iterator[dt.date]:
    """Yield the day, or nothing where the calendar has none."""
    try:
        yield dt.date(int(year), int(month), int(day))
    except ValueError:
        return
