"""One row, one size: beds, staff and residents tell how large a location is; one tells otherwise.

At one location in ten the numbers of a row differ from those of others, but as a rule they do so
together. Where one of them does not fit with each of the others, that one is hardly meant.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from planner.core.errors import Finding
from planner.core.texts import Text
from planner.input.counts import reference_date
from planner.input.group_parts import counted, likeliest_slip
from planner.input.location import Location
from planner.input.months import later
from planner.input.records import table
from planner.input.suspicious.remark import FEWEST_OTHERS, LEAP, Odd, remarks, written
from planner.input.suspicious.slips import is_slip_of_about, is_turned_about
from planner.input.typed import TypedRow, TypedTables

PEOPLE = "people"
# How many times each number may differ from what the others tell before it is questioned at all.
_LOOSE = {
    "beds": 1.3,
    "staff_fte": 1.35,
    PEOPLE: 1.35,
    "accessible_beds": LEAP,
    "school_seats": LEAP,
    "intake_per_week": LEAP,
    "task": 1.3,
    "dol_beds": 8.0,
    "places": 2.5,
}
# Where two others tell the same, so much is enough for beds, staff and residents of one type.
_LOOSE_TOGETHER, _ROUGH, _SEVERAL = 1.2, 2.0, 2
# So many times the usual spread is no spread any more; a rough one, for few rows.
_SPREADS = 5.0
_OF_NORMAL = 1.4826
# A small number may be one more or less by rounding.
_ROUNDED, _TENTH = 1.5, 0.1
# A location fills after it opens and empties before it closes.
_FILLING_MONTHS = 6
# What differs with the type of a location: schools for children, beds for who needs them. How full
# locations are differs too, so that against those of other types only a leap says something.
_OF_TYPE = frozenset({"school_seats", "accessible_beds", "intake_per_week", "dol_beds"})
_LOOSE_OVER_TYPES = 3.0
# What is held against a leap alone: of these two digits that changed places need less.
_OF_NEED, _LOOSE_TURNED = frozenset({"school_seats", "accessible_beds"}), 1.5
_FEWEST_PROVINCES = 3
# What tells how large a row is; the others are only held against these.
_TELLING = frozenset({"beds", "staff_fte", PEOPLE, "task", "places"})


@dataclass(frozen=True)
class Sized:
    """A row with the numbers that tell how large it is; what is empty or nothing is left out."""

    row: TypedRow
    type: str
    amounts: Mapping[str, float]


@dataclass(frozen=True)
class Unlike:
    """A number that does not fit with others of its row, and what they would have it be."""

    row: TypedRow
    column: str
    amount: float
    usual: float
    beside: tuple[str, ...]
    amounts: Mapping[str, float]


def unlike_the_rest(rows: Sequence[Sized], fewest: int = FEWEST_OTHERS) -> Iterator[Unlike]:
    """Yield of each row the number that fits with none of the others, if there is one.

    Two numbers fit when their ratio is about what it is in the other rows. One other number is
    enough to question a leap of a digit, or what a slip tells of: digits that changed places, or
    the very number of the row beside it. For less two must say so. `fewest` is how many other rows
    it takes.
    """
    ratios = _Ratios(rows, fewest)
    by_row = {each.row.row: each for each in rows}

    def slip_of(
        each: Sized, column: str, told: Mapping[str, _Told], against: Sequence[str]
    ) -> bool:
        amount = each.amounts[column]
        beside = [by_row[at] for at in (each.row.row - 1, each.row.row + 1) if at in by_row]
        copied = any(other.amounts.get(column) == amount for other in beside)
        return copied or any(is_slip_of_about(amount, told[other].usual) for other in against)

    middles = {
        column: median(found)
        for column in _LOOSE
        if (found := [math.log(each.amounts[column]) for each in rows if column in each.amounts])
    }
    for each in rows:
        told = _told_of(ratios, each)
        off = {column: others for column in told if (others := _against(told[column], told))}
        sizes = {
            column: sum(abs(told[column][other].off) / told[column][other].most for other in others)
            for column, others in off.items()
        }
        if not off:
            continue
        # Most others against it, also of those that tell no size; else the furthest off; else the
        # least usual for its column.
        column = max(
            off,
            key=lambda name: (
                len(off[name]),
                _witnesses(told, name),
                round(sizes[name], 6),
                abs(math.log(each.amounts[name]) - middles[name]),
            ),
        )
        most = max(map(len, off.values()))
        slips = [
            name
            for name, against in off.items()
            if len(against) == most and slip_of(each, name, told[name], against)
        ]
        column = slips[0] if len(slips) == 1 else column
        against = off[column]
        usual = math.exp(median(math.log(told[column][other].usual) for other in against))
        amount = each.amounts[column]
        leaps = max(amount, usual) >= LEAP * min(amount, usual)
        if len(against) > 1 or leaps or slips or column not in _TELLING:
            yield Unlike(each.row, column, amount, usual, tuple(against), each.amounts)


@dataclass(frozen=True)
class _Told:
    """What a number would be by another of its row, and by how much (of logarithm) it is off.

    `most` is how much it may be off by this number alone, `least` where others say the same.
    """

    usual: float
    off: float
    most: float
    least: float

    @property
    def is_off(self) -> bool:
        return abs(self.off) > self.most


def _told_of(ratios: _Ratios, each: Sized) -> Mapping[str, Mapping[str, _Told]]:
    """Return what each number of a row would be by each other one, by column and other column."""
    return {
        one: {
            other: told
            for other in each.amounts
            if one != other and other in _TELLING and (told := ratios.told(each, one, other))
        }
        for one in each.amounts
    }


def _witnesses(told: Mapping[str, Mapping[str, _Told]], column: str) -> int:
    """Return how many of the numbers that tell no size themselves do not fit with one that does."""
    return sum(
        others[column].is_off
        for name, others in told.items()
        if name not in _TELLING and column in others
    )


def _against(
    others: Mapping[str, _Told], told: Mapping[str, Mapping[str, _Told]]
) -> tuple[str, ...]:
    """Return the other numbers of a row that one does not fit with.

    Two or more that fit with one another and are all off in one direction need less for it.
    """
    off = tuple(other for other, each in others.items() if each.is_off)
    if len(off) > 1 or len(others) < _SEVERAL:
        return off
    same = len({each.off > 0 for each in others.values()}) == 1
    all_off = same and all(abs(each.off) > each.least for each in others.values())
    agree = all(
        abs(told[one][other].off) <= told[one][other].least
        for one in others
        for other in others
        if other in told.get(one, {})
    )
    return tuple(others) if all_off and agree else off


class _Ratios:
    """How many times one number is of another, row by row, and how much that differs."""

    def __init__(self, rows: Sequence[Sized], fewest: int) -> None:
        self._rows, self._fewest = rows, fewest
        self._found: dict[tuple[str, str, str], list[tuple[TypedRow, float]]] = {}

    def told(self, each: Sized, one: str, other: str) -> _Told | None:
        """Return what a number would be by another, from the rows beside it."""
        loose = max(_LOOSE[one], _LOOSE[other])
        found = self._ratios(each.type, one, other)
        if len(found) <= self._fewest:
            if _OF_TYPE & {one, other}:
                return None
            found = self._ratios("", one, other)
            loose = max(loose, _LOOSE_OVER_TYPES) if PEOPLE in {one, other} else loose
        if {one, other} == {PEOPLE, "beds"} and each.amounts[PEOPLE] > each.amounts["beds"]:
            loose = _LOOSE[PEOPLE]  # however full others are, hardly any has more people than beds
        ratios = [ratio for row, ratio in found if row is not each.row]
        if len(ratios) < self._fewest:
            return None
        usual = median(ratios)
        spread = _OF_NORMAL * median(abs(ratio - usual) for ratio in ratios)
        amount, beside = each.amounts[one], each.amounts[other]
        rounding = sum(_ROUNDED * _step(each) / each for each in (amount, beside))
        expected = math.exp(math.log(beside) + usual)
        most, least = (
            max(math.log(least), _SPREADS * spread) + rounding
            for least in (loose, _LOOSE_TOGETHER if loose < _ROUGH else loose)
        )
        off = math.log(amount / expected)
        if _OF_NEED & {one} and is_turned_about(amount, expected):
            # Two digits that changed places tell why: less is enough.
            most = min(most, max(math.log(_LOOSE_TURNED), _SPREADS * spread) + rounding)
        return _Told(expected, off, most, least)

    def _ratios(self, type_: str, one: str, other: str) -> list[tuple[TypedRow, float]]:
        key = type_, one, other
        if key not in self._found:
            self._found[key] = [
                (each.row, math.log(each.amounts[one] / each.amounts[other]))
                for each in self._rows
                if type_ in {"", each.type} and {one, other} <= each.amounts.keys()
            ]
        return self._found[key]


def _step(amount: float) -> float:
    """Return by how much a number may be off by rounding alone: one, or a tenth."""
    return 1.0 if amount.is_integer() else _TENTH


def sizes_agree(typed: TypedTables) -> Iterator[Finding]:
    """Yield numbers of locations that fit with none of the row's others: beds, staff, residents."""
    people = counted(typed)
    date = reference_date(typed)

    def odd() -> Iterator[Odd]:
        rows = [_sized(each, people, date) for each in typed.rows("locations")]
        for each in unlike_the_rest(rows):
            if each.column == PEOPLE:
                yield from _residents(typed, each)
            else:
                yield Odd("locations", each.row.row, each.column, "size_unlike", _fields(each))

    return remarks(typed, odd())


def _sized(each: TypedRow, people: Mapping[str, list[TypedRow]], date: dt.date | None) -> Sized:
    location: Location = each.record
    amounts = {
        column: float(amount)
        for column in _LOOSE
        if table("locations").knows(column) and (amount := getattr(location, column))
    }
    living = sum(row.record.people for row in people.get(location.id, ()))
    # Who moves in or out makes a location emptier than others, and not fuller.
    told = living > location.beds or not _is_filling(location, date)
    if living and not location.candidate and told:
        amounts[PEOPLE] = float(living)
    return Sized(each, str(location.type), amounts)


def _is_filling(location: Location, date: dt.date | None) -> bool:
    """Whether a location opened so shortly ago, or closes so soon, that it need not be full."""
    if date is None:
        return False
    near = [day for day in (location.open_from, location.open_until) if day is not None]
    first, last = later(date, -_FILLING_MONTHS), later(date, _FILLING_MONTHS)
    return any(first <= day <= last for day in near)


def _fields(each: Unlike) -> Mapping[str, object]:
    """Return the fields of a remark: the number, what it would be, and what says so."""
    beside = tuple(_worded(name, each.amounts[name]) for name in each.beside)
    title = _title(each.column)
    return {
        "amount": written(each.amount),
        "usual": _rounded(each.usual),
        "column": title,
        "beside": beside,
    }


def _worded(column: str, amount: float) -> Text:
    title, number = _title(column), written(amount)
    return Text(f"{title.nl} {number.nl}", f"{title.en} {number.en}")


def _title(column: str) -> Text:
    for name, key in (("locations", column), ("occupancy", column), ("provinces", column)):
        if table(name).knows(key):
            return table(name).column(key).title
    return Text("bedden", "beds")


def _rounded(number: float) -> float:
    """Return a number to two figures: it is an estimate."""
    digits = 1 - math.floor(math.log10(number))
    rounded = round(number, digits)
    return rounded if digits > 0 else float(int(rounded))


def _residents(typed: TypedTables, unlike: Unlike) -> Iterator[Odd]:
    """Yield the row of the count that is the likeliest slip where people do not fit the beds."""
    location = unlike.row.record.id
    over = unlike.amount > unlike.usual
    likeliest = likeliest_slip(typed, location, unlike.usual, over=over)
    if likeliest is None:
        return
    fields = {
        "people": likeliest.record.people,
        "group": likeliest.record.group,
        "total": unlike.amount,
        "usual": _rounded(unlike.usual),
        "location": location,
    }
    yield Odd("occupancy", likeliest.row, "people", "residents_unlike", fields)


def tasks_agree(typed: TypedTables) -> Iterator[Finding]:
    """Yield tasks and staff of provinces that fit neither with each other nor with the beds."""

    def odd() -> Iterator[Odd]:
        beds: dict[str, float] = defaultdict(float)
        for location in typed.records("locations"):
            beds[location.province] += location.beds
        rows = []
        for each in typed.rows("provinces"):
            amounts = {
                "task": each.record.task,
                "staff_fte": each.record.staff_fte,
                "places": beds[each.record.province],
            }
            rows.append(Sized(each, "", {name: float(n) for name, n in amounts.items() if n}))
        for unlike in unlike_the_rest(rows, _FEWEST_PROVINCES):
            if unlike.column != "places":
                at = unlike.row.row
                yield Odd("provinces", at, unlike.column, "size_unlike", _fields(unlike))

    return remarks(typed, odd())
