"""A scenario made of a change that the explanation tells of, under a name that is free."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.core.texts import message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.core.texts import Message
    from planner.input.edit_lines import EditLine
    from ui.scenarios.work import ScenarioWork


def kept_as_scenario(work: ScenarioWork, name: str, asked: Sequence[EditLine]) -> Message:
    """Make a scenario of a change, and return that it was made or that nothing can be changed."""
    free, number = name, 1
    while work.name_fault(free) is not None:
        number += 1
        free = f"{name} ({number})"
    made = work.can_edit and work.keep(free, asked)
    return message("window.why.scenario_made" if made else "window.why.scenario_not", name=free)
