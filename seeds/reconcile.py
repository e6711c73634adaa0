"""What a demo case must satisfy before it is written."""

from collections import Counter
from collections.abc import Iterator

from seeds.demo_site import EMERGENCY_TYPES
from seeds.demo_tables import SEEDS, Demo, read
from seeds.national_contracts import portfolio_targets
from seeds.national_people import EMERGENCY_RESIDENTS, PERMIT_HOLDERS, REGULAR_RESIDENTS

REGULAR_LOCATIONS = 94
EMERGENCY_LOCATIONS = 210
# Kamerbrief of 05-02-2026, and welingelichtekringen.nl of July 2025.
PLACES_FOR_YEARS, NEARLY = 50000, 0.06
PLACES_IN_PREPARATION = 27000
QUARTER_STARTS = ("2026-07-01", "2026-10-01", "2027-01-01", "2027-04-01", "2027-07-01")


def differences(demo: Demo) -> list[str]:
    """Return, in words, everything in which a demo does not reconcile."""
    found = [*_housing(demo), *_arrivals(demo)]
    if {"key": "demo", "value": "national"} in demo["about"]:
        found += _published_totals(demo)
        found += _published_run_off(demo)
        found += _published_places(demo)
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


def _arrivals(demo: Demo) -> Iterator[str]:
    """Yield scenarios whose arrivals leave out a month or a stream, and any forecast."""
    if demo["forecast"]:
        yield "the sheet Forecast replaces what follows from the arrivals"
    given = {(row["scenario"], row["month"], row["stream"]) for row in demo["inflow"]}
    parts = [{each[at] for each in given} for at in range(3)]
    if len(given) != len(parts[0]) * len(parts[1]) * len(parts[2]):
        yield "arrivals are not given for every scenario, month and stream"


def _published_places(demo: Demo) -> Iterator[str]:
    """Yield published places that the demo misses: for years, and in preparation."""
    still = [row for row in demo["locations"] if row["status"] == "open"]
    lasting = sum(_whole(row["beds"]) for row in still if row["durable"])
    if abs(lasting - PLACES_FOR_YEARS) > PLACES_FOR_YEARS * NEARLY:
        yield f"{lasting} places are there for years, published is about {PLACES_FOR_YEARS}"
    ahead = [row for row in demo["locations"] if row["status"] == "candidate"]
    beds = sum(_whole(row["beds"]) for row in ahead if row["type"] == "azc")
    if beds != PLACES_IN_PREPARATION:
        yield f"{beds} places are in preparation, published is {PLACES_IN_PREPARATION}"


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
