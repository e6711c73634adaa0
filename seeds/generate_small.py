"""The small demo: twenty synthetic locations, twelve months from July 2026.

National figures that make no sense for so few people are scaled by the part of the national
residents that the small demo has, and say so in their source.
"""

from datetime import date

from seeds.allotment import divide
from seeds.demo_arrivals import arrival_scenarios, inflow_rows
from seeds.demo_site import Site
from seeds.demo_tables import SEEDS, Demo, Row, read
from seeds.generate_national import (
    OCCUPANCY_DATE,
    about_rows,
    longer_contract,
    occupancy_rows,
    people_by_group,
    slower_dol,
    ter_apel_down,
    three_refuse,
)
from seeds.geography import PLACES_2024
from seeds.small_sites import small_sites

MONTHS = [date(2026 + (6 + i) // 12, (6 + i) % 12 + 1, 1) for i in range(12)]
NATIONAL_RESIDENTS = 34675 + 30393
NATIONAL_NEED = 88000
NATIONAL_STAFF = 6500
CEILING = 150
_HORIZON = "Synthetic: national 24 scaled to the small demo. Choice of the planner"
SCALED = (
    "dol_growth_per_month", "dol_band_low", "dol_published_mean", "needs_assessment_capacity",
    "first_applications_year", "all_arrivals_year_low", "all_arrivals_year_high",
    "dublin_accepted_month", "border_arrivals_year", "permits_housed_month",
    "family_reunion_year", "repeat_year", "resettled_year", "housing_task_half_year",
)  # fmt: skip


def small_demo() -> Demo:
    """Return the tables of the small demo."""
    sites = small_sites()
    start = people_by_group(sites)
    size = sum(start.values()) / NATIONAL_RESIDENTS
    return {
        "about": about_rows(
            "small",
            "Synthetisch voorbeeld: twintig verzonnen locaties, twaalf maanden. Geen enkele "
            "locatie, plaatsnaam of aantal bestaat zo.",
            "Synthetic example: twenty made-up locations, twelve months. No location, place "
            "name or number exists as shown.",
        ),
        "locations": [site.row() for site in sites],
        "occupancy": occupancy_rows(sites, OCCUPANCY_DATE),
        "forecast": [],
        "inflow": inflow_rows(MONTHS, size),
        "ceilings": [
            {
                "name": "Demo Veenkamp",
                "locations": sites[0].id,
                "people": CEILING,
                "source": "Synthetic agreement of the demo, replace",
            }
        ],
        "scenarios": _scenario_rows(sites, size),
        "provinces": _province_rows(sites, size),
        "parameters": _parameter_rows(size),
    }


def _scenario_rows(sites: list[Site], size: float) -> list[Row]:
    """Return the supplied scenarios: contracts, DOL, arrivals, transfers, and refusals."""
    fixed = [s for s in sites if s.type == "emergency_fixed"]
    normal = int(_national("dol_growth_per_month"))
    return [
        *(longer_contract(site, months=6) for site in fixed if not site.extendable_until),
        slower_dol(round(normal * size / 2)),
        *arrival_scenarios(size),
        *ter_apel_down(sites),
        *three_refuse(sites),
    ]


def _province_rows(sites: list[Site], size: float) -> list[Row]:
    """Return tasks and staff for the provinces that have a location."""
    present = {site.province for site in sites}
    provinces = [p for p in PLACES_2024 if p in present]
    weights = [PLACES_2024[p] for p in provinces]
    tasks = divide(round(NATIONAL_NEED * size), weights)
    staff = divide(round(NATIONAL_STAFF * size), weights)
    source = (
        "Synthetic: 88,000 places and 6,500 fte scaled to the residents of the small demo, "
        "divided by the COA provincial task of 1-1-2024"
    )
    return [
        {"province": p, "task": task, "staff_fte": fte, "source": source}
        for p, task, fte in zip(provinces, tasks, staff, strict=True)
    ]


def _parameter_rows(size: float) -> list[Row]:
    """Return the starter parameters, national sizes scaled to the small demo."""
    rows: list[Row] = []
    for row in read(SEEDS / "parameters.csv"):
        if row["parameter"] == "horizon_months":
            rows.append({**row, "value": str(len(MONTHS)), "source": _HORIZON})
        elif row["parameter"] in SCALED:
            scaled = round(float(row["value"]) * size)
            source = f"Synthetic: national {row['value']} scaled to the small demo. {row['source']}"
            rows.append({**row, "value": str(scaled), "source": source})
        else:
            rows.append(row)
    return rows


def _national(parameter: str) -> float:
    """Return the national value of a parameter that is a number."""
    values = {row["parameter"]: row["value"] for row in read(SEEDS / "parameters.csv")}
    return float(values[parameter])
