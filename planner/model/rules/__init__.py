"""`RULES`: every rule of the plan, in reading order. To find a rule's test, see tests/rules."""

from planner.input.case import Case
from planner.input.parameters import Parameters
from planner.input.switches import OFF, switch_of
from planner.model.rules.arrival import (
    arrivals_by_intake,
    intake,
    registration_elsewhere,
    registration_over,
    room_to_arrive,
)
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
from planner.model.rules.operations import (
    emergency_others,
    emergency_path,
    emergency_places,
    emergency_term,
    fewer_than_before,
    more_than_before,
    municipality_task,
    province_task,
    province_worst,
    reserve,
    staff,
)
from planner.model.rules.pinned import pinned_decisions, pinned_places
from planner.model.rules.placement import (
    ceilings,
    closing_is_final,
    everyone_placed,
    extension_needs_opening,
    given_up_not_extended,
    max_people,
    moves,
    moves_most,
    occupancy_norm,
    people_within_places,
    places_within_beds,
)
from planner.model.rules.protection import (
    accessible_beds,
    child_suitable,
    minors_places,
    school_seats,
    school_seats_together,
    suitable_kind,
    women_safe,
)
from planner.model.rules.rule import Rule
from planner.model.rules.sharing import even_sharing, largest_share

RULES: tuple[Rule, ...] = (
    everyone_placed,
    even_sharing,
    largest_share,
    people_within_places,
    places_within_beds,
    extension_needs_opening,
    closing_is_final,
    given_up_not_extended,
    pinned_decisions,
    pinned_places,
    suitable_kind,
    minors_places,
    child_suitable,
    women_safe,
    accessible_beds,
    school_seats,
    school_seats_together,
    registration_elsewhere,
    registration_over,
    room_to_arrive,
    intake,
    arrivals_by_intake,
    occupancy_norm,
    ceilings,
    max_people,
    emergency_places,
    emergency_others,
    emergency_path,
    emergency_term,
    dol_within_prepared,
    dol_within_part,
    dol_smallest_part,
    dol_never_shrinks,
    dol_growth,
    dol_band_low,
    dol_band_high,
    dublin_outside_dol,
    accelerated_elsewhere,
    others_places,
    reserve,
    staff,
    province_worst,
    province_task,
    municipality_task,
    moves,
    moves_most,
    fewer_than_before,
    more_than_before,
)


def is_on(case: Case, rule: Rule) -> bool:
    """Whether a rule counts in a case: neither it nor the rule it follows is switched off."""
    return switched_on(case.parameters, rule)


def switched_on(parameters: Parameters, rule: Rule) -> bool:
    """Whether parameters leave a rule on."""
    names = (rule.name, rule.follows or rule.name)
    return all(parameters.optional(switch_of(name)) != OFF for name in names)


def active_rules(case: Case) -> tuple[Rule, ...]:
    """Return the rules that count in a case, in reading order."""
    return tuple(rule for rule in RULES if is_on(case, rule))
