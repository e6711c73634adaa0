"""The national demo: 304 synthetic locations, 44 candidates, 24 months from July 2026."""

from datetime import date

from seeds.demo_arrivals import arrival_scenarios, inflow_rows, location_scenario
from seeds.demo_site import Site
from seeds.demo_tables import SEEDS, Demo, Row, read
from seeds.national_contracts import month_end_after, set_contracts
from seeds.national_people import house_people, set_school_seats
from seeds.national_sites import TER_APEL, national_sites

OCCUPANCY_DATE = date(2026, 6, 30)
MONTHS = [date(2026 + (6 + i) // 12, (6 + i) % 12 + 1, 1) for i in range(24)]
TER_APEL_CEILING = 2000
# The first day on which the arrival centre takes nobody in, in the scenario where it is down.
LAST_DAY_OPEN = date(2026, 9, 30)


def national_demo() -> Demo:
    """Return the tables of the national demo."""
    sites = national_sites()
    set_contracts(sites)
    house_people(sites)
    set_school_seats(sites, school_shares())
    return {
        "about": about_rows(
            "national",
            "Synthetisch voorbeeld: 304 verzonnen locaties en 44 kandidaten, 24 maanden. De "
            "bezetting sluit aan op gepubliceerde totalen van 06-01-2025, de kandidaten op 27.000 "
            "plaatsen in voorbereiding (juli 2025); geen enkele locatie bestaat zo.",
            "Synthetic example: 304 made-up locations and 44 candidates, 24 months. The occupancy "
            "reconciles with totals published for 06-01-2025, the candidates with 27,000 places in "
            "preparation (July 2025); no location exists as shown.",
        ),
        "locations": [site.row() for site in sites],
        "occupancy": occupancy_rows(sites, OCCUPANCY_DATE),
        "forecast": [],
        "inflow": inflow_rows(MONTHS, size=1.0),
        "production_forecast": _published_arrivals(),
        "ceilings": [_ter_apel_ceiling(sites)],
        "scenarios": _scenario_rows(sites),
    }


def school_shares() -> dict[str, float]:
    """Return the school share of every group of the starter data."""
    return {row["group"]: float(row["school_share"]) for row in read(SEEDS / "groups.csv")}


def people_by_group(sites: list[Site]) -> dict[str, int]:
    """Return the people of each group over all locations, groups without people included."""
    totals = dict.fromkeys(school_shares(), 0)
    for site in sites:
        for group, people in site.people.items():
            totals[group] += people
    return totals


def occupancy_rows(sites: list[Site], day: date) -> list[Row]:
    """Return the rows of Occupancy."""
    return [
        {"date": day.isoformat(), "location": site.id, "group": group, "people": people}
        for site in sites
        for group, people in site.people.items()
        if people
    ]


def about_rows(size: str, label_nl: str, label_en: str) -> list[Row]:
    """Return the rows that carry the synthetic label to every sheet."""
    return [
        {"key": "demo", "value": size},
        {"key": "synthetic", "value": "yes"},
        {"key": "label_nl", "value": label_nl},
        {"key": "label_en", "value": label_en},
        {"key": "generator", "value": "python -m seeds.generate"},
    ]


def _published_arrivals() -> list[Row]:
    """Return the arrivals a year as published in September 2025; the middle was not."""
    return [
        {
            "edition": "2025-09-01",
            "year": year,
            "low": low,
            "high": high,
            "source": f"Meerjaren Productie Prognose, September 2025, for {year} (kst-19637-3478)",
        }
        for year, low, high in ((2025, 40000, 55300), (2026, 39000, 67100))
    ]


def _ter_apel_ceiling(sites: list[Site]) -> Row:
    """Return the ceiling of Ter Apel over all its parts."""
    parts = [s.id for s in sites if s.name.endswith(TER_APEL)]
    return {
        "name": "Demo Ter Apel",
        "locations": ";".join(parts),
        "people": TER_APEL_CEILING,
        "source": "Court ruling, maximum of 2,000 residents (press, 30-10-2024 and 13-03-2026)",
    }


def _scenario_rows(sites: list[Site]) -> list[Row]:
    """Return the supplied scenarios: contracts, DOL, arrivals, transfers, and refusals."""
    fixed = [s for s in sites if s.type == "emergency_fixed" and s.extendable_until is None]
    ending = [s for s in fixed if s.open_until and s.open_until < date(2027, 7, 1)]
    rows = [longer_contract(site, months=6) for site in ending[:10]]
    return [
        *rows,
        slower_dol(100),
        *arrival_scenarios(size=1.0),
        *ter_apel_down(sites),
        *three_refuse([s for s in sites if s.type == "azc" and s.status == "open"]),
    ]


def ter_apel_down(sites: list[Site]) -> list[Row]:
    """Return the scenario edits by which the first arrival centre closes from October 2026."""
    centre = next(site for site in sites if site.type == "col")
    day = LAST_DAY_OPEN.isoformat()
    return [location_scenario("ter_apel_down", centre.id, "open_until", day)]


def three_refuse(sites: list[Site]) -> list[Row]:
    """Return the scenario edits by which three municipalities refuse to extend a contract."""
    asked = [site for site in sites if site.extendable_until is not None]
    return [
        location_scenario("three_municipalities_refuse", site.id, "extendable_until", None)
        for site in asked[:3]
    ]


def longer_contract(site: Site, months: int) -> Row:
    """Return the scenario edit that lets a contract end some months later."""
    if site.open_until is None:
        message = f"{site.id} has no contract end to move"
        raise ValueError(message)
    return {
        "scenario": "longer_contracts",
        "table": "Locations",
        "key": site.id,
        "column": "open_until",
        "value": month_end_after(site.open_until, months).isoformat(),
    }


def slower_dol(places_a_month: int) -> Row:
    """Return the scenario edit that sets the growth speed of DOL."""
    return {
        "scenario": "slower_dol",
        "table": "Parameters",
        "key": "dol_growth_per_month",
        "column": "value",
        "value": places_a_month,
    }
