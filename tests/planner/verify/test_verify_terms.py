"""The verifier's own reckoning of contracts, DOL parts and weights, case by case."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from planner.input.case import Case
from planner.input.kinds import LocationType, PlaceKind, Status
from planner.input.location import Location
from planner.verify import ClaimedPlan, verify
from planner.verify.claim import read_claim
from planner.verify.levels import level_values
from planner.verify.recount import recount
from planner.verify.tally import tally
from planner.verify.terms import terms_of
from tests.tables import record

MONTHS = tuple(dt.date(2026, month, 1) for month in (7, 8, 9, 10))
JUL, AUG, SEP, OCT = MONTHS


def day(written: str) -> dt.date | None:
    return dt.date.fromisoformat(written) if written else None


@pytest.mark.parametrize(
    ("first", "last", "extended", "footing"),
    [
        ("", "", "", "cccc"),
        ("2026-07-01", "2026-10-31", "", "cccc"),
        ("2026-07-02", "2026-10-30", "", "-cc-"),
        ("2026-08-01", "2026-08-31", "2026-08-31", "-c--"),
        ("", "2026-08-30", "2026-10-30", "cee-"),
        ("", "2026-07-31", "2026-10-31", "ceee"),
        # Extended before it has begun in full: the extension months count from the first day.
        ("2026-08-15", "2026-08-20", "2026-10-31", "--ee"),
        # An extension that ends before the contract adds nothing.
        ("", "2026-09-30", "2026-08-31", "ccc-"),
        # Without an end there is nothing to extend.
        ("", "", "2026-08-31", "cccc"),
        ("", "9999-12-31", "", "cccc"),
        ("2024-02-01", "2024-02-29", "", "----"),
    ],
)
def test_the_months_of_a_contract(first: str, last: str, extended: str, footing: str) -> None:
    location = record(
        Location,
        id="a",
        type=LocationType.AZC,
        beds=10,
        open_from=day(first),
        open_until=day(last),
        extendable_until=day(extended),
    )
    terms = terms_of(location, JUL)
    shown = "".join(
        "c" if terms.in_contract(month) else "e" if terms.by_extension(month) else "-"
        for month in MONTHS
    )
    assert footing == shown


@pytest.mark.parametrize(
    ("first", "lead", "shares"),
    [
        ("", 0, [0.6, 0.6, 0.4, 0]),
        ("", 1, [0, 0.6, 0.4, 0]),
        ("", 2, [0, 0, 0.4, 0]),
        ("2026-07-15", 0, [0, 0.6, 0.4, 0]),
        ("2026-08-01", 2, [0, 0, 0.4, 0]),
    ],
)
def test_a_candidate_has_what_is_opened_and_extended(
    first: str, lead: int, shares: list[float]
) -> None:
    location = record(
        Location,
        id="a",
        type=LocationType.AZC,
        status=Status.CANDIDATE,
        beds=10,
        open_from=day(first),
        open_until=dt.date(2026, 8, 31),
        extendable_until=dt.date(2026, 9, 30),
        lead_time_months=lead,
    )
    terms = terms_of(location, JUL)
    assert shares == [terms.share(month, 0.6, 0.4) for month in MONTHS]


def changed_location(case: Case, name: str, **fields: Any) -> Case:
    location = replace(case.locations[name], **fields)
    return replace(case, locations={**case.locations, name: location})


def found(case: Case, plan: ClaimedPlan) -> set[str]:
    return {each.check for each in verify(case, plan)}


def levels(case: Case, plan: ClaimedPlan) -> dict[str, float]:
    claim, _ = read_claim(case, plan)
    assert claim is not None
    added_up = tally(case, claim)
    return level_values(added_up, recount(added_up))


def test_families_are_in_dol_only_where_children_can_be(case: Case, plan: ClaimedPlan) -> None:
    group = replace(case.groups["dublin"], needs_child_suitable=True)
    families = replace(case, groups={**case.groups, "dublin": group})
    assert "dol_family" not in found(families, plan)
    assert "dol_family" in found(changed_location(families, "azc", school_seats=0), plan)
    assert "dol_family" in found(changed_location(families, "azc", school_seats=None), plan)
    assert "dol_family" in found(changed_location(families, "azc", child_suitable=False), plan)


def test_an_ended_contract_leaves_no_places(case: Case, plan: ClaimedPlan) -> None:
    ended = changed_location(case, "azc", open_until=dt.date(2026, 9, 29))
    assert {"outside_terms", "dol_above_part"} <= found(ended, plan)


def test_a_candidate_has_nothing_fitted_out_at_the_start(case: Case, plan: ClaimedPlan) -> None:
    candidate = changed_location(case, "azc", status=Status.CANDIDATE, opening_cost=7.0)
    opened = pd.DataFrame([("azc", "open", JUL, 1.0)], columns=plan.tables["decisions"].columns)
    decisions = pd.concat([plan.tables["decisions"], opened], ignore_index=True)
    told = replace(plan, tables={**plan.tables, "decisions": decisions})
    assert {"dol_steps", "runoff", "level_value"} == found(candidate, told)


@pytest.mark.parametrize(
    ("prepared", "breaches"),
    [(5.0, ""), (10.0, ""), (4.5, "dol_steps"), (10.5, "dol_above_part")],
)
def test_a_dol_part_falls_away_as_far_as_it_is_not_extended(
    case: Case, plan: ClaimedPlan, prepared: float, breaches: str
) -> None:
    # Of 20 places that can be separated half is extended, so 10 of the 15 can fall away.
    ending = changed_location(
        case,
        "azc",
        dol_prepared=15,
        open_until=dt.date(2026, 8, 31),
        extendable_until=dt.date(2026, 12, 31),
    )
    dol = plan.tables["dol"].assign(prepared=[15.0, 15.0, prepared])
    half = pd.DataFrame([("azc", "extend", SEP, 0.5)], columns=plan.tables["decisions"].columns)
    decisions = pd.concat([plan.tables["decisions"].iloc[:2], half], ignore_index=True)
    told = replace(plan, tables={**plan.tables, "dol": dol, "decisions": decisions})
    about = found(ending, told) & {"dol_steps", "dol_above_part"}
    assert set(breaches.split()) == about


def test_more_dol_than_the_band_is_counted(
    with_parameters: Callable[..., Case], plan: ClaimedPlan
) -> None:
    case = with_parameters(dol_band_low=0, dol_band_high=9)
    (breach, *_) = [each for each in verify(case, plan) if "dol_band_high" in str(each.what)]
    assert ("shortfall", 1.0) == (breach.check, breach.amount)


def test_without_a_path_or_reserve_nothing_falls_short_of_it(
    with_parameters: Callable[..., Case], plan: ClaimedPlan
) -> None:
    case = with_parameters(emergency_ceiling_start=None, reserve_places=0)
    values = levels(case, plan)
    assert pytest.approx(plan.levels["emergency"] - 3) == values["emergency"]
    assert pytest.approx(2.55) == values["reserve"]


def test_the_unplaced_weigh_as_the_worst_emergency_kind(
    with_parameters: Callable[..., Case], plan: ClaimedPlan
) -> None:
    case = with_parameters(crisis_weight=1)
    # Tents weigh 2, so 7, 1 at 1.1 and 2 at 1.2 unplaced weigh 2 each instead of 4.
    assert pytest.approx(plan.levels["emergency"] - 21) == levels(case, plan)["emergency"]


def test_norms_come_from_the_kind_the_location_or_the_parameters(
    with_parameters: Callable[..., Case], plan: ClaimedPlan
) -> None:
    norm = plan.levels["norm"]
    # 9 people in 10 DOL places, 8 in 8, 5 in 6, against half of the places.
    dol = levels(with_parameters(dol_occupancy_norm=0.5), plan)["norm"]
    assert pytest.approx(norm + 2 + 4 + 4) == dol
    # 0.1 of all places that have no norm of their own: 80 + 80 + 76, 24 + 4 + 4 and 28 + 30.
    general = levels(with_parameters(occupancy_norm=0.8), plan)["norm"]
    already = 73 - 72 + 72 - 72 + 70 - 68.4 + 23 - 21.6 + 0.4 + 0.4 + 0 + 0
    lower = 73 - 64 + 72 - 64 + 70 - 60.8 + 23 - 19.2 + 0.8 + 0.8 + (25 - 22.4) + (27 - 24)
    assert pytest.approx(norm - already + lower) == general


def test_staff_of_a_region_with_an_unknown_location_is_not_counted(
    case: Case, plan: ClaimedPlan
) -> None:
    unknown = changed_location(case, "new", staff_fte=None)
    assert pytest.approx(15.0) == levels(unknown, plan)["reserve"]


def test_previous_places_where_none_can_be_are_no_change(case: Case, plan: ClaimedPlan) -> None:
    previous = {("azc", PlaceKind.REGULAR, OCT): 80.0, ("gone", PlaceKind.REGULAR, JUL): 5.0}
    # What is left is the DOL newly fitted out: 4 places for 3 months and 2 for 2; and a thousandth
    # of these and of the 24 place-months in use, at the only location with a part.
    assert (
        pytest.approx(16 + 0.001 * (16 + 24))
        == levels(replace(case, previous=previous), plan)["change"]
    )


def test_a_single_month_starts_the_path_at_its_beginning(case: Case, plan: ClaimedPlan) -> None:
    tables = {
        name: frame[frame["month"].eq(JUL) | frame["month"].isna()]
        for name, frame in plan.tables.items()
    }
    single = replace(case, months=(JUL,))
    counted = levels(single, replace(plan, tables=tables))
    # 23 people in tents at 2, no path passed (25), no term over, 7 unplaced at 4.
    assert pytest.approx(46 + 28) == counted["emergency"]
