"""Which rules the planner has switched off, read from the parameters alone."""

from __future__ import annotations

from planner.input.case import Case


def counts(case: Case, rule: str) -> bool:
    """Whether a soft rule counts: the parameter `rule_<name>` is 0 where it does not."""
    switch = case.parameters.by_name.get(f"rule_{rule}")
    return switch is None or switch.value != 0
