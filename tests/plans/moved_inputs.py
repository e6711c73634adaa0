"""What each input of the demo is moved to, so that something must come out otherwise."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from planner.input.parameters import supplied

Value = float | str | dt.date | None

JUL, OCT, DEC = dt.date(2026, 7, 1), dt.date(2026, 10, 1), dt.date(2026, 12, 1)

# Parameters that a number half as large again would not move, or that have none to be so.
_PARAMETERS: Mapping[str, Value] = {
    "occupancy_norm": 0.8,
    "dol_occupancy_norm": 0.9,
    "dol_band_high": 10.0,
    "dol_band_from": dt.date(2026, 9, 1),
    "dol_may_shrink": 1.0,
    "dublin_start_date": dt.date(2026, 9, 1),
    "dol_fitting_cost": 1000.0,
    "dol_extra_cost_month": 500.0,
    "move_cost": 100.0,
    "moves_most_per_month": 20.0,
    "reserve_places": 900.0,
    "staff_regular_per_100": 12.0,
    "staff_dol_per_100": 60.0,
    "emergency_fewest_people": 150.0,
    "emergency_ceiling_start": 700.0,
    "emergency_ceiling_end": 200.0,
    "allowance_month": 50.0,
    "information_capacity": 10.0,
    "dol_review_capacity": 1.0,
    "guardians": 1.0,
    "school_holiday_first_month": 8.0,
    "school_holiday_last_month": 9.0,
    "border_places": 1.0,
    "backlog_people": 500.0,
    "backlog_start": DEC,
    "backlog_shape": 2.0,
    "dublin_transfers_stopped": 0.5,
    "trafficking_share": 0.1,
    "priority_norm": 4.5,
    "priority_emergency": 2.5,
    "priority_dublin": 3.5,
    "priority_reserve": 2.5,
    "priority_provinces": 2.5,
    "priority_moves": 2.5,
    "durable_years": 50.0,
    "forecast_scenario": "high",
}
_HALVED = ("share", "share of")


def moved_value(parameter: str) -> Value:
    """Return another value of a supplied parameter than its own."""
    if parameter in _PARAMETERS:
        return _PARAMETERS[parameter]
    held = supplied()[parameter].parameter
    if held.value is None or isinstance(held.value, str | dt.date):
        raise LookupError(parameter)
    return held.value * (0.5 if held.unit.startswith(_HALVED) else 1.5)


# A cell by sheet and column: the row's key, and what it is moved to.
CELLS: Mapping[tuple[str, str], tuple[tuple[str, ...], Value]] = {
    ("locations", "province"): (("L20",), "Drenthe"),
    ("locations", "municipality"): (("L06",), "Demo-Elders"),
    ("locations", "region"): (("L06",), "Noord"),
    ("locations", "type"): (("L02",), "azc"),
    ("locations", "status"): (("L20",), "open"),
    ("locations", "beds"): (("L06",), 300),
    ("locations", "open_from"): (("L20",), dt.date(2027, 2, 1)),
    ("locations", "open_until"): (("L06",), dt.date(2026, 9, 30)),
    ("locations", "extendable_until"): (("L14",), None),
    ("locations", "lead_time_months"): (("L20",), 7),
    ("locations", "dol_beds"): (("L04",), 20),
    ("locations", "dol_prepared"): (("L04",), 30),
    ("locations", "dol_min_section"): (("L04",), 80),
    ("locations", "child_suitable"): (("L06",), "nee"),
    ("locations", "women_safe"): (("L06",), "nee"),
    ("locations", "fixed_building"): (("L14",), "nee"),
    ("locations", "durable"): (("L20",), "nee"),
    ("locations", "intake_per_week"): (("L01",), 20),
    ("locations", "accessible_beds"): (("L11",), 5),
    ("locations", "school_seats"): (("L04",), 10),
    ("locations", "health_care"): (("L04",), "nee"),
    ("locations", "staff_fte"): (("L04",), 10.0),
    ("locations", "occupancy_norm"): (("L04",), 0.5),
    ("locations", "max_people"): (("L04",), 300),
    ("locations", "emergency_max_months"): (("L14",), 3),
    ("locations", "cost_per_bed_month"): (("L04",), 9999.0),
    ("locations", "fixed_cost_month"): (("L04",), 5000.0),
    ("locations", "opening_cost"): (("L20",), 1.0),
    ("locations", "extension_cost"): (("L14",), 1.0),
    ("occupancy", "people"): (("2026-06-30", "L04", "families"), 20),
    ("groups", "needs_child_suitable"): (("single_men",), "ja"),
    ("groups", "needs_women_safe"): (("single_men",), "ja"),
    ("groups", "families_share"): (("permit_holders",), 1.0),
    ("groups", "women_share"): (("permit_holders",), 0.95),
    ("groups", "needs_accessible"): (("families",), "ja"),
    ("groups", "school_share"): (("families",), 0.7),
    ("groups", "staff_per_100"): (("single_men",), 20.0),
    ("groups", "stay_months"): (("dublin_single",), 6.0),
    ("groups", "move_weight"): (("single_men",), 3.0),
    ("groups", "protected"): (("single_men",), "ja"),
    ("groups", "ground"): (("single_men",), "national"),
    ("groups", "registration"): (("single_men",), "barred"),
    ("groups", "regular"): (("single_men",), "fallback"),
    ("groups", "accelerated"): (("families",), "barred"),
    ("groups", "minors"): (("unaccompanied_minors",), "fallback"),
    ("groups", "special"): (("special_needs",), "fallback"),
    ("groups", "return"): (("return_single",), "fallback"),
    ("groups", "dol"): (("dublin_single",), "barred"),
    ("groups", "emergency_fixed"): (("single_men",), "barred"),
    ("groups", "emergency_tent"): (("single_men",), "barred"),
    ("groups", "crisis"): (("single_men",), "barred"),
    ("inflow", "people"): (("middle", "2026-08-01", "first_applications"), 300.0),
    ("streams", "share"): (("in_registration", "families"), 0.4),
    ("streams", "share_parameter"): (
        ("in_registration", "accelerated"),
        "accelerated_share_before",
    ),
    ("streams", "delay_months"): (("family_reunion", "permit_holders"), 2.0),
    ("streams", "stay_months"): (("repeat", "accelerated"), 12.0),
    ("streams", "stay_family"): (("family_reunion", "families"), "fixed"),
    ("streams", "stay_spread"): (("in_registration", "families"), 1.5),
    ("streams", "leave_parameter"): (("family_reunion", "permit_holders"), None),
    ("streams", "group_before_start"): (("dublin_before", "dublin_family"), None),
    ("streams", "stage_left"): (("single_men", "return_single"), "appeal"),
    ("streams", "stage"): (("border", "single_men"), "appeal"),
    ("streams", "valid_from"): (("in_registration", "families"), DEC),
    ("streams", "valid_until"): (("in_registration", "families"), dt.date(2026, 9, 30)),
    ("stages", "stay_months"): (("decided", "unaccompanied_minors"), 2.0),
    ("stages", "stay_parameter"): (("procedure", "single_men"), "appeal_months"),
    ("stages", "stay_family"): (("appeal", "single_men"), "fixed"),
    ("stages", "stay_spread"): (("appeal", "single_men"), 1.5),
    ("stages", "term_parameter"): (("transfer", "dublin_single"), None),
    ("stages", "share_at_start"): (("appeal", "single_men"), 0.5),
    ("stages", "run_off_order"): (("backlog_low_chance", "single_men"), 9),
    ("stages", "valid_from"): (("procedure", "single_men"), DEC),
    ("stages", "valid_until"): (("procedure", "single_men"), dt.date(2026, 9, 30)),
    ("parameters", "value"): (("occupancy_norm",), 0.8),
    ("parameters", "valid_from"): (("needs_assessment_capacity",), DEC),
    ("parameters", "valid_until"): (("needs_assessment_capacity",), dt.date(2026, 9, 30)),
    ("provinces", "task"): (("Groningen",), 5000),
    ("provinces", "staff_fte"): (("Groningen",), 5.0),
    ("municipalities", "province"): (("Demo-Veenkamp",), "Drenthe"),
    ("municipalities", "task"): (("Demo-Veenkamp",), 900),
    ("ceilings", "locations"): (("Demo Veenkamp",), "L03"),
    ("ceilings", "month"): (("Demo Veenkamp",), dt.date(2027, 1, 1)),
    ("ceilings", "people"): (("Demo Veenkamp",), 40),
    ("preferences", "cost_per_person_month"): (("families", "L03"), 300.0),
    ("previous_plan", "places"): (("L03", "regular", "2026-07-01"), 250.0),
    ("production_forecast", "low"): (("2025-09-01", "2026"), 30000.0),
    ("production_forecast", "high"): (("2025-09-01", "2027"), 3.0),
    ("capacity_decision", "places"): (("2025-09-01", "2027-01-01"), 1.0),
    ("pins", "value"): (("L04", "prepare_dol", "2026-10-01"), 20.0),
    ("forecast", "people"): (("middle", "2026-07-01", "families"), 900.0),
    ("scenarios", "value"): (("three_municipalities_refuse", "Locaties", "L14"), "2027-03-31"),
    ("scenarios", "active"): (("three_municipalities_refuse", "Locaties", "L14"), "nee"),
}
