"""The tables about people: who lives where, the groups they form, and who is expected."""

from __future__ import annotations

import datetime as dt

from planner.input.column import ColumnType, column, table
from planner.input.kinds import Ground, PlaceKind, Suitability
from planner.input.supplied_names import Named

IDENTIFIER, CHOICE = ColumnType.IDENTIFIER, ColumnType.CHOICE
WHOLE, NUMBER, YES_NO = ColumnType.WHOLE, ColumnType.NUMBER, ColumnType.YES_NO
DATE, MONTH = ColumnType.DATE, ColumnType.MONTH


@table(
    "occupancy",
    "Bezetting",
    "Occupancy",
    meaning=(
        "Wie er op de peildatum woont, per locatie en groep; eerdere dagen alleen om te ijken.",
        "Who lives where on the reference date, by location and group; earlier days to calibrate.",
    ),
    required=True,
)
class Occupancy:
    """How many people of a group live at a location on the reference date."""

    date: dt.date = column(
        "Peildatum", "Date", DATE, key=True, meaning=("Dag van de telling", "Day of the count")
    )
    location: str = column(
        "Locatie",
        "Location",
        IDENTIFIER,
        key=True,
        refers_to="locations",
        meaning=("Locatiecode", "Location id"),
    )
    group: str = column(
        "Groep",
        "Group",
        IDENTIFIER,
        key=True,
        refers_to="groups",
        meaning=("Naam of code van de groep", "Name or code of the group"),
    )
    people: int = column(
        "Personen",
        "People",
        WHOLE,
        required=True,
        unit="persons",
        minimum=0,
        meaning=("Aantal personen", "Number of people"),
    )


def _suitability(kind: PlaceKind) -> Suitability:
    """Declare a group's column for a place kind."""
    declared: Suitability = column(
        kind.label.nl[0].upper() + kind.label.nl[1:],
        kind.label.en[0].upper() + kind.label.en[1:],
        CHOICE,
        required=True,
        choices=Suitability,
        meaning=(
            f"Wat een plaats van de soort {kind.label.nl} voor de groep is",
            f"What a place of the kind “{kind.label.en}” is for the group",
        ),
    )
    return declared


@table(
    "groups",
    "Groepen",
    "Groups",
    meaning=(
        "De groepen mensen en welke plaatsen voor hen geschikt zijn.",
        "The groups of people and which places suit them.",
    ),
    required=True,
)
class Group:
    """A group of people with the same rights and needs, and what each kind of place is for it."""

    group: str = column(
        "Groep",
        "Group",
        IDENTIFIER,
        key=True,
        named=Named.GROUPS,
        meaning=("Naam of code van de groep", "Name or code of the group"),
    )
    needs_child_suitable: bool = column(
        "Kindgeschikt nodig",
        "Needs child suitable",
        YES_NO,
        default=False,
        meaning=("Alleen op kindgeschikte locaties", "Only at child-suitable locations"),
    )
    needs_women_safe: bool = column(
        "Vrouwveilig nodig",
        "Needs women safe",
        YES_NO,
        default=False,
        meaning=("Alleen waar veilig voor vrouwen", "Only where safe for women"),
    )
    families_share: float | None = column(
        "Aandeel in gezinnen",
        "Share in families",
        NUMBER,
        unit="share",
        minimum=0,
        maximum=1,
        meaning=(
            "In een gemengde groep: het deel dat een kindgeschikte locatie nodig heeft",
            "In a mixed group: the part that needs a child-suitable location",
        ),
    )
    women_share: float | None = column(
        "Aandeel vrouwen",
        "Share of women",
        NUMBER,
        unit="share",
        minimum=0,
        maximum=1,
        meaning=(
            "In een gemengde groep: vrouwen en hun kinderen, die een veilige locatie nodig hebben",
            "In a mixed group: women and their children, who need a women-safe location",
        ),
    )
    needs_accessible: bool = column(
        "Toegankelijk nodig",
        "Needs accessible",
        YES_NO,
        default=False,
        meaning=("Heeft een toegankelijk bed nodig", "Needs an accessible bed"),
    )
    school_share: float = column(
        "Aandeel schoolplicht",
        "School share",
        NUMBER,
        default=0.0,
        unit="share",
        minimum=0,
        maximum=1,
        meaning=(
            "Deel dat leerplichtig is; wie er korter is dan de termijn onderwijs, gaat eraf",
            "Part of school age; who is there for less than the school access term is taken off",
        ),
    )
    staff_per_100: float | None = column(
        "Personeel per 100",
        "Staff per 100",
        NUMBER,
        unit="fte",
        minimum=0,
        maximum=1000,
        meaning=("Benodigd per 100 personen", "Needed per 100 people"),
    )
    stay_months: float | None = column(
        "Verblijfsduur",
        "Stay",
        NUMBER,
        unit="months",
        minimum=1,
        meaning=(
            "Gemiddeld verblijf; bepaalt de natuurlijke uitstroom. Leeg = geen uitstroom",
            "Mean stay; gives the natural outflow. Empty = no outflow",
        ),
    )
    move_weight: float = column(
        "Gewicht verhuizing",
        "Move weight",
        NUMBER,
        default=1.0,
        minimum=0,
        meaning=("Hoe zwaar een verhuizing telt", "How much a move counts"),
    )
    protected: bool | None = column(
        "Beschermd",
        "Protected",
        YES_NO,
        meaning=(
            "Gaat voor. Leeg = ja bij een eigen behoefte of voorkeur voor amv of bijzondere zorg",
            "Goes first. Empty = yes where it has a need, or prefers minors' or special places",
        ),
    )
    ground: Ground = column(
        "Rechtsgrond",
        "Legal ground",
        CHOICE,
        default=Ground.APPLICANT,
        choices=Ground,
        meaning=(
            "Waarop het recht op een plaats rust; een tekort noemt die bron",
            "What the right to a place rests on; a shortfall cites that source",
        ),
    )
    registration: Suitability = _suitability(PlaceKind.REGISTRATION)
    regular: Suitability = _suitability(PlaceKind.REGULAR)
    accelerated: Suitability = _suitability(PlaceKind.ACCELERATED)
    minors: Suitability = _suitability(PlaceKind.MINORS)
    special: Suitability = _suitability(PlaceKind.SPECIAL)
    # "return" is a word of Python's own, so this one field's name differs from its column's key.
    return_: Suitability = _suitability(PlaceKind.RETURN)
    dol: Suitability = _suitability(PlaceKind.DOL)
    emergency_fixed: Suitability = _suitability(PlaceKind.EMERGENCY_FIXED)
    emergency_tent: Suitability = _suitability(PlaceKind.EMERGENCY_TENT)
    crisis: Suitability = _suitability(PlaceKind.CRISIS)

    def suitability(self, kind: PlaceKind) -> Suitability:
        """Return what a place of a kind is for the group."""
        field = "return_" if kind is PlaceKind.RETURN else kind.value
        suits: Suitability = getattr(self, field)
        return suits

    @property
    def registers(self) -> bool:
        """Whether the group is in registration: no other kind of place suits it."""
        return all(self.prefers(kind) is (kind is PlaceKind.REGISTRATION) for kind in PlaceKind)

    def prefers(self, kind: PlaceKind) -> bool:
        """Whether a place of a kind suits the group without reserve."""
        return self.suitability(kind) is Suitability.PREFERRED

    @property
    def is_protected(self) -> bool:
        """Whether the group goes before others: as given, else where it has a need of its own.

        Articles 20(5) and 24 of Directive (EU) 2024/1346 name who has special reception needs.
        """
        if self.protected is not None:
            return self.protected
        needs = self.needs_child_suitable or self.needs_women_safe or self.needs_accessible
        return needs or self.prefers(PlaceKind.MINORS) or self.prefers(PlaceKind.SPECIAL)


@table(
    "forecast",
    "Prognose",
    "Forecast",
    meaning=(
        "Verwacht aantal personen per groep en maand; gaat voor de berekende vraag.",
        "Expected people per group and month; replaces the computed demand.",
    ),
)
class Forecast:
    """How many people of a group are expected to be present in a month of a scenario."""

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
    group: str = column(
        "Groep",
        "Group",
        IDENTIFIER,
        key=True,
        refers_to="groups",
        meaning=("Naam of code van de groep", "Name or code of the group"),
    )
    people: float = column(
        "Personen",
        "People",
        NUMBER,
        required=True,
        unit="persons",
        minimum=0,
        meaning=("Aanwezige personen", "People present"),
    )
