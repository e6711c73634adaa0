"""What goes into following the people, and what comes out of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from planner.forecast.cohorts.stays import Floats

# An input that can be varied: what it is, and of which stream, row or group.
UncertainInput = tuple[str, str]

ARRIVALS, SHARE, STAY, DEPARTURES, DECIDED = "arrivals", "share", "stay", "departures", "backlog"


@dataclass(frozen=True)
class Intake:
    """What goes into the calculation.

    `arrivals[stream]` is (months,) or (samples, months), the first `history` of them before the
    plan; `since` is (months,). `stock` is the people of each group on the reference date. Of the
    backlog, `outside` is decided a month of people who live elsewhere, and `done` (months + 1,) the
    part of those in reception who are decided by each month, from month `method` on. `most` is
    the most people who leave a node in a month, `stopped` the part of the transfers that cannot
    be made (months,), and `transferred` the part of those in DOL who are transferred. Who joined a
    group from outside or from one of `registering` counts as new there for `new_for` months
    (months + 1, planned ones).
    """

    arrivals: Mapping[str, Floats]
    since: Floats
    history: int
    stock: Mapping[str, float]
    outside: Floats
    method: int
    done: Floats
    most: Mapping[str, Floats]
    stopped: Floats
    transferred: float
    new_for: Floats
    registering: frozenset[str]

    @property
    def has_backlog(self) -> bool:
        """Whether any application from before the start date is decided in a planned month."""
        return bool(self.outside.any() or self.done.any())


@dataclass
class Movement:
    """Where everybody is and goes, per sample; the planned months only.

    `present[node]` is (samples, months + 1): on the first day of each month, and after the last;
    `recent[node]` are those of them who are new.
    `moved[source, node]`, `left[node]`, `at_limit[node]`, `transferred[node]` and `decided[node]`
    are (samples, months): people who pass into a node, who leave reception from it, and of all
    its leavers those at the longest stay, those transferred, and those of the backlog.
    """

    present: dict[str, Floats] = field(default_factory=dict)
    recent: dict[str, Floats] = field(default_factory=dict)
    moved: dict[tuple[str, str], Floats] = field(default_factory=dict)
    left: dict[str, Floats] = field(default_factory=dict)
    at_limit: dict[str, Floats] = field(default_factory=dict)
    transferred: dict[str, Floats] = field(default_factory=dict)
    decided: dict[str, Floats] = field(default_factory=dict)
