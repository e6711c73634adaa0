"""What no plan may do with too few beds, found from its tables: who is without a place, and where.

Each function yields what is wrong in words; nothing where all is well.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping

import pandas as pd

from planner.input.case import Case
from planner.input.kinds import EMERGENCY_KINDS, PlaceKind, Suitability
from planner.input.people import Group
from tests.tables import table_rows

# A part of a person, or of a share, that is a solver's rounding.
PERSON, SHARE = 1e-5, 1e-6

Tables = Mapping[str, pd.DataFrame]


def unplaced(tables: Tables) -> dict[tuple[str, dt.date], float]:
    """Return the people without a place by group and month, from demand and placement alone."""
    placed: dict[tuple[str, dt.date], float] = defaultdict(float)
    for row in table_rows(tables["placement"]):
        placed[str(row.group), row.month] += float(row.people)
    return {
        (str(row.group), row.month): float(row.people) - placed[str(row.group), row.month]
        for row in table_rows(tables["demand"])
    }


def shares(case: Case, tables: Tables, month: dt.date) -> dict[str, float]:
    """Return the part of each unprotected group that has no place in a month."""
    found = {}
    missing = unplaced(tables)
    for row in table_rows(tables["demand"]):
        if row.month == month and row.people > 0 and not case.groups[str(row.group)].is_protected:
            found[str(row.group)] = missing[str(row.group), month] / max(1.0, float(row.people))
    return found


def may_live(case: Case, group: Group, location_id: str, kind: PlaceKind) -> bool:
    """Whether a group may be in a kind of place at a location."""
    location = case.locations[location_id]
    if kind is PlaceKind.DOL and group.needs_child_suitable:
        return location.child_suitable and bool(location.school_seats)
    return group.suitability(kind) is not Suitability.BARRED


Held = tuple[str, str, PlaceKind]


def could_give_way(case: Case, tables: Tables, month: dt.date) -> set[Held]:
    """Return the places that unprotected people could leave: group, location and kind.

    Of a mixed group a part is women or in families, and protected: it keeps its places where their
    need is met.
    """
    rows = [row for row in table_rows(tables["placement"]) if row.month == month]
    present = {
        str(row.group): float(row.people)
        for row in table_rows(tables["demand"])
        if row.month == month
    }
    free: set[Held] = set()
    for row in rows:
        group = case.groups[str(row.group)]
        if group.is_protected or row.people <= PERSON:
            continue
        needs = (("child_suitable", group.families_share), ("women_safe", group.women_share))
        kept = False
        for offered, part in needs:
            if part and getattr(case.locations[str(row.location)], offered):
                there = sum(
                    float(each.people)
                    for each in rows
                    if each.group == row.group
                    and getattr(case.locations[str(each.location)], offered)
                )
                kept |= there <= part * present[group.group] + PERSON
        if not kept:
            free.add((group.group, str(row.location), PlaceKind[str(row.kind).upper()]))
    return free


def more_than_another_who_could_give_way(case: Case, tables: Tables) -> Iterator[str]:
    """Yield groups without a place while a group that lacks less is in one that they could use."""
    for month in case.months:
        mine = shares(case, tables, month)
        for other, place, kind in sorted(could_give_way(case, tables, month)):
            for name, share in mine.items():
                more = share > mine[other] + SHARE
                if more and may_live(case, case.groups[name], place, kind):
                    than = f"{other} {mine[other]:.4f} in {place} {kind}"
                    yield f"{month}: {name} {share:.4f}, {than}"


def largest_share_that_could_be_less(case: Case, tables: Tables) -> Iterator[str]:
    """Yield months in which every group with the largest share could use a place of another's.

    Where one of them could not, the largest share is as small as it can be, and how the others
    stand below it is not asked for.
    """
    for month in case.months:
        mine = shares(case, tables, month)
        largest = max(mine.values(), default=0.0)
        worst = {name for name, share in mine.items() if share > largest - SHARE}
        held = [each for each in could_give_way(case, tables, month) if each[0] not in worst]
        helped = {
            name
            for name in worst
            if any(may_live(case, case.groups[name], place, kind) for _, place, kind in held)
        }
        if worst and helped == worst:
            yield f"{month}: {sorted(worst)} at {largest:.4f}"


def protected_behind_others(case: Case, tables: Tables) -> Iterator[str]:
    """Yield protected people without a place while another has one that they could use."""
    for (name, month), people in unplaced(tables).items():
        group = case.groups[name]
        if not group.is_protected or people <= PERSON:
            continue
        for row in table_rows(tables["placement"]):
            other = case.groups[str(row.group)]
            kind = PlaceKind[str(row.kind).upper()]
            used = row.month == month and row.people > PERSON and not other.is_protected
            if used and may_live(case, group, str(row.location), kind):
                yield f"{month}: {people:.2f} {name}, {row.group} in {row.location} {row.kind}"


def dublin_in_emergency_beside_dol(case: Case, tables: Tables) -> Iterator[str]:
    """Yield Dublin people in emergency reception while another sits on a DOL bed fitted out.

    The bed must suit who is in emergency reception: a location that is not safe for women breaks
    as much of a law as a tent. The other must be able to sit there instead, without a need or a
    pupil that asks for more.
    """
    placement, dol = tables["placement"], tables["dol"]
    for row in table_rows(placement):
        group, kind = case.groups[str(row.group)], PlaceKind[str(row.kind).upper()]
        if not group.prefers(PlaceKind.DOL) or kind not in EMERGENCY_KINDS or row.people <= PERSON:
            continue
        # A woman among them keeps a place that is safe for her.
        leaving = (group.group, str(row.location), kind)
        if not group.is_protected and leaving not in could_give_way(case, tables, row.month):
            continue
        for part in table_rows(dol[dol["month"].eq(row.month)]):
            free = float(part.prepared) - float(part.people)
            suits = may_live(case, group, str(part.location), PlaceKind.DOL) and (
                case.locations[str(part.location)].women_safe or not group.needs_women_safe
            )
            here = placement["location"].eq(part.location) & placement["month"].eq(row.month)
            for sitting in table_rows(placement[here & placement["kind"].eq("regular")]):
                other = case.groups[str(sitting.group)]
                could = not (
                    other.is_protected
                    or other.school_share
                    or other.suitability(kind) is Suitability.BARRED
                )
                at = (other.group, str(part.location), PlaceKind.REGULAR)
                could &= at in could_give_way(case, tables, row.month)
                if free > PERSON and suits and could and sitting.people > PERSON:
                    yield (
                        f"{row.month}: {row.people:.2f} {row.group} in {row.location}, while "
                        f"{sitting.group} sit on {free:.2f} DOL beds of {part.location}"
                    )
