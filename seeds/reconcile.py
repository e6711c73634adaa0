"""What a demo case must satisfy before it is written."""

from collections import Counter
from collections.abc import Iterator

from seeds.demo_site import EMERGENCY_TYPES
from seeds.demo_tables import SEEDS, Demo, read
from seeds.national_contracts import portfolio_targets
from seeds.national_people import EMERGENCY_RESIDENTS, PERMIT_HOLDERS, REGULAR_RESIDENTS

REGULAR_LOCATIONS = 94
EMERGENCY_LOCATIONS = 210
QUARTER_STARTS = ("2026-07-01", "2026-10-01", "2027-01-01", "2027-04-01", "2027-07-01")


def differences(demo: Demo) -> list[str]:
    """Return, in words, everything in which a demo does not reconcile."""
    found = [*_housing(demo), *_forecast_start(demo)]
    if {"key": "demo", "value": "national"} in demo["about"]:
        found += _published_totals(demo)
        found += _published_run_off(demo)
    return found


def people_at(demo: Demo) -> Counter[str]:
    """Return the people at each location on the occupancy date."""
    people: Counter[str] = Counter()
    for row in demo["occupancy"]:
        people[str(row["location"])] += _whole(row["people"])
    return people


def portfolio(demo: Demo, month: str) -> int:
    """Return the beds in contract, without any decision, in a month that starts on a given day."""
    return sum(
        _whole(row["beds"])
        for row in demo["locations"]
        if row["status"] == "open" and (not row["open_until"] or str(row["open_until"]) >= month)
    )


def _housing(demo: Demo) -> Iterator[str]:
    """Yield locations with more people than beds, and people in a barred kind of place."""
    locations = {str(row["id"]): row for row in demo["locations"]}
    for location, people in people_at(demo).items():
        if people > _whole(locations[location]["beds"]):
            yield f"{location} houses {people} people, more than its beds"
    kinds = {row["type"]: row["kind"] for row in read(SEEDS / "types.csv")}
    allowed = {row["group"]: row for row in read(SEEDS / "groups.csv")}
    for row in demo["occupancy"]:
        kind = kinds[str(locations[str(row["location"])]["type"])]
        if allowed[str(row["group"])][kind] == "barred":
            yield f"{row['group']} at {row['location']} is barred from {kind}"


def _forecast_start(demo: Demo) -> Iterator[str]:
    """Yield groups whose first forecast month is not their occupancy."""
    first = min(str(row["month"]) for row in demo["forecast"])
    now: Counter[str] = Counter()
    for row in demo["occupancy"]:
        now[str(row["group"])] += _whole(row["people"])
    for row in demo["forecast"]:
        group = str(row["group"])
        if row["month"] == first and _whole(row["people"]) != now[group]:
            yield f"{row['scenario']} forecast of {group} starts at {row['people']}"


def _published_totals(demo: Demo) -> Iterator[str]:
    """Yield published totals that the demo misses."""
    kind = {row["id"]: row["type"] in EMERGENCY_TYPES for row in demo["locations"]}
    still = [row for row in demo["locations"] if row["status"] == "open"]
    people = people_at(demo)
    emergency = sum(n for location, n in people.items() if kind[location])
    permits = sum(
        _whole(row["people"]) for row in demo["occupancy"] if row["group"] == "permit_holders"
    )
    checks = {
        "regular locations": (REGULAR_LOCATIONS, sum(not kind[row["id"]] for row in still)),
        "emergency locations": (EMERGENCY_LOCATIONS, sum(kind[row["id"]] for row in still)),
        "regular residents": (REGULAR_RESIDENTS, people.total() - emergency),
        "emergency residents": (EMERGENCY_RESIDENTS, emergency),
        "permit holders": (PERMIT_HOLDERS, permits),
    }
    for name, (expected, actual) in checks.items():
        if expected != actual:
            yield f"{name}: {actual} instead of {expected}"


def _published_run_off(demo: Demo) -> Iterator[str]:
    """Yield dates on which the beds in contract differ from the published proportions."""
    targets = portfolio_targets(portfolio(demo, QUARTER_STARTS[0]))
    for month, expected in zip(QUARTER_STARTS, targets, strict=True):
        actual = portfolio(demo, month)
        if expected != actual:
            yield f"beds in contract on {month}: {actual} instead of {expected}"


def _whole(value: object) -> int:
    """Return a cell that holds a whole number.

    Raises TypeError for any other cell.
    """
    if not isinstance(value, int):
        message = f"{value!r} is not a whole number"
        raise TypeError(message)
    return value
