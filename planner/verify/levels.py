"""What each level of priority comes to, counted again from the plan's figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from planner.input.case import Case
from planner.input.kinds import PlaceKind
from planner.input.location import Location
from planner.verify.breach import Breach, breach, slack
from planner.verify.cost import cost
from planner.verify.recount import RULES, Recount
from planner.verify.switches import counts
from planner.verify.tally import Tally
from planner.verify.terms import number

FIRST = ("unplaced", "protected", "shared")
LAST = ("cost", "change")

# The levels between the first three and the last two, each with the parameter that moves it.
MOVABLE = {
    "norm": "priority_norm",
    "emergency": "priority_emergency",
    "dublin": "priority_dublin",
    "reserve": "priority_reserve",
    "provinces_worst": "priority_provinces",
    "provinces": "priority_provinces",
    "moves": "priority_moves",
}

# What a solver may leave each location and month off a limit; it adds up over a whole level.
SOLVER_TOLERANCE = 1e-7

# What a DOL part counts for that is begun in a plan of whole locations, in place-months.
_BEGUN = 5.0
# So many times that where the location is still to open.
_BEGUN_AT_NEW = 3
# Less than this of a place is the solver's rounding.
_NO_PLACE = 1e-6


def level_breaches(
    tally: Tally, counted: Recount, told: Mapping[str, float], *, whole: bool
) -> Iterator[Breach]:
    """Yield each level out of its order, unknown, missing, or with another value than told."""
    order = levels_in_order(tally.case)
    known = tuple(name for name in told if name in order)
    for name in told:
        if name not in order:
            yield breach("level_unknown", 1, level=name)
    if known != tuple(name for name in order if name in told) or known[:1] != order[:1]:
        yield breach("level_order", 1, told_order=known, order=order)
    rounding = SOLVER_TOLERANCE * len(tally.case.months) * len(tally.case.locations)
    for name, value in level_values(tally, counted, whole=whole).items():
        given = told.get(name, 0.0)
        # A value that is no number is off too, which is why the comparison is this way round.
        if not abs(given - value) <= slack(value, given) + rounding:
            yield breach("level_value", abs(given - value), level=name, told=given, counted=value)


def levels_in_order(case: Case) -> tuple[str, ...]:
    """Return the levels in the order the case asks for: lower priorities first, ties as listed."""
    ranks = {name: case.parameters.number(rank) for name, rank in MOVABLE.items()}
    return (*FIRST, *sorted(MOVABLE, key=lambda name: ranks[name]), *LAST)


def level_values(tally: Tally, counted: Recount, *, whole: bool = False) -> dict[str, float]:
    """Return the value of every level by its name; `whole` is whether locations are."""
    values = dict.fromkeys((*FIRST, *MOVABLE, *LAST), 0.0)
    for name, owed in counted.items():
        values[RULES[name].level] += sum(each.amount * each.weight for each in owed)
    for level, unplaced in unplaced_at_levels(tally).items():
        values[level] += unplaced
    values["provinces_worst"] = _worst_province(tally.case, counted)
    values["cost"] = cost(tally, counted)
    values["change"] += _dol_growth(tally)
    if whole:
        values["change"] += sum(begun_weight(tally.case, at) for at in _parts_begun(tally))
    return values


def unplaced_at_levels(tally: Tally) -> dict[str, float]:
    """Return what the people without a place count at the later levels.

    Who is protected counts once for having no place and once for each rule that protects, whatever
    the group needs. Everyone is a breach of the norm and no better off than in the worst kind of
    emergency reception, and of the rule on the kind of place that is meant for the group.
    """
    case = tally.case
    values = dict.fromkeys(("protected", *(each.level for each in RULES.values())), 0.0)
    for (name, month), people in tally.unplaced.items():
        group = case.groups[name]
        if group.is_protected:
            values["protected"] += people
        for rule in RULES.values():
            if counts(case, rule.name):
                values[rule.level] += people * rule.unplaced(case, group, month)
    return values


def _dol_growth(tally: Tally) -> float:
    """Return the place-months of DOL that is newly fitted out, to the end of the plan.

    A place in use counts for what one newly fitted out at its location counts above 1.
    """
    final, counts_for = number(tally.case.months[-1]), new_dol_weights(tally.case)
    in_use = sum(
        places * (counts_for[at] - 1.0)
        for (at, kind, _), places in tally.claim.places.items()
        if kind is PlaceKind.DOL
    )
    return in_use + sum(
        value * (final - number(month) + 1) * counts_for.get(at, 1.0)
        for (at, decision, month), value in tally.claim.decisions.items()
        if decision == "prepare_dol" and month is not None
    )


def begins(location: Location) -> bool:
    """Whether a DOL part begins with what is newly fitted out: there is nothing as yet."""
    smallest = bool(location.dol_beds and location.dol_min_section)
    return smallest and (location.candidate or not location.dol_prepared)


def begun_weight(case: Case, at: str) -> float:
    """Return what a DOL part counts for that is begun at a location, in place-months."""
    return _BEGUN * (_BEGUN_AT_NEW if case.locations[at].candidate else 1)


def _parts_begun(tally: Tally) -> set[str]:
    """Return the locations where a DOL part is begun."""
    return {
        at
        for (at, decision, _), value in tally.claim.decisions.items()
        if decision == "prepare_dol" and value > _NO_PLACE and begins(tally.case.locations[at])
    }


def new_dol_weights(case: Case) -> dict[str, float]:
    """Return what a place newly fitted out counts for by location, hardly more than 1 at the first.

    At the last it counts a thousandth more: those still to open come after the others,
    smaller ones after larger, by hundreds of beds, and then by id.
    """
    parts = [place for place in case.locations.values() if place.dol_beds > 0]
    parts.sort(key=lambda place: place.id)
    parts.sort(key=lambda place: int(place.beds / 100), reverse=True)
    parts.sort(key=lambda place: 1 if place.candidate else 0)
    return {place.id: 1.0 + 0.001 * rank / len(parts) for rank, place in enumerate(parts, start=1)}


def _worst_province(case: Case, counted: Recount) -> float:
    """Return the largest part of a province's task that is missing in any month."""
    return max(
        (
            each.amount / task
            for each in counted["province_task"]
            if (task := case.provinces[each.spot.province].task)
        ),
        default=0.0,
    )
