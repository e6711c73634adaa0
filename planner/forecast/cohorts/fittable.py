"""The inputs that past counts may tell: mean stays, the share of Dublin claims, housing."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from planner.forecast.cohorts.cohort_flow import walk
from planner.forecast.cohorts.fitting import FURTHEST, Model
from planner.forecast.cohorts.intake import DEPARTURES, SHARE, STAY, UncertainInput
from planner.forecast.cohorts.people_present import Computed, group_totals
from planner.forecast.cohorts.rows import REGISTRATION, key_of, rows_of
from planner.forecast.cohorts.stays import Floats
from planner.forecast.cohorts.uncertainty import knobs, range_of
from planner.input.case import Case
from planner.input.months import months_from
from planner.input.streams import Stream

# The shortest mean stay, in months, that the sheet Groups takes.
_SHORTEST = 1.0

# No bound lies on what an input is now, or there would be nothing to fit.
_ROOM = 1e-5


@dataclass(frozen=True)
class Fittable:
    """An input that may be fitted: what it is called, its value now, and how far it may be off.

    `knobs` are all that it turns at once, the first its name. `parameter` is where its value
    stands, empty where it stands on the sheets Groups or Streams. `off` is a part of the value.
    """

    knobs: tuple[UncertainInput, ...]
    value: float
    off: float
    parameter: str
    low: float
    high: float

    @property
    def key(self) -> UncertainInput:
        """Its name."""
        return self.knobs[0]


def past_case(case: Case, first: dt.date, last: dt.date, people: Mapping[str, float]) -> Case:
    """Return the case as it would have been when a past count started the plan.

    `people` are those counted in each group, who stand for the first day of month `first`.
    """
    occupancy = {("", group): round(count) for group, count in people.items()}
    return replace(
        case,
        date=first - dt.timedelta(days=1),
        months=months_from(first, last),
        occupancy=occupancy,
        forecast={},
    )


def fittable(computed: Computed) -> tuple[Fittable, ...]:
    """Return the inputs that may be fitted, each with a value now."""
    found: dict[object, Fittable] = {}
    for each in _fittable(computed):
        # Rows that one parameter speaks for are one input.
        name = each.parameter or each.key
        before = found.get(name)
        merged = each if before is None else replace(before, knobs=(*before.knobs, *each.knobs))
        found[name] = merged
    return tuple(found.values())


def _fittable(computed: Computed) -> Iterator[Fittable]:
    rows = {key_of(each).knob: each for each in rows_of(computed.case) if not each.valid_from}
    dublin = _dublin_groups(computed)
    for knob in knobs(computed):
        kind, name = knob
        if kind == STAY:
            yield from _stay(computed, knob)
        elif kind == DEPARTURES:
            yield from _departures(computed, knob)
        elif kind == SHARE and rows[name].group in dublin:
            yield from _claims(computed, knob, rows[name])


def _dublin_groups(computed: Computed) -> set[str]:
    """Return the groups that Dublin cases come into: DOL, and those that lead there."""
    nodes = {each.name: each for each in computed.network.nodes}
    dol = {each.group for each in nodes.values() if each.at_limit and not each.instead_of}
    return dol | {
        nodes[flow.source].group if flow.source in nodes else flow.source
        for flow in computed.network.flows
        if nodes[flow.target].group in dol
    }


def _stay(computed: Computed, knob: UncertainInput) -> Iterator[Fittable]:
    node = computed.network.of_group(knob[1])
    if node.stay.mean:
        own = computed.case.groups[node.group].stay_months
        low = math.log(_SHORTEST / own) if own else -math.inf
        high = math.log(node.stay.limit / node.stay.mean) if node.stay.limit else math.inf
        yield _input(computed, knob, node.stay.mean, "", low, high)


def _claims(computed: Computed, knob: UncertainInput, row: Stream) -> Iterator[Fittable]:
    """Yield the part of arrivals for whom a claim is accepted, not how Dublin cases divide."""
    share = next(each for each in computed.network.shares if each.key.knob == knob[1])
    arriving = {*computed.network.streams, REGISTRATION}
    if row.stream in arriving and share.since > 0:
        high = -math.log(share.since)
        yield _input(computed, knob, share.since, row.share_parameter, -math.inf, high)


def _departures(computed: Computed, knob: UncertainInput) -> Iterator[Fittable]:
    name = next(n.leave_parameter for n in computed.network.nodes if n.group == knob[1])
    value = computed.case.parameters.optional(name)
    if value:
        yield _input(computed, knob, value, name, -math.inf, math.inf)


def _input(  # noqa: PLR0913, PLR0917 - what an input is made of
    computed: Computed, knob: UncertainInput, value: float, parameter: str, low: float, high: float
) -> Fittable:
    furthest = math.log(FURTHEST)
    return Fittable(
        (knob,),
        value,
        range_of(computed.case, knob),
        parameter,
        min(max(low, -furthest), -_ROOM),
        max(min(high, furthest), _ROOM),
    )


def model_of(
    computed: Computed, inputs: tuple[Fittable, ...], groups: tuple[str, ...], at: tuple[int, ...]
) -> Model:
    """Return what logarithms of factors come to: the people of groups in some of the months."""

    def people(logs: Floats) -> Floats:
        factors = {knob: np.exp(logs[:, k]) for k, each in enumerate(inputs) for knob in each.knobs}
        moved = replace(computed, movement=walk(computed.network, computed.intake, factors))
        totals = group_totals(moved)
        ones = np.ones((len(logs), 1))
        return np.stack([totals[group][:, list(at)] * ones for group in groups], axis=1)

    return people
