"""A remark on a cell that is read and is hardly meant: its value, why, and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from statistics import median

from planner.core.errors import Finding, Severity
from planner.core.texts import Text, message
from planner.input.finding_limit import Crowd
from planner.input.typed import TypedRow, TypedTables

# A digit too many makes ten; neighbours that differ by half of that are no slip of a digit.
LEAP = 6.0
# So many others are needed before one of them can be called unlike them.
FEWEST_OTHERS = 4
# Two or three that are no further apart than this many times tell as much.
_AGREE = 1.5


@dataclass(frozen=True)
class Odd:
    """A cell that is hardly meant: where it stands, the key of the reason, and its fields."""

    table: str
    row: int
    column: str
    fault: str
    fields: Mapping[str, object] = field(default_factory=dict)


def remarks(typed: TypedTables, odd: Iterable[Odd]) -> Iterator[Finding]:
    """Yield the remarks on cells, of a kind in a column by the thousand as a count."""
    crowds: dict[str, Crowd] = {}
    for each in odd:
        key = f"suspicious.{each.fault}"
        if crowds.setdefault(each.table, Crowd()).tells(each.column, key):
            what = message(key, **each.fields)
            todo = message(f"{key}.todo", **each.fields)
            yield typed.finding(Severity.REMARK, each.table, each.row, each.column, what, todo)
    for table, crowd in crowds.items():
        for column, what, todo in crowd.rest():
            yield typed.finding(Severity.REMARK, table, None, column, what, todo)


def written(number: float) -> Text:
    """Return a number as it stands in its cell, with every digit, and no marks for thousands."""
    digits = f"{number:.10f}".rstrip("0").rstrip(".")
    return Text(digits.replace(".", ","), digits)


def far_apart(one: float, other: float, times: float = LEAP) -> bool:
    """Whether two positive amounts differ by so many times or more; never where one is nothing."""
    return min(one, other) > 0 and max(one, other) >= times * min(one, other)


def far_from_the_others(
    amounts: Iterable[tuple[TypedRow, float]], times: float = LEAP
) -> Iterator[tuple[TypedRow, float, float]]:
    """Yield what lies so many times above or below the median of the others, with that median.

    Amounts of nothing are neither judged nor counted. Few others tell something where they agree.
    """
    given = [(each, amount) for each, amount in amounts if amount > 0]
    for at, (each, amount) in enumerate(given):
        others = [other for number, (_, other) in enumerate(given) if number != at]
        agree = len(others) > 1 and not far_apart(max(others), min(others), _AGREE)
        enough = len(others) >= FEWEST_OTHERS or agree
        if enough and far_apart(amount, usual := median(others), times):
            yield each, amount, usual
