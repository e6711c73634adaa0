"""`SUSPICIONS`: what can be read, breaks no rule, and is hardly what somebody meant to write.

Each is a remark and stops nothing. What honest files hold must stay silent: a test holds the rate
of false alarms over both demos and the tests' files to one in two thousand cells.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from planner.core.errors import Finding
from planner.input.suspicious.dates import (
    ceilings_are_ahead,
    contracts_are_renewed,
    ends_are_near,
    openings_come_before_residents,
    previous_plan_reaches_ahead,
    terms_are_renewed,
)
from planner.input.suspicious.locations import (
    beds_fit_residents,
    beds_fit_staff,
    beds_fit_type,
    costs_are_alike,
    lead_times_are_months,
    parts_fit_beds,
    places_lie_in_province,
)
from planner.input.suspicious.parameters import (
    norms_are_shares,
    parameters_near_supplied,
    staff_is_per_hundred,
    stays_are_months,
)
from planner.input.suspicious.repeats import (
    counts_are_not_copied,
    forecasts_are_not_copied,
    locations_stand_once,
    preferences_share_a_sign,
)
from planner.input.suspicious.series import (
    counts_follow_counts,
    forecast_follows_count,
    months_follow_months,
)
from planner.input.typed import TypedTables

SUSPICIONS: tuple[Callable[[TypedTables], Iterator[Finding]], ...] = (
    months_follow_months,
    forecast_follows_count,
    counts_follow_counts,
    beds_fit_type,
    beds_fit_staff,
    beds_fit_residents,
    parts_fit_beds,
    costs_are_alike,
    lead_times_are_months,
    places_lie_in_province,
    contracts_are_renewed,
    openings_come_before_residents,
    ends_are_near,
    ceilings_are_ahead,
    previous_plan_reaches_ahead,
    terms_are_renewed,
    parameters_near_supplied,
    norms_are_shares,
    stays_are_months,
    staff_is_per_hundred,
    locations_stand_once,
    forecasts_are_not_copied,
    counts_are_not_copied,
    preferences_share_a_sign,
)
