"""The table of locations: contract, beds and facilities of each place where people are housed."""

from __future__ import annotations

import datetime as dt

from planner.input.column import ColumnType, column, table
from planner.input.kinds import LocationType, PlaceKind, Status

TEXT, IDENTIFIER, CHOICE = ColumnType.TEXT, ColumnType.IDENTIFIER, ColumnType.CHOICE
WHOLE, NUMBER, YES_NO = ColumnType.WHOLE, ColumnType.NUMBER, ColumnType.YES_NO
DATE = ColumnType.DATE


@table(
    "locations",
    "Locaties",
    "Locations",
    meaning=(
        "De opvanglocaties: bestaande, en kandidaten die geopend kunnen worden.",
        "The reception locations: existing ones, and candidates that may be opened.",
    ),
    required=True,
)
class Location:
    """A place where people are housed, with its contract and facilities."""

    id: str = column(
        "Locatiecode",
        "Location id",
        IDENTIFIER,
        key=True,
        meaning=("Unieke code van de locatie", "Unique code of the location"),
    )
    name: str = column(
        "Naam",
        "Name",
        TEXT,
        default="",
        meaning=("Naam zoals planners die gebruiken", "Name as planners use it"),
    )
    municipality: str = column(
        "Gemeente", "Municipality", TEXT, default="", meaning=("Gemeente", "Municipality")
    )
    province: str = column(
        "Provincie",
        "Province",
        IDENTIFIER,
        default="",
        refers_to="provinces",
        meaning=("Provincie, voor de taak", "Province, for its task"),
    )
    region: str = column(
        "Regio", "Region", IDENTIFIER, default="", meaning=("COA-regio", "Region of COA")
    )
    latitude: float | None = column(
        "Breedtegraad",
        "Latitude",
        NUMBER,
        unit="°",
        minimum=50.5,
        maximum=53.8,
        meaning=("Voor de kaart", "For the map"),
    )
    longitude: float | None = column(
        "Lengtegraad",
        "Longitude",
        NUMBER,
        unit="°",
        minimum=3.2,
        maximum=7.4,
        meaning=("Voor de kaart", "For the map"),
    )
    type: LocationType = column(
        "Type",
        "Type",
        CHOICE,
        required=True,
        choices=LocationType,
        meaning=(
            "Soort locatie; bepaalt de basissoort plaatsen",
            "Type of location; decides its base kind of place",
        ),
    )
    status: Status = column(
        "Status",
        "Status",
        CHOICE,
        default=Status.OPEN,
        choices=Status,
        meaning=(
            "Open, of kandidaat om te openen",
            "Open, or a candidate that may be opened",
        ),
    )
    beds: int = column(
        "Bedden",
        "Beds",
        WHOLE,
        required=True,
        unit="beds",
        minimum=0,
        meaning=("Alle bedden van de locatie samen", "All beds of the location together"),
    )
    open_from: dt.date | None = column(
        "Open vanaf",
        "Open from",
        DATE,
        meaning=(
            "Eerste dag van het contract; leeg = al open",
            "First day of the contract; empty = open already",
        ),
    )
    open_until: dt.date | None = column(
        "Open tot en met",
        "Open until",
        DATE,
        meaning=(
            "Laatste dag van het contract; leeg = geen einde",
            "Last day of the contract; empty = no end",
        ),
    )
    extendable_until: dt.date | None = column(
        "Verlengbaar tot en met",
        "Extendable until",
        DATE,
        meaning=(
            "Laatste dag bij verlenging; leeg = niet verlengbaar",
            "Last day if extended; empty = cannot be extended",
        ),
    )
    lead_time_months: int = column(
        "Aanlooptijd",
        "Lead time",
        WHOLE,
        default=0,
        unit="months",
        minimum=0,
        maximum=60,
        meaning=(
            "Maanden van besluit tot opening van een kandidaat",
            "Months from decision to opening of a candidate",
        ),
    )
    dol_beds: int = column(
        "DOL-bedden",
        "DOL beds",
        WHOLE,
        default=0,
        unit="beds",
        minimum=0,
        meaning=(
            "Afscheidbaar deel dat Dublinonderdak kan worden",
            "Separable part that can become Dublin shelter",
        ),
    )
    dol_prepared: int = column(
        "DOL ingericht",
        "DOL prepared",
        WHOLE,
        default=0,
        unit="places",
        minimum=0,
        meaning=(
            "Bij de start al ingerichte DOL-plaatsen",
            "DOL places fitted out at the start",
        ),
    )
    dol_min_section: int = column(
        "DOL minimale omvang",
        "DOL smallest part",
        WHOLE,
        default=0,
        unit="places",
        minimum=0,
        meaning=(
            "Kleinste DOL-deel dat in gebruik kan zijn",
            "Smallest DOL part that can be in use",
        ),
    )
    child_suitable: bool = column(
        "Kindgeschikt",
        "Child suitable",
        YES_NO,
        default=False,
        meaning=("Geschikt voor gezinnen met kinderen", "Suitable for families with children"),
    )
    women_safe: bool = column(
        "Veilig voor vrouwen",
        "Safe for women",
        YES_NO,
        default=False,
        meaning=(
            "Gescheiden sanitair en een veilige plek (artikel 20, lid 5)",
            "Separate sanitary facilities and a safe place (Art. 20(5))",
        ),
    )
    fixed_building: bool | None = column(
        "Vast gebouw",
        "Fixed building",
        YES_NO,
        meaning=("Vast gebouw (overweging 36)", "Fixed building structure (recital 36)"),
    )
    durable: bool | None = column(
        "Duurzaam",
        "Durable",
        YES_NO,
        meaning=(
            "Telt mee voor de provinciale taak (Spreidingswet)",
            "Counts for the province's task (Distribution Act)",
        ),
    )
    intake_per_week: int | None = column(
        "Aanmeldcapaciteit",
        "Intake",
        WHOLE,
        unit="persons per week",
        minimum=0,
        meaning=(
            "Mensen die een aankomstlocatie (col) per week kan aanmelden; leeg = niet bekend",
            "People whom an arrival location (col) can register in a week; empty = not known",
        ),
    )
    accessible_beds: int | None = column(
        "Toegankelijke bedden",
        "Accessible beds",
        WHOLE,
        unit="beds",
        minimum=0,
        meaning=(
            "Bedden voor bijzondere behoeften; leeg = niet bekend",
            "Beds for special needs; empty = not known",
        ),
    )
    school_seats: int | None = column(
        "Schoolplaatsen",
        "School seats",
        WHOLE,
        unit="seats",
        minimum=0,
        meaning=(
            "Plaatsen in het onderwijs; leeg = niet bekend",
            "Seats in education; empty = not known",
        ),
    )
    health_care: bool | None = column(
        "Zorg bereikbaar",
        "Health care",
        YES_NO,
        meaning=(
            "Noodzakelijke zorg op of bij de locatie (artikel 22); leeg = niet bekend",
            "Necessary health care at or near the location (Art. 22); empty = not known",
        ),
    )
    staff_fte: float | None = column(
        "Personeel",
        "Staff",
        NUMBER,
        unit="fte",
        minimum=0,
        meaning=("Beschikbaar personeel; leeg = niet bekend", "Staff; empty = not known"),
    )
    occupancy_norm: float | None = column(
        "Bezettingsnorm",
        "Occupancy norm",
        NUMBER,
        unit="share",
        minimum=0.01,
        maximum=1,
        meaning=(
            "Eigen norm; leeg = de norm uit Parameters",
            "Its own norm; empty = the norm in Parameters",
        ),
    )
    max_people: int | None = column(
        "Maximum personen",
        "Maximum people",
        WHOLE,
        unit="persons",
        minimum=0,
        meaning=(
            "Afgesproken maximum; leeg = geen",
            "Agreed maximum; empty = none",
        ),
    )
    emergency_max_months: int | None = column(
        "Maximale duur noodopvang",
        "Emergency maximum term",
        WHOLE,
        unit="months",
        minimum=0,
        maximum=1200,
        meaning=(
            "Langste duur als noodopvang; leeg = geen",
            "Longest term as emergency reception; empty = none",
        ),
    )
    cost_per_bed_month: float | None = column(
        "Kosten per plaats per maand",
        "Cost per place per month",
        NUMBER,
        unit="euro",
        minimum=0,
        meaning=("Per plaats in gebruik", "Per place in use"),
    )
    fixed_cost_month: float | None = column(
        "Vaste kosten per maand",
        "Fixed cost per month",
        NUMBER,
        unit="euro",
        minimum=0,
        meaning=(
            "Zolang de locatie in contract is",
            "As long as the location is under contract",
        ),
    )
    opening_cost: float | None = column(
        "Openingskosten",
        "Opening cost",
        NUMBER,
        unit="euro",
        minimum=0,
        meaning=("Eenmalig, bij openen", "Once, on opening"),
    )
    extension_cost: float | None = column(
        "Verlengingskosten",
        "Extension cost",
        NUMBER,
        unit="euro",
        minimum=0,
        meaning=("Eenmalig, bij verlengen", "Once, on extension"),
    )

    @property
    def kinds(self) -> tuple[PlaceKind, ...]:
        """The kinds of place it can have: its base kind, and DOL where a part can be separated."""
        if self.dol_beds > 0:
            return (self.type.base_kind, PlaceKind.DOL)
        return (self.type.base_kind,)

    @property
    def candidate(self) -> bool:
        """Whether it still has to be opened."""
        return self.status is Status.CANDIDATE

    @property
    def emergency(self) -> bool:
        """Whether its base kind is emergency reception."""
        return self.type.base_kind.emergency
