"""People expected per group, month and scenario in a demo case.

Each group starts at its occupancy. Who is in registration follows the season of the arrivals.
Groups that follow the arrivals get a wave that is highest
from August to November, when most applications are made; the Dublin groups after the transfer
decision grow in from nothing to accepted claims a month times mean stay.
"""

from datetime import date

from seeds.demo_tables import SEEDS, Row, read

SCENARIOS = ("low", "middle", "high")
# Middle and ends of the range in which 482 accepted claims a month give 1,200 to 2,000 places.
DOL_STAY_MONTHS = {"low": 2.5, "middle": 3.35, "high": 4.2}
ACCEPTED_CLAIMS_MONTH = 482
DUBLIN_FAMILY_SHARE = 0.2
# First notifications come 6 to 7 weeks after 12-06-2026 (take back), the rest a month later.
DUBLIN_NOTIFIED_PART = (0.0, 0.5, 1.0)
DUBLIN_BEFORE_STEADY = 1205

# Part of the stock above its level, by calendar month (assumption: highest August-November).
WAVE = {1: 0.012, 2: 0.006, 3: 0.0, 4: -0.004, 5: -0.008, 6: -0.004,
        7: 0.0, 8: 0.012, 9: 0.024, 10: 0.03, 11: 0.03, 12: 0.02}  # fmt: skip
WAVE_STRENGTH = {
    "unaccompanied_minors": 1.2, "permit_holders": 0.2, "return_single": 0.2, "return_family": 0.2,
}  # fmt: skip
# Part of the stock that is added each month, middle scenario (assumption: the backlog decided
# from October 2026 turns applicants into permit holders and people who must leave).
TREND = {
    "single_men": -0.0030, "families": -0.0015, "permit_holders": 0.0015,
    "return_single": 0.006, "return_family": 0.006,
}  # fmt: skip
SCENARIO_TREND = {"low": -0.004, "middle": 0.0, "high": 0.004}
ACCELERATED_GROWTH_MONTHS = 4


def forecast_rows(
    start: dict[str, int], months: list[date], size: float, accelerated_steady: int
) -> list[Row]:
    """Return the rows of Forecast; size is the demo's part of the national numbers."""
    rows: list[Row] = []
    season = _season()
    for scenario in SCENARIOS:
        dublin = dublin_after(scenario, len(months), size)
        for index, month in enumerate(months):
            people = {
                group: _expected(group, stock, index, month, scenario)
                for group, stock in start.items()
            }
            people["dublin_family"] = DUBLIN_FAMILY_SHARE * dublin[index]
            people["dublin_single"] = (1 - DUBLIN_FAMILY_SHARE) * dublin[index]
            people["in_registration"] = (
                start["in_registration"]
                * season[month.month]
                / season[months[0].month]
                * (1 + SCENARIO_TREND[scenario] * index)
            )
            people["dublin_before"] = _dublin_before(start["dublin_before"], index, size)
            people["accelerated"] = _accelerated(
                start["accelerated"], accelerated_steady, index, month, scenario
            )
            rows += [
                {
                    "scenario": scenario,
                    "month": month.isoformat(),
                    "group": group,
                    "people": round(number),
                }
                for group, number in people.items()
            ]
    return rows


def dublin_after(scenario: str, months: int, size: float) -> list[float]:
    """Return the people in the Dublin groups after the decision, month by month."""
    stay = DOL_STAY_MONTHS[scenario]
    people = 0.0
    series = []
    for index in range(months):
        part = DUBLIN_NOTIFIED_PART[min(index, len(DUBLIN_NOTIFIED_PART) - 1)]
        people += ACCEPTED_CLAIMS_MONTH * size * part - people / stay
        series.append(people)
    return series


def _season() -> dict[int, float]:
    """Return the weight of the arrivals of each calendar month."""
    rows = {row["parameter"]: row["value"] for row in read(SEEDS / "parameters.csv")}
    return {number: float(rows[f"season_{number:02d}"]) for number in range(1, 13)}


def _expected(group: str, stock: int, index: int, month: date, scenario: str) -> float:
    """Return a group's people: its stock, the wave, and the trend of group and scenario."""
    trend = TREND.get(group, 0.0) + SCENARIO_TREND[scenario]
    wave = WAVE[month.month] * WAVE_STRENGTH.get(group, 1.0)
    return stock * (1 + trend * index) * (1 + wave)


def _dublin_before(stock: int, index: int, size: float) -> float:
    """Return the people before the decision, running off to their steady number."""
    steady = DUBLIN_BEFORE_STEADY * size
    return steady + (stock - steady) * 0.85**index


def _accelerated(stock: int, steady: int, index: int, month: date, scenario: str) -> float:
    """Return the people in the accelerated procedure, growing to their steady number."""
    grown = min(1.0, index / ACCELERATED_GROWTH_MONTHS)
    level = stock + (steady - stock) * grown
    return level * (1 + WAVE[month.month]) * (1 + SCENARIO_TREND[scenario] * index)
