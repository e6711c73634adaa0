"""Arrivals per stream, month and scenario in a demo case, and the scenarios about them.

Yearly numbers are published; the weights of the season spread them over the months. What follows
for each group is computed from the supplied streams and stages.
"""

from collections.abc import Sequence
from datetime import date

from seeds.demo_tables import SEEDS, Row, read

# The month in which the Pact applies: who came in it from the 12th on is part of the occupancy.
FIRST_MONTH = date(2026, 6, 1)
# Months after which family follows from the permits of the plan itself: the delay in streams.csv.
FAMILY_FOLLOWS_AFTER = 20

# People a year in the middle scenario.
YEARLY = {
    "first_applications": 25000,  # Kamerbrief of 05-06-2026, footnote 2
    "family_reunion": 16130,  # CBS, 03-11-2025: 12,100 in nine months of 2025
    "repeat": 1590,  # Kamervragen 2025D08674
    "resettled": 760,  # Kamervragen 2025D08674
    "border": 1100,  # Nationaal Implementatieplan, §2.2; part of them comes to COA
}
# Meerjaren Productie Prognose, September 2025: 39,000 to 67,100 arrivals in 2026.
LOW, HIGH = 39000, 67100
FACTORS = {"low": LOW / ((LOW + HIGH) / 2), "middle": 1.0, "high": HIGH / ((LOW + HIGH) / 2)}

# Arrivals a week in the scenario of a next peak (assumption of the demo).
PEAK_A_WEEK = 2000
PEAK_MONTHS = (date(2026, 10, 1), date(2026, 11, 1), date(2026, 12, 1))
WEEKS_A_MONTH = 365.25 / 12 / 7
# The part of the transfers that goes to one country (assumption of the demo).
ONE_COUNTRY = 0.25
NO_TRANSFERS = ("2026-10-01", "2027-03-31")


def inflow_rows(months: Sequence[date], size: float) -> list[Row]:
    """Return the rows of Inflow; size is the demo's part of the national numbers."""
    season = _season()
    rows: list[Row] = []
    for scenario, factor in FACTORS.items():
        for at, month in enumerate((FIRST_MONTH, *months), start=-1):
            for stream, year in YEARLY.items():
                people = year / 12 * size * season[month.month] * (factor if at >= 0 else 1.0)
                if stream == "family_reunion" and at >= FAMILY_FOLLOWS_AFTER:
                    people = 0.0
                rows.append(
                    {
                        "scenario": scenario,
                        "month": month.isoformat(),
                        "stream": stream,
                        "people": _shown(people, size),
                    }
                )
    return rows


def _shown(people: float, size: float) -> int | float:
    """Return whole people, or tenths where the demo is a small part of the country."""
    return round(people) if size >= 1 else round(people, 1)


def _season() -> dict[int, float]:
    """Return the weight of the arrivals of each calendar month, 1 on average."""
    rows = {row["parameter"]: row["value"] for row in read(SEEDS / "parameters.csv")}
    weights = {number: float(rows[f"season_{number:02d}"]) for number in range(1, 13)}
    return {number: weight * 12 / sum(weights.values()) for number, weight in weights.items()}


def arrival_scenarios(size: float) -> list[Row]:
    """Return the supplied scenarios about transfers, stays and arrivals."""
    stopped = f"dublin_transfers_stopped|{NO_TRANSFERS[0]}|{NO_TRANSFERS[1]}"
    stay = 2 * float(_group("dublin_single")["stay_months"])
    term, left = (_parameter(f"transfer_months{of}") for of in ("", "_after_return"))
    # As large a part of the three months that are left as others stay of their six.
    back = round(stay / 2 * left / term, 3)
    peak = _shown(PEAK_A_WEEK * WEEKS_A_MONTH * size, size)
    return [
        _row("transfers_stop", "Parameters", stopped, "value", 1),
        _row("transfers_stop_one_country", "Parameters", stopped, "value", ONE_COUNTRY),
        *(
            _row("twice_the_stay", "Groups", group, "stay_months", stay)
            for group in ("dublin_single", "dublin_family")
        ),
        _row("term_after_return", "Parameters", "transfer_abscond_months", "value", term),
        *(
            _row("term_after_return", "Stages", f"returned|{group}", "stay_months", back)
            for group in ("dublin_single", "dublin_family")
        ),
        *(
            _row(
                "next_peak", "Inflow", f"middle|{month.isoformat()}|first_applications", "people",
                peak,
            )
            for month in PEAK_MONTHS
        ),
    ]  # fmt: skip


def _parameter(name: str) -> int:
    """Return the months that a term takes."""
    rows = [row for row in read(SEEDS / "parameters.csv") if row["parameter"] == name]
    return int(rows[-1]["value"])


def location_scenario(name: str, location: str, column: str, value: str | None) -> Row:
    """Return the scenario edit of one cell of a location."""
    return _row(name, "Locations", location, column, value)


def _row(scenario: str, table: str, key: str, column: str, value: str | float | None) -> Row:
    return {"scenario": scenario, "table": table, "key": key, "column": column, "value": value}


def _group(name: str) -> dict[str, str]:
    return next(row for row in read(SEEDS / "groups.csv") if row["group"] == name)
