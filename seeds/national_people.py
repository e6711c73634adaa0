"""Who lives where in the national demo on the occupancy date.

The totals are published for 06-01-2025 (asylumineurope.org): 34,675 in regular reception, 30,393
in emergency reception, 18,651 of all residents permit holders. The division over locations and
the other groups is made up, and never uses a place kind that is barred for a group.
"""

from collections.abc import Callable, Iterable

from seeds.allotment import between, divide, spread
from seeds.demo_site import RETURN_TYPES, Site

REGULAR_RESIDENTS = 34675
EMERGENCY_RESIDENTS = 30393
PERMIT_HOLDERS = 18651

# People by group where no total is published (assumptions of the demo).
SPECIAL_NEEDS_IN_CENTRES = 1350
SPECIAL_NEEDS_IN_EMERGENCY = 120
FAMILIES = 12600
SINGLE_WOMEN = 3700
DUBLIN_BEFORE = 3600
RETURN_SINGLES_IN_CENTRES = 400
RETURN_FAMILIES_IN_CENTRES = 240
# 25,000 first applications a year, the weight of July 1.02, 10 days in an arrival location.
IN_REGISTRATION = 698
ACCELERATED_AT_REGISTRATION = 60

# New locations for the accelerated procedure are half full at the start.
_FILL = {"azc_accelerated": 0.5, "crisis": 0.8}

Room = Callable[[Site], float]


def house_people(sites: list[Site]) -> None:
    """Give every open location its people by group."""
    open_sites = [s for s in sites if s.status == "open"]
    regular = [s for s in open_sites if not s.is_emergency]
    emergency = [s for s in open_sites if s.is_emergency]
    residents = _residents(regular, REGULAR_RESIDENTS)
    residents |= _residents(emergency, EMERGENCY_RESIDENTS)
    _house_dedicated(open_sites, residents)
    ordinary = [s for s in open_sites if s.type in {"azc", "emergency_fixed", "emergency_tent"}]
    arrival = [s for s in open_sites if s.type in {"col", "pol"}]
    centres = [s for s in ordinary if s.type == "azc"]
    fixed = [s for s in ordinary if s.type == "emergency_fixed"]
    plan: list[tuple[str, int, list[Site], Room]] = [
        ("in_registration", IN_REGISTRATION, [s for s in arrival if s.type == "col"], _any),
        ("permit_holders", PERMIT_HOLDERS, ordinary, _any),
        ("special_needs", SPECIAL_NEEDS_IN_CENTRES, centres, lambda s: s.accessible_beds),
        ("special_needs", SPECIAL_NEEDS_IN_EMERGENCY, fixed[::6], _any),
        ("accelerated", ACCELERATED_AT_REGISTRATION, arrival, _any),
        ("families", FAMILIES, [*ordinary, *arrival], _if_child_suitable),
        ("single_women", SINGLE_WOMEN, [*ordinary, *arrival], _if_women_safe),
        ("dublin_before", DUBLIN_BEFORE, [*centres[::2], *fixed[::4], *arrival], _any),
        ("return_single", RETURN_SINGLES_IN_CENTRES, centres[::4], _any),
        ("return_family", RETURN_FAMILIES_IN_CENTRES, centres, _if_child_suitable),
    ]
    for group, total, places, suitable in plan:
        _house(group, total, places, residents, suitable)
    for site in open_sites:
        rest = residents[site.id] - sum(site.people.values())
        if rest:
            site.people["single_men"] = rest


def _residents(sites: list[Site], total: int) -> dict[str, int]:
    """Return the people at each location: near the same filling everywhere, never above beds."""
    weights = [s.beds * _FILL.get(s.type, between(0.9, 0.98, int(s.id[1:]), salt=9)) for s in sites]
    return dict(
        zip((s.id for s in sites), divide(total, weights, [s.beds for s in sites]), strict=True)
    )


def _house_dedicated(sites: Iterable[Site], residents: dict[str, int]) -> None:
    """Fill the locations that are there for one group only."""
    group_of = {
        "amv": "unaccompanied_minors",
        "special": "special_needs",
        "azc_accelerated": "accelerated",
    }
    group_of |= dict.fromkeys(RETURN_TYPES, "return_single") | {"gl": "return_family"}
    for site in sites:
        if site.type in group_of:
            site.people[group_of[site.type]] = residents[site.id]


def _house(
    group: str, total: int, sites: list[Site], residents: dict[str, int], suitable: Room
) -> None:
    """Divide a group over locations in proportion to the room that is left for it."""
    room = [residents[s.id] - sum(s.people.values()) for s in sites]
    weights = [r * suitable(s) for s, r in zip(sites, room, strict=True)]
    for site, people in zip(sites, divide(total, weights, room), strict=True):
        if people:
            site.people[group] = site.people.get(group, 0) + people


def _any(site: Site) -> float:
    return 0.5 + spread(int(site.id[1:]), salt=20)


def _if_child_suitable(site: Site) -> float:
    return 0.5 + spread(int(site.id[1:]), salt=21) if site.child_suitable else 0.0


def _if_women_safe(site: Site) -> float:
    return 0.5 + spread(int(site.id[1:]), salt=22) if site.women_safe else 0.0


def set_school_seats(sites: list[Site], school_share: dict[str, float]) -> None:
    """Give locations for children school seats near what their people of school age need."""
    for index, site in enumerate(sites):
        if not site.child_suitable:
            continue
        children = sum(n * school_share[group] for group, n in site.people.items())
        if site.status == "candidate":
            children = site.beds * 0.15
        site.school_seats = 5 * round(children * between(1.0, 1.4, index, salt=23) / 5)
        if site.dol_beds:
            site.school_seats += 10
