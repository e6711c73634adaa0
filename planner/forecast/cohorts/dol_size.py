"""The size of DOL in the long run: accepted claims a month times the mean stay (Little's law)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from math import fsum
from typing import TYPE_CHECKING

from planner.forecast.cohorts.shares import divided
from planner.input.kinds import PlaceKind
from planner.input.months import MONTHS_IN_YEAR

if TYPE_CHECKING:
    from planner.forecast.cohorts.network import Flow, Node
    from planner.forecast.cohorts.people_present import Computed
    from planner.forecast.cohorts.stays import Stay

# Where no longest stay is set, mean stays up to so many months are looked at.
_LONGEST_LOOKED_AT = 12.0


@dataclass(frozen=True)
class DolSize:
    """People who come into DOL each month, and how many months they stay on average."""

    accepted: float
    stay: float

    @property
    def people(self) -> float:
        """How many people are in DOL when this goes on for long."""
        return self.accepted * self.stay


@dataclass(frozen=True)
class DolSizing:
    """What the size of DOL hangs on: today's input, the published rate, and the band of places.

    `published` is the number of accepted claims a month that the parameters give, `short` and
    `long` the mean stays that they give; each is `None` where it is not set. `low` and `high` are
    the band in places, `longest` is the longest stay in months, `peak` the most people of the
    calculation itself, in the month `peak_month`.
    """

    today: DolSize
    published: float | None
    short: float | None
    long: float | None
    low: float | None
    high: float | None
    longest: float
    peak: float
    peak_month: dt.date


def stay_for(people: float, accepted: float) -> float | None:
    """Return the mean stay at which so many people are in DOL; nothing where nobody comes."""
    return people / accepted if accepted > 0 else None


def dol_sizing(computed: Computed) -> DolSizing:
    """Return what the size of DOL hangs on in a calculation."""
    number = computed.case.parameters.optional
    months = computed.case.months
    nodes = _dol_nodes(computed)
    present = [
        fsum(float(computed.movement.present[each.name][0, at]) for each in nodes)
        for at in range(len(months))
    ]
    peak = max(range(len(months)), key=lambda at: present[at])
    return DolSizing(
        today=_today(computed, nodes),
        published=number("dublin_accepted_month"),
        short=number("dol_stay_months_low"),
        long=number("dol_stay_months_high"),
        low=number("dol_band_low"),
        high=number("dol_published_mean"),
        longest=number("transfer_months") or _LONGEST_LOOKED_AT,
        peak=present[peak],
        peak_month=months[peak],
    )


def _dol_nodes(computed: Computed) -> tuple[Node, ...]:
    """Return the DOL groups, without those who have to stay apart from them."""
    groups = computed.case.groups
    return tuple(
        each
        for each in computed.network.nodes
        if not each.instead_of and groups[each.group].prefers(PlaceKind.DOL)
    )


def _today(computed: Computed, nodes: tuple[Node, ...]) -> DolSize:
    """Return who comes into DOL a month in the long run, and their mean stay."""
    rates = _rates(computed)
    came = [
        (flow, rates[flow, node.name])
        for node in nodes
        for flow in computed.network.into(node.name)
    ]
    accepted = fsum(people for _, people in came)
    if accepted > 0:
        return DolSize(
            accepted, fsum(people * _mean(flow.stay) for flow, people in came) / accepted
        )
    stays = [_mean(each.stay) for each in nodes]
    return DolSize(0.0, fsum(stays) / len(stays) if stays else 0.0)


def _rates(computed: Computed) -> dict[tuple[Flow, str], float]:
    """Return the people a month of each flow when the arrivals of the last year go on for long.

    As many leave a group then as come into it; groups that keep people to their longest stay do
    not lead to DOL.
    """
    of = computed.network
    parts = divided(of.shares, {})
    entering = {
        stream: float(people[-MONTHS_IN_YEAR:].mean())
        for stream, people in computed.intake.arrivals.items()
    }
    rates: dict[tuple[Flow, str], float] = {}
    for node in of.nodes:
        for flow in of.into(node.name):
            part = float(parts[flow.row][1, 0, -1]) * flow.since
            rates[flow, node.name] = (
                0.0 if flow.absconded else entering.get(flow.source, 0.0) * part
            )
        entering[node.name] = fsum(rates[flow, node.name] for flow in of.into(node.name))
    return rates


def _mean(stay: Stay) -> float:
    """Return the mean of a stay, never above the longest."""
    mean = stay.mean or 0.0
    return mean if stay.limit is None else min(mean, stay.limit)
