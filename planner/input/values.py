"""Reading one cell: a raw value becomes what its column declares, or is refused with the reason.

Empty is never zero. What a Dutch and an English reader would take differently is refused, with
both readings; what the column's bounds leave only one reading of is accepted.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Mapping
from functools import cache

from planner.core.texts import Message, Text, message
from planner.input.book import CellError, RawValue, Uncalculated
from planner.input.column import Column, ColumnType
from planner.input.days import (
    FIRST_YEAR,
    LAST_YEAR,
    day_of_serial,
    day_readings,
    month_readings,
)
from planner.input.kinds import Listed
from planner.input.names import nearest, plain, tidy
from planner.input.numerals import Number, number_readings
from planner.input.supplied_names import code_of

# Nearer to a whole number than this part of it is a sheet's rounding, not somebody's fraction.
_ROUNDING = 1e-9

_LONGEST_SHOWN = 60

_EURO = re.compile(r"^(?:€|eur(?:o)?\b)\s*|(?<!\s)\s*(?:€|\beur(?:o)?)$", re.IGNORECASE)
_NO_CENTS = re.compile(r"([+-]?\d{1,3}(?:[.,]\d{3})*|[+-]?\d+)([.,])(?:-{1,2}|[\u2013\u2014])")
# Nobody counts so many of anything; calculating with them goes wrong without a word.
_LARGEST = 1e15
_WHOLE_PERCENT = 100

_YES = {"ja", "j", "yes", "y", "true", "waar", "x", "1"}
_NO = {"nee", "neen", "n", "no", "false", "onwaar", "0"}


class UnreadableValueError(Exception):
    """A cell does not hold what its column declares."""

    def __init__(self, what: Message, todo: Message) -> None:
        """Keep what is wrong and what to do."""
        super().__init__(what.key)
        self.what = what
        self.todo = todo


def read_value(column: Column, raw: RawValue | None) -> object:
    """Return a cell's value as its column declares it, `None` where the cell is empty.

    The type is `str` for text, identifiers; a tuple of them for lists; a `Listed` member for
    choices; `int`, `float`, `bool` and `date`. A column that holds anything returns the raw value.
    `UnreadableValueError` says what is wrong otherwise.
    """
    if isinstance(raw, str):
        raw = tidy(raw) or None
    if raw is None:
        return None
    if isinstance(raw, CellError):
        raise _unreadable("cell_error", raw)
    if isinstance(raw, Uncalculated):
        raise _unreadable("uncalculated", raw)
    if isinstance(raw, float) and not math.isfinite(raw):
        raise _unreadable("not_finite", raw)
    return _READERS[column.holds](column, raw)


def is_empty(raw: object) -> bool:
    """Whether a raw value stands for an empty cell: nothing, or nothing but spaces."""
    if isinstance(raw, str):
        # Nearly every text begins with a letter or digit; looking further takes time in all cells.
        return not (raw[:1].isalnum() or tidy(raw))
    return raw is None


def shown(raw: object) -> str:
    """Return a raw value as it is quoted in a finding, long ones cut short."""
    text = tidy(raw.isoformat() if isinstance(raw, dt.date) else str(raw))
    return text if len(text) <= _LONGEST_SHOWN else f"{text[: _LONGEST_SHOWN - 1]}…"


def _unreadable(fault: str, raw: object, **fields: object) -> UnreadableValueError:
    """Return the error of a fault of the catalogue, with its advice."""
    return UnreadableValueError(
        message(f"value.{fault}", value=shown(raw), **fields),
        message(f"value.{fault}.todo", value=shown(raw), **fields),
    )


def _any(_column: Column, raw: RawValue) -> object:
    return raw


def _text(column: Column, raw: RawValue) -> str:
    written = _written(raw)
    return written if column.named is None else code_of(column.named, written)


def _written(raw: RawValue) -> str:
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    return raw.isoformat() if isinstance(raw, dt.date | dt.time) else str(raw)


def _identifier(column: Column, raw: RawValue) -> str:
    # A sheet turns a code such as 1-2 into a day; whoever wrote it meant the code.
    if isinstance(raw, bool | dt.date | dt.time):
        raise _unreadable("not_identifier", raw)
    return _text(column, raw)


def _list(column: Column, raw: RawValue) -> tuple[str, ...] | None:
    parts = (tidy(part) for part in _identifier(column, raw).split(";"))
    return tuple(dict.fromkeys(part for part in parts if part)) or None


def _choice(column: Column, raw: RawValue) -> Listed:
    if column.choices is None:
        raise TypeError(f"the column {column.key} holds a choice but lists none")
    known = _choices(column.choices)
    name = _text(column, raw)
    if plain(name) in known:
        return known[plain(name)]
    likely = nearest(name, _spellings(column.choices))
    if likely is not None:
        member = known[plain(likely)]
        what = message("value.not_listed", value=shown(raw))
        raise UnreadableValueError(what, message("value.not_listed.nearest", nearest=member.label))
    labels = tuple(each.label for each in column.choices)
    raise _unreadable("not_listed", raw, known=labels)


# Labels that listed values had, so that workbooks and plans of earlier versions are still read.
LABELS_BEFORE: Mapping[str, str] = {
    "terugval": "fallback",
    "wijzigingen": "change",
    "changes": "change",
}


@cache
def _choices(listed: type[Listed]) -> Mapping[str, Listed]:
    """Return the members by every way to write them: key, Dutch and English label."""
    return {plain(name): member for name, member in _spellings(listed).items()}


@cache
def _spellings(listed: type[Listed]) -> Mapping[str, Listed]:
    """Return each label and key with the member it stands for; a key goes before a label."""
    labels = {name: each for each in listed for name in (each.label.nl, each.label.en)}
    keys = {each.value: each for each in listed}
    before = {name: keys[key] for name, key in LABELS_BEFORE.items() if key in keys}
    return before | labels | keys


def _yes_no(_column: Column, raw: RawValue) -> bool:
    """Read yes or no.

    Yes is ja, j, yes, y, true, waar, x or 1; no is nee, neen, n, no, false, onwaar or 0; in any
    case, or as a sheet's own true and false. A sign more, as in `ja?` or `-1`, is no plain answer.
    """
    if isinstance(raw, bool):
        return raw
    name = tidy(_text(_column, raw)).casefold()
    if name in _YES:
        return True
    if name in _NO:
        return False
    raise _unreadable("not_yes_no", raw)


def _whole(column: Column, raw: RawValue) -> int:
    number = _number_in(column, raw, whole=True)
    if not _is_whole(number):
        raise _unreadable("not_whole", raw)
    return round(_within(column, number, raw))


def _number(column: Column, raw: RawValue) -> float:
    return float(_within(column, _number_in(column, raw, whole=False), raw))


def _number_in(column: Column, raw: RawValue, *, whole: bool) -> Number:
    """Return the one number that a cell can mean in its column."""
    if isinstance(raw, bool):
        raise _unreadable("yes_no_for_number", raw)
    if isinstance(raw, int | float):
        return raw
    if not isinstance(raw, str):
        raise _unreadable("date_for_number", raw)
    readings = _readings(column, raw)
    if not readings:
        raise _unreadable("not_number", raw)
    fitting = [each for each in readings if _fits(column, each, whole=whole)]
    if len(fitting) > 1:
        first, second = sorted(fitting, key=abs, reverse=True)
        raise _unreadable("two_numbers", raw, first=_figure(first), second=_figure(second))
    return (fitting or readings)[0]


def _readings(column: Column, text: str) -> tuple[Number, ...]:
    """Return the numbers a text can mean, its sign for euro or per cent understood."""
    if column.unit == "euro":
        text = _EURO.sub("", text)
        if whole := _NO_CENTS.fullmatch(text):
            # Who writes the cents as a dash parts the thousands with the other mark.
            text = whole[1].replace("." if whole[2] == "," else ",", "")
    if column.unit == "share" and text.endswith("%"):
        return tuple(each / 100 for each in number_readings(text.removesuffix("%").strip()))
    return number_readings(text)


def _fits(column: Column, number: Number, *, whole: bool) -> bool:
    low = column.minimum is None or number >= column.minimum
    high = column.maximum is None or number <= column.maximum
    return low and high and (not whole or _is_whole(number))


def _is_whole(number: Number) -> bool:
    return abs(number - round(number)) <= _ROUNDING * max(1.0, abs(number))


def _within(column: Column, number: Number, raw: RawValue) -> Number:
    if abs(number) > _LARGEST:
        raise _unreadable("not_finite", raw)
    if number < 0 and column.minimum == 0:
        bound = _figure(column.minimum)
        what = message("value.too_low", value=shown(raw), bound=bound, column=column.title)
        raise UnreadableValueError(what, message("value.minus.todo", positive=_figure(-number)))
    if column.minimum is not None and number < column.minimum:
        raise _unreadable("too_low", raw, bound=_figure(column.minimum), column=column.title)
    if column.unit == "share" and column.maximum == 1 and 1 < number <= _WHOLE_PERCENT:
        share = _figure(number / _WHOLE_PERCENT)
        what = message("value.too_high", value=shown(raw), bound=_figure(1), column=column.title)
        raise UnreadableValueError(what, message("value.percent.todo", share=share))
    if column.maximum is not None and number > column.maximum:
        raise _unreadable("too_high", raw, bound=_figure(column.maximum), column=column.title)
    return number


def _figure(number: Number) -> Text:
    """Return a number without marks between thousands, so that it can be taken one way only."""
    written = f"{number:.10f}".rstrip("0").rstrip(".")
    return Text(written.replace(".", ","), written)


def _date(_column: Column, raw: RawValue) -> dt.date:
    readings = (raw,) if isinstance(raw, dt.date) else _days_in(raw, day_readings)
    if len(readings) > 1:
        raise _unreadable("two_dates", raw, first=readings[0], second=readings[1])
    return _likely_year(readings[0], raw)


def _month(_column: Column, raw: RawValue) -> dt.date:
    readings = (raw,) if isinstance(raw, dt.date) else _days_in(raw, month_readings)
    firsts = [each for each in readings if each.day == 1]
    if not firsts:
        month = readings[0].replace(day=1)
        raise _unreadable("not_first_of_month", raw, first=month.strftime("%Y-%m-%d"))
    if firsts[0] != readings[0]:
        # Who writes as we do means a day within a month; only the other order makes it a first.
        raise _unreadable("two_dates", raw, first=readings[0], second=firsts[0])
    return _likely_year(firsts[0], raw)


def _days_in(raw: RawValue, read: Callable[[str], tuple[dt.date, ...]]) -> tuple[dt.date, ...]:
    """Return the days that a cell without a day of its own can mean; at least one."""
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        day = day_of_serial(raw)
        if day is not None:
            raise _unreadable("number_for_date", raw, day=day)
    if not isinstance(raw, str):
        raise _unreadable("not_date", raw)
    readings = read(raw)
    if not readings:
        raise _unreadable("not_date", raw)
    return readings


def _likely_year(day: dt.date, raw: RawValue) -> dt.date:
    """Return the day without its time of day; years that nobody plans for are refused."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise _unreadable("odd_year", raw, first=str(FIRST_YEAR), last=str(LAST_YEAR))
    return day.date() if isinstance(day, dt.datetime) else day


_READERS: Mapping[ColumnType, Callable[[Column, RawValue], object]] = {
    ColumnType.TEXT: _text,
    ColumnType.IDENTIFIER: _identifier,
    ColumnType.LIST: _list,
    ColumnType.CHOICE: _choice,
    ColumnType.WHOLE: _whole,
    ColumnType.NUMBER: _number,
    ColumnType.DATE: _date,
    ColumnType.MONTH: _month,
    ColumnType.YES_NO: _yes_no,
    ColumnType.ANY: _any,
}
