"""Units as the reader's language names them, and back to their keys."""

from __future__ import annotations

import math

from planner.core.over_months import SHARE, SHARES, as_read, unit_words
from planner.core.texts import Language, Message, Text, catalogue, message, say, show, show_number
from planner.input.column import Column
from planner.input.supplied_names import Named, code_of

_PREFIX = "unit."
_NOTHING, _MANY = 0.005, 10.0
_THOUSAND, _MILLION = 1e3, 1e6
# Units of which a part tells something however large the number is.
_IN_PARTS = frozenset({"months", "share", "weeks", "days", "figures"})
# No unit, one that the cells show themselves, or another in each row.
_UNITS_SEEN = frozenset({"", "share", "figures"})
_PEOPLE = "people"


def unit_title(unit: str, language: Language) -> str:
    """Return a unit in a language; one that the catalogue does not name, as it is."""
    text = catalogue().get(f"{_PREFIX}{unit}")
    return unit if text is None else text.in_(language)


def title_with_unit(column: Column, language: Language) -> str:
    """Return the title of a column with its unit behind it, where it does not say that itself."""
    title, unit = column.title.in_(language), unit_title(column.unit, language)
    of_people = column.key == column.unit == _PEOPLE  # called so in either language
    if column.unit in _UNITS_SEEN or of_people or unit.casefold() in title.casefold():
        return title
    return f"{title} ({unit})"


def figure_words(value: float, unit: str, language: Language) -> tuple[str, str]:
    """Return a figure as people read it and its unit, apart; a share in percents."""
    if unit in SHARES:
        words = say("unit.percent" if unit == SHARE else "unit.percent-months", language)
        return show_number(as_read(100.0 * value), language), words
    return show_number(as_read(value), language), show(unit_words(unit, value), language)


def figure_text(value: float, unit: str) -> Text:
    """Return a figure with its unit behind it, in both languages."""
    return Text(*(" ".join(figure_words(value, unit, language)) for language in Language))


def money_words(amount: float) -> Message:
    """Return an amount of money as it is read aloud: from a million on in millions."""
    if abs(amount) < _MILLION:
        return message("answer.euros", amount=round(amount))
    return message("answer.millions", amount=as_read(round(amount / _MILLION, 1)))


def rough_money(amount: float) -> Text:
    """Return an estimated amount as it is read aloud: in thousands where it is ten of them."""
    near = round(amount, -3) if abs(amount) >= _MANY * _THOUSAND else amount
    return money_words(near).both


def digits_of(value: float, unit: str = "") -> int:
    """Return how many decimals tell a number of a unit by itself, among others of other units.

    None where it is whole, and none of ten people or places and more; of lengths of time and
    parts one tells enough from one on, of anything smaller two.
    """
    if not math.isfinite(value) or abs(value - round(value)) < _NOTHING:
        return 0
    if abs(value) >= _MANY and unit not in _IN_PARTS:
        return 0
    return 1 if abs(value) >= 1 else 2


def number_format_of(value: float) -> str:
    """Return the Excel format of a number of people or places.

    A tenth is read below ten only, and not of a whole number.
    Chosen by the number and not by a condition in the format (`[>=10]`), with which LibreOffice
    shows a negative number without its sign.
    """
    whole = abs(value) >= _MANY or abs(value - round(value)) < _NOTHING
    return "#,##0" if whole else "#,##0.0"


def unit_key(title: str) -> str:
    """Return the key of a unit that stands in a workbook in either language."""
    return code_of(Named.UNITS, title)
