"""Days and months in a file whose language is known: two-digit years, weeks, months alone."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator, Sequence

from planner.core.texts import Language
from planner.input.days import FIRST_YEAR, LAST_YEAR, day_readings, month_readings
from planner.input.names import tidy
from planner.input.numerals import Number, number_readings

_SHORT_YEAR = re.compile(r"([a-z]+)[-/. ]*['\u2019]?(\d{2})", re.IGNORECASE)
_SHORT_DAY = re.compile(r"(\d{1,2}[-/.](?:\d{1,2}|[a-z]+)[-/.])(\d{2})", re.IGNORECASE)
_NAME = re.compile(r"[a-z]{3,9}\.?", re.IGNORECASE)
_WEEK = re.compile(
    r"\b(?:week|wk)\.?\s*(\d{1,2})\D{1,4}(20\d\d)\b|\b(20\d\d)[- ]?w(\d{1,2})\b", re.IGNORECASE
)
# Tried in this order: a name before a year may be no month at all.
_IN_TEXT = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\d{4}-\d{1,2}-\d{1,2}",
        r"\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}",
        r"\d{1,2}\s+[a-z]{3,9}\.?\s+\d{4}",
        r"[a-z]{3,9}\.?[-\s]+\d{4}",
        r"\b\d{4}-\d{2}\b",
        r"[a-z]{3,9}\.?\s*['\u2019-]\d{2}\b",
    )
)
_YEAR_IN_TEXT = re.compile(r"\b(20\d\d)\b")


def number_in(text: str, language: Language | None) -> tuple[Number, ...]:
    """Return the numbers a text can mean; one where the file's language settles it."""
    found = number_readings(text)
    if len(found) > 1 and language is not None:
        return (found[1] if language is Language.NL else found[0],)
    return found


def day_in(text: str, language: Language | None, *, last: bool = False) -> tuple[dt.date, ...]:
    """Return the days a text can mean; a month alone is its first day, or its `last` one."""
    text = _with_century(tidy(text))
    found = day_readings(text)
    if len(found) > 1 and language is not None:
        return (found[0] if language is Language.NL else found[1],)
    if found:
        return found
    if week := _week_in(text, whole=True):
        return (week,)
    months = month_readings(text)
    return tuple(_last_of(each) if last else each for each in months)


def month_in(value: object, language: Language | None) -> dt.date | None:
    """Return the month that a heading or cell is, nothing where it is none for certain."""
    if isinstance(value, dt.date):
        return _first_of(value) if FIRST_YEAR <= value.year <= LAST_YEAR else None
    if not isinstance(value, str):
        return None
    text = _with_century(tidy(value))
    found = month_readings(text)
    if len(found) > 1 and language is not None:
        found = (found[0] if language is Language.NL else found[1],)
    months = {_first_of(each) for each in found}
    return months.pop() if len(months) == 1 else None


def bare_month(value: object) -> int | None:
    """Return the number of a month that is named without a year."""
    if not isinstance(value, str) or not _NAME.fullmatch(value.strip()):
        return None
    found = month_readings(f"{value.strip().rstrip('.')} 2000")
    return found[0].month if len(found) == 1 else None


def in_years(months: Sequence[int], year: int) -> tuple[dt.date, ...]:
    """Return months without a year as months that follow each other, from a year on."""
    found: list[dt.date] = []
    for month in months:
        if found and month < found[-1].month:
            year += 1
        found.append(dt.date(year, month, 1))
    return tuple(found)


def day_within(text: str, language: Language | None) -> dt.date | None:
    """Return the day or month that stands somewhere in a text, as in `Stand per 1 juli 2026`."""
    if week := _week_in(text, whole=False):
        return week
    for pattern in _IN_TEXT:
        for part in pattern.findall(text):
            found = day_in(part, language)
            if len(found) == 1:
                return found[0]
    return None


def year_within(texts: Sequence[str]) -> int | None:
    """Return the first year that is named in texts."""
    for text in texts:
        if found := _YEAR_IN_TEXT.search(text):
            return int(found[1])
    return None


def _week_in(text: str, *, whole: bool) -> dt.date | None:
    found = _WEEK.fullmatch(text.strip()) if whole else _WEEK.search(text)
    if found is None:
        return None
    week, year = (found[1], found[2]) if found[1] else (found[4], found[3])
    for weekday in _mondays(int(year), int(week)):
        return weekday
    return None


def _mondays(year: int, week: int) -> Iterator[dt.date]:
    try:
        yield dt.date.fromisocalendar(year, week, 1)
    except ValueError:
        return


def _with_century(text: str) -> str:
    """Return a month or day whose year has two digits with the whole year: jul-26 is July 2026."""
    if (found := _SHORT_YEAR.fullmatch(text)) and bare_month(found[1]) is not None:
        return f"{found[1]} 20{found[2]}"
    if found := _SHORT_DAY.fullmatch(text):
        return f"{found[1]}20{found[2]}"
    return text


def _first_of(day: dt.date) -> dt.date:
    return dt.date(day.year, day.month, 1)


def _last_of(day: dt.date) -> dt.date:
    return dt.date(day.year, day.month, calendar.monthrange(day.year, day.month)[1])
