"""What stands twice: a location under two ids, a block of numbers copied; and a sign that flips."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from planner.core.errors import Finding
from planner.input.book import column_letters
from planner.input.column import Table
from planner.input.counts import rows_at_start
from planner.input.group_parts import counted
from planner.input.names import plain
from planner.input.records import TABLES
from planner.input.suspicious.remark import FEWEST_OTHERS, Odd, remarks
from planner.input.typed import TypedRow, TypedTables

# More rows of the same key are a block that was pasted again.
_FEW_TWICE = 20
# So many numbers that differ are alike in two places only where they were copied.
_COPIED_MONTHS, _COPIED_GROUPS, _COPIED_PEOPLE = 6, 4, 100


def locations_stand_once(typed: TypedTables) -> Iterator[Finding]:
    """Yield locations of the same name, municipality and beds as one above it."""

    def odd() -> Iterator[Odd]:
        seen: dict[tuple[str, str, int], TypedRow] = {}
        for each in typed.rows("locations"):
            location = each.record
            if not location.name or not location.beds:
                continue
            key = plain(location.name), plain(location.municipality), location.beds
            if (first := seen.setdefault(key, each)) is not each:
                fields = {"id": location.id, "other": first.record.id, "beds": location.beds}
                yield Odd("locations", each.row, "id", "location_twice", fields)

    return remarks(typed, odd())


def keys_follow_the_order(typed: TypedTables) -> Iterator[Finding]:
    """Yield of two rows of the same key the one that breaks the order in which rows stand.

    Both may be the slip. Where one stands among rows of another location, or after a stream that it
    never comes after, it is that one; where both fit, the one whose number of people is unlike the
    group's part elsewhere. Of many such rows none is a slip.
    """

    def odd() -> Iterator[Odd]:
        for declared in TABLES:
            rows = typed.rows(declared.key)
            fields = [column.field for column in declared.key_columns]
            for one, other in _twice(typed, declared):
                meant = _location_meant(typed, declared, rows, (one, other))
                if meant is not None:
                    at, name, why = meant
                    where = {"name": name, "row": str(rows[other if at == one else one].row)}
                    yield Odd(declared.key, rows[at].row, "location", why, where)
                    continue
                told = {
                    (at, name): _in_order(rows, at, name) for at in (one, other) for name in fields
                }
                at, name = min(told, key=told.__getitem__)
                beside = other if at == one else one
                where = {"row": str(rows[beside].row)}
                if told[at, name] < told[beside, name]:
                    column = declared.key_columns[fields.index(name)].key
                    yield Odd(declared.key, rows[at].row, column, "key_out_of_order", where)
                elif declared.key == "occupancy" and (
                    slip := _unlike_its_group(typed, rows[one], rows[other])
                ):
                    where = {"row": str((rows[other] if slip is rows[one] else rows[one]).row)}
                    yield Odd(declared.key, slip.row, "group", "key_of_other_people", where)

    return remarks(typed, odd())


def _location_meant(
    typed: TypedTables, declared: Table, rows: Sequence[TypedRow], twice: tuple[int, int]
) -> tuple[int, str, str] | None:
    """Return which of two rows likely has another location's key, which that is, and why."""
    if declared.key != "occupancy":
        return None
    gone = _gone_instead(typed, rows, twice)
    if gone is not None:
        return (*gone, "key_of_another")
    # Of two that stand together it is the group that was copied.
    border = None if abs(twice[0] - twice[1]) == 1 else _at_the_border(rows, twice)
    return None if border is None else (*border, "key_at_the_border")


def _gone_instead(
    typed: TypedTables, rows: Sequence[TypedRow], twice: tuple[int, int]
) -> tuple[int, str] | None:
    """Return which of two rows stands where an open location would that is counted nowhere."""
    order = {
        each.id: at for at, each in enumerate(typed.records("locations")) if not each.candidate
    }
    here = [order.get(each.record.location, -1) for each in rows]
    found = [
        (at, name)
        for name in order.keys() - {each.record.location for each in rows}
        for at in twice
        if (not at or here[at - 1] < order[name])
        and (at + 1 == len(rows) or order[name] < here[at + 1])
    ]
    return found[0] if len(found) == 1 else None


def _at_the_border(rows: Sequence[TypedRow], twice: tuple[int, int]) -> tuple[int, str] | None:
    """Return which of two rows stands beside a location without its group, in another's order.

    That is so at the border of two locations' rows: wherever both groups are counted, the row's
    group stands on the other side of the one that is next to it here.
    """
    places: dict[str, dict[str, int]] = defaultdict(dict)
    for at, each in enumerate(rows):
        places[each.record.location].setdefault(each.record.group, at)
    found = []
    for at in twice:
        own = rows[at].record
        for before, after in ((at - 1, at + 1), (at + 1, at - 1)):
            if not (0 <= before < len(rows) and 0 <= after < len(rows)):
                continue
            beyond, beside = rows[before].record, rows[after].record
            elsewhere = [
                where[own.group] < where[beside.group]
                for location, where in places.items()
                if location != own.location and own.group in where and beside.group in where
            ]
            if (
                beside.location == own.location != beyond.location
                and own.group not in places[beyond.location]
                and len(elsewhere) >= FEWEST_OTHERS
                and len(set(elsewhere)) == 1
                and elsewhere[0] != (at < after)
            ):
                found.append((at, beyond.location))
    return found[0] if len(found) == 1 else None


def _unlike_its_group(typed: TypedTables, one: TypedRow, other: TypedRow) -> TypedRow | None:
    """Return which of two rows of one group at a location is further from its part elsewhere."""
    people = counted(typed)
    parts = []
    for location, rows in people.items():
        total = sum(each.record.people for each in rows)
        own = sum(each.record.people for each in rows if each.record.group == one.record.group)
        if location != one.record.location and own:
            parts.append(own / total)
    here = sum(each.record.people for each in people.get(one.record.location, ()))
    if len(parts) < FEWEST_OTHERS or one.record.people == other.record.people or not here:
        return None
    usual = here * median(parts)
    return max((one, other), key=lambda each: abs(math.log(max(each.record.people, 0.5) / usual)))


def _twice(typed: TypedTables, declared: Table) -> list[tuple[int, int]]:
    """Return where rows of one key stand, if these are few."""
    seen: dict[tuple[object, ...], int] = {}
    found = []
    for at, each in enumerate(typed.rows(declared.key)):
        earlier = seen.setdefault(each.key(declared), at)
        if earlier != at:
            found.append((earlier, at))
    return found if len(found) <= _FEW_TWICE else []


def _in_order(rows: Sequence[TypedRow], at: int, name: str) -> int:
    """Return how many of the values before and after a row's stand so beside it elsewhere too."""
    values = [getattr(each.record, name) for each in rows]
    pairs = [(values[each], values[each + 1]) for each in (at - 1, at) if 0 <= each < len(rows) - 1]
    elsewhere = {pair for number, pair in enumerate(pairwise(values)) if number not in {at - 1, at}}
    return sum(pair in elsewhere for pair in pairs)


def forecasts_are_not_copied(typed: TypedTables) -> Iterator[Finding]:
    """Yield groups with the same numbers in every month as another group of the scenario."""

    def odd() -> Iterator[Odd]:
        for table, name in (("forecast", "group"), ("inflow", "stream")):
            series: dict[tuple[str, str], list[TypedRow]] = defaultdict(list)
            for each in typed.rows(table):
                series[each.record.scenario, getattr(each.record, name)].append(each)
            seen: dict[tuple[object, ...], str] = {}
            for (scenario, who), rows in series.items():
                rows.sort(key=lambda each: each.record.month)
                people = tuple((each.record.month, each.record.people) for each in rows)
                if len({number for _, number in people}) < _COPIED_MONTHS:
                    continue
                other = seen.setdefault((scenario, people), who)
                if other != who:
                    fields = {"who": who, "other": other, "count": len(rows)}
                    yield Odd(table, rows[0].row, "people", "series_copied", fields)

    return remarks(typed, odd())


def counts_are_not_copied(typed: TypedTables) -> Iterator[Finding]:
    """Yield locations where exactly the same people of every group live as at another."""

    def odd() -> Iterator[Odd]:
        at: dict[str, list[TypedRow]] = defaultdict(list)
        for each in rows_at_start(typed):
            if each.record.people:
                at[each.record.location].append(each)
        seen: dict[frozenset[tuple[str, int]], str] = {}
        for location, rows in at.items():
            people = frozenset((each.record.group, each.record.people) for each in rows)
            total = sum(number for _, number in people)
            if len({number for _, number in people}) < _COPIED_GROUPS or total < _COPIED_PEOPLE:
                continue
            other = seen.setdefault(people, location)
            if other != location:
                fields = {"location": location, "other": other, "people": total}
                yield Odd("occupancy", rows[0].row, "people", "count_copied", fields)

    return remarks(typed, odd())


def preferences_share_a_sign(typed: TypedTables) -> Iterator[Finding]:
    """Yield the one preference whose sign differs from all the others'."""

    def odd() -> Iterator[Odd]:
        given = [each for each in typed.rows("preferences") if each.record.cost_per_person_month]
        below = [each for each in given if each.record.cost_per_person_month < 0]
        above = [each for each in given if each.record.cost_per_person_month > 0]
        for few, many in ((below, above), (above, below)):
            if len(few) == 1 and len(many) >= FEWEST_OTHERS:
                amount = few[0].record.cost_per_person_month
                sheet = typed.book.tables["preferences"]
                letter = column_letters(sheet.positions["cost_per_person_month"])
                fields = {"amount": amount, "count": len(many), "column": letter}
                yield Odd(
                    "preferences", few[0].row, "cost_per_person_month", "sign_flipped", fields
                )

    return remarks(typed, odd())
