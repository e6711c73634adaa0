"""How a cell of the input is shown and read: by its column's declaration, in the language in use.

What cannot be read as the column declares is kept as it was typed; the check then says so at the
cell. Nothing is guessed.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from typing import TYPE_CHECKING

from planner.core.texts import Language, show_date, show_month, show_number
from planner.input.column import Column, ColumnType
from planner.input.kinds import Listed
from planner.input.parameters import supplied
from planner.input.records import table
from planner.input.supplied_names import Named, code_of, name_of
from planner.input.supplied_words import supplied_text
from planner.sheets.units import unit_key, unit_title

if TYPE_CHECKING:
    from planner.input.book import RawValue

NUMERIC = (ColumnType.WHOLE, ColumnType.NUMBER)
DIGITS = 6  # decimals shown of an input number: latitudes have as many


def is_empty(value: object) -> bool:
    """Whether a raw value stands for an empty cell."""
    return value is None or value != value  # noqa: PLR0124 - true of NaN alone


def shown(column: Column, value: object, language: Language) -> str:
    """Return a raw value as the table shows it; text stays as it was typed."""
    match value:
        case str():
            return _listed(column, value, language)
        case bool():
            return yes_no(language, yes=value)
        case int() | float() if not is_empty(value):
            return _number(column, value, language)
        case dt.date():
            day = value.date() if isinstance(value, dt.datetime) else value
            bare = column.holds is ColumnType.MONTH and day.day == 1
            return show_month(day, language) if bare else show_date(day, language)
        case _:
            return "" if is_empty(value) else str(value)


def parameter_name(value: object, language: Language) -> str:
    """Return a parameter's title with its name; one that is not known by its name alone."""
    known = supplied().get(code_of(Named.PARAMETERS, str(value)))
    return str(value or "") if known is None else known.title.in_(language)


def parameter_meaning(value: object, language: Language) -> str:
    """Return what a parameter means; nothing for one that is not known."""
    known = supplied().get(code_of(Named.PARAMETERS, str(value)))
    return "" if known is None else known.meaning.in_(language)


def typed(column: Column, value: object, language: Language) -> str:
    """Return a raw value as a user would type it, for editing and for the clipboard."""
    if isinstance(value, dt.date):
        day = value.date() if isinstance(value, dt.datetime) else value
        if language is Language.NL:
            return f"{day.day:02}-{day.month:02}-{day.year}"
        return day.isoformat()
    if isinstance(value, int | float) and not isinstance(value, bool) and not is_empty(value):
        plain = f"{value:.10f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
        return plain.replace(".", ",") if language is Language.NL else plain
    if column.named is not None and isinstance(value, str):
        return value  # names are kept as the file has them, until another is typed
    return shown(column, value, language)


def read(column: Column, text: str, language: Language) -> RawValue | None:
    """Return what a text typed in the language stands for; text that cannot be read is kept.

    Here, unlike in a file, the writer's language is known, so that `1.200` and `03-04-2026` have
    one reading.
    """
    from planner.input.scenarios.said_values import is_relative  # noqa: PLC0415 - as below
    from planner.input.values import (  # noqa: PLC0415 - loaded when first needed, after the first paint
        UnreadableValueError,
        read_value,
    )

    text = text.strip()
    if not text:
        return None
    if column.holds in (ColumnType.IDENTIFIER, ColumnType.TEXT, ColumnType.LIST):
        return text
    if column.holds is ColumnType.ANY:
        if column == table("scenarios").column("value") and is_relative(text):
            return text  # 10 % more, and not the number 0.1
        number = _number_typed(text, language)
        return number if number is not None else _day_typed(text, language) or text
    plain: RawValue = text
    if column.holds in NUMERIC:
        number = _number_typed(text, language)
        plain = text if number is None else number
    elif column.holds in (ColumnType.DATE, ColumnType.MONTH):
        plain = _day_typed(text, language) or text
    try:
        value = read_value(column, plain)
    except UnreadableValueError:
        return plain
    return str(value) if isinstance(value, str) else _raw(value, plain)


def _raw(value: object, plain: RawValue) -> RawValue:
    """Return a value as cells keep it; whole numbers without a fraction are kept whole."""
    if isinstance(value, bool | int | dt.date):
        return value
    if isinstance(value, float):
        return int(value) if value.is_integer() and isinstance(plain, int) else value
    return plain


_NUMBER_NL = re.compile(r"[+-]?(\d{1,3}(\.\d{3})+|\d+)(,\d+)?")
_NUMBER_EN = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?")
_SIGNS = re.compile(r"[€\s\u00a0\u202f]")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DAY = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})")


def _number_typed(text: str, language: Language) -> int | float | None:
    """Return the number that a text is in the notation of the language, if it is one.

    A sheet copies what it shows: amounts with their sign, shares as percentages.
    """
    text = _SIGNS.sub("", text)
    if text.endswith("%"):
        part = _number_typed(text[:-1], language)
        return None if part is None else round(part / 100, 12)
    pattern = _NUMBER_NL if language is Language.NL else _NUMBER_EN
    if pattern.fullmatch(text) is None:
        return None
    grouping, decimal = (".", ",") if language is Language.NL else (",", ".")
    plain = text.replace(grouping, "").replace(decimal, ".")
    return float(plain) if "." in plain else int(plain)


def _day_typed(text: str, language: Language) -> dt.date | None:
    """Return the day of year-month-day, and of day-month-year where the writer is Dutch."""
    found = _ISO.fullmatch(text)
    parts = found and (found[1], found[2], found[3])
    if parts is None and language is Language.NL:
        found = _DAY.fullmatch(text)
        parts = found and (found[4], found[3], found[1])
    if not parts:
        return None
    try:
        return dt.date(*map(int, parts))
    except ValueError:
        return None


def choices(column: Column, language: Language) -> tuple[tuple[str, str], ...]:
    """Return the listed values of a column: what is kept, and its label; none where it has none."""
    if column.holds is ColumnType.YES_NO:
        return (
            ("yes", yes_no(language, yes=True)),
            ("no", yes_no(language, yes=False)),
        )
    if column.choices is None:
        return ()
    return tuple((str(each.value), each.label.in_(language)) for each in column.choices)


def yes_no(language: Language, *, yes: bool) -> str:
    """Return the word for a truth value."""
    words = {Language.NL: ("nee", "ja"), Language.EN: ("no", "yes")}
    return words[language][yes]


@cache
def _listed(column: Column, value: str, language: Language) -> str:
    """Return the word for a listed value or a truth value, however the file writes it."""
    from planner.input.values import (  # noqa: PLC0415 - as above
        UnreadableValueError,
        read_value,
    )

    if column.choices is None and column.holds is not ColumnType.YES_NO:
        return _supplied(column, value, language)
    try:
        read = read_value(column, value)
    except UnreadableValueError:
        return value
    if isinstance(read, bool):
        return yes_no(language, yes=read)
    return read.label.in_(language) if isinstance(read, Listed) else value


def unit(written: str, language: Language) -> str:
    """Return a unit, in whatever language it was written; the planner's own as it is."""
    return unit_title(unit_key(written), language)


def source(written: str, language: Language) -> str:
    """Return a supplied source in the language; the planner's own as it is."""
    return supplied_text(written).in_(language)


def _supplied(column: Column, value: str, language: Language) -> str:
    if column.named is None:
        return value
    return name_of(column.named, code_of(column.named, value), language)


def _number(column: Column, value: float, language: Language) -> str:
    if column.holds in (ColumnType.IDENTIFIER, ColumnType.TEXT, ColumnType.LIST):
        return str(value)
    if isinstance(value, int) or value.is_integer():
        return show_number(value, language, 0)
    digits = len(f"{value:.{DIGITS}f}".rstrip("0").split(".")[1])
    return show_number(value, language, max(digits, 1))
