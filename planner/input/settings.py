"""The tables that set the terms: parameters, tasks, ceilings, preferences, scenarios."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields

from planner.input.column import ColumnType, column, table
from planner.input.kinds import PlaceKind
from planner.input.supplied_names import Named

TEXT, IDENTIFIER, CHOICE = ColumnType.TEXT, ColumnType.IDENTIFIER, ColumnType.CHOICE
LIST, WHOLE, NUMBER = ColumnType.LIST, ColumnType.WHOLE, ColumnType.NUMBER
DATE, MONTH, ANY = ColumnType.DATE, ColumnType.MONTH, ColumnType.ANY

# A scenario's row has a field called `column`, which hides the function inside its class.
declared_column = column


@table(
    "parameters",
    "Parameters",
    "Parameters",
    meaning=(
        "Normen, wettelijke grenzen en gewichten, elk met bron en geldigheid.",
        "Norms, statutory limits and weights, each with source and validity.",
    ),
)
class Parameter:
    """A norm, statutory limit or weight that rules refer to by name."""

    parameter: str = column(
        "Parameter",
        "Parameter",
        IDENTIFIER,
        key=True,
        named=Named.PARAMETERS,
        meaning=("Naam of code", "Name or code"),
    )
    value: float | str | dt.date | None = column(
        "Waarde",
        "Value",
        ANY,
        meaning=(
            "Getal, datum of naam; leeg = niet ingesteld",
            "Number, date or name; empty = not set",
        ),
    )
    unit: str = column(
        "Eenheid", "Unit", TEXT, default="", named=Named.UNITS, meaning=("Eenheid", "Unit")
    )
    source: str = column(
        "Bron",
        "Source",
        TEXT,
        default="",
        named=Named.SOURCES,
        meaning=("Waar het staat", "Where it stands"),
    )
    valid_from: dt.date | None = column(
        "Geldig vanaf",
        "Valid from",
        DATE,
        tells_apart=True,
        meaning=(
            "Eerste dag; een rij met een periode gaat in die maanden voor de rij zonder",
            "First day; a row with a period goes before the row without in those months",
        ),
    )
    valid_until: dt.date | None = column(
        "Geldig tot en met", "Valid until", DATE, meaning=("Laatste dag", "Last day")
    )
    who: str = column(
        "Wie",
        "Who",
        TEXT,
        default="",
        meaning=(
            "Wie de waarde koos: functie of dienst, geen persoon",
            "Who chose the value: role or office, no person",
        ),
    )
    why: str = column("Waarom", "Why", TEXT, default="", meaning=("Reden", "Reason"))

    def __repr__(self) -> str:
        """Return the row as a fingerprint takes it: one that says not who, as before it could."""
        told = ((each.name, getattr(self, each.name)) for each in fields(self))
        said = (f"{key}={value!r}" for key, value in told if value or key not in {"who", "why"})
        return f"{type(self).__qualname__}({', '.join(said)})"


@table(
    "provinces",
    "Provincies",
    "Provinces",
    meaning=(
        "De taak van elke provincie (Spreidingswet) en het beschikbare personeel.",
        "The task of each province (Distribution Act) and the staff available.",
    ),
)
class Province:
    """A province with its task in durable places."""

    province: str = column("Provincie", "Province", IDENTIFIER, key=True, meaning=("Naam", "Name"))
    task: float | None = column(
        "Taak",
        "Task",
        NUMBER,
        unit="places",
        minimum=0,
        meaning=("Duurzame plaatsen", "Durable places"),
    )
    staff_fte: float | None = column(
        "Personeel",
        "Staff",
        NUMBER,
        unit="fte",
        minimum=0,
        meaning=(
            "Beschikbaar; telt in regio's waar niet van elke locatie het personeel bekend is",
            "Available; counts in regions where not every location's staff is known",
        ),
    )


@table(
    "municipalities",
    "Gemeenten",
    "Municipalities",
    meaning=(
        "De taak van gemeenten binnen die van hun provincie (Spreidingswet).",
        "The task of municipalities within that of their province (Distribution Act).",
    ),
)
class Municipality:
    """A municipality with its task in durable places."""

    municipality: str = column(
        "Gemeente",
        "Municipality",
        IDENTIFIER,
        key=True,
        meaning=("Naam zoals op blad Locaties", "Name as on the sheet Locations"),
    )
    province: str = column(
        "Provincie",
        "Province",
        IDENTIFIER,
        required=True,
        refers_to="provinces",
        meaning=("Provincie waar zij in ligt", "Province that it lies in"),
    )
    task: float | None = column(
        "Taak",
        "Task",
        NUMBER,
        unit="places",
        minimum=0,
        meaning=("Duurzame plaatsen; leeg = geen", "Durable places; empty = none"),
    )


@table(
    "ceilings",
    "Plafonds",
    "Ceilings",
    meaning=(
        "Afgesproken of opgelegde maxima, zoals Ter Apel.",
        "Agreed or imposed maxima, such as Ter Apel.",
    ),
)
class Ceiling:
    """A maximum number of people at one or more locations together."""

    name: str = column(
        "Naam", "Name", IDENTIFIER, key=True, meaning=("Naam van het plafond", "Its name")
    )
    locations: tuple[str, ...] = column(
        "Locaties",
        "Locations",
        LIST,
        required=True,
        refers_to="locations",
        meaning=("Locatiecodes, gescheiden door ;", "Location ids, joined by ;"),
    )
    month: dt.date | None = column(
        "Maand", "Month", MONTH, meaning=("Leeg = elke maand", "Empty = every month")
    )
    people: int = column(
        "Personen",
        "People",
        WHOLE,
        required=True,
        unit="persons",
        minimum=0,
        meaning=("Maximum", "Maximum"),
    )
    source: str = column(
        "Bron",
        "Source",
        TEXT,
        default="",
        named=Named.SOURCES,
        meaning=("Afspraak of uitspraak", "Agreement or ruling"),
    )


@table(
    "preferences",
    "Voorkeuren",
    "Preferences",
    meaning=(
        "Extra kosten per persoonsmaand van een groep op een locatie.",
        "Extra cost per person-month of a group at a location.",
    ),
)
class Preference:
    """What placing a group at a location costs beyond the place itself."""

    group: str = column(
        "Groep",
        "Group",
        IDENTIFIER,
        key=True,
        refers_to="groups",
        meaning=("Naam of code van de groep", "Name or code of the group"),
    )
    location: str = column(
        "Locatie",
        "Location",
        IDENTIFIER,
        key=True,
        refers_to="locations",
        meaning=("Locatiecode", "Location id"),
    )
    cost_per_person_month: float = column(
        "Kosten per persoon per maand",
        "Cost per person per month",
        NUMBER,
        required=True,
        unit="euro",
        meaning=("Advies, afstand, match", "Advice, distance, match"),
    )


@table(
    "previous_plan",
    "Vorig plan",
    "Previous plan",
    meaning=(
        "Plaatsen in het vorige plan, om zo weinig mogelijk te wijzigen.",
        "Places in the previous plan, to change as little as possible.",
    ),
)
class PreviousPlaces:
    """The places of a kind at a location in a month of the previous plan."""

    location: str = column(
        "Locatie",
        "Location",
        IDENTIFIER,
        key=True,
        refers_to="locations",
        meaning=("Locatiecode", "Location id"),
    )
    kind: PlaceKind = column(
        "Soort",
        "Kind",
        CHOICE,
        key=True,
        choices=PlaceKind,
        meaning=("Soort plaatsen", "Kind of place"),
    )
    month: dt.date = column(
        "Maand", "Month", MONTH, key=True, meaning=("Eerste dag van de maand", "First of the month")
    )
    places: float = column(
        "Plaatsen",
        "Places",
        NUMBER,
        required=True,
        unit="places",
        minimum=0,
        meaning=("Plaatsen in gebruik", "Places in use"),
    )


@table(
    "scenarios",
    "Scenarios",
    "Scenarios",
    meaning=(
        "Wat een scenario aan de invoer verandert, een cel per regel.",
        "What a scenario changes in the input, one cell a row.",
    ),
)
class ScenarioEdit:
    """One cell that a scenario changes."""

    scenario: str = declared_column(
        "Scenario",
        "Scenario",
        IDENTIFIER,
        key=True,
        named=Named.SCENARIOS,
        meaning=("Naam van het scenario", "Name of the scenario"),
    )
    table: str = declared_column(
        "Tabel", "Table", IDENTIFIER, key=True, meaning=("Welk blad", "Which sheet")
    )
    key: str = declared_column(
        "Sleutel",
        "Key",
        IDENTIFIER,
        key=True,
        meaning=(
            "Sleutel van de rij, delen gescheiden door |",
            "Key of the row, parts joined by |",
        ),
    )
    column: str = declared_column(
        "Kolom", "Column", IDENTIFIER, key=True, meaning=("Welke kolom", "Which column")
    )
    value: object = declared_column("Waarde", "Value", ANY, meaning=("Nieuwe waarde", "New value"))
    active: bool | None = declared_column(
        "Actief",
        "Active",
        ColumnType.YES_NO,
        meaning=(
            "Nee = deze wijziging telt nu niet mee; leeg = ja",
            "No = this change does not count now; empty = yes",
        ),
    )
    beyond_forecast: bool | None = declared_column(
        "Buiten de prognose",
        "Beyond the forecast",
        ColumnType.YES_NO,
        meaning=(
            "Ja = het scenario rekent met beleid dat de prognose (MPP) niet bevat",
            "Yes = the scenario counts on policy that the forecast (MPP) does not hold",
        ),
    )
