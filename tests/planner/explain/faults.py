"""Sound cases, and the same with one thing wrong: the fault, and what must be named for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from planner.explain.changes import (
    with_ceiling,
    with_kind,
    with_location,
    with_parameter,
    with_people,
    with_task,
)
from planner.input.case import Case
from planner.input.kinds import Pinned, PlaceKind, Suitability
from planner.input.location import Location
from planner.input.pins import Pin
from planner.input.settings import Ceiling, Municipality
from tests.rules.cases import AUG, JUL, candidate, case, group, location, until
from tests.tables import record

MEN = group("men")
FAMILIES = group("families", needs_child_suitable=True, school_share=0.25)
SPECIAL = group("special", needs_accessible=True)
DUBLIN = group("dublin", "dol", "regular")
WOMEN = group("women", needs_women_safe=True)
MINORS = group("minors", "minors", "regular")
ARRIVING = group("arriving", "registration", "regular")
LIVES = {
    ("north", "men"): 20,
    ("south", "men"): 20,
    ("east", "men"): 38,
    ("north", "families"): 75,
    ("south", "families"): 75,
    ("north", "special"): 6,
    ("south", "special"): 6,
}
# Without a band for DOL that nobody asked for.
NO_BAND: dict[str, Any] = {"dol_band_low": 0.0}


@dataclass(frozen=True)
class Fault:
    """One thing wrong in a sound case, and the cause that must be named first for it."""

    name: str
    faulty: Callable[[], Case]
    sort: str
    subject: str

    @property
    def base(self) -> Callable[[], Case]:
        """The case in which what falls short falls short without the fault too."""
        return in_emergency if "emergency" in self.sort else sound


def family_location(name: str, dol_beds: int = 0) -> Location:
    return location(
        name,
        beds=120,
        child_suitable=True,
        school_seats=30,
        accessible_beds=10,
        dol_beds=dol_beds,
    )


def sound(*more: Location, men: int = 78, lives: dict[tuple[str, str], int] | None = None) -> Case:
    """Return a case of six months in which nothing falls short: room for 273 people."""
    return case(
        family_location("north", dol_beds=20),
        family_location("south"),
        location("east", beds=60, accessible_beds=0),
        *more,
        groups=[MEN, FAMILIES, SPECIAL, DUBLIN],
        people={
            "men": men,
            "families": 150,
            "special": 12,
            "dublin": (0, 4, 8, 12, 16, 20),
        },
        lives=LIVES | (lives or {}),
        months=6,
        ceilings=(Ceiling(name="agreed", locations=("east",), month=None, people=60),),
        **NO_BAND,
    )


def waiting(lead_time: int) -> Case:
    """Return the case with more men and a candidate that makes room for them once it is open."""
    return sound(
        candidate("new", beds=60, lead_time_months=lead_time),
        men=128,
        lives={("north", "men"): 37, ("south", "men"): 31, ("east", "men"): 60},
    )


def settled(**changed: float | None) -> Case:
    """Return thirty people in two centres of twenty beds, women and men, with room for 36."""
    return case(
        location("north", beds=20, women_safe=True, municipality="Noord", province="P"),
        location("south", beds=20, women_safe=True, municipality="Zuid", province="P"),
        groups=[WOMEN, MEN],
        people={"women": 24, "men": 6},
        lives={
            ("north", "women"): 12,
            ("south", "women"): 12,
            ("north", "men"): 3,
            ("south", "men"): 3,
        },
        months=4,
        tasks={"P": 30.0},
        **{**NO_BAND, **changed},
    )


def durable(case_: Case) -> Case:
    """Return a case whose locations all count for the tasks of province and municipality."""
    for name in case_.locations:
        case_ = with_location(case_, name, durable=True)
    return case_


def with_municipality(case_: Case, task: float) -> Case:
    """Return a case in which a municipality has a task."""
    known = record(Municipality, municipality="Noord", province="P", task=task)
    return replace(case_, municipalities={"Noord": known})


def staffed(fte: float) -> Case:
    """Return two centres in one region; thirty people ask for 2.745 fte of its staff."""
    of = settled()
    for name in ("north", "south"):
        of = with_location(of, name, region="R", staff_fte=fte)
    return durable(of)


def in_emergency() -> Case:
    """Return fifteen men: nine in a centre and six in a tent for at most a year."""
    return case(
        location("azc", beds=10, occupancy_norm=0.9),
        location("tent", "emergency_tent", beds=10, emergency_max_months=12),
        groups=[group("men", "regular", "emergency_tent")],
        people={"men": 15},
        lives={("azc", "men"): 9, ("tent", "men"): 6},
        months=4,
        **NO_BAND,
    )


def with_minors(beds: int = 20) -> Case:
    """Return ten minors in a location of their own, and ten men elsewhere."""
    return case(
        location("amv", "amv", beds=beds),
        location("azc", beds=40),
        groups=[MINORS, MEN],
        people={"minors": 10, "men": 10},
        lives={("amv", "minors"): 10, ("azc", "men"): 10},
        months=4,
        **NO_BAND,
    )


def arriving(**changed: float | None) -> Case:
    """Return ten people in registration at an arrival location with room for who is to come."""
    return case(
        location("col", "col", beds=60),
        location("azc", beds=40),
        groups=[ARRIVING, MEN],
        people={"arriving": 10, "men": 10},
        lives={("col", "arriving"): 10, ("azc", "men"): 10},
        months=4,
        **{**NO_BAND, **changed},
    )


def dol(**changed: float | None) -> Case:
    """Return twenty people for DOL in a centre whose part of thirty beds is fitted out for them."""
    return case(
        location("azc", beds=60, dol_beds=30, dol_prepared=20),
        groups=[DUBLIN, MEN],
        people={"dublin": 20, "men": 20},
        lives={("azc", "dublin"): 20, ("azc", "men"): 20},
        months=4,
        **{**NO_BAND, **changed},
    )


def moving(**changed: float | None) -> Case:
    """Return ten men who must move from a centre that closes after the first month."""
    return case(
        location("old", beds=20, open_until=until(JUL)),
        location("next", beds=20),
        groups=[MEN],
        people={"men": 10},
        lives={("old", "men"): 10},
        months=3,
        **{**NO_BAND, **changed},
    )


def pinned(of: Case, name: str, decision: Pinned, value: float) -> Case:
    """Return a case in which a decision about a location is fixed in every month."""
    pins = tuple(
        record(Pin, location=name, decision=decision, month=month, value=value, who="-", why="-")
        for month in of.months
    )
    return replace(of, pins=pins[-1:] if decision is Pinned.PLACES else pins[:1])


def demand_raised(group_: str, people: float, of: Callable[[], Case] = sound) -> Case:
    base = of()
    return with_people(base, {(group_, month): people for month in base.months[2:]})


def two_ceilings() -> Case:
    base = sound()
    both = Ceiling(name="both", locations=("east", "south"), month=None, people=90)
    return replace(base, ceilings=(*base.ceilings, both))


def ceiling_in_one_month() -> Case:
    base = sound()
    one = Ceiling(name="august", locations=("south",), month=AUG, people=60)
    return replace(base, ceilings=(*base.ceilings, one))


def room_that_ends() -> Case:
    """Return the case with sixty beds more than are needed, whose contract ends after a month."""
    return sound(location("west", beds=60, open_until=until(JUL)))


def opened_late() -> Case:
    base = sound()
    return with_location(base, "east", open_from=base.months[2])


def extension_cut() -> Case:
    base = sound()
    return with_location(base, "south", open_until=until(JUL), extendable_until=until(AUG))


FAULTS: tuple[Fault, ...] = tuple(
    Fault(*each)
    for each in (
        (
            "contract_shortened",
            lambda: with_location(sound(), "east", open_until=until(AUG)),
            "contract_end",
            "east",
        ),
        ("extension_cut", extension_cut, "contract_end", "south"),
        (
            "facility_removed",
            lambda: with_location(sound(), "south", child_suitable=False),
            "child_suitable",
            "south",
        ),
        (
            "not_safe_for_women",
            lambda: with_location(durable(settled()), "south", women_safe=False),
            "women_safe",
            "south",
        ),
        (
            "growth_lowered",
            lambda: with_parameter(sound(), "dol_growth_per_month", 1.0),
            "dol_growth_per_month",
            "dol_growth_per_month",
        ),
        ("men_raised", lambda: demand_raised("men", 138.0), "demand", "men"),
        ("families_raised", lambda: demand_raised("families", 190.0), "demand", "families"),
        ("special_raised", lambda: demand_raised("special", 40.0), "demand", "special"),
        ("dublin_raised", lambda: demand_raised("dublin", 60.0, dol), "demand", "dublin"),
        ("minors_raised", lambda: demand_raised("minors", 30.0, with_minors), "demand", "minors"),
        ("ceiling_lowered", lambda: with_ceiling(sound(), "agreed", 10), "ceiling", "agreed"),
        ("ceiling_of_two", two_ceilings, "ceiling", "both"),
        ("ceiling_in_one_month", ceiling_in_one_month, "ceiling", "august"),
        (
            "maximum_lowered",
            lambda: with_location(sound(), "east", max_people=10),
            "max_people",
            "east",
        ),
        (
            "seats_cut",
            lambda: with_location(sound(), "north", school_seats=3),
            "school_seats",
            "north",
        ),
        (
            "seats_gone",
            lambda: with_location(sound(), "south", school_seats=0),
            "school_seats",
            "south",
        ),
        ("candidate_delayed", lambda: waiting(3), "opening", "new"),
        ("opened_late", opened_late, "opening", "east"),
        (
            "accessible_cut",
            lambda: with_location(sound(), "north", accessible_beds=0),
            "accessible_beds",
            "north",
        ),
        (
            "norm_changed",
            lambda: with_parameter(sound(), "occupancy_norm", 0.7),
            "occupancy_norm",
            "occupancy_norm",
        ),
        (
            "own_norm",
            lambda: with_location(sound(), "north", occupancy_norm=0.5),
            "own_norm",
            "north",
        ),
        (
            "norm_of_dol",
            lambda: dol(dol_occupancy_norm=0.5),
            "dol_occupancy_norm",
            "dol_occupancy_norm",
        ),
        (
            "kind_barred",
            lambda: with_kind(sound(), "men", PlaceKind.REGULAR, Suitability.BARRED),
            "barred",
            "men",
        ),
        (
            "dol_band_above_all_parts",
            lambda: with_parameter(sound(), "dol_band_low", 300.0),
            "dol_band_low",
            "dol_band_low",
        ),
        (
            "beds_cut_where_a_contract_ends_too",
            lambda: with_location(room_that_ends(), "east", beds=5),
            "beds",
            "east",
        ),
        ("beds_cut", lambda: with_location(sound(), "east", beds=5), "beds", "east"),
        ("beds_of_families_cut", lambda: with_location(sound(), "north", beds=40), "beds", "north"),
        ("beds_of_minors_cut", lambda: with_minors(beds=4), "beds", "amv"),
        (
            "beds_of_arrival_cut",
            lambda: with_location(arriving(), "col", beds=4),
            "beds",
            "col",
        ),
        (
            "dol_part_cut",
            lambda: with_location(dol(), "azc", dol_beds=8, dol_prepared=8),
            "dol_part",
            "azc",
        ),
        ("dol_band_raised", lambda: dol(dol_band_low=50_000.0), "dol_band_low", "dol_band_low"),
        ("dol_capped", lambda: dol(dol_band_high=5.0), "dol_band_high", "dol_band_high"),
        (
            "reserve_raised",
            lambda: durable(settled(reserve_places=30.0)),
            "reserve_places",
            "reserve_places",
        ),
        ("task_raised", lambda: with_task(durable(settled()), "P", 70.0), "task", "P"),
        (
            "task_of_municipality_raised",
            lambda: with_municipality(durable(settled()), 60.0),
            "municipality_task",
            "Noord",
        ),
        ("staff_cut", lambda: staffed(0.5), "staff", "R"),
        (
            "staff_per_person_raised",
            lambda: with_parameter(staffed(1.5), "staff_regular_per_100", 50.0),
            "staff_regular_per_100",
            "staff_regular_per_100",
        ),
        (
            "term_passed",
            lambda: with_location(in_emergency(), "tent", emergency_max_months=1),
            "emergency_term",
            "tent",
        ),
        (
            "path_lowered",
            lambda: with_parameter(
                with_parameter(in_emergency(), "emergency_ceiling_start", 2.0),
                "emergency_ceiling_end",
                2.0,
            ),
            "emergency_ceiling_start",
            "emergency_ceiling_start",
        ),
        (
            "peak_raised",
            lambda: arriving(peak_week_factor=8.0),
            "peak_week_factor",
            "peak_week_factor",
        ),
        (
            "moves_capped",
            lambda: moving(moves_most_per_month=2.0),
            "moves_most_per_month",
            "moves_most_per_month",
        ),
        ("places_pinned", lambda: pinned(sound(), "east", Pinned.PLACES, 4.0), "pin", "east"),
    )
)
BASES: tuple[tuple[str, Callable[[], Case]], ...] = (
    ("sound", sound),
    ("waiting", lambda: waiting(0)),
    ("durable", lambda: durable(settled())),
    ("staffed", lambda: staffed(1.5)),
    ("minors", with_minors),
    ("arriving", arriving),
    ("dol", dol),
)
