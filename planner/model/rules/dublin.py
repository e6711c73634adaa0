"""Rules on Dublin shelter: parts of regular locations for people after a transfer decision."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from planner.core.law import DECISION_NOTE, IMPLEMENTATION_PLAN, INPUT, LETTER_APRIL_2026, MODEL
from planner.input.case import Case
from planner.input.kinds import PlaceKind, Standing, Suitability
from planner.input.months import later
from planner.input.people import Group
from planner.model.algebra import Constraint, Key, Variable, at_least, at_most, exactly, total
from planner.model.decisions import Decisions, Footing
from planner.model.rules.limit import LimitKind, OfParameter
from planner.model.rules.rule import Counts, Level, rule

NO_WEIGHTS: Mapping[dt.date, float] = MappingProxyType({})


def prefers(kind: PlaceKind) -> Counts:
    """Return a test whether a group prefers a kind, for counting its unplaced people."""

    def counts(case: Case, group: str, month: dt.date) -> float:
        return float(case.groups[group].prefers(kind))

    return counts


@rule(
    standing=Standing.POLICY,
    source=LETTER_APRIL_2026.at("Dublinonderdaklocaties"),
    unit="places",
    level=None,
    limit=LimitKind.DOL_PART,
    bears_on=("dol",),
)
def dol_within_prepared(case: Case, choose: Decisions) -> Iterator[Constraint]:
    """DOL places in use stay within the part fitted out; the rest serves regular reception."""
    for (location_id, month), prepared in choose.dol_prepared.items():
        places = choose.places[location_id, PlaceKind.DOL, month]
        key = Key(location=location_id, kind=PlaceKind.DOL, month=month)
        yield at_most(places - prepared, 0, key)


@rule(
    standing=Standing.POLICY,
    source=DECISION_NOTE.at("kernpunten, afgeschermde gedeeltes", "key points, separated parts"),
    unit="places",
    level=None,
    bears_on=("dol", "prepare_dol"),
)
def dol_within_part(case: Case, choose: Decisions) -> Iterator[Constraint]:
    """In a contract month the column's own bound holds; otherwise the share taken counts."""
    for (location_id, month), prepared in choose.dol_prepared.items():
        taken = _share_taken(choose, location_id, month)
        if taken is not None:
            beds = case.locations[location_id].dol_beds
            key = Key(location=location_id, kind=PlaceKind.DOL, month=month)
            yield at_most(prepared - beds * taken, 0, key)


@rule(
    standing=Standing.POLICY,
    source=DECISION_NOTE.at("kernpunten, afgeschermde gedeeltes", "key points, separated parts"),
    unit="places",
    level=None,
    parameters=("dol_may_shrink",),
)
def dol_smallest_part(case: Case, choose: Decisions) -> Iterator[Constraint]:
    """DOL places in use are none, or from the smallest size up to the separable part.

    Where nothing is fitted out at the start, anything newly fitted out begins a part. What a place
    is of a part is the same at every location, so that with shares no place counts more because
    its location can have a bed less.
    """
    for (location_id, month), used in choose.dol_in_use.items():
        location = case.locations[location_id]
        places = choose.places[location_id, PlaceKind.DOL, month]
        key = Key(location=location_id, kind=PlaceKind.DOL, month=month)
        yield at_most(places - location.dol_beds * used, 0, key)
        yield at_least(places - location.dol_min_section * used, 0, key)
    newly: dict[str, list[Variable]] = {location_id: [] for location_id in choose.dol_begun}
    for (location_id, _), places in choose.dol_fitted_out.items():
        if location_id in newly:
            newly[location_id].append(places)
    largest = max((case.locations[each].dol_beds for each in choose.dol_begun), default=0)
    # A part that may shrink may be fitted out again in every month.
    most = largest * (len(case.months) if case.parameters.optional("dol_may_shrink") else 1)
    for location_id, begun in choose.dol_begun.items():
        key = Key(location=location_id, kind=PlaceKind.DOL)
        yield at_most(total(newly[location_id]) - most * begun, 0, key)


def _share_taken(choose: Decisions, location_id: str, month: dt.date) -> Variable | None:
    """Return the decision that a location's beds hang on in a month; none under contract."""
    match choose.footing[location_id, month]:
        case Footing.EXTENSION:
            return choose.extend[location_id]
        case Footing.CANDIDATE:
            return choose.open[location_id]
        case _:
            return None


@rule(
    standing=Standing.CHOICE,
    source=MODEL.at(
        "de brief van 22-04-2026 laat op- en afschalen toe",
        "the letter of 22-04-2026 allows scaling up and down",
    ),
    unit="places",
    level=None,
    parameters=("dol_may_shrink",),
    bears_on=("dol",),
)
def dol_never_shrinks(case: Case, choose: Decisions) -> Iterator[Constraint]:
    """Prepared = prepared the month before + newly fitted out; at most that where it may shrink.

    When a contract passes into its extension, what is not extended falls away, so in that month
    the part may be smaller by as much of the separable part as is not extended.
    """
    earlier: dict[str, Variable] = {}
    may_shrink = bool(case.parameters.optional("dol_may_shrink"))
    for (location_id, month), prepared in choose.dol_prepared.items():
        location = case.locations[location_id]
        newly = choose.dol_fitted_out[location_id, month]
        key = Key(location=location_id, kind=PlaceKind.DOL, month=month)
        if location_id in earlier:
            growth, start = prepared - earlier[location_id] - newly, 0.0
        else:
            growth, start = prepared - newly, _prepared_at_start(case, location_id)
        before = choose.footing.get((location_id, later(month, -1)))
        now = choose.footing[location_id, month]
        if may_shrink:
            yield at_most(growth, start, key)
        elif now is Footing.EXTENSION and before is not Footing.EXTENSION:
            extended = choose.extend[location_id]
            beds = float(location.dol_beds)
            yield at_most(growth, start, key)
            yield at_least(growth - beds * extended, start - beds, key)
        else:
            yield exactly(growth, start, key)
        earlier[location_id] = prepared


def _prepared_at_start(case: Case, location_id: str) -> float:
    """Return what is fitted out at the start; nothing at a location that is still to open."""
    location = case.locations[location_id]
    return 0.0 if location.candidate else float(min(location.dol_prepared, location.dol_beds))


@rule(
    standing=Standing.POLICY,
    source=DECISION_NOTE.at("ingroeimodel", "ingrowth model"),
    unit="places",
    level=None,
    parameters=("dol_growth_per_month",),
    bears_on=("dol", "prepare_dol"),
    limit=OfParameter("dol_growth_per_month", unit="places", repairs=True, endless=True),
)
def dol_growth(case: Case, choose: Decisions) -> Iterator[Constraint]:
    """Places newly fitted out in a month, the first included, stay within the growth speed."""
    for month in case.months:
        newly = [c for (_, each), c in choose.dol_fitted_out.items() if each == month]
        if newly:
            speed = case.parameters.number("dol_growth_per_month", month)
            yield at_most(total(newly), speed, Key(kind=PlaceKind.DOL, month=month))


def _band_months(case: Case) -> list[dt.date]:
    """Return the months in which the band for prepared DOL places holds."""
    start = case.parameters.date("dol_band_from")
    return [month for month in case.months if start is None or month >= start]


def _prepared_in(choose: Decisions, month: dt.date) -> list[Variable]:
    return [column for (_, each), column in choose.dol_prepared.items() if each == month]


@rule(
    standing=Standing.POLICY,
    source=IMPLEMENTATION_PLAN.at("§3.3, mijlpalen", "§3.3, milestones"),
    unit="places",
    level=Level.DUBLIN,
    parameters=("dol_band_low", "dol_band_from"),
    bears_on=("dol",),
    limit=OfParameter("dol_band_low", unit="places", step=-1.0),
)
def dol_band_low(case: Case, choose: Decisions) -> Iterator[Constraint]:
    """Prepared DOL places nationally reach the lower bound of the band."""
    for month in _band_months(case):
        low = case.parameters.optional("dol_band_low", month)
        prepared = _prepared_in(choose, month)
        if prepared and low is not None:
            yield at_least(total(prepared), low, Key(kind=PlaceKind.DOL, month=month))


@rule(
    standing=Standing.CHOICE,
    source=INPUT.at("parameter DOL, grens van de planner", "parameter DOL, limit of the planner"),
    unit="places",
    level=Level.DUBLIN,
    parameters=("dol_band_high", "dol_band_from"),
    bears_on=("dol",),
    limit=OfParameter("dol_band_high", unit="places"),
)
def dol_band_high(case: Case, choose: Decisions) -> Iterator[Constraint]:
    """Prepared DOL places nationally stay within a limit, if the planner makes one.

    The 2,000 of the implementation plan are a mean that is expected, no ceiling.
    """
    for month in _band_months(case):
        high = case.parameters.optional("dol_band_high", month)
        prepared = _prepared_in(choose, month)
        if prepared and high is not None:
            yield at_most(total(prepared), high, Key(kind=PlaceKind.DOL, month=month))


@rule(
    standing=Standing.POLICY,
    source=LETTER_APRIL_2026.at(
        "Dublinonderdaklocaties; beslisnota: zoveel mogelijk",
        "Dublin shelter; decision note: as far as possible",
    ),
    unit="persons",
    level=Level.DUBLIN,
    counts_unplaced=prefers(PlaceKind.DOL),
    bears_on=("dol",),
)
def dublin_outside_dol(case: Case, choose: Decisions) -> Iterator[Constraint]:
    """People of groups that prefer DOL and are in a fallback kind are counted."""
    yield from fallback_rows(case, choose, lambda group, _: group.prefers(PlaceKind.DOL))


@rule(
    standing=Standing.POLICY,
    source=IMPLEMENTATION_PLAN.at("§3.3"),
    unit="persons",
    level=Level.DUBLIN,
    counts_unplaced=prefers(PlaceKind.ACCELERATED),
)
def accelerated_elsewhere(case: Case, choose: Decisions) -> Iterator[Constraint]:
    """People of groups that prefer accelerated places and are in a fallback kind are counted."""
    yield from fallback_rows(case, choose, lambda group, _: group.prefers(PlaceKind.ACCELERATED))


def _others_place(group: Group, kind: PlaceKind) -> bool:
    """Whether a place is one that an unprotected group only falls back on, outside emergency."""
    own = group.registers or group.prefers(PlaceKind.DOL) or group.prefers(PlaceKind.ACCELERATED)
    return not (group.is_protected or own or kind.emergency)


def _without_own_rule(case: Case, group: str, month: dt.date) -> float:
    """Return 1 for an unprotected group that neither rule above covers."""
    return float(_others_place(case.groups[group], PlaceKind.REGULAR))


@rule(
    standing=Standing.POLICY,
    source=IMPLEMENTATION_PLAN.at("§3.3"),
    unit="persons",
    level=Level.DUBLIN,
    counts_unplaced=_without_own_rule,
)
def others_places(case: Case, choose: Decisions) -> Iterator[Constraint]:
    """People of unprotected groups in a fallback kind count at the level of what that kind is.

    Emergency reception counts at its own level, so only the other kinds count here.
    """
    yield from fallback_rows(case, choose, _others_place)


def fallback_rows(
    case: Case,
    choose: Decisions,
    covers: Callable[[Group, PlaceKind], bool],
    weights: Mapping[dt.date, float] = NO_WEIGHTS,
) -> Iterator[Constraint]:
    """Yield a row for each column of people in a fallback kind that is covered for their group.

    `weights` is what a person counts in a month, once where it is not there.
    """
    counted = {
        (group.group, kind)
        for group in case.groups.values()
        for kind in PlaceKind
        if group.suitability(kind) is Suitability.FALLBACK and covers(group, kind)
    }
    for (group_id, location, kind, month), people in choose.people.items():
        if (group_id, kind) in counted:
            weight = weights.get(month, 1.0)
            yield at_most(people, 0, Key(group_id, location, kind, month), weight=weight)
