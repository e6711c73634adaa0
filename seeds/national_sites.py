"""The locations of the national demo: 94 regular and 210 emergency ones, and 44 candidates.

Counts are those published for 06-01-2025 (asylumineurope.org: 94 regular, 210 emergency); what
each location looks like is made up.
"""

from dataclasses import dataclass
from datetime import date

from seeds.allotment import between, divide, spread
from seeds.demo_site import Site
from seeds.geography import PLACES_2024, REGIONS, position

TER_APEL = "Ter Apel"
# Ter Apel and Budel together; divided by their beds.
INTAKE_A_WEEK = 600
_PROVINCES = tuple(PLACES_2024)


@dataclass(frozen=True)
class _Batch:
    """Locations of one type: how many, and the beds of all of them together."""

    type: str
    count: int
    beds: int
    smallest: int
    largest: int
    label: str


REGULAR = (
    _Batch("col", 2, 2700, 1000, 1700, "col"),
    _Batch("pol", 6, 2400, 250, 600, "pol"),
    _Batch("azc", 48, 26650, 300, 1200, "azc"),
    _Batch("azc_accelerated", 3, 1050, 300, 400, "azc versneld"),
    _Batch("amv", 24, 1840, 30, 100, "amv"),
    _Batch("special", 4, 480, 100, 140, "bijzondere zorg"),
    _Batch("vbl", 1, 380, 380, 380, "vbl"),
    _Batch("gl", 4, 1600, 300, 480, "gl"),
    _Batch("htl", 1, 50, 50, 50, "htl"),
    _Batch("pbl", 1, 150, 150, 150, "pbl"),
)
EMERGENCY = (
    _Batch("emergency_fixed", 135, 22350, 50, 420, "noodopvang"),
    _Batch("emergency_tent", 65, 9800, 60, 350, "noodopvang tent"),
    _Batch("crisis", 10, 550, 40, 70, "crisisnoodopvang"),
)
# 27,000 places in preparation, as published on 1 July 2025 (welingelichtekringen.nl) at 120
# locations; here they are put together into 40 larger ones.
CANDIDATES = (
    _Batch("azc", 40, 27000, 300, 1200, "azc kandidaat"),
    _Batch("azc_accelerated", 1, 300, 300, 300, "azc versneld kandidaat"),
    _Batch("amv", 2, 160, 60, 100, "amv kandidaat"),
    _Batch("emergency_fixed", 1, 250, 250, 250, "noodopvang kandidaat"),
)
# Parts of the locations of a type that have a facility (assumptions of the demo).
CENTRES_FOR_CHILDREN = 0.92
BUILDINGS_FOR_CHILDREN = 0.6
BUILDINGS_SAFE_FOR_WOMEN = 0.75


def national_sites() -> list[Site]:
    """Return all locations, open ones first, with beds and facilities but no people."""
    sites: list[Site] = []
    used: dict[str, int] = {}
    for batch in (*REGULAR, *EMERGENCY):
        sites += _batch_sites(batch, used, first=len(sites) + 1)
    for batch in CANDIDATES:
        sites += _batch_sites(batch, used, first=len(sites) + 1, candidate=True)
    for index, site in enumerate(sites):
        _furnish(site, index)
    _make_dol_parts([s for s in sites if s.type == "azc" and s.status == "open"])
    _make_dol_parts([s for s in sites if s.type == "azc" and s.status == "candidate"])
    return sites


def _batch_sites(
    batch: _Batch, used: dict[str, int], first: int, *, candidate: bool = False
) -> list[Site]:
    """Return the locations of one batch over the provinces; used counts those already placed."""
    provinces = _provinces_of(batch)
    beds = _beds_of(batch)
    sites = []
    for offset, province in enumerate(provinces):
        used[province] = used.get(province, 0) + 1
        number = used[province]
        latitude, longitude = position(province, number)
        site = Site(
            id=f"N{first + offset:03d}",
            name=f"Demo {batch.label} {province} {number:02d}",
            municipality=f"Demo-gemeente {province} {number:02d}",
            province=province,
            region=REGIONS[province],
            latitude=latitude,
            longitude=longitude,
            type=batch.type,
            beds=beds[offset],
            open_from=_opened(batch.type, first + offset),
        )
        if batch.type == "col":
            site.intake_per_week = round(INTAKE_A_WEEK * site.beds / batch.beds)
        if batch.type in {"col", "vbl"} and province == "Groningen":
            _make_ter_apel(site, batch.label)
        if candidate:
            _make_candidate(site, offset)
        sites.append(site)
    return sites


def _provinces_of(batch: _Batch) -> list[str]:
    """Return a province for each location of the batch, in proportion to the 2024 task."""
    if batch.type == "col":
        return ["Groningen", "Noord-Brabant"]
    if batch.type in {"vbl", "pbl"}:
        return ["Groningen"]
    if batch.type == "htl":
        return ["Drenthe"]
    counts = divide(batch.count, list(PLACES_2024.values()))
    return [p for p, count in zip(_PROVINCES, counts, strict=True) for _ in range(count)]


def _beds_of(batch: _Batch) -> list[int]:
    """Return the beds of each location, within the batch's bounds and adding up to its beds."""
    if batch.type == "col":
        return [1650, 1050]
    room = batch.largest - batch.smallest
    rest = batch.beds - batch.count * batch.smallest
    shape = [0.15 + spread(i, salt=3) ** 2 for i in range(batch.count)]
    extra = divide(rest, shape, [room] * batch.count)
    return [batch.smallest + more for more in extra]


def _opened(kind: str, index: int) -> date:
    """Return a first contract day before the occupancy date."""
    if kind == "crisis":
        return date(2026, 5 + index % 2, 1)
    if kind.startswith("emergency"):
        months = int(between(0, 20, index, salt=4))
        return date(2024 + (8 + months) // 12, 1 + (8 + months) % 12, 1)
    return date(int(between(2012, 2025, index, salt=4)), 1 + index % 12, 1)


def _make_ter_apel(site: Site, label: str) -> None:
    """Give a location the place of Ter Apel, whose ceiling is public."""
    site.name = f"Demo {label} {TER_APEL}"
    site.municipality = "Westerwolde"
    site.latitude, site.longitude = (52.8770, 7.0600) if label == "col" else (52.8750, 7.0570)


def _make_candidate(site: Site, offset: int) -> None:
    """Make a location one that may be opened: lead time in months, opening cost in euros."""
    site.status = "candidate"
    months = 8 + offset // 2 % 18
    site.open_from = date(2026 + months // 12, 1 + months % 12, 1)
    site.lead_time_months = 2 + (offset * 5) % 9
    site.opening_cost = site.beds * 3000 if not site.is_emergency else site.beds * 1500


def _furnish(site: Site, index: int) -> None:
    """Set the facilities a location has; seats follow when its people are known."""
    part = spread(index, salt=5)
    if site.type == "azc":
        site.child_suitable = part < CENTRES_FOR_CHILDREN
        site.women_safe = True
        site.accessible_beds = round(site.beds * between(0.05, 0.09, index, salt=6))
    elif site.type in {"col", "pol", "azc_accelerated"}:
        site.child_suitable = True
        site.women_safe = True
        site.accessible_beds = round(site.beds * 0.03)
    elif site.type in {"amv", "gl"}:
        site.child_suitable = True
        site.women_safe = True
        site.accessible_beds = round(site.beds * 0.04)
    elif site.type in {"vbl", "htl", "pbl"}:
        site.women_safe = True
    elif site.type == "special":
        site.women_safe = True
        site.accessible_beds = site.beds
    elif site.type == "emergency_fixed":
        site.child_suitable = part < BUILDINGS_FOR_CHILDREN
        site.women_safe = part < BUILDINGS_SAFE_FOR_WOMEN
        site.accessible_beds = round(site.beds * 0.02)


def _make_dol_parts(centres: list[Site]) -> None:
    """Give every third centre a separable part for DOL, the most of it child-suitable."""
    for order, site in enumerate(centres):
        if order % 3 == 1:
            site.dol_beds = 10 * round(site.beds * between(0.24, 0.34, order, salt=7) / 10)
            site.dol_min_section = 30
            site.child_suitable = True
