"""A location of a demo case while it is being put together."""

from dataclasses import dataclass, field
from datetime import date

from seeds.demo_tables import Row

EMERGENCY_TYPES = ("emergency_fixed", "emergency_tent", "crisis")
RETURN_TYPES = ("vbl", "gl", "htl", "pbl")
REGULAR_BED_COST = 2530
EMERGENCY_BED_COST = 5780
# Five years after the start of the demo: Besluit gemeentelijke taak, Stb. 2024, 13, Art 1.1.
DURABLE_UNTIL = date(2031, 6, 30)
STAFF_PER_BED = 0.0915
TERM_MONTHS = {"emergency_fixed": 12, "emergency_tent": 12, "crisis": 1}


@dataclass
class Site:
    """A demo location; people by group are those of the occupancy date."""

    id: str
    name: str
    municipality: str
    province: str
    region: str
    latitude: float
    longitude: float
    type: str
    beds: int
    open_from: date
    status: str = "open"
    open_until: date | None = None
    extendable_until: date | None = None
    lead_time_months: int | None = None
    dol_beds: int = 0
    dol_prepared: int = 0
    dol_min_section: int | None = None
    child_suitable: bool = False
    women_safe: bool = False
    intake_per_week: int | None = None
    accessible_beds: int = 0
    school_seats: int = 0
    opening_cost: int | None = None
    extension_cost: int | None = None
    people: dict[str, int] = field(default_factory=dict)

    @property
    def is_emergency(self) -> bool:
        """Whether the type is one of emergency reception."""
        return self.type in EMERGENCY_TYPES

    @property
    def room(self) -> int:
        """Beds nobody sleeps in yet."""
        return self.beds - sum(self.people.values())

    @property
    def _for_years(self) -> bool:
        """Whether an emergency location is a building with a contract for years."""
        return self.type == "emergency_fixed" and self.open_until is not None

    def row(self) -> Row:
        """Return the location as a row of the table Locations."""
        lasting = self.open_until is None or self.open_until >= DURABLE_UNTIL
        durable = lasting and (not self.is_emergency or self._for_years)
        return {
            "id": self.id,
            "name": self.name,
            "municipality": self.municipality,
            "province": self.province,
            "region": self.region,
            "latitude": f"{self.latitude:.4f}",
            "longitude": f"{self.longitude:.4f}",
            "type": self.type,
            "status": self.status,
            "beds": self.beds,
            "open_from": self.open_from.isoformat(),
            "open_until": self.open_until.isoformat() if self.open_until else None,
            "extendable_until": (
                self.extendable_until.isoformat() if self.extendable_until else None
            ),
            "lead_time_months": self.lead_time_months,
            "dol_beds": self.dol_beds,
            "dol_prepared": self.dol_prepared,
            "dol_min_section": self.dol_min_section,
            "child_suitable": self.child_suitable,
            "women_safe": self.women_safe,
            "fixed_building": self.type not in {"emergency_tent", "crisis"},
            "durable": durable,
            "intake_per_week": self.intake_per_week,
            "accessible_beds": self.accessible_beds,
            "school_seats": self.school_seats,
            "health_care": None if self.type == "crisis" else True,
            "staff_fte": f"{self.beds * STAFF_PER_BED:.1f}",
            "emergency_max_months": TERM_MONTHS.get(self.type),
            "cost_per_bed_month": EMERGENCY_BED_COST if self.is_emergency else REGULAR_BED_COST,
            "fixed_cost_month": 0,
            "opening_cost": self.opening_cost,
            "extension_cost": self.extension_cost,
        }
