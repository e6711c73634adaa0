"""The tables of a demo case: their columns, their rows and their form as CSV."""

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path

SEEDS = Path(__file__).parent

Cell = str | int | float | bool | None
Row = Mapping[str, Cell]

COLUMNS: dict[str, tuple[str, ...]] = {
    "about": ("key", "value"),
    "locations": (
        "id", "name", "municipality", "province", "region", "latitude", "longitude",
        "type", "status", "beds", "open_from", "open_until", "extendable_until",
        "lead_time_months", "dol_beds", "dol_prepared", "dol_min_section",
        "child_suitable", "women_safe", "fixed_building", "durable", "intake_per_week",
        "accessible_beds",
        "school_seats", "health_care", "staff_fte", "occupancy_norm", "max_people",
        "emergency_max_months", "cost_per_bed_month", "fixed_cost_month",
        "opening_cost", "extension_cost",
    ),
    "occupancy": ("date", "location", "group", "people"),
    "forecast": ("scenario", "month", "group", "people"),
    "inflow": ("scenario", "month", "stream", "people"),
    "production_forecast": ("edition", "year", "low", "middle", "high", "source"),
    "ceilings": ("name", "locations", "month", "people", "source"),
    "scenarios": ("scenario", "table", "key", "column", "value"),
    "provinces": ("province", "task", "staff_fte", "source"),
    "parameters": (
        "parameter", "value", "unit", "source", "valid_from", "valid_until",
        "title_nl", "title_en", "meaning_nl", "meaning_en",
    ),
}  # fmt: skip

Demo = dict[str, list[Row]]


def render(table: str, rows: Iterable[Row]) -> bytes:
    """Return the rows of a table as CSV bytes: UTF-8, comma, one header line.

    Raises KeyError for a column the table does not have.
    """
    columns = COLUMNS[table]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        unknown = set(row) - set(columns)
        if unknown:
            message = f"{table} has no column {sorted(unknown)}"
            raise KeyError(message)
        writer.writerow([_cell(row.get(column)) for column in columns])
    return text.getvalue().encode("utf-8")


def read(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file as texts by column."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _cell(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
