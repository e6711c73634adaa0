"""`CHECKS`: what must hold between cells and between tables; each check yields findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from planner.core.errors import Finding
from planner.input.checks.locations import (
    candidates_stand_empty,
    contract_dates,
    dol_parts,
    durable_for_long_enough,
    locations_are_counted,
    locations_take_part,
    people_within_beds,
)
from planner.input.checks.names import look_alike_names, names_can_be_listed
from planner.input.checks.people import (
    counts_are_whole,
    counts_stand_apart,
    forecast_is_ahead,
    forecast_is_complete,
    groups_fit_where_they_live,
    groups_have_a_place,
    needed_rows,
)
from planner.input.checks.per_cent import changes_in_per_cent
from planner.input.checks.periods import (
    periods_do_not_overlap,
    shares_fit_in_every_month,
    stages_are_known,
    stages_end,
)
from planner.input.checks.persons import no_person_is_named
from planner.input.checks.pins import pins_agree, pins_fit_contracts
from planner.input.checks.published import forecast_ends_in_order
from planner.input.checks.streams import (
    arrivals_reach_back,
    backlog_has_a_shape,
    groups_are_joined,
    inflow_is_complete,
    minors_stay_out_of_dol,
    parameters_leave_room,
    scenarios_have_every_stream,
    season_has_weight,
    shares_divide_streams,
    stays_within_transfer_term,
    streams_are_no_circle,
    streams_lead_somewhere,
    streams_say_their_share,
)
from planner.input.checks.switches import rule_switches
from planner.input.checks.tasks import tasks_add_up
from planner.input.checks.terms import (
    dol_band,
    forecast_is_there,
    parameter_bounds,
    parameter_validity,
)
from planner.input.checks.values import amounts_are_likely, days_are_likely
from planner.input.typed import TypedTables

Check = Callable[[TypedTables], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (
    needed_rows,
    contract_dates,
    durable_for_long_enough,
    dol_parts,
    counts_are_whole,
    counts_stand_apart,
    people_within_beds,
    candidates_stand_empty,
    locations_are_counted,
    locations_take_part,
    groups_have_a_place,
    groups_fit_where_they_live,
    forecast_is_ahead,
    forecast_is_complete,
    shares_divide_streams,
    streams_say_their_share,
    parameters_leave_room,
    streams_are_no_circle,
    streams_lead_somewhere,
    inflow_is_complete,
    scenarios_have_every_stream,
    arrivals_reach_back,
    season_has_weight,
    minors_stay_out_of_dol,
    stays_within_transfer_term,
    backlog_has_a_shape,
    groups_are_joined,
    tasks_add_up,
    forecast_ends_in_order,
    pins_fit_contracts,
    pins_agree,
    stages_are_known,
    stages_end,
    periods_do_not_overlap,
    shares_fit_in_every_month,
    rule_switches,
    parameter_bounds,
    parameter_validity,
    dol_band,
    forecast_is_there,
    no_person_is_named,
    look_alike_names,
    names_can_be_listed,
    days_are_likely,
    amounts_are_likely,
    changes_in_per_cent,
)
