"""The locations of the small demo: twenty made-up ones in four provinces, people included."""

from dataclasses import dataclass
from datetime import date

from seeds.demo_site import Site
from seeds.geography import REGIONS, position

OPENED = date(2022, 1, 1)
People = dict[str, int]

# What planners call a type in a location's name; the others go by their own short name.
LABELS = {
    "azc_accelerated": "azc versneld",
    "special": "bijzondere opvang",
    "emergency_fixed": "noodopvang",
    "emergency_tent": "noodopvang tent",
    "crisis": "crisisnoodopvang",
}


@dataclass(frozen=True)
class _Sketch:
    """What sets one location of the small demo apart; facilities follow from its type."""

    place: str
    province: str
    type: str
    beds: int
    people: People
    dol_beds: int = 0
    accessible_beds: int = 0
    school_seats: int = 0
    open_from: date = OPENED
    open_until: date | None = None
    extendable_until: date | None = None
    women_safe: bool = True
    child_suitable: bool = True


def _people(
    men: int = 0, women: int = 0, families: int = 0, permits: int = 0, **others: int
) -> People:
    """Return people by group, in the order of the groups."""
    named = {
        "single_men": men,
        "single_women": women,
        "families": families,
        "permit_holders": permits,
        **others,
    }
    return {group: number for group, number in named.items() if number}


_SKETCHES = (
    _Sketch(
        "Veenkamp",
        "Groningen",
        "col",
        160,
        _people(45, 5, 15, dublin_before=20, in_registration=42),
        accessible_beds=5,
        school_seats=10,
    ),
    _Sketch(
        "Molenbroek",
        "Gelderland",
        "pol",
        200,
        _people(90, 15, 40, dublin_before=20, accelerated=15),
        accessible_beds=6,
        school_seats=30,
    ),
    _Sketch(
        "Noorderveen",
        "Groningen",
        "azc",
        530,
        _people(170, 34, 113, 140, special_needs=15, dublin_before=25),
        dol_beds=60,
        accessible_beds=32,
        school_seats=90,
    ),
    _Sketch(
        "Eikenhorst",
        "Gelderland",
        "azc",
        520,
        _people(120, 30, 110, 180, special_needs=25, dublin_before=20),
        dol_beds=90,
        accessible_beds=40,
        school_seats=90,
    ),
    _Sketch(
        "Waterrijk",
        "Zuid-Holland",
        "azc",
        600,
        _people(140, 40, 130, 200, special_needs=20, dublin_before=30),
        dol_beds=80,
        accessible_beds=36,
        school_seats=85,
    ),
    _Sketch(
        "Heidelo",
        "Noord-Brabant",
        "azc",
        450,
        _people(110, 25, 90, 160, special_needs=12, dublin_before=20),
        accessible_beds=26,
        school_seats=60,
        open_until=date(2027, 2, 28),
    ),
    _Sketch(
        "Duinzicht",
        "Zuid-Holland",
        "azc",
        480,
        _people(163, 38, 107, 125, special_needs=15, dublin_before=5),
        accessible_beds=27,
        school_seats=70,
    ),
    _Sketch(
        "Kersendaal",
        "Noord-Brabant",
        "azc_accelerated",
        130,
        _people(accelerated=55),
        accessible_beds=4,
        school_seats=10,
    ),
    _Sketch(
        "Appelgaard",
        "Gelderland",
        "amv",
        60,
        _people(unaccompanied_minors=56),
        school_seats=45,
    ),
    _Sketch(
        "Vlietoord",
        "Zuid-Holland",
        "amv",
        45,
        _people(unaccompanied_minors=41),
        school_seats=30,
    ),
    _Sketch(
        "Lindehof",
        "Gelderland",
        "special",
        60,
        _people(special_needs=52),
        accessible_beds=60,
        child_suitable=False,
    ),
    _Sketch(
        "Grensveld",
        "Groningen",
        "vbl",
        90,
        _people(return_single=78),
        child_suitable=False,
    ),
    _Sketch(
        "Peelrand",
        "Noord-Brabant",
        "gl",
        110,
        _people(return_family=98),
        accessible_beds=4,
        school_seats=35,
    ),
    _Sketch(
        "Havenkwartier",
        "Zuid-Holland",
        "emergency_fixed",
        220,
        _people(90, 15, 20, 75, dublin_before=10),
        school_seats=15,
        open_from=date(2026, 1, 1),
        open_until=date(2026, 12, 31),
        extendable_until=date(2027, 12, 31),
    ),
    _Sketch(
        "Kantoorpark",
        "Gelderland",
        "emergency_fixed",
        180,
        _people(75, 0, 15, 70, dublin_before=10),
        school_seats=15,
        open_from=date(2025, 11, 1),
        open_until=date(2026, 10, 31),
        women_safe=False,
    ),
    _Sketch(
        "Oude Kazerne",
        "Noord-Brabant",
        "emergency_fixed",
        150,
        _people(55, 10, 15, 55),
        school_seats=15,
        open_from=date(2026, 4, 1),
        open_until=date(2027, 3, 31),
        extendable_until=date(2027, 9, 30),
    ),
    _Sketch(
        "Weidepaviljoen",
        "Groningen",
        "emergency_tent",
        160,
        _people(95, 0, 0, 45),
        open_from=date(2026, 2, 1),
        open_until=date(2027, 1, 31),
        women_safe=False,
        child_suitable=False,
    ),
    _Sketch(
        "Evenementenhal",
        "Zuid-Holland",
        "emergency_tent",
        120,
        _people(70, 0, 0, 35),
        open_from=date(2025, 12, 1),
        open_until=date(2026, 11, 30),
        extendable_until=date(2027, 8, 31),
        women_safe=False,
        child_suitable=False,
    ),
    _Sketch(
        "Sporthal",
        "Noord-Brabant",
        "crisis",
        50,
        _people(30),
        open_from=date(2026, 6, 1),
        open_until=date(2026, 8, 31),
        women_safe=False,
        child_suitable=False,
    ),
)
_CANDIDATE = _Sketch("Rietbeemd", "Noord-Brabant", "azc", 520, {},
                     dol_beds=60, accessible_beds=28, school_seats=60)  # fmt: skip
_EXTENSION_COST = {"L14": 60000, "L16": 45000, "L18": 30000}


def small_sites() -> list[Site]:
    """Return the twenty locations: nineteen open ones and a candidate."""
    sites = [_site(number, sketch) for number, sketch in enumerate(_SKETCHES, start=1)]
    candidate = _site(len(sites) + 1, _CANDIDATE)
    candidate.status = "candidate"
    candidate.open_from = date(2026, 10, 1)
    candidate.lead_time_months = 5
    candidate.opening_cost = 900000
    # The national 600 a week, scaled to the residents of the small demo.
    sites[0].intake_per_week = 36
    return [*sites, candidate]


def _site(number: int, sketch: _Sketch) -> Site:
    """Return one location of the small demo."""
    latitude, longitude = position(sketch.province, number)
    identity = f"L{number:02d}"
    return Site(
        id=identity,
        name=f"Demo {LABELS.get(sketch.type, sketch.type)} {sketch.place}",
        municipality=f"Demo-{sketch.place}",
        province=sketch.province,
        region=REGIONS[sketch.province],
        latitude=latitude,
        longitude=longitude,
        type=sketch.type,
        beds=sketch.beds,
        open_from=sketch.open_from,
        open_until=sketch.open_until,
        extendable_until=sketch.extendable_until,
        dol_beds=sketch.dol_beds,
        dol_min_section=20 if sketch.dol_beds else None,
        child_suitable=sketch.child_suitable,
        women_safe=sketch.women_safe,
        accessible_beds=sketch.accessible_beds,
        school_seats=sketch.school_seats,
        extension_cost=_EXTENSION_COST.get(identity),
        people=dict(sketch.people),
    )
