"""`MEASURES`: named linear quantities with their unit, defined once for objective and reports."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from math import fsum

from planner.core.texts import Text
from planner.input.arrived import applicants, sessions_for
from planner.input.case import Case
from planner.input.kinds import PlaceKind
from planner.model.algebra import Expression, total
from planner.model.decisions import Decisions, Footing

# How much more a place-month of new DOL counts at the last location of the order, as a part of it.
LATER_PART = 0.001
# What a part that is begun counts for, in place-months: more than the order can weigh.
BEGUN_PART = 5.0
# How many parts one counts for that is begun where a location is still to open.
NEW_PARTS = 3.0
# Locations whose beds differ by less are of one size in that order.
SIZE = 100


@dataclass(frozen=True)
class Measure:
    """A quantity of a plan: what it is called, its unit, and how it is reckoned."""

    name: str
    title: Text
    unit: str
    of: Callable[[Case, Decisions], Expression]


def durable_beds(case: Case, choose: Decisions, province: str, month: dt.date) -> Expression:
    """Return the durable beds in contract in a province in a month, with the decisions taken."""
    return total(
        choose.capacity(location, month)
        for location in case.locations.values()
        if location.province == province
        and location.durable
        and (location.id, month) in choose.footing
    )


def durable_beds_of(case: Case, choose: Decisions, municipality: str, month: dt.date) -> Expression:
    """Return the durable beds in contract in a municipality in a month, by the decisions taken."""
    return total(
        choose.capacity(location, month)
        for location in case.locations.values()
        if location.municipality == municipality
        and location.durable
        and (location.id, month) in choose.footing
    )


def people_in_emergency(case: Case, choose: Decisions) -> Expression:  # noqa: ARG001
    """Return the person-months in emergency places."""
    return total(column for (_, _, kind, _), column in choose.people.items() if kind.emergency)


def people_in_dol(case: Case, choose: Decisions) -> Expression:  # noqa: ARG001
    """Return the person-months in DOL places."""
    return total(
        column for (_, _, kind, _), column in choose.people.items() if kind is PlaceKind.DOL
    )


def people_unplaced(case: Case, choose: Decisions) -> Expression:  # noqa: ARG001
    """Return the person-months without a place."""
    return total(choose.unplaced.values())


def protected_unplaced(case: Case, choose: Decisions) -> Expression:
    """Return the person-months without a place of protected groups."""
    return total(
        column for (group, _), column in choose.unplaced.items() if case.groups[group].is_protected
    )


def people_moved(case: Case, choose: Decisions) -> Expression:  # noqa: ARG001
    """Return the people moved between locations, beyond natural outflow."""
    return total(choose.moved_out.values())


def places_in_use(case: Case, choose: Decisions) -> Expression:  # noqa: ARG001
    """Return the place-months in use."""
    return total(choose.places.values())


def dol_growth_held(case: Case, choose: Decisions) -> Expression:
    """Return the place-months of DOL beyond what is fitted out at the start.

    Each place newly fitted out counts for the month it is and every later one, so that no more is
    fitted out, and no earlier, than the levels before ask for.
    """
    left = {month: len(case.months) - number for number, month in enumerate(case.months)}
    return total(left[month] * newly for (_, month), newly in choose.dol_fitted_out.items())


def dol_order(case: Case) -> Mapping[str, float]:
    """Return what a place newly fitted out or in use at each location counts more than it does.

    Locations that are there come before those still to open, then the largest, by hundreds of beds,
    then by id. A part is filled before the next one is begun, so that there are few; and how much
    of a location may be DOL does not move it in this order, so that a few DOL beds fewer at one
    leave the parts of the others as they are.
    """
    parts = [each for each in case.locations.values() if each.dol_beds]
    parts.sort(key=lambda each: (each.candidate, -(each.beds // SIZE), each.id))
    return {each.id: LATER_PART * rank / len(parts) for rank, each in enumerate(parts, start=1)}


def dol_growth_in_order(case: Case, choose: Decisions) -> Expression:
    """Return what growth of DOL counts for where it is: little, so that it only breaks ties.

    So do the places in use, so that what is not needed in a month is spared at the last part. A
    plan of whole locations counts the parts it begins, so that they are few; those at locations
    still to open more, so that these come after the ones that are there.
    """
    order = dol_order(case)
    left = {month: len(case.months) - number for number, month in enumerate(case.months)}
    growth = total(
        order[location] * left[month] * newly
        for (location, month), newly in choose.dol_fitted_out.items()
        if order[location]
    )
    in_use = total(
        order[location] * places
        for (location, kind, _), places in choose.places.items()
        if kind is PlaceKind.DOL and order[location]
    )
    begun = total(
        BEGUN_PART * (NEW_PARTS if case.locations[location].candidate else 1.0) * column
        for location, column in choose.dol_begun.items()
    )
    return growth + in_use + begun


def running_cost(case: Case, choose: Decisions) -> Expression:
    """Return the cost of places in use, at the supplied rate where a location has none."""
    usual = {
        emergency: _monthly(case, name)
        for emergency, name in (
            (True, "cost_emergency_bed_month"),
            (False, "cost_regular_bed_month"),
        )
    }

    def cost_of_place(location_id: str, month: dt.date) -> float:
        location = case.locations[location_id]
        own = location.cost_per_bed_month
        return usual[location.emergency](month) if own is None else own

    return total(
        cost * places
        for (location, _, month), places in choose.places.items()
        if (cost := cost_of_place(location, month))
    )


def _monthly(case: Case, parameter: str) -> Callable[[dt.date], float]:
    """Return what says an amount in a month, nothing where none is set; each is asked for once.

    Only those that count in something are asked for: the cells behind a cost are told by that.
    """
    return cache(lambda month: case.parameters.optional(parameter, month) or 0.0)


def dol_extra_cost(case: Case, choose: Decisions) -> Expression:
    """Return what places in DOL use cost above those in regular use."""
    each = _monthly(case, "dol_extra_cost_month")
    return total(
        each(month) * places
        for (_, kind, month), places in choose.places.items()
        if kind is PlaceKind.DOL and each(month)
    )


def fixed_cost(case: Case, choose: Decisions) -> Expression:
    """Return the fixed cost of locations for the months and shares they are under contract."""
    return total(_fixed_costs(case, choose))


def _fixed_costs(case: Case, choose: Decisions) -> Iterator[Expression]:
    for (location_id, month), footing in choose.footing.items():
        cost = case.locations[location_id].fixed_cost_month or 0.0
        if not cost:
            continue
        match footing:
            case Footing.CONTRACT:
                closed = choose.closed.get((location_id, month))
                whole = Expression(constant=cost)
                yield whole if closed is None else whole - cost * closed
            case Footing.EXTENSION:
                yield cost * choose.extend[location_id]
            case Footing.CANDIDATE:
                yield cost * choose.open[location_id]


def opening_cost(case: Case, choose: Decisions) -> Expression:
    """Return the cost of opening candidates, by the share opened."""
    return total(
        (case.locations[location].opening_cost or 0.0) * opened
        for location, opened in choose.open.items()
    )


def extension_cost(case: Case, choose: Decisions) -> Expression:
    """Return the cost of extending contracts, by the share extended."""
    return total(
        (case.locations[location].extension_cost or 0.0) * extended
        for location, extended in choose.extend.items()
    )


def fitting_cost(case: Case, choose: Decisions) -> Expression:
    """Return the cost of fitting out DOL places."""
    each = _monthly(case, "dol_fitting_cost")
    return total(
        each(month) * newly for (_, month), newly in choose.dol_fitted_out.items() if each(month)
    )


def moving_cost(case: Case, choose: Decisions) -> Expression:
    """Return the cost of moves."""
    each = _monthly(case, "move_cost")
    return total(
        each(month) * moved for (_, _, month), moved in choose.moved_out.items() if each(month)
    )


def preference_cost(case: Case, choose: Decisions) -> Expression:
    """Return the extra cost of placing groups at locations (sheet Preferences)."""
    if not case.preferences:
        return Expression()
    return total(
        cost * column
        for (group, location, _, _), column in choose.people.items()
        if (cost := case.preferences.get((group, location), 0.0))
    )


ByMonth = Iterator[tuple[dt.date, float]]


def allowance_by_month(case: Case, choose: Decisions) -> ByMonth:
    """Yield the allowance of people in registration, who have it from the first day on.

    What others have is part of what a place costs.
    """
    new = [name for name, group in case.groups.items() if group.registers]
    for month in case.months:
        each = case.parameters.optional("allowance_month", month) or 0.0
        yield month, each * fsum(choose.demand[group, month] for group in new)


def assessments_by_month(case: Case, choose: Decisions) -> ByMonth:  # noqa: ARG001
    """Yield the cost of assessing the special needs of everyone who applies in a month."""
    arrivals = applicants(case)
    for month in case.months:
        each = case.parameters.optional("needs_assessment_cost", month) or 0.0
        yield month, each * arrivals.get(month, 0.0)


def information_by_month(case: Case, choose: Decisions) -> ByMonth:  # noqa: ARG001
    """Yield the cost of the information sessions for everyone who applies in a month."""
    arrivals = applicants(case)
    for month in case.months:
        each = case.parameters.optional("information_session_cost", month) or 0.0
        size = case.parameters.optional("information_group_size", month)
        yield month, each * sessions_for(arrivals.get(month, 0.0), size) if size else 0.0


# Costs that no decision changes: what each comes to in a month.
UNMOVED: Mapping[str, Callable[[Case, Decisions], ByMonth]] = {
    "cost_allowance": allowance_by_month,
    "cost_assessments": assessments_by_month,
    "cost_information": information_by_month,
}


def _unmoved(name: str, case: Case, choose: Decisions) -> Expression:
    """Return a cost that no decision changes, over all months."""
    amount = fsum(each for _, each in UNMOVED[name](case, choose))
    return Expression(constant=amount) if amount else Expression()


def unplaced_cost(case: Case, choose: Decisions) -> Expression:
    """Return what people without a place would cost in emergency reception; no part of the cost."""
    each = _monthly(case, "cost_emergency_bed_month")
    return total(
        each(month) * column for (_, month), column in choose.unplaced.items() if each(month)
    )


COST_PARTS: tuple[Measure, ...] = (
    Measure("cost_places", Text("kosten van plaatsen", "cost of places"), "euro", running_cost),
    Measure("cost_dol_extra", Text("meerkosten DOL", "extra cost of DOL"), "euro", dol_extra_cost),
    Measure("cost_fixed", Text("vaste kosten", "fixed cost"), "euro", fixed_cost),
    Measure("cost_opening", Text("openingskosten", "opening cost"), "euro", opening_cost),
    Measure("cost_extension", Text("verlengingskosten", "extension cost"), "euro", extension_cost),
    Measure("cost_fitting", Text("inrichting DOL", "fitting out DOL"), "euro", fitting_cost),
    Measure("cost_moves", Text("verhuiskosten", "cost of moves"), "euro", moving_cost),
    Measure("cost_preferences", Text("voorkeuren", "preferences"), "euro", preference_cost),
    Measure(
        "cost_allowance",
        Text("leefgeld vanaf dag 1", "allowance from day 1"),
        "euro",
        partial(_unmoved, "cost_allowance"),
    ),
    Measure(
        "cost_assessments",
        Text("beoordeling van bijzondere opvangbehoeften", "assessment of special reception needs"),
        "euro",
        partial(_unmoved, "cost_assessments"),
    ),
    Measure(
        "cost_information",
        Text("voorlichtingsbijeenkomsten", "information sessions"),
        "euro",
        partial(_unmoved, "cost_information"),
    ),
)


def cost(case: Case, choose: Decisions) -> Expression:
    """Return the whole cost: the sum of its parts."""
    return total(part.of(case, choose) for part in COST_PARTS)


def worst_province(case: Case, choose: Decisions) -> Expression:  # noqa: ARG001
    """Return the largest relative shortfall of a province's task."""
    return total(choose.worst_province)


WORST_PROVINCE = Measure(
    "worst_province", Text("grootste achterstand", "largest arrears"), "share", worst_province
)
COST = Measure("cost", Text("totale kosten", "total cost"), "euro", cost)
COST_UNPLACED = Measure(
    "cost_unplaced",
    Text(
        "buiten de totale kosten: wie geen plaats heeft, tegen het tarief van noodopvang",
        "outside the total cost: people without a place, at the rate of emergency reception",
    ),
    "euro",
    unplaced_cost,
)
DOL_GROWTH = Measure(
    "dol_growth",
    Text("extra ingericht als DOL", "newly fitted out as DOL"),
    "place-months",
    dol_growth_held,
)
DOL_IN_ORDER = Measure(
    "dol_growth_in_order",
    Text("extra ingericht als DOL, verder in de volgorde", "newly fitted out, later in the order"),
    "place-months",
    dol_growth_in_order,
)

PROTECTED_UNPLACED = Measure(
    "protected_unplaced",
    Text("zonder plaats, beschermde groepen", "without a place, protected groups"),
    "person-months",
    protected_unplaced,
)

MEASURES: tuple[Measure, ...] = (
    Measure("unplaced", Text("zonder plaats", "without a place"), "person-months", people_unplaced),
    PROTECTED_UNPLACED,
    Measure(
        "emergency", Text("in noodopvang", "in emergency"), "person-months", people_in_emergency
    ),
    Measure("dol", Text("in DOL", "in DOL"), "person-months", people_in_dol),
    DOL_GROWTH,
    Measure("places", Text("plaatsen in gebruik", "places in use"), "place-months", places_in_use),
    Measure("moves", Text("verhuizingen", "moves"), "moves", people_moved),
    WORST_PROVINCE,
    *COST_PARTS,
    COST,
    COST_UNPLACED,
)
# What only breaks ties: part of a level, and no figure that anybody reads.
TIE_BREAKS: tuple[Measure, ...] = (DOL_IN_ORDER,)
