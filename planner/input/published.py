"""The tables of what was published or decided before: a plan is put beside it, and not moved."""

from __future__ import annotations

import datetime as dt

from planner.input.column import ColumnType, column, table
from planner.input.supplied_names import Named

TEXT, WHOLE, NUMBER = ColumnType.TEXT, ColumnType.WHOLE, ColumnType.NUMBER
DATE, MONTH = ColumnType.DATE, ColumnType.MONTH


@table(
    "production_forecast",
    "MPP-cijfers",
    "MPP figures",
    meaning=(
        "De asielinstroom per jaar volgens de Meerjaren Productie Prognose, per uitgave.",
        "Arrivals a year by the multi-year production forecast (MPP), by edition.",
    ),
)
class ProductionForecast:
    """How many people arrive in a calendar year by an edition of the production forecast."""

    edition: dt.date = column(
        "Uitgave",
        "Edition",
        MONTH,
        key=True,
        meaning=("Maand waarin de MPP uitkwam", "Month that the MPP came out in"),
    )
    year: int = column(
        "Jaar",
        "Year",
        WHOLE,
        key=True,
        minimum=2000,
        maximum=2100,
        meaning=("Kalenderjaar", "Calendar year"),
    )
    low: float | None = column(
        "Minimum",
        "Minimum",
        NUMBER,
        unit="persons",
        minimum=0,
        meaning=(
            "Eerste en volgende aanvragen, nareis en hervestiging samen; leeg = niet bekend",
            "First, repeat, family reunion and resettled together; empty = not known",
        ),
    )
    middle: float | None = column(
        "Midden",
        "Middle",
        NUMBER,
        unit="persons",
        minimum=0,
        meaning=("Leeg = niet bekend", "Empty = not known"),
    )
    high: float | None = column(
        "Maximum",
        "Maximum",
        NUMBER,
        unit="persons",
        minimum=0,
        meaning=("Leeg = niet bekend", "Empty = not known"),
    )
    source: str = column(
        "Bron",
        "Source",
        TEXT,
        default="",
        named=Named.SOURCES,
        meaning=("Waar het staat", "Where it stands"),
    )


@table(
    "capacity_decision",
    "Capaciteitsbesluit",
    "Capacity decision",
    meaning=(
        "Eerdere capaciteitsbesluiten of -ramingen: hoeveel plaatsen voor welke dag.",
        "Earlier capacity decisions or estimates: how many places for which day.",
    ),
)
class CapacityDecision:
    """How many places were decided on, or estimated, for a day, and what that rested on."""

    decided: dt.date = column(
        "Genomen in",
        "Decided in",
        MONTH,
        key=True,
        meaning=("Maand van het besluit of de raming", "Month of the decision or estimate"),
    )
    for_day: dt.date = column(
        "Voor dag",
        "For day",
        DATE,
        key=True,
        meaning=(
            "Dag waarvoor de plaatsen nodig zijn, zoals 1 januari",
            "Day for which the places are needed, such as 1 January",
        ),
    )
    places: float = column(
        "Plaatsen",
        "Places",
        NUMBER,
        required=True,
        unit="places",
        minimum=0,
        meaning=("Alle plaatsen samen", "All places together"),
    )
    people: float | None = column(
        "Personen",
        "People",
        NUMBER,
        unit="persons",
        minimum=0,
        meaning=(
            "Verwachte bezetting waar het op rust; leeg = niet bekend",
            "Expected occupancy that it rests on; empty = not known",
        ),
    )
    occupancy_norm: float | None = column(
        "Bezettingsnorm",
        "Occupancy norm",
        NUMBER,
        unit="people per place",
        minimum=0.01,
        maximum=1,
        meaning=(
            "Bezettingsnorm waar het op rust; leeg = niet bekend",
            "Occupancy norm that it rests on; empty = not known",
        ),
    )
    source: str = column(
        "Bron",
        "Source",
        TEXT,
        default="",
        named=Named.SOURCES,
        meaning=("Waar het staat", "Where it stands"),
    )
