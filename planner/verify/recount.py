"""Every soft rule counted again from the plan's figures, and held against what the plan reports.

The counts stand in the modules `…_rules`, each under the name of its rule.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from planner.input.case import Case
from planner.verify import arrival_rules, people_rules, system_rules
from planner.verify.breach import Breach, BreachPlace, breach, differ
from planner.verify.claim import ClaimedShortfall
from planner.verify.owed import Owed, Recounted
from planner.verify.switches import counts
from planner.verify.tally import Tally

RULES = {
    each.name: each
    for module in (people_rules, arrival_rules, system_rules)
    for each in vars(module).values()
    if isinstance(each, Recounted)
}

# A plan tells its moves in a table of their own, and may leave them out of the shortfalls.
TOLD_ELSEWHERE = "moves"

Recount = dict[str, tuple[Owed, ...]]


def recount(tally: Tally) -> Recount:
    """Return by how much each soft rule falls short, where it does, by the rule's name.

    A rule that is switched off is owed nothing.
    """
    return {
        name: tuple(rule(tally)) if counts(tally.case, name) else () for name, rule in RULES.items()
    }


def shortfall_breaches(tally: Tally, counted: Recount) -> Iterator[Breach]:
    """Yield each shortfall that is reported otherwise than it is, or not at all."""
    told: dict[str, dict[BreachPlace, float]] = {name: defaultdict(float) for name in RULES}
    for row in tally.claim.shortfalls:
        if row.rule not in RULES:
            yield breach("rule_unknown", row.amount, row.spot, rule=row.rule)
            continue
        told[row.rule][_named_part(row)] += row.amount
        yield from _row_breaches(tally.case, row)
    for name, owed in counted.items():
        if told[name] or name != TOLD_ELSEWHERE:
            yield from compared("shortfall", name, told[name], owed)


def compared(
    check: str, rule: str, told: dict[BreachPlace, float], owed: tuple[Owed, ...]
) -> Iterator[Breach]:
    """Yield each spot where the amounts told and counted differ; an absent one is zero."""
    amounts: dict[BreachPlace, float] = defaultdict(float)
    sizes: dict[BreachPlace, float] = defaultdict(float)
    for each in owed:
        amounts[each.spot] += each.amount
        sizes[each.spot] += each.size
    for spot in dict.fromkeys([*amounts, *told]):
        one, other = told.get(spot, 0.0), amounts.get(spot, 0.0)
        if differ(one, other, sizes.get(spot, 0.0)):
            yield breach(check, abs(one - other), spot, rule=rule, told=one, counted=other)


def _named_part(row: ClaimedShortfall) -> BreachPlace:
    """Return the parts of a row's spot that name it among the rows of its rule."""
    return BreachPlace(**{part: getattr(row.spot, part) for part in RULES[row.rule].parts})


def _row_breaches(case: Case, row: ClaimedShortfall) -> Iterator[Breach]:
    """Yield where a row is at another level than its rule, or at a place that cannot be."""
    rule = RULES[row.rule]
    if row.level != rule.level:
        yield breach(
            "shortfall_level",
            row.amount,
            row.spot,
            rule=row.rule,
            told_level=row.level,
            level=rule.level,
        )
    allowed = _known_beside(case, row)
    for part, value in row.spot._asdict().items():
        if value and part not in rule.parts and value != allowed.get(part):
            yield breach("shortfall_place", row.amount, row.spot, rule=row.rule, part=part)


def _known_beside(case: Case, row: ClaimedShortfall) -> dict[str, object]:
    """Return what a row may say of its place beyond the parts that name it."""
    location = case.locations.get(row.spot.location)
    beside: dict[str, object] = {"kind": RULES[row.rule].about}
    if location is not None:
        beside |= {"province": location.province, "region": location.region}
    return beside
