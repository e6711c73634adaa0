"""`SUSPICIONS`: what can be read, breaks no rule, and is hardly what somebody meant to write.

Each is a remark and stops nothing. What honest files hold must stay silent: a test holds the rate
of false alarms over both demos and the tests' files to one in two thousand cells.

They stand in the order in which they are told: first those that lead others to be told, such as a
location's type before its residents, and the one number that fits none of its row before what is
only far from what is usual.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from planner.core.errors import Finding
from planner.input.suspicious.ceilings import ceilings_fit_people
from planner.input.suspicious.dates import (
    ceilings_are_ahead,
    contracts_are_as_long,
    contracts_are_renewed,
    durable_places_stay,
    ends_are_near,
    openings_come_before_residents,
    previous_plan_reaches_ahead,
    terms_are_renewed,
    years_are_as_supplied,
)
from planner.input.suspicious.gaps import answers_are_alike, rows_are_filled_alike
from planner.input.suspicious.in_common import (
    answers_are_as_supplied,
    days_are_alike,
    numbers_are_alike,
    orders_count_on,
)
from planner.input.suspicious.locations import (
    beds_fit_type,
    costs_are_alike,
    costs_of_extending_go_with_a_day,
    intake_fits_arrivals,
    lead_times_are_months,
    parts_fit_beds,
    terms_are_alike,
)
from planner.input.suspicious.lost_digits import counts_lose_no_digit
from planner.input.suspicious.months import months_follow_months, months_stand_together
from planner.input.suspicious.names import (
    names_are_those_referred_to,
    own_groups_have_names_of_their_own,
    own_streams_and_stages_have_names_of_their_own,
    regions_stand_more_than_once,
)
from planner.input.suspicious.parameter_slips import (
    days_are_not_before_the_plan,
    first_days_are_filled,
    parameters_are_no_slip,
    priorities_stand_apart,
)
from planner.input.suspicious.parameters import (
    named_parameters_are_filled,
    norms_are_shares,
    parameters_keep_their_part,
    parameters_near_supplied,
    rows_near_supplied,
    staff_is_per_hundred,
    stays_are_months,
)
from planner.input.suspicious.places import places_lie_in_province
from planner.input.suspicious.repeats import (
    counts_are_not_copied,
    forecasts_are_not_copied,
    keys_follow_the_order,
    locations_stand_once,
    preferences_share_a_sign,
)
from planner.input.suspicious.residents import (
    groups_have_their_usual_part,
    groups_live_where_others_of_theirs_do,
    kinds_suit_groups,
    needs_are_met_where_people_live,
    open_where_people_live,
    types_suit_residents,
)
from planner.input.suspicious.series import counts_follow_counts, forecast_follows_count
from planner.input.suspicious.sizes import sizes_agree, tasks_agree
from planner.input.suspicious.types_in_names import types_go_with_names
from planner.input.typed import TypedTables

SUSPICIONS: tuple[Callable[[TypedTables], Iterator[Finding]], ...] = (
    names_are_those_referred_to,
    own_groups_have_names_of_their_own,
    own_streams_and_stages_have_names_of_their_own,
    months_stand_together,
    keys_follow_the_order,
    locations_stand_once,
    contracts_are_renewed,
    openings_come_before_residents,
    open_where_people_live,
    types_go_with_names,
    types_suit_residents,
    kinds_suit_groups,
    groups_live_where_others_of_theirs_do,
    needs_are_met_where_people_live,
    regions_stand_more_than_once,
    places_lie_in_province,
    sizes_agree,
    tasks_agree,
    groups_have_their_usual_part,
    counts_lose_no_digit,
    rows_are_filled_alike,
    answers_are_alike,
    months_follow_months,
    forecast_follows_count,
    counts_follow_counts,
    beds_fit_type,
    parts_fit_beds,
    costs_are_alike,
    costs_of_extending_go_with_a_day,
    numbers_are_alike,
    lead_times_are_months,
    terms_are_alike,
    intake_fits_arrivals,
    days_are_alike,
    ends_are_near,
    contracts_are_as_long,
    durable_places_stay,
    ceilings_are_ahead,
    ceilings_fit_people,
    previous_plan_reaches_ahead,
    terms_are_renewed,
    years_are_as_supplied,
    days_are_not_before_the_plan,
    first_days_are_filled,
    named_parameters_are_filled,
    norms_are_shares,
    stays_are_months,
    staff_is_per_hundred,
    parameters_near_supplied,
    parameters_are_no_slip,
    parameters_keep_their_part,
    rows_near_supplied,
    orders_count_on,
    priorities_stand_apart,
    answers_are_as_supplied,
    forecasts_are_not_copied,
    counts_are_not_copied,
    preferences_share_a_sign,
)
