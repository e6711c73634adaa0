"""Locations that lie so near one another on the screen that they are drawn as one."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF

from planner.input.kinds import PlaceKind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ui.results.by_location import LocationState

CROWD = 60  # locations: fewer are drawn one by one
NEAR = 21.0  # pixels between the middles of two that are drawn as one
EMERGENCY = (PlaceKind.EMERGENCY_FIXED, PlaceKind.EMERGENCY_TENT, PlaceKind.CRISIS)


@dataclass(frozen=True)
class MapCluster:
    """Locations drawn as one, the largest first, and where on the screen; often only one."""

    spots: tuple[LocationState, ...]
    at: QPointF

    @property
    def single(self) -> bool:
        """Whether it is one location."""
        return len(self.spots) == 1

    @property
    def beds(self) -> float:
        """The beds in contract."""
        return sum(spot.beds for spot in self.spots)

    @property
    def emergency_share(self) -> float:
        """Which part of the beds is of emergency kinds."""
        emergency = sum(spot.beds for spot in self.spots if spot.kind in EMERGENCY)
        return emergency / self.beds if self.beds > 0 else 0.0


def clusters(
    placed: Sequence[tuple[LocationState, QPointF]], size: Callable[[LocationState], float]
) -> tuple[MapCluster, ...]:
    """Return what is drawn: locations, and those near one another together; large ones first.

    `placed` says where each is on the screen. Locations whose `size` of what is shown is nothing
    stay apart, for they are no more than a point.
    """
    if len(placed) < CROWD:
        return tuple(MapCluster((spot,), at) for spot, at in placed)
    points: list[MapCluster] = []
    middles: list[QPointF] = []
    members: list[list[LocationState]] = []
    for spot, at in placed:
        if size(spot) <= 0:
            points.append(MapCluster((spot,), at))
            continue
        nearest = min(
            range(len(middles)), key=lambda number: _far(middles[number], at), default=None
        )
        if nearest is not None and _far(middles[nearest], at) < NEAR:
            members[nearest].append(spot)
        else:
            middles.append(at)
            members.append([spot])
    found = [MapCluster(tuple(each), at) for each, at in zip(members, middles, strict=True)]
    return (*points, *found)


def _far(one: QPointF, other: QPointF) -> float:
    gone = one - other
    return math.hypot(gone.x(), gone.y())
