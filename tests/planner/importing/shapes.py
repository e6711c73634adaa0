"""Forty workbooks as people keep them, none in our layout, and what must come out of each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from tests.planner.importing.shape import ARRIVALS, COUNTS, JULY, Rows, Shape

OCCUPANCY = {(JULY, *key): people for key, people in COUNTS.items()}
BEDS = {"L01": 1250, "L02": 300}
ONE_GROUP = {(JULY, "L01", "families"): 45, (JULY, "L02", "families"): 280}

NAMES = {"L01": "Demo col Veenkamp", "L02": "Demo pol Molenbroek"}


def _flat(  # noqa: PLR0913, PLR0917 - what a list may call its columns
    title: str = "Stand per 1 juli 2026",
    location: str = "Locatie",
    group: str = "Groep",
    people: str = "Aantal",
    words: Sequence[str] = ("gezinnen", "alleenstaande mannen"),
    places: Sequence[str] = ("L01", "L02"),
) -> Rows:
    families, men = words
    first, second = places
    return [
        [title],
        [],
        [location, group, people],
        [first, families, 12],
        [first, men, 34],
        [second, families, 5],
        [second, men, 61],
    ]


def _cross(
    words: Sequence[Any] = ("gezinnen", "alleenstaande mannen"),
    title: str = "Peildatum: 01-07-2026",
    corner: str | None = "Locatie",
    places: Sequence[str] = ("L01", "L02"),
) -> list[list[Any]]:
    return [[title], [corner, *words], [places[0], 12, 34], [places[1], 5, 61]]


def _forecast(headings: Sequence[Any]) -> Rows:
    return [["Groep", *headings], ["gezinnen", 300, 310], ["alleenstaande mannen", 1, 2]]


FORECAST = {("middle", month, group): people for (month, group), people in ARRIVALS.items()}
INFLOW = {("middle", JULY, "first_applications"): 1950, ("middle", JULY, "family_reunion"): 900}

_WEEKLY = [
    ["Overzicht opvang week 27 2026"],
    [],
    ["Locatie", "Gemeente", "Capaciteit", "Bezetting", "Einddatum"],
    [NAMES["L01"], "Demo-Veenkamp", "1.250", 45, "31-12-2027"],
    [NAMES["L02"], "Demo-Molenbroek", 300, 280, "onbepaald"],
    ["Totaal", None, 1550, 325, None],
    ["* cijfers onder voorbehoud van de locatiemanager"],
]
_MONDAY = dt.date(2026, 6, 29)
_BY_MONTH = [
    ["Bezetting per maand 2026, gezinnen"],
    ["Locatie", "jul-26", "aug-26", "Totaal"],
    [NAMES["L01"], 45, 50, 95],
    [NAMES["L02"], 280, 290, 570],
    ["Totaal", 325, 340, 665],
]


def _region(code: str, families: int, men: int) -> list[list[Any]]:
    return [
        ["Stand per 1 juli 2026"],
        ["Locatie", "Bewoners", None, "Totaal"],
        [None, "Gezinnen", "Mannen", None],
        [code, families, men, families + men],
        ["Subtotaal", families, men, families + men],
    ]


_REGION_MERGES = ("A2:A3", "B2:C2", "D2:D3")
THE_THREE = (
    Shape(
        "a flat list of the week feeds Locations and Occupancy",
        {"Week 27": _WEEKLY},
        "occupancy",
        {(_MONDAY, *key[1:]): people for key, people in ONE_GROUP.items()},
        answers={"group": "families", "type": "azc"},
    ),
    Shape(
        "a cross-tab by month",
        {"Bezetting": _BY_MONTH},
        "occupancy",
        ONE_GROUP | {(dt.date(2026, 8, 1), "L02", "families"): 290},
        answers={"group": "families"},
    ),
    Shape(
        "a sheet per region with merged headings and subtotals",
        {"Regio Oost": _region("L01", 12, 34), "Regio Noord": _region("L02", 5, 61)},
        "occupancy",
        OCCUPANCY,
        merges=dict.fromkeys(("Regio Oost", "Regio Noord"), _REGION_MERGES),
    ),
)
_LOCATIONS = [
    [
        "Prov.",
        "Locatie",
        "Soort opvang",
        "Plekken",
        "Contract vanaf",
        "Contract t/m",
        "DOL plekken",
    ],
    ["Groningen", "L01", "azc", "1.250", "1-3-2021", "31 december 2027", None],
    ["Gelderland", "L02", "regulier", 300, "1-4-2021", "n.v.t.", 40],
]


def _beds(name: str, rows: Rows, **more: Any) -> Shape:
    return Shape(name, {"Overzicht locaties": rows}, "locations", BEDS, **more)


def _counted(name: str, rows: Rows, **more: Any) -> Shape:
    return Shape(name, {"Blad1": rows}, "occupancy", more.pop("expected", OCCUPANCY), **more)


SHAPES: tuple[Shape, ...] = (
    *THE_THREE,
    _counted("flat, our names", _flat()),
    _counted(
        "flat, other words",
        _flat(location="Opvanglocatie", group="Doelgroep", people="Aantal bewoners"),
    ),
    _counted(
        "flat, in English",
        _flat("As of 1 July 2026", "Site", "Group", "Residents", ("families", "single men")),
    ),
    _counted("flat, the words of people", _flat(words=("gezin", "mannen"))),
    _counted("flat, names of locations", _flat(places=tuple(NAMES.values()))),
    _counted("flat, names in another case", _flat(places=tuple(map(str.upper, NAMES.values())))),
    _counted("flat, codes in lower case", _flat(places=("l01", "l02"))),
    _counted("flat, written by xlsxwriter", _flat(), writer="xlsxwriter"),
    _counted("flat, as text", _flat(), writer="csv"),
    _counted(
        "flat, day in the name of the file", _flat("Bezetting"), file="bezetting 2026-07-01.xlsx"
    ),
    Shape(
        "flat, month in the name of the sheet",
        {"juli 2026": _flat("Bezetting")},
        "occupancy",
        OCCUPANCY,
    ),
    _counted("flat, no day anywhere", _flat("Bezetting"), answers={"date": "2026-07-01"}),
    _counted(
        "flat, a day in each row",
        [
            ["Datum", "Locatie", "Groep", "Personen"],
            ["1-7-2026", "L01", "gezinnen", 12],
            ["1-7-2026", "L01", "alleenstaande mannen", 34],
            ["1-7-2026", "L02", "gezinnen", 5],
            ["1-7-2026", "L02", "alleenstaande mannen", 61],
        ],
    ),
    _counted(
        "as a pivot table, names once",
        [
            ["Stand per 1 juli 2026"],
            ["Locatie", "Groep", "Aantal"],
            ["L01", "gezinnen", 12],
            [None, "alleenstaande mannen", 34],
            ["Totaal L01", None, 46],
            ["L02", "gezinnen", 5],
            [None, "alleenstaande mannen", 61],
            ["Totaal L02", None, 66],
            ["Eindtotaal", None, 112],
        ],
    ),
    _counted(
        "merged names over rows",
        [
            ["Stand per 1 juli 2026"],
            ["Locatie", "Groep", "Aantal"],
            ["L01", "gezinnen", 12],
            [None, "alleenstaande mannen", 34],
            ["L02", "gezinnen", 5],
            [None, "alleenstaande mannen", 61],
        ],
        merges={"Blad1": ("A3:A4", "A5:A6")},
    ),
    _counted(
        "two sorts of one group are added up",
        [
            ["Stand per 1 juli 2026"],
            ["Locatie", "gezinnen", "mannen", "alleenstaande mannen"],
            ["L01", 12, 30, 4],
            ["L02", 5, 60, 1],
        ],
    ),
    _counted("groups across", _cross()),
    _counted("groups across, no heading over the names", _cross(corner=None)),
    _counted("groups across, words of people", _cross(("Gezin", "Mannen"))),
    _counted("groups across, in English", _cross(("Families", "Single men"), "Date: 2026-07-01")),
    _counted("groups across, as text", _cross(), writer="csv"),
    _counted(
        "groups across with totals both ways",
        [
            *[[*row, total] for row, total in zip(_cross(), (None, "Totaal", 46, 66), strict=True)],
            ["Totaal", 17, 95, 112],
        ],
    ),
    _counted(
        "groups across and a column of remarks",
        [
            *[
                [*row, note]
                for row, note in zip(_cross(), (None, "Opmerking", "vol", "bel Jan"), strict=True)
            ],
        ],
    ),
    _counted(
        "a group that its keeper alone knows",
        _cross(("gezinnen", "categorie M")),
        answers={"categorie m": "single_men"},
    ),
    _counted("small numbers masked", [*_cross()[:3], ["L02", "<10", 61]], answers={"<10": 5}),
    _counted(
        "months and groups across in two rows",
        [
            [None, "jul-26", "jul-26", "aug-26", "aug-26"],
            ["Locatie", "gezinnen", "alleenstaande mannen", "gezinnen", "alleenstaande mannen"],
            ["L01", 12, 34, 13, 35],
            ["L02", 5, 61, 6, 62],
        ],
        expected=OCCUPANCY | {(dt.date(2026, 8, 1), "L02", "families"): 6},
    ),
    _counted(
        "months merged over groups",
        [
            ["Locatie", "juli 2026", None, "augustus 2026", None],
            [None, "gezinnen", "alleenstaande mannen", "gezinnen", "alleenstaande mannen"],
            ["L01", 12, 34, 13, 35],
            ["L02", 5, 61, 6, 62],
        ],
        merges={"Blad1": ("A1:A2", "B1:C1", "D1:E1")},
    ),
    _counted(
        "groups over months",
        [
            [None, "gezinnen", None, "alleenstaande mannen", None],
            ["Locatie", JULY, dt.date(2026, 8, 1), JULY, dt.date(2026, 8, 1)],
            ["L01", 12, 13, 34, 35],
            ["L02", 5, 6, 61, 62],
        ],
        merges={"Blad1": ("B1:C1", "D1:E1")},
    ),
    _counted(
        "a group in each row, months across",
        [
            ["Locatie", "Groep", JULY, dt.date(2026, 8, 1)],
            ["L01", "gezinnen", 12, 1],
            ["L01", "alleenstaande mannen", 34, 1],
            ["L02", "gezinnen", 5, 1],
            ["L02", "alleenstaande mannen", 61, 1],
        ],
    ),
    Shape(
        "a sheet per group",
        {
            "gezinnen": [["Stand 1 juli 2026"], ["Locatie", "Bewoners"], ["L01", 12], ["L02", 5]],
            "alleenstaande mannen": [
                ["Stand 1 juli 2026"],
                ["Locatie", "Bewoners"],
                ["L01", 34],
                ["L02", 61],
            ],
        },
        "occupancy",
        OCCUPANCY,
    ),
    Shape(
        "a sheet per month",
        {
            "juli 2026": _cross(title="Bezetting"),
            "augustus 2026": _cross(title="Bezetting"),
        },
        "occupancy",
        OCCUPANCY | {(dt.date(2026, 8, 1), "L02", "families"): 5},
    ),
    _beds("the list of the window's test", _LOCATIONS),
    _beds(
        "the same with a title, total and note",
        [
            ["Overzicht locaties"],
            [],
            *_LOCATIONS,
            ["Totaal", None, None, 1550],
            ["Bron: eigen administratie van de regio"],
        ],
    ),
    _beds(
        "in English",
        [
            ["Location", "Town", "Capacity", "End date"],
            ["L01", "Veenkamp", "1,250", "31 December 2027"],
            ["L02", "Molenbroek", 300, "indefinite"],
        ],
    ),
    _beds(
        "contract in two rows of headings",
        [
            ["Locatie", "Plekken", "Contract", None],
            [None, None, "vanaf", "t/m"],
            ["L01", 1250, "1-3-2021", "31-12-2027"],
            ["L02", 300, "1-4-2021", None],
        ],
        merges={"Overzicht locaties": ("A1:A2", "B1:B2", "C1:D1")},
    ),
    Shape(
        "a sheet per province",
        {
            "Groningen": [["Locatie", "Gemeente", "Plaatsen"], ["L01", "Veenkamp", 1250]],
            "Gelderland": [["Locatie", "Gemeente", "Plaatsen"], ["L02", "Molenbroek", 300]],
        },
        "locations",
        BEDS,
    ),
    _beds(
        "provinces as rows between",
        [
            ["Locatie", "Gemeente", "Plaatsen"],
            ["Provincie Groningen"],
            ["L01", "Veenkamp", 1250],
            ["Provincie Gelderland"],
            ["L02", "Molenbroek", 300],
        ],
    ),
    Shape(
        "forecast, real dates across",
        {"Prognose": _forecast((JULY, dt.date(2026, 8, 1)))},
        "forecast",
        FORECAST,
    ),
    Shape(
        "forecast, months with two digits of a year",
        {"Prognose": _forecast(("jul-26", "aug-26"))},
        "forecast",
        FORECAST,
    ),
    Shape(
        "forecast, months alone below a title",
        {"Raming 2026": _forecast(("jul", "aug"))},
        "forecast",
        FORECAST,
    ),
    Shape(
        "forecast, months down and groups across",
        {
            "MPP": [
                ["Maand", "gezinnen", "alleenstaande mannen"],
                ["juli 2026", 300, 1],
                ["augustus 2026", 310, 2],
            ]
        },
        "forecast",
        FORECAST,
    ),
    Shape(
        "forecast, a scenario in each row",
        {
            "Raming": [
                ["Scenario", "Groep", "jul 2026", "aug 2026"],
                ["midden", "gezinnen", 300, 310],
                ["hoog", "gezinnen", 400, 410],
            ]
        },
        "forecast",
        FORECAST | {("high", JULY, "families"): 400},
    ),
    Shape(
        "forecast, a sheet per scenario",
        {
            "Midden": _forecast(("jul 2026", "aug 2026")),
            "Hoog": _forecast(("jul 2026", "aug 2026")),
        },
        "forecast",
        FORECAST | {("high", JULY, "families"): 300},
    ),
    Shape(
        "inflow, streams across",
        {
            "Instroom": [
                ["Maand", "Eerste aanvragen", "Nareis"],
                ["jul 2026", "1.950", 900],
            ]
        },
        "inflow",
        INFLOW,
    ),
    Shape(
        "inflow, months across",
        {
            "Instroom": [
                ["Stroom", "jul 2026", "aug 2026"],
                ["eerste asielaanvragen", 1950, 1960],
                ["nareizigers", 900, 910],
            ]
        },
        "inflow",
        INFLOW,
    ),
    Shape(
        "tasks of provinces",
        {
            "Taken": [
                ["Provincie", "Opgave"],
                ["Groningen", 400],
                ["Fryslân", 390],
            ]
        },
        "provinces",
        {"Groningen": 400, "Friesland": 390},
    ),
    _counted(
        "groups across as parts of a column of all",
        [
            ["Stand per 1 juli 2026"],
            ["Locatie", "Bezet (bewoners)", "wv gezin", "w.v. alleenst. man", "Einde overeenkomst"],
            ["L01", 46, 12, 34, "31 december 2027"],
            ["L02", 66, 5, 61, "onbepaald"],
        ],
    ),
)
