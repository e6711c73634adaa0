"""What is empty or nothing in one row, where every other row like it holds something."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from statistics import median

from planner.core.errors import Finding
from planner.input.column import Column, ColumnType
from planner.input.location import Location
from planner.input.records import table
from planner.input.suspicious.remark import FEWEST_OTHERS, Odd, remarks
from planner.input.typed import TypedRow, TypedTables
from planner.input.values import is_empty

_NUMBERS = frozenset({ColumnType.NUMBER, ColumnType.WHOLE})
# There are few provinces, and none without a task: fewer of them are a rule.
_FEWEST_OTHERS = {"locations": FEWEST_OTHERS, "provinces": 2}
# What no plan hangs on, or what says something by being empty.
_MAY_BE_EMPTY = frozenset({"latitude", "longitude", "open_from", "open_until", "extendable_until"})
# By the others of its type there would be fewer than this: 0 is what a small location has.
_FEW = 5.0
# Who may be where, and what counts for a task, hangs on these answers.
_ANSWERS = ("child_suitable", "women_safe", "durable")
# So many others of a type, with or without an end, answer alike.
_FEWEST_ANSWERS = 3
# The same over the types, which differ in what they are for.
_FEWEST_OVER_TYPES = 8


def rows_are_filled_alike(typed: TypedTables) -> Iterator[Finding]:
    """Yield cells that are empty, or nothing, in one row only of those like it.

    Like it are those of its type, or else those that are emergency reception or are not, or all.
    """

    def odd() -> Iterator[Odd]:
        for key, fewest in _FEWEST_OTHERS.items():
            alike = _alike(typed.rows(key))
            for column in table(key).columns:
                if column.is_key or column.key in _MAY_BE_EMPTY:
                    continue
                hollow = _Hollow(typed, key, column)
                for each in hollow.found(alike, fewest):
                    fault = "alone_empty" if hollow.is_empty(each) else "alone_nothing"
                    yield Odd(key, each.row, column.key, fault, {"column": column.title})

    return remarks(typed, odd())


def _alike(rows: Sequence[TypedRow]) -> Sequence[Iterable[Sequence[TypedRow]]]:
    """Return the rows in parts that are held against one another, the finest parts first."""
    parts: list[Iterable[Sequence[TypedRow]]] = []
    for column in ("type", "emergency"):
        part: dict[object, list[TypedRow]] = defaultdict(list)
        for each in rows:
            candidate = getattr(each.record, "candidate", False)
            part[getattr(each.record, column, None), candidate].append(each)
        parts.append(part.values())
    return [*parts, (rows,)]


class _Hollow:
    """Finds the one row that holds nothing in a column."""

    def __init__(self, typed: TypedTables, key: str, column: Column) -> None:
        frame, self._column = typed.book.frame(key), column
        # Cell by cell a frame is slow: a national book has many thousands of them to look at.
        found = column.key in frame.columns
        self._cells = dict(zip(frame.index, frame[column.key], strict=True)) if found else None
        self._number = column.holds in _NUMBERS

    @property
    def says_something(self) -> bool:
        """Whether an empty cell is taken for something, or a plan hangs on it, in any row."""
        asked = self._column.holds is not ColumnType.YES_NO or self._column.key in _ANSWERS
        return asked or self._column.default is not None

    def is_empty(self, each: TypedRow) -> bool:
        """Whether the cell itself is empty, whatever is taken for it."""
        return self._cells is None or is_empty(self._cells[each.row])

    def found(
        self, alike: Sequence[Iterable[Sequence[TypedRow]]], fewest: int
    ) -> Sequence[TypedRow]:
        """Return the rows that alone hold nothing, of the first parts in which there is one."""
        for parts in alike[: None if self.says_something else 1]:
            found = [each for rows in parts if (each := self.alone(rows, fewest))]
            if found:
                return found
        return ()

    def alone(self, rows: Sequence[TypedRow], fewest: int) -> TypedRow | None:
        """Return the only row that holds nothing; none where several do, or rows are too few."""
        if len(rows) <= fewest or self._cells is None:
            return None
        hollow = [each for each in rows if self._is_hollow(each)]
        return hollow[0] if len(hollow) == 1 and not self._is_small(hollow[0], rows) else None

    def _is_hollow(self, each: TypedRow) -> bool:
        # A no is an answer, and equals 0.
        nothing = self._number and getattr(each.record, self._column.field) == 0
        return nothing or self.is_empty(each)

    def _is_small(self, hollow: TypedRow, rows: Sequence[TypedRow]) -> bool:
        """Whether a location has so few beds that of this it would have next to nothing."""
        beds = getattr(hollow.record, "beds", None)
        if not self._number or not beds or self.is_empty(hollow):
            return False
        rates = [
            (getattr(each.record, self._column.field) or 0.0) / each.record.beds
            for each in rows
            if each is not hollow and each.record.beds
        ]
        return bool(rates) and beds * median(rates) < _FEW


def answers_are_alike(typed: TypedTables) -> Iterator[Finding]:
    """Yield a yes or no that differs from that of every other location like it.

    Alike are those of one type that have an end or have none, for of what ends nothing is durable;
    and where a type has too few, those of every type that is emergency reception or is not.
    """

    def odd() -> Iterator[Odd]:
        alike: dict[tuple[object, ...], list[TypedRow]] = defaultdict(list)
        over_types: dict[object, list[TypedRow]] = defaultdict(list)
        for each in typed.rows("locations"):
            location: Location = each.record
            alike[_of_its_type(location)].append(each)
            over_types[location.emergency, location.open_until is None].append(each)
        for one, column, others in _alone(alike.values(), _FEWEST_ANSWERS):
            fields = {**_answer(one, column, others), "type": one.record.type.label}
            yield Odd("locations", one.row, column, "answer_unlike", fields)
        for one, column, others in _alone(_with_candidates(alike), _FEWEST_ANSWERS):
            if one.record.candidate:
                fields = {**_answer(one, column, others), "type": one.record.type.label}
                yield Odd("locations", one.row, column, "answer_unlike", fields)
        for one, column, others in _alone(over_types.values(), _FEWEST_OVER_TYPES):
            if len(alike[_of_its_type(one.record)]) <= _FEWEST_ANSWERS:
                fields = _answer(one, column, others)
                yield Odd("locations", one.row, column, "answer_unlike_all", fields)

    return remarks(typed, odd())


def _with_candidates(
    alike: Mapping[tuple[object, ...], Sequence[TypedRow]],
) -> Iterator[Sequence[TypedRow]]:
    """Yield each candidate that has too few like it, with those in use that are of its type."""
    for (of_type, candidate, endless), rows in alike.items():
        if candidate and len(rows) <= _FEWEST_ANSWERS:
            yield from ([each, *alike.get((of_type, False, endless), ())] for each in rows)


def _of_its_type(location: Location) -> tuple[object, ...]:
    """Return what those have in common that are held against one another."""
    return location.type, location.candidate, location.open_until is None


def _alone(alike: Iterable[Sequence[TypedRow]], fewest: int) -> Iterator[tuple[TypedRow, str, int]]:
    """Yield each row that alone answers otherwise: the row, the column, how many the others are."""
    for column in _ANSWERS:
        for rows in alike:
            yes = [each for each in rows if getattr(each.record, column)]
            no = [each for each in rows if getattr(each.record, column) is False]
            for one, others in ((yes, no), (no, yes)):
                if len(one) == 1 and len(others) >= fewest:
                    yield one[0], column, len(others)


def _answer(one: TypedRow, column: str, others: int) -> dict[str, object]:
    """Return the fields of a remark on an answer."""
    return {
        "column": table("locations").column(column).title,
        "value": getattr(one.record, column),
        "count": others,
    }
