"""Who was counted at a location tells what it is: its type, whether it is open, whom it suits."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import fsum
from statistics import median

from planner.core.errors import Finding
from planner.input.counts import rows_at_start
from planner.input.group_parts import counted
from planner.input.kinds import PlaceKind, Suitability
from planner.input.location import Location
from planner.input.people import Group
from planner.input.records import table
from planner.input.suspicious.remark import FEWEST_OTHERS, LEAP, Odd, remarks
from planner.input.suspicious.slips import is_slip_of_about
from planner.input.suspicious.types_in_names import name_says
from planner.input.typed import TypedRow, TypedTables

# Fewer people, or a smaller part of a location, say little about it.
_FEW_PEOPLE = 10
_MANY, _LARGE_PART = 30, 0.2
_HALF = 0.5
# So large a part of those with a need lives where it is met, that elsewhere stands out.
_NEARLY_ALL = 0.8
_SEVERAL = 2
_KINDS_OF_ONE_GROUP = 3
# Pupils to a school seat: where there are at most two of them elsewhere, four stand out, if with a
# digit more there would be about one.
_HALF_SEATED, _QUARTER_SEATED, _MANY_SEATED, _ABOUT_SEATED = 2.0, 4.0, 3, 1.3
# A group's part of a location's people differs; so many spreads is more than is usual.
_SPREADS, _OF_NORMAL = 5.0, 1.4826
_MANY_OF_GROUP = 15.0
# Where there are more people than beds, one number is likely too high.
_LEAP_OF_CROWD = 2.0


def _groups(typed: TypedTables) -> Mapping[str, Group]:
    return {each.group: each for each in typed.records("groups")}


def _barred(group: Group | None, location: Location) -> bool:
    return group is not None and all(
        group.suitability(kind) is Suitability.BARRED for kind in location.kinds
    )


def types_suit_residents(typed: TypedTables) -> Iterator[Finding]:
    """Yield locations of a type that hardly any of their residents would be placed in.

    Either most may not be there, or nearly all are better elsewhere while another kind of place
    would be right for most of them.
    """

    def odd() -> Iterator[Odd]:
        groups, people = _groups(typed), counted(typed)
        for each in typed.rows("locations"):
            location: Location = each.record
            rows = [row for row in people.get(location.id, ()) if row.record.people]
            barred = [row for row in rows if _barred(groups.get(row.record.group), location)]
            unlike = [row for row in rows if not _preferred(groups, row, location.kinds)]
            total, out = _people(rows), _people(barred)
            several = len(barred) >= _SEVERAL and out >= _HALF * total
            if several or (out == total >= _MANY) or _fits_elsewhere(groups, rows, unlike):
                names = tuple(row.record.group for row in unlike)
                fields: dict[str, object] = {
                    "type": location.type.label,
                    "people": _people(unlike),
                    "groups": names,
                }
                if len(unlike) == 1 and name_says(typed, location):
                    fields |= {"group": names[0], "name": location.name}
                    yield Odd("occupancy", unlike[0].row, "group", "group_of_type", fields)
                else:
                    yield Odd("locations", each.row, "type", "type_of_residents", fields)

    return remarks(typed, odd())


def _people(rows: list[TypedRow]) -> int:
    return sum(row.record.people for row in rows)


def _preferred(groups: Mapping[str, Group], row: TypedRow, kinds: tuple[PlaceKind, ...]) -> bool:
    group = groups.get(row.record.group)
    return group is None or any(group.prefers(kind) for kind in kinds)


def _fits_elsewhere(
    groups: Mapping[str, Group], rows: list[TypedRow], unlike: list[TypedRow]
) -> bool:
    """Whether a kind of place would be right for nearly all of residents whom theirs is not."""
    total = _people(rows)
    if len(unlike) < _SEVERAL or total < _MANY or _people(unlike) < _NEARLY_ALL * total:
        return False
    return any(
        _people([row for row in rows if _preferred(groups, row, (kind,))]) >= _NEARLY_ALL * total
        for kind in PlaceKind
    )


def open_where_people_live(typed: TypedTables) -> Iterator[Finding]:
    """Yield candidates that are to be opened and where people of several groups were counted."""

    def odd() -> Iterator[Odd]:
        people = counted(typed)
        for each in typed.rows("locations"):
            location: Location = each.record
            rows = [row for row in people.get(location.id, ()) if row.record.people]
            if location.candidate and len(rows) >= _SEVERAL:
                fields = {"people": sum(row.record.people for row in rows)}
                yield Odd("locations", each.row, "status", "candidate_of_residents", fields)

    return remarks(typed, odd())


def kinds_suit_groups(typed: TypedTables) -> Iterator[Finding]:
    """Yield kinds of place that are barred for a group, where most of it lives at several."""

    def odd() -> Iterator[Odd]:
        locations = {each.id: each for each in typed.records("locations")}
        living = [
            (row.record.group, location, row.record.people)
            for row in rows_at_start(typed)
            if (location := locations.get(row.record.location)) and row.record.people
        ]
        for each in typed.rows("groups"):
            own = [(at, people) for name, at, people in living if name == each.record.group]
            total = sum(people for _, people in own)
            for kind, barred in _barred_by_kind(each.record, own).items():
                out, count = sum(barred), len(barred)
                if count >= _KINDS_OF_ONE_GROUP and out >= _LARGE_PART * total:
                    fields = {
                        "group": each.record.group,
                        "kind": kind.label,
                        "people": out,
                        "count": count,
                    }
                    yield Odd("groups", each.row, str(kind), "kind_of_residents", fields)

    return remarks(typed, odd())


def _barred_by_kind(
    group: Group, living: list[tuple[Location, int]]
) -> Mapping[PlaceKind, list[int]]:
    """Return how many of a group live where it is barred, place by place, by the kind of place."""
    barred: dict[PlaceKind, list[int]] = defaultdict(list)
    for location, people in living:
        if _barred(group, location):
            barred[location.type.base_kind].append(people)
    return barred


def needs_are_met_where_people_live(typed: TypedTables) -> Iterator[Finding]:
    """Yield locations without what a group there needs, where nearly all of it has that."""

    def odd() -> Iterator[Odd]:
        for need, has in (
            ("needs_child_suitable", "child_suitable"),
            ("needs_women_safe", "women_safe"),
        ):
            living = _with_need(typed, need)
            met = sum(n for each, n, _ in living if getattr(each.record, has))
            whole = sum(n for _, n, _ in living)
            for each, people, total in living:
                if getattr(each.record, has) or people < max(_FEW_PEOPLE, _LARGE_PART * total):
                    continue
                if met >= _NEARLY_ALL * (whole - people):
                    fields = {"people": people, "column": table("locations").column(has).title}
                    copied = _copied_group(typed, each.record, need)
                    if copied is not None:
                        fields |= {"group": copied[0].record.group, "instead": copied[1]}
                        yield Odd("occupancy", copied[0].row, "group", "group_copied", fields)
                        continue
                    yield Odd("locations", each.row, has, "need_of_residents", fields)
        yield from _beds_for_need(typed)
        yield from _seats_for_pupils(typed)

    return remarks(typed, odd())


def _copied_group(typed: TypedTables, location: Location, need: str) -> tuple[TypedRow, str] | None:
    """Return the one row of a location with a need, if its group was likely copied.

    That is so where the row above or below has the same group, and of a group without that need,
    for which the location would be right, nobody is counted anywhere.
    """
    groups, people = _groups(typed), counted(typed)
    rows = [each for found in people.values() for each in found]
    group_at = {each.row: each.record.group for each in rows}
    own = [
        row
        for row in people.get(location.id, ())
        if (group := groups.get(row.record.group)) and getattr(group, need)
    ]
    if len(own) != 1:
        return None
    name = own[0].record.group
    gone = [
        each.group
        for each in groups.values()
        if each.group not in group_at.values() and not getattr(each, need)
        if any(each.prefers(kind) for kind in location.kinds)
    ]
    copied = name in {group_at.get(own[0].row - 1), group_at.get(own[0].row + 1)}
    return (own[0], gone[0]) if copied and len(gone) == 1 else None


def _beds_for_need(typed: TypedTables) -> Iterator[Odd]:
    """Yield accessible beds for half of their people or fewer, where nearly all others have one."""
    with_need = _with_need(typed, "needs_accessible")
    everybody = {each.record.id: total for each, _, total in with_need}
    living = [
        (each, people, each.record.accessible_beds)
        for each, people, _ in with_need
        if each.record.accessible_beds is not None
    ]
    short = {each.row: max(people - beds, 0) for each, people, beds in living}
    for each, people, beds in living:
        others = sum(other for row, other, _ in living if row is not each)
        without = sum(short.values()) - short[each.row]
        # Where there are more people than beds it is hardly the beds that are wrong.
        crowded = everybody[each.record.id] > (each.record.beds or 0)
        many = not crowded and short[each.row] >= max(_FEW_PEOPLE, _HALF * people)
        if many and others >= people and without <= (1 - _NEARLY_ALL) * others:
            fields = {
                "people": people,
                "beds": beds,
                "column": table("locations").column("accessible_beds").title,
            }
            yield Odd("locations", each.row, "accessible_beds", "beds_of_residents", fields)


def _seats_for_pupils(typed: TypedTables) -> Iterator[Odd]:
    """Yield school seats for a quarter of the pupils who live there, where all others have half."""
    groups, people = _groups(typed), counted(typed)
    living = [
        (
            each,
            fsum(
                row.record.people * (group.school_share or 0.0)
                for row in people.get(each.record.id, ())
                if (group := groups.get(row.record.group))
            ),
        )
        for each in typed.rows("locations")
        # Where there are more people than beds it is hardly the seats that are wrong.
        if each.record.school_seats
        and _people(people.get(each.record.id, [])) <= (each.record.beds or 0)
    ]
    short = {each.row: pupils / each.record.school_seats for each, pupils in living}
    for each, pupils in living:
        others = [part for row, part in short.items() if row != each.row]
        if pupils < _FEW_PEOPLE or short[each.row] < _QUARTER_SEATED or len(others) < _MANY_SEATED:
            continue
        if max(others) <= _HALF_SEATED and is_slip_of_about(
            each.record.school_seats, pupils, _ABOUT_SEATED
        ):
            fields = {
                "pupils": round(pupils),
                "seats": each.record.school_seats,
                "column": table("locations").column("school_seats").title,
            }
            yield Odd("locations", each.row, "school_seats", "seats_of_pupils", fields)


def _with_need(typed: TypedTables, need: str) -> list[tuple[TypedRow, int, int]]:
    """Return the locations, how many people with a need live there, and how many in all."""
    groups, people = _groups(typed), counted(typed)
    found = []
    for each in typed.rows("locations"):
        rows = people.get(each.record.id, ())
        with_need = [
            row.record.people
            for row in rows
            if (group := groups.get(row.record.group)) and getattr(group, need)
        ]
        if sum(with_need):
            found.append((each, sum(with_need), sum(row.record.people for row in rows)))
    return found


def groups_live_where_others_of_theirs_do(typed: TypedTables) -> Iterator[Finding]:
    """Yield many people of a group at a type of location where nobody of it lives elsewhere."""

    def odd() -> Iterator[Odd]:
        types = {each.id: each.type for each in typed.records("locations")}
        at: dict[object, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for location, rows in counted(typed).items():
            for row in rows:
                at[types.get(location)][location].add(row.record.group)
        for location, rows in counted(typed).items():
            beside = [
                groups for name, groups in at[types.get(location)].items() if name != location
            ]
            total = sum(row.record.people for row in rows)
            for row in rows:
                few = row.record.people < max(_MANY, _LARGE_PART * total)
                if few or len(beside) < FEWEST_OTHERS or types.get(location) is None:
                    continue
                if not any(row.record.group in groups for groups in beside):
                    fields = {
                        "group": row.record.group,
                        "people": row.record.people,
                        "type": types[location].label,
                    }
                    yield Odd("occupancy", row.row, "group", "group_elsewhere", fields)

    return remarks(typed, odd())


def groups_have_their_usual_part(typed: TypedTables) -> Iterator[Finding]:
    """Yield people of a group that are a digit away from its part of others of the type.

    Where more were counted than there are beds, less is enough for the group that is too many.
    """

    def odd() -> Iterator[Odd]:
        # Who is in emergency reception differs more, so that only a crowd says something there.
        locations = {each.id: each for each in typed.records("locations")}
        parts: dict[tuple[object, str], list[_Part]] = defaultdict(list)
        for location, rows in counted(typed).items():
            total = sum(row.record.people for row in rows)
            for row in rows:
                others = total - row.record.people
                known = locations.get(location)
                if row.record.people and others and known is not None:
                    part = math.log(row.record.people / others)
                    own = None if known.emergency else known.type
                    parts[own, row.record.group].append(
                        _Part(row, part, others, total > known.beds, known.emergency)
                    )
        for (_, group), found in parts.items():
            for each, usual in _unlike_parts(found):
                fields = {
                    "people": each.row.record.people,
                    "group": group,
                    "usual": round(usual),
                    "others": each.others,
                }
                yield Odd("occupancy", each.row.row, "people", "part_unlike", fields)

    return remarks(typed, odd())


@dataclass(frozen=True)
class _Part:
    """A row of the count, how many (of logarithm) of its group there are for each of the others."""

    row: TypedRow
    part: float
    others: int
    crowded: bool
    emergency: bool


def _unlike_parts(found: list[_Part]) -> Iterator[tuple[_Part, float]]:
    """Yield the parts far from those of the same group elsewhere, and how many would be usual."""
    for each in found:
        beside = [other.part for other in found if other is not each]
        if len(beside) < FEWEST_OTHERS:
            continue
        middle = median(beside)
        spread = _OF_NORMAL * median(abs(part - middle) for part in beside)
        usual = each.others * math.exp(middle)
        enough = max(usual, each.row.record.people) >= _MANY_OF_GROUP
        crowd = each.crowded and each.part > middle
        if each.emergency and not crowd:
            continue
        leap = math.log(_LEAP_OF_CROWD if crowd else LEAP)
        if enough and abs(each.part - middle) > max(leap, _SPREADS * spread):
            yield each, usual
