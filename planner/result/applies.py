"""Where each rule has rows in a case, and why it has none where it has none."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import pandas as pd

from planner.core.texts import Message, message
from planner.input.case import Case
from planner.model.build import Problem
from planner.model.rules import RULES, is_on
from planner.model.rules.rule import Rule

COLUMNS = ("rule", "title", "rows", "reason")


@dataclass(frozen=True)
class RuleHere:
    """A rule in a case: how many rows it has, and why it has none (`None` where it has some)."""

    rule: Rule
    rows: int
    reason: Message | None


def rows_per_rule(problem: Problem) -> dict[str, int]:
    """Return how many rows each rule has in a problem, in reading order; 0 for those without."""
    counted = Counter(each.rule.name for each in problem.rows)
    return {rule.name: counted[rule.name] for rule in RULES}


def rules_here(problem: Problem) -> tuple[RuleHere, ...]:
    """Return every rule with its rows in a problem, or the reason that it has none."""
    counted = rows_per_rule(problem)
    return tuple(
        RuleHere(rule, rows, None if rows else reason_without_rows(problem.case, rule))
        for rule in RULES
        for rows in (counted[rule.name],)
    )


def reason_without_rows(case: Case, rule: Rule) -> Message:
    """Return why a rule has no rows in a case: it is switched off, or nothing is there for it."""
    return message(f"rule.{rule.name}.without" if is_on(case, rule) else "rules.switched_off")


def rules_table(problem: Problem) -> pd.DataFrame:
    """Return every rule with its rows and, where it has none, the reason in both languages."""
    rows = [
        (each.rule.name, each.rule.title, each.rows, each.reason.both if each.reason else None)
        for each in rules_here(problem)
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype({"reason": object})
