"""Where a location lies: its province, its region and its coordinates against the others'."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from statistics import median

from planner.core.errors import Finding
from planner.input.location import Location
from planner.input.suspicious.remark import FEWEST_OTHERS, Odd, remarks, written
from planner.input.typed import TypedRow, TypedTables

# No province is wider; see the map of the provinces.
_WIDEST_KM = 110.0
_KM_PER_DEGREE, _KM_PER_DEGREE_EAST = 111.2, 68.7  # at 52° north
_NEAR_KM = 60.0
# So many locations of a province lie in one region, that one in another stands out.
_FEWEST_OF_REGION = 2


def places_lie_in_province(typed: TypedTables) -> Iterator[Finding]:
    """Yield locations that lie far from the others of their province: its name, or a coordinate.

    Where the place is near the middle of a province that goes with the row's region or coordinates,
    and the row names another one, the name is the slip.
    """

    def odd() -> Iterator[Odd]:
        rows = [each for each in typed.rows("locations") if each.record.province]
        regions = _regions(rows)
        middles = _middles(rows)
        for each in rows:
            location: Location = each.record
            moved = _by_region(location, regions)
            if moved:
                told = {"province": location.province, "region": location.region, "usual": moved}
                column = _by_place(each, moved, rows)
                yield Odd("locations", each.row, column, "province_of_region", told)
                continue
            apart = _apart(location, middles)
            if apart is None or math.hypot(*apart) <= _WIDEST_KM:
                continue
            slip = _slip(location, apart, _near(location, middles), regions)
            value = getattr(location, slip)
            fields = {
                "value": value if slip == "province" else written(value),
                "distance": round(math.hypot(*apart)),
                "province": location.province,
            }
            yield Odd("locations", each.row, slip, "place_far", fields)

    return remarks(typed, odd())


def _slip(
    location: Location,
    apart: tuple[float, float],
    there: str | None,
    regions: Mapping[tuple[str, str], int],
) -> str:
    """Return the column that is wrong: the province, or the coordinate that is furthest off."""
    others = _provinces_of(location, regions)
    if there in others and location.province not in others:
        return "province"
    up, right = apart
    return "latitude" if abs(up) > abs(right) else "longitude"


def _regions(rows: list[TypedRow]) -> Mapping[tuple[str, str], int]:
    """Return how many locations each province has in each region."""
    return Counter((each.record.province, each.record.region) for each in rows)


def _provinces_of(location: Location, regions: Mapping[tuple[str, str], int]) -> set[str]:
    """Return the provinces of the other locations in the row's region."""
    return {
        province
        for (province, region), count in regions.items()
        if region == location.region
        and count - (province == location.province) >= _FEWEST_OF_REGION
    }


def _by_region(
    location: Location, regions: Mapping[tuple[str, str], int]
) -> tuple[str, ...] | None:
    """Return the provinces of a row's region where its own has all its others in another."""
    if not location.region:
        return None
    elsewhere = sum(
        count
        for (province, region), count in regions.items()
        if province == location.province and region != location.region
    )
    here = regions[location.province, location.region] - 1
    provinces = _provinces_of(location, regions)
    if here or elsewhere < _FEWEST_OF_REGION or location.province in provinces or not provinces:
        return None
    return tuple(sorted(provinces))


def _by_place(each: TypedRow, provinces: tuple[str, ...], rows: list[TypedRow]) -> str:
    """Return whether the region or the province of a row is wrong, by which is further away."""
    here: Location = each.record
    others = [other.record for other in rows if other is not each]
    to_own = _nearest(here, [other for other in others if other.province == here.province])
    to_region = _nearest(here, [other for other in others if other.province in provinces])
    return "region" if to_own < to_region else "province"


def _nearest(here: Location, others: list[Location]) -> float:
    """Return how many km away the middle one of others is, by distance; without end if unknown."""
    far = [
        math.hypot(*_between(here, (other.latitude, other.longitude)))
        for other in others
        if other.latitude is not None and other.longitude is not None
    ]
    return median(far) if far and None not in {here.latitude, here.longitude} else math.inf


def _between(here: Location, there: tuple[float, float]) -> tuple[float, float]:
    """Return how many km a location lies north and east of a point; it must have coordinates."""
    up = _KM_PER_DEGREE * ((here.latitude or 0.0) - there[0])
    return up, _KM_PER_DEGREE_EAST * ((here.longitude or 0.0) - there[1])


def _middles(rows: list[TypedRow]) -> Mapping[str, tuple[float, float]]:
    """Return the middle of the locations of each province that has enough of them."""
    at: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for each in rows:
        if None not in {each.record.latitude, each.record.longitude}:
            at[each.record.province].append((each.record.latitude, each.record.longitude))
    return {
        province: (median(north for north, _ in places), median(east for _, east in places))
        for province, places in at.items()
        if len(places) > FEWEST_OTHERS
    }


def _apart(
    location: Location, middles: Mapping[str, tuple[float, float]], province: str | None = None
) -> tuple[float, float] | None:
    """Return how many km a location lies north and east of the middle of a province, if known."""
    middle = middles.get(province or location.province)
    if middle is None or location.latitude is None or location.longitude is None:
        return None
    return _between(location, middle)


def _near(location: Location, middles: Mapping[str, tuple[float, float]]) -> str | None:
    """Return the province of whose locations the middle is nearest, if it is near."""
    far = {
        province: math.hypot(*apart)
        for province in middles
        if (apart := _apart(location, middles, province)) is not None
    }
    nearest = min(far, key=far.__getitem__, default=None)
    return nearest if nearest is not None and far[nearest] <= _NEAR_KM else None
