"""What the result hangs on: one input at a time, ranked; and bands from many samples."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from planner.forecast.cohorts.cohort_flow import walk
from planner.forecast.cohorts.intake import (
    ARRIVALS,
    DECIDED,
    DEPARTURES,
    SHARE,
    STAY,
    Intake,
    UncertainInput,
)
from planner.forecast.cohorts.people_present import Computed, group_totals
from planner.forecast.cohorts.stays import Floats
from planner.forecast.past_errors import PastErrors, factors
from planner.input.case import Case
from planner.input.kinds import PlaceKind
from planner.input.months import covers

SAMPLES = 1000
SEED = 0
PERCENTILES = (10, 50, 90)
# In how many percent of the futures DOL places are to be enough, and what is no place more.
ENOUGH = (50, 80, 90, 95)
LEAST = 1e-6

# The parameter that says how far an input of each kind may be off, as part of its value.
_UNCERTAIN = {
    ARRIVALS: "uncertain_arrivals",
    SHARE: "uncertain_share",
    STAY: "uncertain_stay",
    DEPARTURES: "uncertain_departures",
    DECIDED: "uncertain_backlog",
}


class LookedAt(StrEnum):
    """What is looked at: people in DOL, people beyond regular beds, and everybody."""

    DOL = "dol"
    EMERGENCY = "emergency"
    TOTAL = "total"


@dataclass(frozen=True)
class Swing:
    """How far one input moves an outcome: DOL in its highest month, the others on average.

    `low` and `high` are the factors of the input; `at_low` and `at_high` what they lead to, in
    persons.
    """

    outcome: LookedAt
    knob: UncertainInput
    low: float
    high: float
    at_low: float
    at_high: float

    @property
    def size(self) -> float:
        """How far apart the two ends are, in persons."""
        return abs(self.at_high - self.at_low)


@dataclass(frozen=True)
class Bands:
    """The 10, 50 and 90 % of the samples, each (3, months), by group and by outcome.

    `enough` is how many DOL places are enough in so many percent of the samples, in every month.
    """

    groups: Mapping[str, Floats]
    outcomes: Mapping[LookedAt, Floats]
    enough: Mapping[int, int]


def knobs(computed: Computed) -> tuple[UncertainInput, ...]:
    """Return the inputs that are uncertain: each changes something."""
    return tuple(_knobs(computed))


def _knobs(computed: Computed) -> Iterator[UncertainInput]:
    intake, of = computed.intake, computed.network
    for stream in of.streams:
        if intake.arrivals.get(stream, np.zeros(1)).any():
            yield ARRIVALS, stream
    for row in of.shares:
        if (row.leading or row.delayed) and row.since > 0 and not row.key.begin:
            yield SHARE, row.key.knob
    yield from ((STAY, group) for group in _staying(computed))
    for node_name, most in intake.most.items():
        if np.isfinite(most).any():
            yield DEPARTURES, of.node(node_name).group
    waits = any(node.order is not None for node in of.nodes)
    if intake.outside.any() or (waits and intake.done.any()):
        yield DECIDED, ""


def _staying(computed: Computed) -> Iterator[str]:
    """Yield the groups that somebody is in or joins, and leaves again."""
    of = computed.network
    nodes = {each.name: each.group for each in of.nodes}
    joined = {nodes[flow.target] for flow in of.flows}
    for group in dict.fromkeys(node.group for node in of.nodes if not node.instead_of):
        used = group in joined or computed.intake.stock.get(group)
        if of.of_group(group).stay.mean is not None and used:
            yield group


def outcomes(computed: Computed) -> Mapping[LookedAt, Floats]:
    """Return the people of each outcome, (samples, months), on the first day of each month.

    Beyond regular beds means: more than the beds in contract outside emergency locations can hold
    at their occupancy norm, without any decision.
    """
    return _outcomes_of(computed.case, _present(computed))


def _present(computed: Computed) -> Mapping[str, Floats]:
    """Return the people of each group on the first day of each month, (samples, months)."""
    return {name: people[:, :-1] for name, people in group_totals(computed).items()}


def _outcomes_of(case: Case, totals: Mapping[str, Floats]) -> Mapping[LookedAt, Floats]:
    everybody = np.add.reduce(list(totals.values()))
    room = np.array([regular_room(case, month) for month in case.months])
    return {
        LookedAt.DOL: _in_dol(case, totals),
        LookedAt.EMERGENCY: np.maximum(everybody - room[None, :], 0.0),
        LookedAt.TOTAL: everybody,
    }


def _in_dol(case: Case, totals: Mapping[str, Floats]) -> Floats:
    """Return the people of the groups that belong in DOL."""
    dol = [people for name, people in totals.items() if case.groups[name].prefers(PlaceKind.DOL)]
    found: Floats = np.add.reduce(dol or [np.zeros_like(each) for each in totals.values()])
    return found


def regular_room(case: Case, month: dt.date) -> float:
    """Return how many people the locations outside emergency reception can hold in a month."""
    norm = case.parameters.number("occupancy_norm", month)
    return math.fsum(
        each.beds * (norm if each.occupancy_norm is None else each.occupancy_norm)
        for each in case.locations.values()
        if not each.emergency
        and not each.candidate
        and covers(month, each.open_from, each.open_until)
    )


def sensitivity(computed: Computed) -> tuple[Swing, ...]:
    """Return what each input does by itself, per outcome, the one that moves it most first."""
    varied = knobs(computed)
    if not varied:
        return ()
    factors: dict[UncertainInput, Floats] = {}
    for at, knob in enumerate(varied):
        factors[knob] = np.ones(2 * len(varied))
        factors[knob][2 * at : 2 * at + 2] = _ends(computed.case, knob)
    moved = replace(computed, movement=walk(computed.network, computed.intake, factors))
    swings = []
    for outcome, people in outcomes(moved).items():
        figures = people.max(axis=1) if outcome is LookedAt.DOL else people.mean(axis=1)
        for at, knob in enumerate(varied):
            low, high = _ends(computed.case, knob)
            ends = float(figures[2 * at]), float(figures[2 * at + 1])
            swings.append(Swing(outcome, knob, low, high, *ends))
    order = list(LookedAt)
    return tuple(sorted(swings, key=lambda each: (order.index(each.outcome), -each.size)))


def _ends(case: Case, knob: UncertainInput) -> tuple[float, float]:
    """Return the factors between which an input may lie."""
    off = range_of(case, knob)
    return 1.0 - off, 1.0 + off


def range_of(case: Case, knob: UncertainInput) -> float:
    """Return how far an input may be off, as part of its value."""
    return case.parameters.number(_UNCERTAIN[knob[0]])


def sampled(computed: Computed, samples: int, seed: int) -> Computed:
    """Return the calculation followed for so many samples of arrivals and inputs."""
    intake, drawn = _sampled_inputs(computed, samples, seed)
    return replace(computed, movement=walk(computed.network, intake, drawn))


def _sampled_inputs(
    computed: Computed, samples: int, seed: int
) -> tuple[Intake, Mapping[UncertainInput, Floats]]:
    """Return so many samples of arrivals, and of the factors of the inputs.

    Each input is drawn from a triangle around its value. All streams of arrivals share one draw
    for the year, because the range of the forecast is about all arrivals together; months differ
    beside that.
    """
    chance = np.random.default_rng(seed)
    drawn = {knob: _drawn(chance, computed.case, knob, samples) for knob in knobs(computed)}
    year = next((each for (kind, _), each in drawn.items() if kind == ARRIVALS), None)
    if year is not None:
        drawn |= {knob: year for knob in drawn if knob[0] == ARRIVALS}
    off = computed.case.parameters.number("uncertain_month")
    variance = np.log1p(off**2)
    intake = replace(
        computed.intake,
        arrivals={
            name: people
            * chance.lognormal(-variance / 2, np.sqrt(variance), (samples, len(people)))
            for name, people in computed.intake.arrivals.items()
        },
    )
    # One factor at least has every sample, so that the walk knows how many there are.
    drawn.setdefault((ARRIVALS, ""), np.ones(samples))
    return intake, drawn


def bands(
    computed: Computed, samples: int = SAMPLES, seed: int = SEED, past: PastErrors | None = None
) -> Bands:
    """Return the bands of every group and outcome from sampled arrivals and inputs.

    With `past` errors the samples are at least as far apart as old forecasts were off.
    """
    groups = _present(sampled(computed, samples, seed))
    if past is not None:
        usual = np.add.reduce(list(_present(computed).values()))[0]
        times = factors(np.add.reduce(list(groups.values())), usual, past, seed)
        groups = {name: people * times for name, people in groups.items()}
    of_all = _outcomes_of(computed.case, groups)
    return Bands(
        groups={name: _percentiles(people) for name, people in groups.items()},
        outcomes={name: _percentiles(people) for name, people in of_all.items()},
        enough=_enough(of_all[LookedAt.DOL]),
    )


def dol_enough(computed: Computed) -> Mapping[int, int]:
    """Return how many DOL places are enough in so many percent of the samples, in every month."""
    groups = [name for name, each in computed.case.groups.items() if each.prefers(PlaceKind.DOL)]
    if not groups:
        return dict.fromkeys(ENOUGH, 0)
    of = computed.network.leading_to(groups)
    movement = walk(of, *_sampled_inputs(computed, SAMPLES, SEED))
    futures = replace(computed, network=of, movement=movement)
    return _enough(_in_dol(computed.case, _present(futures)))


def _enough(in_dol: Floats) -> Mapping[int, int]:
    most = in_dol.max(axis=1)
    return {part: math.ceil(np.percentile(most, part) - LEAST) for part in ENOUGH}


def _drawn(chance: np.random.Generator, case: Case, knob: UncertainInput, samples: int) -> Floats:
    low, high = _ends(case, knob)
    return np.ones(samples) if low == high else chance.triangular(low, 1.0, high, samples)


def _percentiles(people: Floats) -> Floats:
    found: Floats = np.percentile(people, PERCENTILES, axis=0)
    return found
