"""Values of Scenarios that change the one that stands: `+10 %`, `x1,2`, `2 months later`."""

from __future__ import annotations

import datetime as dt
import re

from planner.core.texts import message
from planner.input.book import RawValue
from planner.input.column import Column, ColumnType
from planner.input.months import last_day, later, month_of
from planner.input.names import tidy
from planner.input.numerals import number_readings
from planner.input.scenarios.said_periods import SentenceError

_NUMBER = r"(\d[\d.,]*)"
_TIMES = re.compile(rf"(?:\u00d7|x|\*|maal|keer|times)\s*{_NUMBER}", re.IGNORECASE)
_PER_CENT = re.compile(rf"([+\-\u2212])\s*{_NUMBER}\s*%")
_MORE = re.compile(
    rf"{_NUMBER}\s*%\s*(?:(meer|hoger|more|higher)|minder|lager|less|fewer|lower)", re.IGNORECASE
)
_COUNTED = "een|één|twee|drie|vier|vijf|zes|one|two|three|four|five|six"
_SHIFT = re.compile(
    rf"([+\-\u2212])?\s*(\d{{1,3}}|{_COUNTED})\s*(?:maand(?:en)?|months?)\s*"
    r"(later|eerder|earlier|sooner)?",
    re.IGNORECASE,
)
_NUMBERS = _COUNTED.replace("één|", "").split("|")
_WORDS = {word: at % 6 + 1 for at, word in enumerate(_NUMBERS)}
_WORDS["één"] = 1
_EARLIER = frozenset({"eerder", "earlier", "sooner"})
_FIGURES = frozenset({ColumnType.NUMBER, ColumnType.WHOLE})
_DAYS = frozenset({ColumnType.DATE, ColumnType.MONTH})
_DECIMALS = 9


def is_relative(value: object) -> bool:
    """Whether a value says how the one that stands changes, such as `+10 %` or `x1,2`."""
    if not isinstance(value, str):
        return False
    text = _in_signs(value)
    shift = _SHIFT.fullmatch(text)
    moves = shift is not None and bool(shift[1] or shift[3])
    return bool(_TIMES.fullmatch(text) or _PER_CENT.fullmatch(text)) or moves


def _in_signs(value: str) -> str:
    """Return a value with words for signs: `10 % meer` is `+10 %`."""
    text = tidy(value)
    said = _MORE.fullmatch(text)
    return text if said is None else f"{'+' if said[2] else '-'}{said[1]} %"


def changed_value(column: Column, standing: object, value: object, key: str) -> RawValue | None:
    """Return what a cell becomes by a value that may say how the one that stands changes."""
    if not is_relative(value):
        return value  # type: ignore[return-value] # as it stands
    text = _in_signs(str(value))
    if standing is None or column.holds not in _FIGURES | _DAYS:
        sort = "empty" if standing is None else "no_figure"
        what = message(f"scenario.{sort}", key=key, column=column.title, value=text)
        raise SentenceError("value", what, message(f"scenario.{sort}.todo"))
    if shift := _SHIFT.fullmatch(text):
        if isinstance(standing, dt.date):
            return _shifted(standing, shift)
    elif column.holds in _FIGURES:
        number = as_number(standing) * _factor(text)  # type: ignore[operator] # it stands
        return round(number) if column.holds is ColumnType.WHOLE else round(number, _DECIMALS)
    what = message("scenario.no_figure", key=key, column=column.title, value=text)
    raise SentenceError("value", what, message("scenario.no_figure.todo"))


def as_number(value: object) -> float | None:
    """Return a number as it is; of anything else nothing."""
    return float(value) if isinstance(value, int | float) else None


def _factor(text: str) -> float:
    """Return by what a figure is multiplied: x1,2 and +20 % are 1.2."""
    times, share = _TIMES.fullmatch(text), _PER_CENT.fullmatch(text)
    written = times[1] if times else share[2] if share else ""
    found = number_readings(written)
    if len(found) != 1:
        what = message("scenario.no_number", value=text)
        raise SentenceError("value", what, message("scenario.no_number.todo"))
    if times:
        return float(found[0])
    sign = 1 if share is not None and share[1] == "+" else -1
    return 1 + sign * float(found[0]) / 100


def _shifted(day: dt.date, shift: re.Match[str]) -> dt.date:
    """Return a day some months later or earlier; the last day of a month stays a last day."""
    word = shift[2].casefold()
    count = int(word) if word.isdigit() else _WORDS[word]
    back = (shift[1] or "+") != "+" or (shift[3] or "").casefold() in _EARLIER
    month = later(month_of(day), -count if back else count)
    last = last_day(month)
    return last if day == last_day(month_of(day)) else last.replace(day=min(day.day, last.day))
