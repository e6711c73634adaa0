"""Causes at locations: beds, seats and facilities that are too few, and agreed maxima."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import fsum

from planner.core.texts import Text
from planner.explain.beds import INDIRECT
from planner.explain.causes.cause import AskedCauses, Cause, Evidence
from planner.explain.causes.own_limits import PERHAPS
from planner.explain.causes.terms import name_of
from planner.explain.changes import with_ceiling, with_kind, with_location
from planner.explain.figures import Limit
from planner.input.case import Case
from planner.input.kinds import PlaceKind, Suitability
from planner.input.location import Location
from planner.input.records import table
from planner.model.rules import active_rules
from planner.model.rules.limit import ContractColumn, LimitKind, Offered, OfLocation, OfParameter

Without = Callable[[Case], Case]
# What a cause without an estimate is taken to explain, so that a trial looks at it.
HARDLY = 0.02
_COUNTED = (LimitKind.BEDS, LimitKind.DOL_PART, LimitKind.CEILING)


def facility_causes(asked: AskedCauses) -> Iterator[Cause]:
    """Yield what locations lack for the people concerned."""
    if asked.about_beds:
        return
    for limit in asked.limits:
        if limit.sort in _COUNTED or isinstance(limit.rule.limit, OfLocation):
            yield from _counted(asked, limit)
    yield from _suitable(asked)
    yield from _barred(asked)
    yield from _own_norms(asked)
    yield from _ended(asked)


def _counted(asked: AskedCauses, limit: Limit) -> Iterator[Cause]:
    """Yield a limit that is below what was there at the start, or that is reached."""
    location = asked.case.locations.get(limit.subject)
    size = _size(asked, limit)
    needed = _needed_at_start(asked, limit)
    own = _own_amount(asked, limit)
    saved = asked.saved(limit)
    short = needed > size
    there = PERHAPS * asked.shortfall.weighted if short and _there(asked, limit) else 0.0
    explains = own or there or (saved and not _falls_short(asked, limit))
    if not explains or (limit.sort == LimitKind.BEDS and not short):
        return
    missing = needed - size if short else max(1.0, 0.1 * size)
    yield Cause(
        sort=limit.sort,
        subject=limit.subject,
        removes=max(own, there, saved * missing * _directly(asked, location)),
        shown=_shown(own=own > 0 or there > 0, short=short),
        without=_without(asked, limit, needed),
        cells=limit.cells,
        fields=(
            ("location", limit.subject if location is None else name_of(location)),
            ("size", size),
            ("needed", needed),
            ("at_start", 1 if short else 0),
            ("title", limit.title),
        ),
    )


def _falls_short(asked: AskedCauses, limit: Limit) -> bool:
    """Whether a limit falls short itself: then its price is that of its own shortfall."""
    soft = limit.rule.level is not None
    return soft and any(asked.solved.room(each) < 0 for each in limit.rows)


def _shown(*, own: bool, short: bool) -> Evidence:
    """Return how plainly a limit that was too small at the start, or is reached, shows."""
    if not short:
        return Evidence.REACHED
    return Evidence.ITSELF if own else Evidence.AT_ODDS


def _there(asked: AskedCauses, limit: Limit) -> bool:
    """Whether a limit is of the very location that falls short."""
    at = asked.shortfall.key.location
    return bool(at) and limit.subject == at and limit.sort not in _COUNTED


def _directly(asked: AskedCauses, location: Location | None) -> float:
    """Return what a limit's price counts for: little where nobody concerned could be there."""
    return 1.0 if location is None or asked.suits(location) else INDIRECT


def _size(asked: AskedCauses, limit: Limit) -> float:
    """Return the figure itself."""
    location = asked.case.locations.get(limit.subject)
    if location is None:
        return limit.rows[0].row.limit
    column = "dol_beds" if limit.sort == LimitKind.DOL_PART else limit.sort
    return float(getattr(location, column) or 0)


def _own_amount(asked: AskedCauses, limit: Limit) -> float:
    """Return what of the shortfall is that of the limit's own rows."""
    if limit.rule.name != asked.shortfall.rule.name:
        return 0.0
    mine = {id(each) for each in limit.rows}
    return fsum(
        each.row.weight * amount
        for each, amount in zip(asked.shortfall.rows, asked.shortfall.amounts, strict=True)
        if id(each) in mine
    )


def _needed_at_start(asked: AskedCauses, limit: Limit) -> float:
    """Return what the people there on the reference date need of a limit."""
    name, declared = limit.subject, limit.rule.limit
    if isinstance(declared, OfLocation):
        groups = asked.case.groups.values()
        return fsum(declared.needs(each) * asked.at_start(name, each.group) for each in groups)
    if limit.sort == LimitKind.CEILING:
        ceiling = next(each for each in asked.case.ceilings if each.name == name)
        return fsum(asked.at_start(each) for each in ceiling.locations)
    return asked.at_start(name) if limit.sort == LimitKind.BEDS else 0.0


def _without(asked: AskedCauses, limit: Limit, needed: float) -> Without:
    """Return the case with the limit as wide as it ever was, or without it."""
    name, sort = limit.subject, limit.sort
    if sort == LimitKind.CEILING:
        return lambda case: with_ceiling(case, name, None)
    if sort == LimitKind.BEDS:
        norm = asked.case.locations[name].occupancy_norm
        share = asked.case.parameters.number("occupancy_norm") if norm is None else norm
        return lambda case: with_location(case, name, beds=needed / share)
    if sort == LimitKind.DOL_PART:
        beds = asked.case.locations[name].beds
        return lambda case: with_location(case, name, dol_beds=beds)
    return lambda case: with_location(case, name, **{sort: None})


def _suitable(asked: AskedCauses) -> Iterator[Cause]:
    """Yield locations that lack what a group needs, where such people are or were."""
    for rule in active_rules(asked.case):
        if not isinstance(offered := rule.limit, Offered):
            continue
        needing = [g.group for g in asked.case.groups.values() if offered.needed_by(g)]
        for location in asked.case.locations.values():
            if offered.at(location) or not needing:
                continue
            here = asked.at_start(location.id, *needing)
            own = asked.by_location.get(location.id, 0.0)
            own = own if asked.shortfall.rule is rule else 0.0
            if own or here:
                yield _lacking(asked, location, offered.column, here, own)


def _lacking(asked: AskedCauses, location: Location, offer: str, here: float, own: float) -> Cause:
    def without(case: Case) -> Case:
        return with_location(case, location.id, **{offer: True})

    # Those who cannot stay there weigh on every other place; how much, only a trial can tell.
    elsewhere = HARDLY * asked.shortfall.weighted
    return Cause(
        sort=offer,
        subject=location.id,
        removes=own or elsewhere,
        shown=Evidence.AT_ODDS if here else Evidence.REACHED,
        without=without,
        cells=(("locations", location.id, offer),),
        fields=(("location", name_of(location)), ("people", here), ("title", _title(offer))),
    )


def _barred(asked: AskedCauses) -> Iterator[Cause]:
    """Yield kinds of place that a group may not have, though people of it lived in them."""
    for group in asked.case.groups.values():
        lived: dict[PlaceKind, float] = {}
        for location in asked.case.locations.values():
            kind = location.type.base_kind
            if group.suitability(kind) is Suitability.BARRED:
                lived[kind] = lived.get(kind, 0.0) + asked.at_start(location.id, group.group)
        for kind, people in lived.items():
            if people:
                yield Cause(
                    sort="barred",
                    subject=group.group,
                    removes=PERHAPS * asked.shortfall.weighted,
                    shown=Evidence.AT_ODDS,
                    without=_let_in(group.group, kind),
                    cells=(("groups", group.group, kind.value),),
                    fields=(("group", group.group), ("kind", kind.label), ("people", people)),
                )


def _let_in(group: str, kind: PlaceKind) -> Without:
    return lambda case: with_kind(case, group, kind, Suitability.PREFERRED)


def _title(column: str) -> Text:
    """Return what a column of the sheet Locations is called."""
    return table("locations").column(column).title


def _own_norms(asked: AskedCauses) -> Iterator[Cause]:
    """Yield locations whose own figure is below the parameter that holds elsewhere."""
    declared = asked.shortfall.rule.limit
    if not isinstance(declared, OfParameter) or not declared.own:
        return
    general = asked.case.parameters.number(declared.parameter)
    for name, amount in asked.by_location.items():
        location = asked.case.locations[name]
        own = getattr(location, declared.own)
        if own is not None and own < general:
            yield Cause(
                sort="own_norm",
                subject=name,
                removes=amount,
                shown=Evidence.PLAINLY,
                without=_emptied(name, declared.own),
                cells=(("locations", name, declared.own),),
                fields=(("location", name_of(location)), ("norm", own)),
            )


def _emptied(location: str, column: str) -> Without:
    return lambda case: with_location(case, location, **{column: None})


def _ended(asked: AskedCauses) -> Iterator[Cause]:
    """Yield locations that fall short only because a column of theirs sets an end."""
    declared = asked.shortfall.rule.limit
    if not isinstance(declared, ContractColumn):
        return
    for name, amount in asked.by_location.items():
        location = asked.case.locations[name]
        yield Cause(
            sort=asked.shortfall.rule.name,
            subject=name,
            removes=amount,
            shown=Evidence.REACHED,
            without=_emptied(name, declared.column),
            cells=(("locations", name, declared.column),),
            fields=(
                ("location", name_of(location)),
                ("term", getattr(location, declared.column)),
                ("title", _title(declared.column)),
            ),
        )
