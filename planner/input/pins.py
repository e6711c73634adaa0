"""The table of what the planner has fixed beforehand: decisions, with who fixed them and why."""

from __future__ import annotations

import datetime as dt

from planner.input.column import ColumnType, column, table
from planner.input.kinds import Pinned

TEXT, IDENTIFIER, CHOICE = ColumnType.TEXT, ColumnType.IDENTIFIER, ColumnType.CHOICE
NUMBER, MONTH = ColumnType.NUMBER, ColumnType.MONTH


@table(
    "pins",
    "Vastgelegd",
    "Pins",
    meaning=(
        "Besluiten die vaststaan: het plan houdt zich eraan. Met wie het vastlegde en waarom.",
        "Decisions that are fixed: the plan keeps to them. With who fixed them and why.",
    ),
)
class Pin:
    """A decision about a location that no plan may take otherwise."""

    location: str = column(
        "Locatie",
        "Location",
        IDENTIFIER,
        key=True,
        refers_to="locations",
        meaning=("Locatiecode", "Location id"),
    )
    decision: Pinned = column(
        "Besluit",
        "Decision",
        CHOICE,
        key=True,
        choices=Pinned,
        meaning=("Wat vaststaat", "What is fixed"),
    )
    month: dt.date = column(
        "Maand",
        "Month",
        MONTH,
        key=True,
        meaning=(
            "De maand waarvoor het geldt; bij eerder sluiten de eerste maand dat zij dicht is",
            "The month that it holds in; for closing early the first month that it is closed",
        ),
    )
    value: float = column(
        "Waarde",
        "Value",
        NUMBER,
        required=True,
        minimum=0,
        meaning=(
            "1 = ja en 0 = nee; bij DOL inrichten en plaatsen het aantal in die maand",
            "1 = yes and 0 = no; for fitting out DOL and places the number in that month",
        ),
    )
    who: str = column(
        "Wie",
        "Who",
        TEXT,
        required=True,
        meaning=("Functie of dienst, geen persoon", "Role or office, no person"),
    )
    why: str = column("Waarom", "Why", TEXT, required=True, meaning=("Reden", "Reason"))
