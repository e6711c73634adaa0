"""What may be typed to narrow a column: part of a text, `=` a value, `>` or `<` a number or day.

`=` alone stands for empty cells and `<>` alone for filled ones. What follows the sign is read as
the column's cells are, in the language in use.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from ui.tables import cells

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.core.texts import Language
    from planner.input.column import Column, Table

    Passes = Callable[[object], bool]

_SIGNED = re.compile(r"(<=|>=|<>|!=|=|<|>)(.*)", re.DOTALL)
Rank = tuple[int, float, str]


def rank(value: object) -> Rank:
    """Return where a value stands in a sorted column: numbers, days, text, then empty cells."""
    if cells.is_empty(value):
        return (3, 0.0, "")
    if isinstance(value, int | float):
        return (0, float(value), "")
    if isinstance(value, dt.date):
        return (1, float(value.toordinal()), "")
    return (2, 0.0, str(value).casefold())


def passing(column: Column, typed: str, language: Language) -> Passes:
    """Return whether a raw value passes what was typed for its column."""
    return _remembering(_passing(column, typed.strip(), language))


def containing(table: Table, column: Column, text: str, language: Language) -> Passes:
    """Return whether a raw value is shown with a text in it; parameters are shown by their titles.

    Each value is asked once.
    """
    if table.key == "parameters" and column.is_key:
        sought = text.casefold()
        return lambda value: sought in cells.parameter_name(value, language).casefold()
    return _containing(column, text, language)


def _containing(column: Column, text: str, language: Language) -> Passes:
    sought = text.casefold()
    return _remembering(lambda value: sought in cells.shown(column, value, language).casefold())


def _remembering(passes: Passes) -> Passes:
    """Return the same, asked once for each value: those of a column repeat."""
    known: dict[tuple[type, object], bool] = {}

    def remembered(value: object) -> bool:
        key = (type(value), value)
        if key not in known:
            known[key] = passes(value)
        return known[key]

    return remembered


def _passing(column: Column, typed: str, language: Language) -> Passes:
    signed = _SIGNED.fullmatch(typed)
    if signed is None:
        return _containing(column, typed, language)
    sign, operand = signed[1], signed[2].strip()
    if sign in {"=", "<>", "!="}:
        same = _same(column, operand, language)
        return same if sign == "=" else lambda value: not same(value)
    bound = rank(cells.read(column, operand, language))
    return _BOUNDS[sign](bound)


def _same(column: Column, operand: str, language: Language) -> Passes:
    if not operand:
        return cells.is_empty
    sought = operand.casefold()
    wanted = rank(cells.read(column, operand, language))

    def same(value: object) -> bool:
        return rank(value) == wanted or cells.shown(column, value, language).casefold() == sought

    return same


def _bounded(holds: Callable[[Rank, Rank], bool]) -> Callable[[Rank], Passes]:
    """Return what makes a comparison with values of the same sort; others never pass."""

    def make(bound: Rank) -> Passes:
        return lambda value: rank(value)[0] == bound[0] and holds(rank(value), bound)

    return make


_BOUNDS: dict[str, Callable[[Rank], Passes]] = {
    ">": _bounded(lambda value, bound: value > bound),
    ">=": _bounded(lambda value, bound: value >= bound),
    "<": _bounded(lambda value, bound: value < bound),
    "<=": _bounded(lambda value, bound: value <= bound),
}
