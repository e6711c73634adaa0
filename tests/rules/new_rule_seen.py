"""What is seen of a rule that was added to a copy of the program: run there, as `JSON` on stdout.

`python -m tests.rules.new_rule_seen one_place` plans a tiny case in which the rule falls short.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from planner.core.texts import Language, Message
from planner.explain.explained import explain
from planner.explain.wording.lines import ExplanationLine
from planner.input.case import Case
from planner.input.switches import known_parameter, switch_fault
from planner.model.rules import active_rules
from planner.result.help_pages import pages
from planner.result.register import register, rule_record
from planner.verify import ClaimedPlan, verify
from tests.rules.cases import case, location, parameters
from tests.rules.planned import Planned, planned


def crowded(**changed: float) -> Case:
    """Return a case with 100 people, of whom one place holds at least 80; every bed is filled."""
    places = location("big", beds=100), location("small", beds=20)
    of = case(*places, people={"men": 100})
    return replace(of, parameters=parameters(occupancy_norm=1.0, **changed))


def claimed(plan: Planned, **tables: pd.DataFrame) -> ClaimedPlan:
    levels = {each.name: each.value for each in plan.solution.levels}
    return ClaimedPlan(plan.problem.case.scenario, levels, {**plan.tables, **tables})


def forged(plan: Planned, rule: str) -> Mapping[str, ClaimedPlan]:
    """Return the plan with the rule's shortfall left out, told less than it is, and moved away."""
    short = plan.tables["shortfalls"]
    mine = short["rule"] == rule
    less = short.assign(amount=short["amount"].where(~mine, short["amount"] - 1.0))
    placement = plan.tables["placement"]
    there = placement["location"] == "small"
    fewer = placement.assign(people=placement["people"].where(there, placement["people"] - 1.0))
    return {
        "left out": claimed(plan, shortfalls=short[~mine]),
        "understated": claimed(plan, shortfalls=less),
        "people moved": claimed(plan, placement=fewer),
    }


def told(message: Message) -> dict[str, str]:
    return {language.value: message.text(language) for language in Language}


def of_line(each: ExplanationLine) -> dict[str, object]:
    return {"worth": each.worth, "used": each.used, "sort": each.sort, **told(each.sentence)}


def seen(rule: str) -> dict[str, object]:
    """Return everything that there is to see of a rule, in plain values."""
    plan = planned(crowded())
    lines = explain(plan.problem, plan.solution, trials=60)
    parts = {
        part: [of_line(e) for e in lines if e.part == part and e.rule and e.rule.name == rule]
        for part in ("shortfall", "limit", "repair")
    }
    off = crowded(**{f"rule_{rule}": 0.0})
    return {
        "short": plan.shortfall(rule, location="big"),
        "level": plan.levels["norm"],
        "breaches": [told(each.what)["en"] for each in plan.breaches()],
        "forged": {
            how: sorted({each.check for each in verify(plan.problem.case, claim)})
            for how, claim in forged(plan, rule).items()
        },
        "register": next(rule_record(e) for e in register(crowded()) if e.rule.name == rule),
        "help": [path for path, page in pages().items() if f"`{rule}`" in page],
        "switch": known_parameter(f"rule_{rule}") is not None
        and switch_fault(f"rule_{rule}", 0) is None,
        "off": rule not in {each.name for each in active_rules(off)}
        and planned(off).breaches() == (),
        **parts,
    }


if __name__ == "__main__":
    json.dump(seen(sys.argv[1]), sys.stdout, default=str)
