"""What may turn out worse than planned, and the people present when it does, by how much."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from planner.forecast.cohorts.intake import DEPARTURES, STAY, UncertainInput
from planner.forecast.cohorts.people_present import compute, group_totals
from planner.forecast.cohorts.uncertainty import knobs
from planner.input.case import Case, GroupMonth
from planner.input.kinds import Listed, PlaceKind
from planner.model.demand import demand, demand_of, is_computed

People = Mapping[GroupMonth, float]


class Kind(Listed):
    """The kinds of setback that a plan's decisions may have to bear."""

    ALL = "all", "meer mensen, van elke groep", "more people, of every group"
    GROUP = "group", "meer mensen van een groep", "more people of a group"
    DEPARTURES = "departures", "later vertrek, behalve uit DOL", "later departures, DOL apart"
    DUBLIN_STAY = "dublin_stay", "langer verblijf in DOL", "longer stay in DOL"
    REFUSED = "refused", "verlengingen die niet doorgaan", "extensions that are refused"


@dataclass(frozen=True)
class Stress:
    """A setback: its kind and, where it is about one group, which."""

    kind: Kind
    group: str = ""

    @property
    def is_straight(self) -> bool:
        """Whether twice the setback is twice the people, or twice the beds lost."""
        return self.kind not in {Kind.DEPARTURES, Kind.DUBLIN_STAY}


class Setbacks:
    """The setbacks that a case can meet, and who is present when one comes to a part."""

    def __init__(self, case: Case) -> None:
        """Work out who is present as planned, and which inputs can bring more."""
        self._case = case
        self.now: People = demand(case)
        self._knobs = tuple(knobs(compute(case))) if is_computed(case) else ()
        self._known: dict[tuple[Stress, float], People] = {}

    def each(self, *, extends: bool) -> Iterator[Stress]:
        """Yield the setbacks: only groups that are there, only what is computed.

        Departures and stays change nobody's number where the forecast gives it for every month.
        `extends` is whether anything is extended, that may be refused.
        """
        yield Stress(Kind.ALL)
        for group in self._case.groups:
            if any(self.now[group, month] > 0 for month in self._case.months):
                yield Stress(Kind.GROUP, group)
        for kind in (Kind.DEPARTURES, Kind.DUBLIN_STAY):
            if self._factors(kind, 1.0):
                yield Stress(kind)
        if extends:
            yield Stress(Kind.REFUSED)

    def people(self, stress: Stress, part: float) -> People:
        """Return the people present per group and month when a setback comes to a part.

        A part of 0.1 is 10 % more people, or stays that are 10 % longer; the places for permit
        holders are then so much fewer that they too wait so much longer.
        """
        if (stress, part) not in self._known:
            self._known[stress, part] = self._people(stress, part)
        return self._known[stress, part]

    def _people(self, stress: Stress, part: float) -> People:
        match stress.kind:
            case Kind.REFUSED:
                return self.now
            case Kind.ALL | Kind.GROUP:
                return {
                    key: people * (1.0 + part) if stress.group in {"", key[0]} else people
                    for key, people in self.now.items()
                }
            case _:
                return self._computed(self._factors(stress.kind, part))

    def _factors(self, kind: Kind, part: float) -> Mapping[UncertainInput, np.ndarray]:
        """Return by how much each input of the calculation changes: stays and departures."""
        found: dict[UncertainInput, np.ndarray] = {}
        for knob in self._knobs:
            sort, group = knob
            if sort not in {STAY, DEPARTURES}:
                continue
            dublin = self._case.groups[group].prefers(PlaceKind.DOL)
            if dublin is (kind is Kind.DUBLIN_STAY):
                found[knob] = np.array([1.0 + part if sort == STAY else 1.0 / (1.0 + part)])
        return found

    def _computed(self, factors: Mapping[UncertainInput, np.ndarray]) -> People:
        totals = group_totals(compute(self._case, factors))
        at = {month: number for number, month in enumerate(self._case.months)}
        return {
            (group, month): people
            if (group, month) in self._case.forecast
            else float(totals[group][0, at[month]])
            for (group, month), people in self.now.items()
        }


def with_people(case: Case, present: People) -> Case:
    """Return a case in which exactly these people are present, whatever arrives.

    As many of them must have a school seat, as a part, as of those who were expected.
    """
    return replace(case, forecast=dict(present), pupils=case.pupils or demand_of(case).pupils)
