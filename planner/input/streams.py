"""The tables by which people are followed: who arrives, where they go, how long they stay."""

from __future__ import annotations

import datetime as dt

from planner.input.column import ColumnType, column, table
from planner.input.kinds import StayFamily
from planner.input.supplied_names import Named

IDENTIFIER, CHOICE = ColumnType.IDENTIFIER, ColumnType.CHOICE
WHOLE, NUMBER = ColumnType.WHOLE, ColumnType.NUMBER
DATE, MONTH = ColumnType.DATE, ColumnType.MONTH


@table(
    "inflow",
    "Instroom",
    "Inflow",
    meaning=(
        "Aankomsten per stroom en maand.",
        "Arrivals per stream and month.",
    ),
)
class Inflow:
    """How many people arrive in a stream in a month of a scenario."""

    scenario: str = column(
        "Scenario",
        "Scenario",
        IDENTIFIER,
        key=True,
        named=Named.SCENARIOS,
        meaning=("Naam van het scenario", "Name of the scenario"),
    )
    month: dt.date = column(
        "Maand", "Month", MONTH, key=True, meaning=("Eerste dag van de maand", "First of the month")
    )
    stream: str = column(
        "Stroom",
        "Stream",
        IDENTIFIER,
        key=True,
        named=Named.STREAMS,
        meaning=("Naam of code van de stroom", "Name or code of the stream"),
    )
    people: float = column(
        "Personen",
        "People",
        NUMBER,
        required=True,
        unit="persons",
        minimum=0,
        meaning=("Aankomsten in de maand", "Arrivals in the month"),
    )


@table(
    "streams",
    "Stromen",
    "Streams",
    meaning=(
        "Hoe aankomsten over groepen gaan, en van groep naar groep: aandelen, duur, verblijf.",
        "How arrivals pass to groups, and from group to group: shares, delays and stays.",
    ),
)
class Stream:
    """The part of a stream that joins a group, when, and for how long."""

    stream: str = column(
        "Stroom",
        "Stream",
        IDENTIFIER,
        key=True,
        named=Named.STREAMS,
        meaning=(
            "Een stroom, of een groep: dan gaat het om wie die groep verlaat",
            "A stream, or a group: then it is about those who leave that group",
        ),
    )
    group: str = column(
        "Groep",
        "Group",
        IDENTIFIER,
        key=True,
        refers_to="groups",
        meaning=("Naam of code van de groep", "Name or code of the group"),
    )
    share: float | None = column(
        "Aandeel",
        "Share",
        NUMBER,
        unit="share",
        minimum=0,
        maximum=1,
        meaning=(
            "Deel van de stroom; naast een rij met een parameter verdelen de andere wat die laat",
            "Part of the stream; beside a row with a parameter the others divide what it leaves",
        ),
    )
    share_parameter: str = column(
        "Aandeel volgens parameter",
        "Share by parameter",
        IDENTIFIER,
        default="",
        named=Named.PARAMETERS,
        meaning=(
            "Parameter die het aandeel geeft; voor wie eerder aankwam die van vóór het Pact",
            "Parameter that gives the share; for who arrived earlier the one before the Pact",
        ),
    )
    delay_months: float | None = column(
        "Vertraging",
        "Delay",
        NUMBER,
        unit="months",
        minimum=0,
        meaning=("Maanden na aankomst; leeg = meteen", "Months after arrival; empty = at once"),
    )
    stay_months: float | None = column(
        "Verblijfsduur",
        "Stay",
        NUMBER,
        unit="months",
        minimum=0,
        meaning=(
            "Gemiddeld verblijf in de groep; leeg = dat van de groep",
            "Mean stay in the group; empty = the group's own",
        ),
    )
    stay_family: StayFamily = column(
        "Verdeling verblijf",
        "Stay family",
        CHOICE,
        default=StayFamily.EXPONENTIAL,
        choices=StayFamily,
        meaning=(
            "Hoe de verblijven rond het gemiddelde liggen",
            "How the stays lie around the mean",
        ),
    )
    stay_spread: float | None = column(
        "Spreiding verblijf",
        "Stay spread",
        NUMBER,
        unit="share",
        minimum=0,
        maximum=3,
        meaning=(
            "Standaardafwijking als deel van het gemiddelde, lognormaal; leeg = die op Parameters",
            "Standard deviation as part of the mean, lognormal; empty = the one on Parameters",
        ),
    )
    leave_parameter: str = column(
        "Uitstroom volgens parameter",
        "Departures by parameter",
        IDENTIFIER,
        default="",
        named=Named.PARAMETERS,
        meaning=(
            "Parameter met het grootste aantal dat per maand de groep verlaat",
            "Parameter with the most people who leave the group in a month",
        ),
    )
    group_before_start: str = column(
        "Groep vóór begindatum",
        "Group before start",
        IDENTIFIER,
        default="",
        refers_to="groups",
        meaning=(
            "Groep van wie volgens de overgangsregeling niet in DOL mag (eerder aangekomen)",
            "Group that those stay in who may not go to DOL: arrived before the Dublin start date",
        ),
    )
    stage_left: str = column(
        "Fase die eindigt",
        "Stage left",
        IDENTIFIER,
        default="",
        named=Named.STAGES,
        tells_apart=True,
        meaning=(
            (
                "Waar de stroom een groep is: de fase die men verlaat. Aandelen zonder parameter "
                "zijn dan delen van wat die met een parameter laten; de rest verlaat de opvang"
            ),
            (
                "Where the stream is a group: the stage that people leave. Shares without a "
                "parameter are then parts of what those with one leave; the rest leave reception"
            ),
        ),
    )
    stage: str = column(
        "Fase die begint",
        "Stage",
        IDENTIFIER,
        default="",
        named=Named.STAGES,
        tells_apart=True,
        meaning=(
            "Fase van de groep waarin men komt, zoals op het blad Fasen",
            "Stage of the group that people come into, as on the sheet Stages",
        ),
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


@table(
    "stages",
    "Fasen",
    "Stages",
    meaning=(
        "De fasen die mensen van een groep doorlopen: hoe lang zij duren en wie er nu in is.",
        "The stages that people of a group pass through: how long they last and who is there now.",
    ),
)
class Stage:
    """A stage of a group: how long people are in it, and how those leave who are there now."""

    stage: str = column(
        "Fase",
        "Stage",
        IDENTIFIER,
        key=True,
        named=Named.STAGES,
        meaning=("Naam of code van de fase", "Name or code of the stage"),
    )
    group: str = column(
        "Groep",
        "Group",
        IDENTIFIER,
        key=True,
        refers_to="groups",
        meaning=("Naam of code van de groep", "Name or code of the group"),
    )
    stay_months: float | None = column(
        "Verblijfsduur",
        "Stay",
        NUMBER,
        unit="months",
        minimum=0,
        meaning=(
            "Gemiddelde duur van de fase; leeg = dat van de groep",
            "Mean length of the stage; empty = the group's own",
        ),
    )
    stay_parameter: str = column(
        "Verblijf volgens parameter",
        "Stay by parameter",
        IDENTIFIER,
        default="",
        named=Named.PARAMETERS,
        meaning=(
            "Parameter met de duur; voor wie eerder aankwam die van vóór het Pact",
            "Parameter with the length; for who arrived earlier the one before the Pact",
        ),
    )
    stay_family: StayFamily = column(
        "Verdeling verblijf",
        "Stay family",
        CHOICE,
        default=StayFamily.EXPONENTIAL,
        choices=StayFamily,
        meaning=(
            "Hoe de verblijven rond het gemiddelde liggen",
            "How the stays lie around the mean",
        ),
    )
    stay_spread: float | None = column(
        "Spreiding verblijf",
        "Stay spread",
        NUMBER,
        unit="share",
        minimum=0,
        maximum=3,
        meaning=(
            "Standaardafwijking als deel van het gemiddelde, lognormaal; leeg = die op Parameters",
            "Standard deviation as part of the mean, lognormal; empty = the one on Parameters",
        ),
    )
    term_parameter: str = column(
        "Langste verblijf volgens parameter",
        "Longest stay by parameter",
        IDENTIFIER,
        default="",
        named=Named.PARAMETERS,
        meaning=(
            "In DOL: parameter met de overdrachtstermijn; leeg = Overdrachtstermijn",
            "In DOL: parameter with the transfer term; empty = Transfer term",
        ),
    )
    share_at_start: float | None = column(
        "Aandeel op de peildatum",
        "Share at the start",
        NUMBER,
        unit="share",
        minimum=0,
        maximum=1,
        meaning=(
            "Deel van de bewoners van de groep op de peildatum dat in deze fase is",
            "Part of the group's residents on the reference date who are in this stage",
        ),
    )
    run_off_order: int | None = column(
        "Volgorde wegwerken",
        "Run-off order",
        WHOLE,
        minimum=1,
        meaning=(
            "Gevuld: open aanvragen van vóór de begindatum, die in deze volgorde worden beslist",
            "Filled: open applications from before the start date, decided in this order",
        ),
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
