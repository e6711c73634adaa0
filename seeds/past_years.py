"""The inputs of 2024, and those from January 2025 on, with which the calculation is tried.

All of reception stands as one location, since only the people are looked at. What is published
stands here with its source; the division over the groups is that of the national demo.
"""

from datetime import date

from seeds.allotment import divide
from seeds.demo_tables import SEEDS, Demo, Row, read
from seeds.generate_national import about_rows

# Entitled to reception, those outside COA included: about 70,000 through 2024, and on 06-01-2025.
PEOPLE_2024, PEOPLE_2025 = 70000, 72610
PERMIT_HOLDERS = 18651
ASSUMED = "assumption of the demo, replace / aanname van de demo, vervangen"

YEAR_2024 = {"first_applications": 32180, "family_reunion": 11880, "repeat": 1590, "resettled": 760}
# CBS, 03-11-2025: 16,600 first applications and 12,100 for family reunion in nine months of 2025.
YEAR_2025 = {
    "first_applications": 22133, "family_reunion": 16133, "repeat": 1590, "resettled": 760,
}  # fmt: skip
YEAR_2026 = {
    "first_applications": 25000, "family_reunion": 16133, "repeat": 1590, "resettled": 760,
}  # fmt: skip

_GRANTS = "rijksoverheid.nl, 26-09-2025: 70-85 % earlier, about 40 % in the first quarter of 2025"
_FLOWS = "Kamervragen 2025D08674"
_TASK = "gemeente.nu, April 2025: task of municipalities by half-year"
_DUBLIN = "europa-nu/NOS, 03-10-2022: the Dublin procedure took 26 weeks"


def past_demos() -> dict[str, Demo]:
    """Return the tables of both inputs by the name of their folder."""
    return {"year_2024": _year_2024(), "from_2025": _from_2025()}


def _year_2024() -> Demo:
    months = [date(2024, number, 1) for number in range(1, 13)]
    changed = {
        "granted_share": ("0.70", _GRANTS),
        "granted_share_low_chance": ("0.70", _GRANTS),
        "granted_share_other": ("0.70", _GRANTS),
        "permits_housed_month": ("2518", f"Derived: 30,210 housed in 2024 ({_FLOWS}) / 12"),
        "family_per_permit": ("0", "Family reunion is given on the sheet Inflow"),
        "take_back_months": ("4", _DUBLIN),
        "take_charge_months": ("6", f"{_DUBLIN}, 6 months; {ASSUMED}"),
        "backlog_start": ("", "The method begins in October 2026"),
        "horizon_months": ("12", "Choice of the planner"),
    }
    return {
        **_reception(date(2023, 12, 31), PEOPLE_2024, "2024", "2024"),
        "inflow": _inflow(dict.fromkeys(months, YEAR_2024)),
        "parameters": _parameters(changed, ()),
    }


def _from_2025() -> Demo:
    years = {2025: YEAR_2025, 2026: YEAR_2026}
    months = {date(year, number, 1): years[year] for year in years for number in range(1, 13)}
    changed = {
        "granted_share_low_chance": ("0.33", "Kamervragen 2025D42695"),
        "granted_share_other": ("0.33", "Kamervragen 2025D42695"),
        "family_per_permit": ("0", "Family reunion is given on the sheet Inflow"),
    }
    quarter = (None, "2025-03-31")
    dated = (
        ("granted_share", "0.40", _GRANTS, *quarter),
        ("granted_share_low_chance", "0.40", _GRANTS, *quarter),
        ("granted_share_other", "0.40", _GRANTS, *quarter),
        ("take_back_months", "4", _DUBLIN, None, "2026-06-11"),
        ("take_charge_months", "6", f"{_DUBLIN}, 6 months; {ASSUMED}", None, "2026-06-11"),
        ("permits_housed_month", "2500", f"Derived: 15,000 / 6 ({_TASK})", None, "2025-06-30"),
    )
    return {
        **_reception(date(2024, 12, 31), PEOPLE_2025, "2025-2026", "2025-2026"),
        "inflow": _inflow(months),
        "parameters": _parameters(changed, dated),
    }


def _reception(day: date, people: int, nl: str, en: str) -> Demo:
    """Return the tables with everybody at one location."""
    counted = {row["group"]: 0 for row in read(SEEDS / "groups.csv")}
    for row in read(SEEDS / "demo_national" / "occupancy.csv"):
        counted[row["group"]] += int(row["people"])
    counted["permit_holders"] = 0
    others = divide(people - PERMIT_HOLDERS, list(counted.values()))
    living = dict(zip(counted, others, strict=True)) | {"permit_holders": PERMIT_HOLDERS}
    location: Row = {
        "id": "ALL", "name": "Demo alle opvang samen", "municipality": "Demo",
        "province": "Groningen", "region": "Noord", "type": "azc", "status": "open",
        "beds": 100000, "open_from": "2015-01-01", "child_suitable": True, "women_safe": True,
        "fixed_building": True, "durable": True, "accessible_beds": 100000, "school_seats": 100000,
    }  # fmt: skip
    return {
        "about": about_rows(
            "past",
            f"Synthetisch: alle opvang als één locatie, met de gepubliceerde instroom van {nl}.",
            f"Synthetic: all reception as one location, with the published arrivals of {en}.",
        ),
        "locations": [location],
        "occupancy": [
            {"date": day.isoformat(), "location": "ALL", "group": group, "people": count}
            for group, count in living.items()
            if count
        ],
        "forecast": [],
    }


def _inflow(years: dict[date, dict[str, int]]) -> list[Row]:
    rows = {row["parameter"]: row["value"] for row in read(SEEDS / "parameters.csv")}
    weights = [float(rows[f"season_{number:02d}"]) for number in range(1, 13)]
    return [
        {
            "scenario": "middle",
            "month": month.isoformat(),
            "stream": stream,
            "people": round(year / sum(weights) * weights[month.month - 1]),
        }
        for month, streams in years.items()
        for stream, year in streams.items()
    ]


def _parameters(
    changed: dict[str, tuple[str, str]],
    dated: tuple[tuple[str, str, str, str | None, str | None], ...],
) -> list[Row]:
    """Return the supplied parameters with other values, and rows for a time below them."""
    rows: list[Row] = []
    supplied = read(SEEDS / "parameters.csv")
    for row in supplied:
        value, source = changed.get(row["parameter"], (row["value"], row["source"]))
        rows.append({**row, "value": value, "source": source})
    for name, value, source, begin, end in dated:
        known = next(row for row in supplied if row["parameter"] == name)
        rows.append(
            {**known, "value": value, "source": source, "valid_from": begin, "valid_until": end}
        )
    return rows
