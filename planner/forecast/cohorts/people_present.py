"""The people of each group and month: computed from arrivals, unless the forecast gives them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from planner.forecast.cohorts.arrivals import Arrivals, arrivals
from planner.forecast.cohorts.backlog import decided_by_then, decided_outside
from planner.forecast.cohorts.cohort_flow import walk
from planner.forecast.cohorts.intake import Intake, Movement, UncertainInput
from planner.forecast.cohorts.network import Network, network
from planner.forecast.cohorts.rows import BACKLOG
from planner.forecast.cohorts.stays import Floats
from planner.input.case import Case, GroupMonth

# How long schooling may wait: Directive (EU) 2024/1346, Article 16(2).
SCHOOL_ACCESS = "school_access_months"


class Origin(StrEnum):
    """Where a group's number in a month comes from."""

    FORECAST = "forecast"
    COMPUTED = "computed"


@dataclass(frozen=True)
class Balance:
    """A group's people over a month: start + in - out = end, computed without the forecast."""

    start: float
    coming: float
    going: float
    end: float


@dataclass(frozen=True)
class Computed:
    """What the arrivals of a scenario come to."""

    case: Case
    network: Network
    coming: Arrivals
    intake: Intake
    movement: Movement

    def people(self, group: str, month: dt.date) -> float:
        """Return the people of a group on the first day of a month."""
        return self.balance(group, month).start

    def balance(self, group: str, month: dt.date) -> Balance:
        """Return what comes into a group and goes out of it in a month, moves inside it not."""
        at = self.case.months.index(month)
        present = group_totals(self)[group][0]
        coming = sum(
            (people[0, at] for people in _into(self, group)),
            start=0.0,
        )
        start, end = float(present[at]), float(present[at + 1])
        return Balance(start, float(coming), float(start + coming - end), end)

    @property
    def origins(self) -> Mapping[GroupMonth, Origin]:
        """Where the number that is used comes from, per group and month."""
        return {
            (group, month): Origin.FORECAST
            if (group, month) in self.case.forecast
            else Origin.COMPUTED
            for group in self.case.groups
            for month in self.case.months
        }


def _into(computed: Computed, group: str) -> Iterator[Floats]:
    """Yield the movements into a group from outside it, each (samples, months)."""
    nodes = {each.name: each.group for each in computed.network.nodes}
    for (source, target), people in computed.movement.moved.items():
        if nodes[target] == group and nodes.get(source) != group:
            yield people


def group_totals(computed: Computed) -> Mapping[str, Floats]:
    """Return the people per group, (samples, months + 1), those who stay apart included."""
    totals: dict[str, Floats] = {}
    for node in computed.network.nodes:
        people = computed.movement.present[node.name]
        totals[node.group] = totals.get(node.group, 0.0) + people
    return totals


def compute(case: Case, factors: Mapping[UncertainInput, Floats] | None = None) -> Computed:
    """Follow the arrivals of a case; `factors` (samples) multiply the inputs they name."""
    of, coming = network(case), arrivals(case)
    intake = _intake(case, of, coming)
    return Computed(case, of, coming, intake, walk(of, intake, factors))


def _intake(case: Case, of: Network, coming: Arrivals) -> Intake:
    """Return what goes into the calculation of a case."""
    span = of.span
    outside = decided_outside(case, coming, span.history)
    method, done = decided_by_then(case)
    stopped = np.array(
        [case.parameters.in_force("dublin_transfers_stopped", each) or 0.0 for each in span.months]
    )
    stopped[: span.history] = 0.0
    most = {
        node.name: np.array(
            [_or_endless(case, node.leave_parameter, month) for month in case.months]
        )
        for node in of.nodes
        if node.leave_parameter
    }
    return Intake(
        arrivals={name: each for name, each in coming.people.items() if name != BACKLOG},
        since=span.part_since,
        history=span.history,
        stock={group: float(case.people_at_start(group)) for group in case.groups},
        outside=outside,
        method=method,
        done=done,
        most=most,
        stopped=stopped,
        transferred=case.parameters.number("dublin_transferred_share"),
        new_for=np.array([*(_school_waits(case, each) for each in case.months), 0.0]),
        registering=frozenset(name for name, group in case.groups.items() if group.registers),
    )


def _or_endless(case: Case, parameter: str, month: dt.date) -> float:
    value = case.parameters.optional(parameter, month)
    return float("inf") if value is None else value


def _school_waits(case: Case, month: dt.date) -> float:
    """Return for how many months schooling may wait."""
    return case.parameters.in_force(SCHOOL_ACCESS, month) or 0.0


def new_people(computed: Computed) -> Mapping[GroupMonth, float]:
    """Return how many of a group's people are new, so long as schooling may wait for them.

    They came from outside or from registration no more than `school_access_months` ago.
    """
    totals: dict[str, Floats] = {}
    for node in computed.network.nodes:
        people = computed.movement.recent[node.name]
        totals[node.group] = totals.get(node.group, 0.0) + people
    return {
        (group, month): float(people[0, at])
        for group, people in totals.items()
        for at, month in enumerate(computed.case.months)
    }


def people_present(computed: Computed) -> Mapping[GroupMonth, float]:
    """Return the people to house per group and month: the forecast, else what arrivals come to."""
    case = computed.case
    present = {group: people[0].tolist() for group, people in group_totals(computed).items()}
    return {
        (group, month): case.forecast.get((group, month), present[group][at])
        for group in case.groups
        for at, month in enumerate(case.months)
    }
