"""One tiny case per rule on Dublin shelter and the accelerated procedure."""

from typing import Any

from planner.input.months import later
from planner.model.rules.dublin import (
    accelerated_elsewhere,
    dol_band_high,
    dol_band_low,
    dol_growth,
    dol_never_shrinks,
    dol_smallest_part,
    dol_within_part,
    dol_within_prepared,
    dublin_outside_dol,
    others_places,
)
from tests.rules.cases import (
    AUG,
    JUL,
    Expected,
    candidate,
    case,
    group,
    location,
    rows_of,
    until,
)

MEN, DUBLIN = group("men"), group("dublin", "dol", "regular")
SHELTER = location("shelter", dol_beds=6, dol_prepared=2)


def test_dol_within_prepared_keeps_places_in_use_within_the_part_fitted_out() -> None:
    of = case(SHELTER, location("plain"), groups=[DUBLIN])
    assert [
        Expected(
            "shelter dol jul", {"places shelter dol jul": 1, "dol_prepared shelter jul": -1}, "≤", 0
        )
    ] == rows_of(dol_within_prepared, of)


def test_dol_within_part_follows_the_share_extended_or_opened() -> None:
    ends = location("ends", dol_beds=6, open_until=until(JUL), extendable_until=until(AUG))
    new = candidate("new", dol_beds=4, lead_time_months=1)
    of = case(ends, new, months=2, groups=[DUBLIN])
    # In July the contract holds and the part's own six beds are the bound.
    assert [
        Expected("ends dol aug", {"dol_prepared ends aug": 1, "extend ends": -6}, "≤", 0),
        Expected("new dol aug", {"dol_prepared new aug": 1, "open new": -4}, "≤", 0),
    ] == rows_of(dol_within_part, of)


def test_dol_smallest_part_is_in_use_wholly_or_not_at_all() -> None:
    of = case(
        location("shelter", dol_beds=6, dol_min_section=4),
        location("b", dol_beds=3),
        groups=[DUBLIN],
    )
    places, used = "places shelter dol jul", "dol_in_use shelter jul"
    assert [
        Expected("shelter dol jul", {places: 1, used: -6}, "≤", 0),
        Expected("shelter dol jul", {places: 1, used: -4}, "≥", 0),
        # Any of its six places newly fitted out begins the part.
        Expected("shelter dol", {"dol_fitted_out shelter jul": 1, "dol_begun shelter": -6}, "≤", 0),
    ] == rows_of(dol_smallest_part, of, whole=True)


def test_dol_smallest_part_takes_a_place_for_as_much_of_a_part_everywhere() -> None:
    of = case(
        location("large", dol_beds=6, dol_min_section=4),
        location("small", dol_beds=5, dol_min_section=4),
        groups=[DUBLIN],
    )
    rows = rows_of(dol_smallest_part, of, whole=True)
    begun = {name: each.left[name] for each in rows for name in each.left if "begun" in name}
    # Of the larger one: a bed fewer makes no place there dearer with shares.
    assert {"dol_begun large": -6, "dol_begun small": -6} == begun


def test_dol_smallest_part_begins_no_part_where_one_is_there() -> None:
    there = location("there", dol_beds=6, dol_min_section=4, dol_prepared=1)
    of = case(there, groups=[DUBLIN])
    assert ["there dol jul"] * 2 == [
        each.about for each in rows_of(dol_smallest_part, of, whole=True)
    ]


def test_dol_smallest_part_that_may_shrink_may_be_fitted_out_every_month() -> None:
    of = case(
        location("shelter", dol_beds=6, dol_min_section=4),
        groups=[DUBLIN],
        months=2,
        dol_may_shrink=1,
    )
    newly = {f"dol_fitted_out shelter {month}": 1 for month in ("jul", "aug")}
    # Six places in July, none in August at first, and six again: 12 in two months.
    assert Expected("shelter dol", {**newly, "dol_begun shelter": -12}, "≤", 0) in rows_of(
        dol_smallest_part, of, whole=True
    )


def test_dol_smallest_part_waits_for_a_plan_with_whole_locations() -> None:
    of = case(location("shelter", dol_beds=6, dol_min_section=4), groups=[DUBLIN])
    assert [] == rows_of(dol_smallest_part, of)


def test_dol_never_shrinks_from_what_is_fitted_out_at_the_start() -> None:
    of = case(SHELTER, location("plain"), months=2, groups=[DUBLIN])
    assert [
        Expected(
            "shelter dol jul",
            {"dol_prepared shelter jul": 1, "dol_fitted_out shelter jul": -1},
            "=",
            2,
        ),
        Expected(
            "shelter dol aug",
            {
                "dol_prepared shelter aug": 1,
                "dol_prepared shelter jul": -1,
                "dol_fitted_out shelter aug": -1,
            },
            "=",
            0,
        ),
    ] == rows_of(dol_never_shrinks, of)


def test_dol_never_shrinks_unless_the_planner_lets_it() -> None:
    of = case(SHELTER, months=2, groups=[DUBLIN], dol_may_shrink=1)
    assert ["≤", "≤"] == [row.sense for row in rows_of(dol_never_shrinks, of)]


def test_dol_never_shrinks_but_for_what_is_not_extended() -> None:
    terms: dict[str, Any] = {"open_until": until(JUL), "extendable_until": until(AUG)}
    of = case(location("ends", dol_beds=6, **terms), months=2, groups=[DUBLIN])
    growth = {
        "dol_prepared ends aug": 1,
        "dol_prepared ends jul": -1,
        "dol_fitted_out ends aug": -1,
    }
    assert [
        Expected(
            "ends dol jul", {"dol_prepared ends jul": 1, "dol_fitted_out ends jul": -1}, "=", 0
        ),
        Expected("ends dol aug", growth, "≤", 0),
        # Wholly extended (1) nothing falls away; not extended (0) up to all six places do.
        Expected("ends dol aug", growth | {"extend ends": -6}, "≥", -6),
    ] == rows_of(dol_never_shrinks, of)


def test_dol_never_shrinks_within_an_extension() -> None:
    terms: dict[str, Any] = {"open_until": until(JUL), "extendable_until": until(later(JUL, 2))}
    of = case(location("ends", dol_beds=6, **terms), months=3, groups=[DUBLIN])
    # July by contract: one row. August passes into the extension: two. September goes on: one.
    senses = [row.sense for row in rows_of(dol_never_shrinks, of)]
    assert ["=", "≤", "≥", "="] == senses


def test_dol_never_shrinks_starts_from_nothing_at_a_candidate() -> None:
    of = case(candidate("new", dol_beds=4, dol_prepared=4), groups=[DUBLIN])
    assert [
        Expected("new dol jul", {"dol_prepared new jul": 1, "dol_fitted_out new jul": -1}, "=", 0)
    ] == rows_of(dol_never_shrinks, of)


def test_dol_growth_is_national_and_includes_the_first_month() -> None:
    of = case(SHELTER, location("other", dol_beds=5), groups=[DUBLIN], dol_growth_per_month=7)
    assert [
        Expected(
            "dol jul", {"dol_fitted_out shelter jul": 1, "dol_fitted_out other jul": 1}, "≤", 7
        )
    ] == rows_of(dol_growth, of)


def test_dol_band_low_holds_from_its_first_month() -> None:
    two = case(
        SHELTER,
        location("other", dol_beds=5),
        months=2,
        groups=[DUBLIN],
        dol_band_low=9,
        dol_band_from=AUG,
    )
    assert [
        Expected("dol aug", {"dol_prepared shelter aug": 1, "dol_prepared other aug": 1}, "≥", 9)
    ] == rows_of(dol_band_low, two)


def test_dol_band_high_holds_from_its_first_month() -> None:
    of = case(SHELTER, months=2, groups=[DUBLIN], dol_band_high=5, dol_band_from=AUG)
    assert [Expected("dol aug", {"dol_prepared shelter aug": 1}, "≤", 5)] == rows_of(
        dol_band_high, of
    )


def test_dol_band_high_and_low_hold_throughout_without_a_first_month() -> None:
    of = case(SHELTER, groups=[DUBLIN], dol_band_from=None, dol_band_low=1, dol_band_high=5)
    prepared = {"dol_prepared shelter jul": 1}
    assert [Expected("dol jul", prepared, "≥", 1)] == rows_of(dol_band_low, of)
    assert [Expected("dol jul", prepared, "≤", 5)] == rows_of(dol_band_high, of)


def test_dublin_outside_dol_counts_people_who_prefer_dol_in_a_fallback_kind() -> None:
    of = case(SHELTER, groups=[DUBLIN, group("other", "regular", "dol")])
    assert [
        Expected("dublin shelter regular jul", {"people dublin shelter regular jul": 1}, "≤", 0)
    ] == rows_of(dublin_outside_dol, of)
    assert 1 == dublin_outside_dol.counts_unplaced(of, "dublin", JUL)
    assert 0 == dublin_outside_dol.counts_unplaced(of, "other", JUL)


def test_accelerated_elsewhere_counts_people_who_prefer_accelerated_in_a_fallback_kind() -> None:
    fast = group("fast", "accelerated", "regular")
    of = case(location("quick", "azc_accelerated"), location("azc"), groups=[fast, MEN])
    assert [
        Expected("fast azc regular jul", {"people fast azc regular jul": 1}, "≤", 0)
    ] == rows_of(accelerated_elsewhere, of)
    assert 1 == accelerated_elsewhere.counts_unplaced(of, "fast", JUL)
    assert 0 == accelerated_elsewhere.counts_unplaced(of, "men", JUL)


def test_others_places_counts_unprotected_people_in_a_fallback_kind_outside_emergency() -> None:
    men = group("men", "regular", "accelerated emergency_tent")
    women = group("women", "regular", "accelerated", needs_women_safe=True)
    fast = group("fast", "accelerated", "regular")
    quick, tent = location("quick", "azc_accelerated"), location("tent", "emergency_tent")
    of = case(quick, tent, location("azc"), groups=[men, women, fast])
    about = "men quick accelerated jul"
    assert [Expected(about, {f"people {about}": 1}, "≤", 0)] == rows_of(others_places, of)
    counted = [others_places.counts_unplaced(of, name, JUL) for name in ("men", "women", "fast")]
    assert [1, 0, 0] == counted


# For each rule that does not always apply, a case that lacks just what it asks for.
NO_DOL_PART = case(location(dol_prepared=3), groups=[DUBLIN], dol_band_from=None)
WIDELY = group("men", "regular", "emergency_tent minors dol accelerated")
JUST_NOT = {
    "dol_within_prepared": NO_DOL_PART,
    "dol_within_part": case(location(dol_beds=3), groups=[DUBLIN]),
    "dol_smallest_part": case(location(dol_beds=3), location("b", dol_min_section=2)),
    "dol_never_shrinks": NO_DOL_PART,
    "dol_growth": NO_DOL_PART,
    "dol_band_low": NO_DOL_PART,
    "dol_band_high": NO_DOL_PART,
    "dublin_outside_dol": case(location(dol_beds=3), groups=[WIDELY]),
    "accelerated_elsewhere": case(location("fast", "azc_accelerated"), groups=[WIDELY]),
    "others_places": case(
        location("fast", "azc_accelerated"),
        location("tent", "emergency_tent"),
        groups=[
            group("families", "regular", "accelerated", protected=True),
            group("men", "regular", "emergency_tent"),
        ],
    ),
}
