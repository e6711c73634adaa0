"""A tiny case and a plan for it, worked by hand; every figure can be followed on paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import pandas as pd
import pytest

from planner.input.case import Case
from planner.input.kinds import LocationType, PlaceKind, Status, Suitability
from planner.input.location import Location
from planner.input.parameters import Parameters, supplied
from planner.input.people import Group
from planner.input.settings import Ceiling, Parameter, Province
from planner.verify import ClaimedPlan
from tests.tables import record

JUL, AUG, SEP = (dt.date(2026, month, 1) for month in (7, 8, 9))
MONTHS = (JUL, AUG, SEP)

PARAMETERS: dict[str, float | dt.date] = {
    "occupancy_norm": 0.9,
    "dol_occupancy_norm": 1.0,
    "dol_growth_per_month": 4,
    "dol_band_low": 12,
    "dol_band_high": 2000,
    "dol_band_from": AUG,
    "emergency_tent_weight": 2,
    "crisis_weight": 4,
    "emergency_weight_growth": 0.1,
    "emergency_ceiling_start": 25,
    "emergency_ceiling_end": 1,
    "reserve_places": 35,
    "staff_regular_per_100": 10,
    "staff_dol_per_100": 15,
    "cost_regular_bed_month": 3,
    "dol_extra_cost_month": 1,
    "dol_fitting_cost": 3,
    "move_cost": 2,
}


def group(name: str, preferred: str, fallback: str = "", **fields: Any) -> Group:
    """Return a group: kinds that it prefers and falls back on, joined by a blank; others barred."""
    suits = {}
    for kind in PlaceKind:
        field = "return_" if kind is PlaceKind.RETURN else kind.value
        suits[field] = Suitability.BARRED
        if kind.value in preferred.split():
            suits[field] = Suitability.PREFERRED
        if kind.value in fallback.split():
            suits[field] = Suitability.FALLBACK
    return record(Group, group=name, **suits, **fields)


GROUPS = (
    group("men", "regular", "emergency_tent", stay_months=10.0),
    group(
        "families",
        "regular",
        "emergency_tent",
        needs_child_suitable=True,
        needs_women_safe=True,
        school_share=0.5,
        move_weight=2.0,
    ),
    group("fast", "accelerated", "regular", staff_per_100=20.0, school_share=0.1),
    group("dublin", "dol", "regular", needs_accessible=True),
    group("minors", "minors", "regular", school_share=0.5, move_weight=2.0),
)

LOCATIONS = (
    record(
        Location,
        id="azc",
        type=LocationType.AZC,
        beds=100,
        dol_beds=20,
        dol_prepared=4,
        child_suitable=True,
        women_safe=True,
        durable=True,
        accessible_beds=7,
        school_seats=5,
        staff_fte=8.0,
        max_people=79,
        province="Drenthe",
        region="Noord",
        cost_per_bed_month=10.0,
        fixed_cost_month=100.0,
    ),
    # July is the only whole month of its contract; an extension gives August and September.
    record(
        Location,
        id="tent",
        type=LocationType.EMERGENCY_TENT,
        beds=40,
        open_from=dt.date(2026, 6, 10),
        open_until=dt.date(2026, 8, 20),
        extendable_until=dt.date(2026, 9, 30),
        emergency_max_months=2,
        region="Zuid",
        cost_per_bed_month=20.0,
        fixed_cost_month=50.0,
        extension_cost=1000.0,
    ),
    # Usable from August: the first planned month and one month of lead time.
    record(
        Location,
        id="new",
        type=LocationType.AZC,
        status=Status.CANDIDATE,
        beds=30,
        lead_time_months=1,
        child_suitable=True,
        women_safe=True,
        durable=True,
        staff_fte=2.0,
        province="Drenthe",
        region="Noord",
        cost_per_bed_month=5.0,
        fixed_cost_month=40.0,
        opening_cost=500.0,
    ),
    record(Location, id="amv", type=LocationType.AMV, beds=10, occupancy_norm=0.95, staff_fte=1.0),
)

DEMAND = {
    "men": (77, 77, 77),
    "families": (20, 20, 20),
    "fast": (3, 3, 3),
    "dublin": (6, 8, 10),
    "minors": (12, 12, 12),
}

# Twelve minors live there at the start and none is forecast, so they stay at twelve.
OCCUPANCY = {
    ("azc", "men"): 57,
    ("azc", "families"): 10,
    ("azc", "fast"): 3,
    ("azc", "dublin"): 4,
    ("azc", "minors"): 2,
    ("tent", "men"): 20,
    ("tent", "families"): 10,
    ("amv", "minors"): 10,
}


def parameters(**changed: float | dt.date | None) -> Parameters:
    """Return the supplied parameters with those of the case, and others, over them."""
    by_name = {name: each.parameter for name, each in supplied().items()}
    for name, value in {**PARAMETERS, **changed}.items():
        by_name[name] = record(Parameter, parameter=name, value=value)
    return Parameters(MappingProxyType(by_name))


@pytest.fixture(scope="session")
def case() -> Case:
    return Case(
        scenario="middle",
        date=dt.date(2026, 6, 30),
        months=MONTHS,
        locations={each.id: each for each in LOCATIONS},
        groups={each.group: each for each in GROUPS},
        occupancy=OCCUPANCY,
        forecast={
            (name, month): float(people)
            for name, row in DEMAND.items()
            if name != "minors"
            for month, people in zip(MONTHS, row, strict=True)
        },
        inflow=(),
        streams=(),
        stages=(),
        parameters=parameters(),
        provinces={"Drenthe": record(Province, province="Drenthe", task=120.0)},
        ceilings=(
            record(Ceiling, name="both", locations=("azc", "new"), people=100),
            Ceiling(name="tent", locations=("tent",), month=SEP, people=3),
        ),
        preferences={("men", "tent"): 1.5},
        previous={
            ("azc", PlaceKind.REGULAR, JUL): 85.0,
            ("new", PlaceKind.REGULAR, JUL): 9.0,
            ("amv", PlaceKind.MINORS, AUG): 10.0,
        },
    )


def per_month(rows: Mapping[Any, tuple[float, ...]]) -> list[tuple[Any, ...]]:
    """Return a row per month for each key; months with nothing have none."""
    return [
        (*key, month, figure)
        for key, figures in rows.items()
        for month, figure in zip(MONTHS, figures, strict=True)
        if figure
    ]


PLACEMENT = {
    ("azc", "men", "regular"): (57, 57, 57),
    ("azc", "families", "regular"): (10, 10, 10),
    ("azc", "fast", "regular"): (3, 3, 3),
    ("azc", "dublin", "dol"): (5, 8, 9),
    ("azc", "dublin", "regular"): (1, 0, 0),
    ("azc", "minors", "regular"): (2, 2, 0),
    ("tent", "men", "emergency_tent"): (15, 4, 4),
    ("tent", "families", "emergency_tent"): (8, 0, 0),
    ("new", "men", "regular"): (0, 15, 16),
    ("new", "families", "regular"): (0, 10, 10),
    ("new", "dublin", "regular"): (0, 0, 1),
    ("amv", "minors", "minors"): (10, 10, 10),
}

# Places in use, and the beds of the location in each month.
PLACES = {
    ("azc", "regular"): ((80, 80, 76), (100, 100, 100)),
    ("azc", "dol"): ((6, 8, 10), (100, 100, 100)),
    ("tent", "emergency_tent"): ((24, 4, 4), (40, 20, 20)),
    ("new", "regular"): ((0, 28, 30), (0, 30, 30)),
    ("amv", "minors"): ((10, 10, 10), (10, 10, 10)),
}

# Rule, level, location, kind, province, region, group: amount in July, August, September.
N = None
SHORTFALLS: dict[tuple[Any, ...], tuple[float, ...]] = {
    ("everyone_placed", "unplaced", N, N, N, N, "men"): (5, 1, 0),
    ("everyone_placed", "unplaced", N, N, N, N, "families"): (2, 0, 0),
    ("everyone_placed", "unplaced", N, N, N, N, "minors"): (0, 0, 2),
    # Men alone are not protected: 5 and 1 of 77.
    ("even_sharing", "shared", N, N, N, N, N): (5 / 77, 1 / 77, 0),
    ("suitable_kind", "protected", "tent", "emergency_tent", N, N, "families"): (8, 0, 0),
    ("minors_places", "protected", "azc", "regular", N, N, "minors"): (2, 2, 0),
    ("child_suitable", "protected", "tent", N, N, N, "families"): (8, 0, 0),
    ("women_safe", "protected", "tent", N, N, N, "families"): (8, 0, 0),
    ("accessible_beds", "protected", "azc", N, N, N, N): (0, 1, 2),
    # Half of 10 in families and half of 2 minors, against 5 seats.
    ("school_seats", "protected", "azc", N, "Drenthe", "Noord", N): (1, 1, 0),
    # The same with a tenth of 3 in the accelerated procedure: 6.3, 6.3 and 5.3.
    ("school_seats_together", "norm", "azc", N, "Drenthe", "Noord", N): (1.3, 1.3, 0.3),
    # 73 against 72, and 70 against 68.4.
    ("occupancy_norm", "norm", "azc", "regular", N, N, N): (1, 0, 1.6),
    ("occupancy_norm", "norm", "tent", "emergency_tent", N, N, N): (1.4, 0.4, 0.4),
    ("occupancy_norm", "norm", "amv", "minors", N, N, N): (0.5, 0.5, 0.5),
    ("ceilings", "norm", "azc;new", N, N, N, N): (0, 5, 6),
    ("ceilings", "norm", "tent", N, N, N, N): (0, 0, 1),
    ("max_people", "norm", "azc", N, N, N, N): (0, 1, 0),
    ("emergency_places", "emergency", "tent", "emergency_tent", N, N, N): (23, 4, 4),
    # The path is 25, 13, 1.
    ("emergency_path", "emergency", N, N, N, N, N): (0, 0, 3),
    ("emergency_term", "emergency", "tent", N, N, N, N): (0, 4, 4),
    ("dol_band_low", "dublin", N, "dol", N, N, N): (0, 2, 2),
    ("dublin_outside_dol", "dublin", "azc", "regular", N, N, "dublin"): (1, 0, 0),
    ("dublin_outside_dol", "dublin", "new", "regular", N, N, "dublin"): (0, 0, 1),
    ("accelerated_elsewhere", "dublin", "azc", "regular", N, N, "fast"): (3, 3, 3),
    # Beds 150, 160, 160; places in use 120, 130, 130.
    ("reserve", "reserve", N, N, N, N, N): (5, 5, 5),
    # 94 and 94 at 10, 3 at 20, 8 and 9 in DOL at 15 per 100, against 10; Zuid's is not known.
    ("staff", "reserve", N, N, N, "Noord", N): (0, 1.2, 1.35),
    ("province_task", "provinces", N, N, "Drenthe", N, N): (20, 0, 0),
    ("fewer_than_before", "change", "azc", "regular", N, N, N): (5, 0, 0),
    ("more_than_before", "change", "azc", "dol", N, N, N): (6, 0, 0),
}

MOVES = {
    # 0.9 of 20 is 18, against 15; 0.9 of 15 is 13.5, against 4.
    ("tent", "men"): (3, 9.5, 0),
    ("tent", "families"): (2, 8, 0),
    ("azc", "minors"): (0, 0, 2),
}

LEVELS = {
    "unplaced": 10.0,
    # 8 + 4 + 8 + 8 + 3 + 2; unplaced: two in families and two minors, each once by itself and once
    # for each of the six rules of this level.
    "protected": 33.0 + 4 * 7,
    "shared": 5 / 77 + 1 / 77,
    # 6.3 + 12 + 1, seats 2.9, and 10 unplaced.
    "norm": 19.3 + 2.9 + 10,
    # Tents 2 * (23 + 4 * 1.1 + 4 * 1.2), path 3, term 8; unplaced 4 * (7 + 1 * 1.1 + 2 * 1.2).
    "emergency": 64.4 + 3 + 8 + 42,
    # Six men without a place count as if in places that are meant for others.
    "dublin": 4.0 + 2 + 9 + 6,
    "reserve": 15 + 2.55,
    "provinces_worst": 20 / 120,
    "provinces": 20.0,
    # Men 12.5; families 10 and minors 2 count twice, the minors once more outside the holidays.
    "moves": 12.5 + 2 * 10 + 2 * 2 * 2,
    # Places 2600 + 24 + 640 + 290, and 30 at the usual 3; fixed 300 + 100 + 80;
    # once 500 + 500 + 18; moves 49; tent 34.5.
    "cost": 5135.5 + 90,
    # 5 and 6 against the previous plan; DOL 4 places for 3 months and 2 for 2. At the only location
    # with a part each of these 16 counts a thousandth more, and so do 6, 8 and 10 in use.
    "change": 11.0 + 4 * 3 + 2 * 2 + 0.001 * (16 + 24),
}


def tables() -> dict[str, pd.DataFrame]:
    """Return the result tables of the plan."""
    shortfalls = [(*row, "a source", "a unit") for row in per_month(SHORTFALLS)]
    place = ["location", "kind", "province", "region", "group", "month"]
    people = (118.0, 120.0, 122.0)
    return {
        "placement": pd.DataFrame(
            per_month(PLACEMENT), columns=["location", "group", "kind", "month", "people"]
        ),
        "places": pd.DataFrame(
            [
                (*key, month, used, beds)
                for key, both in PLACES.items()
                for month, used, beds in zip(MONTHS, *both, strict=True)
                if beds
            ],
            columns=["location", "kind", "month", "places", "beds"],
        ),
        "dol": pd.DataFrame(
            [("azc", JUL, 8, 6, 5, 1), ("azc", AUG, 10, 8, 8, 0), ("azc", SEP, 10, 10, 9, 1)],
            columns=["location", "month", "prepared", "in_use", "people", "idle"],
        ),
        "shortfalls": pd.DataFrame(
            shortfalls, columns=["rule", "level", *place, "amount", "source", "unit"]
        ),
        "moves": pd.DataFrame(per_month(MOVES), columns=["location", "group", "month", "people"]),
        "decisions": pd.DataFrame(
            [
                ("new", "open", AUG, 1.0),
                ("tent", "extend", None, 0.5),
                ("azc", "prepare_dol", JUL, 4.0),
                ("azc", "prepare_dol", AUG, 2.0),
            ],
            columns=["location", "decision", "month", "value"],
        ),
        "runoff": pd.DataFrame(
            [
                (month, beds, count / 0.9, max(0.0, count / 0.9 - beds))
                for month, beds, count in zip(MONTHS, (150, 110, 110), people, strict=True)
            ],
            columns=["month", "portfolio_beds", "needed_beds", "shortage"],
        ),
        "demand": pd.DataFrame(
            per_month({(name,): row for name, row in DEMAND.items()}),
            columns=["group", "month", "people"],
        ),
    }


@pytest.fixture
def plan() -> ClaimedPlan:
    return ClaimedPlan("middle", LEVELS, tables())


@pytest.fixture(scope="session")
def with_parameters(case: Case) -> Callable[..., Case]:
    """Return how to make the case with other parameters."""
    return lambda **changed: replace(case, parameters=parameters(**changed))


@pytest.fixture
def changed() -> Callable[..., ClaimedPlan]:
    """Return how to make a plan with one figure changed, or a row "left out" or "put in"."""
    return change


def change(
    plan: ClaimedPlan, table: str, key: dict[str, Any], column: str, value: Any = None
) -> ClaimedPlan:
    frame = plan.tables[table].astype(object)
    found = pd.Series(data=True, index=frame.index)
    for name, part in key.items():
        found &= frame[name].eq(part)
    if column == "put in":
        row = {**dict.fromkeys(frame.columns), **key, **value}
        frame = pd.concat([frame, pd.DataFrame([row], dtype=object)], ignore_index=True)
    else:
        assert found.sum() == 1
        if column == "left out":
            frame = frame[~found]
        else:
            frame.loc[found, column] = value
    return replace(plan, tables={**plan.tables, table: frame})
